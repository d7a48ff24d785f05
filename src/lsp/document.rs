//! A text that is open in the editor.

use std::rc::Rc;

use gen_lsp_types::{Position, Range, TextDocumentContentChangeEvent};

use super::position::Lines;
use super::view::Snapshot;
use super::workspace::Verdict;
use crate::source::{Span, Unit, to_u32};

/// An open text: what it says now, and what is known of it.
#[derive(Debug)]
pub struct Document {
    /// What findings call it.
    pub name: String,
    /// What the client calls its language.
    pub language: String,
    /// Its version, as the client counts.
    pub version: i32,
    /// The number of the analysis that what is known comes from.
    pub stamp: usize,
    lines: Lines,
    unit: Unit,
    known: Option<Known>,
    /// The last state that could be read.
    readable: Option<Rc<Snapshot>>,
}

/// What is known of a text.
#[derive(Clone, Debug)]
pub enum Known {
    /// What was found in it.
    Checked(Rc<Snapshot>),
    /// It is none of ours.
    Skipped,
    /// It can't be checked, for this reason.
    Broken(String),
}

impl Document {
    /// A text as it is opened.
    pub fn new(name: String, language: String, version: i32, text: String, unit: Unit) -> Self {
        let lines = Lines::new(text, unit);
        Self { name, language, version, stamp: 0, lines, unit, known: None, readable: None }
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.lines.text()
    }

    /// Applies the changes that lead to a version. What is older than the text is no news.
    pub fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        if version < self.version {
            return;
        }
        self.version = version;
        self.forget();
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    self.lines.replace(part.range, &part.text);
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                    self.lines = Lines::new(whole.text, self.unit);
                }
            }
        }
    }

    /// Drops what is known: the text or its settings have changed.
    pub fn forget(&mut self) {
        self.known = None;
    }

    /// What is known, if nothing has changed since it was found out.
    pub const fn known(&self) -> Option<&Known> {
        self.known.as_ref()
    }

    /// Finds out what there is to know, in the analysis of this number.
    pub fn find_out(&mut self, verdict: Verdict, stamp: usize) -> Known {
        self.stamp = stamp;
        let known = match verdict {
            Verdict::Check(settings) => {
                Known::Checked(Rc::new(Snapshot::new(&self.name, self.lines.text(), &settings)))
            }
            Verdict::Skip => Known::Skipped,
            Verdict::Broken(reason) => Known::Broken(reason),
        };
        if let Known::Checked(snapshot) = &known
            && snapshot.is_readable()
        {
            self.readable = Some(Rc::clone(snapshot));
        }
        self.known = Some(known.clone());
        known
    }

    /// What was known of the text when it could last be read.
    pub fn readable(&self) -> Option<Rc<Snapshot>> {
        self.readable.clone()
    }

    /// The offset of a position.
    pub fn offset(&self, position: Position) -> u32 {
        self.lines.offset(position)
    }

    /// The position of an offset.
    pub fn position(&self, offset: u32) -> Position {
        let Some(Known::Checked(snapshot)) = &self.known else { return self.lines.position(offset) };
        // The analysis finds columns in long lines without walking through them. To it, a mark takes no column.
        let source = snapshot.source();
        let at = source.line_column(offset, self.unit);
        let mark = source.slice(Span::new(0, source.start())).chars().map(|mark| self.unit.width(mark)).sum();
        let shift = if at.line == 0 { to_u32(mark) } else { 0 };
        Position { line: at.line, character: at.column + shift }
    }

    /// The range of a span.
    pub fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    /// The span of a range.
    pub fn span(&self, range: Range) -> Span {
        self.lines.span(range)
    }
}
