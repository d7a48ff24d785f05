//! What a rule reports: one cause, the places that matter, and the way out.

pub use crate::rule::{Applicability, Severity};

use crate::profile::Place;
use crate::rule::Rule;
use crate::source::Span;

/// Something that a rule found in a file.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How bad it is, here.
    pub severity: Severity,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The place that it is about.
    pub span: Span,
    /// What it is about, where the document could be read.
    pub place: Option<Place>,
    /// The places that tell the story, the finding's own among them.
    pub labels: Vec<Label>,
    /// The next step.
    pub help: Option<String>,
    /// The edit that takes it.
    pub fix: Option<Fix>,
}

/// A place with what it has to do with the finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there.
    pub message: String,
}

/// An edit that repairs what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Whether it can be applied without a second look.
    pub applicability: Applicability,
    /// What it does, in the imperative.
    pub message: String,
    /// The edits, apart from each other and in the order of the text.
    pub edits: Vec<Edit>,
}

/// A piece of text to put in place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What goes; empty for an insertion.
    pub span: Span,
    /// What comes.
    pub replacement: String,
}

impl Finding {
    /// A finding with the rule's own severity and nothing else yet.
    pub fn new(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            message: message.into(),
            span,
            place: None,
            labels: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Says what in the document this is about.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Says that this is about an item of the list at its place, if it is.
    #[must_use]
    pub fn item(mut self, index: Option<usize>) -> Self {
        self.place = self.place.map(|place| index.into_iter().fold(place, Place::item));
        self
    }

    /// The profile that this is about, if it is about one.
    pub fn profile(&self) -> Option<&str> {
        self.place.as_ref().and_then(Place::profile)
    }

    /// The JSON pointer of what this is about, where the document could be read.
    pub fn path(&self) -> Option<String> {
        self.place.as_ref().map(Place::pointer)
    }

    /// Adds a label.
    #[must_use]
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Changes how bad it is.
    #[must_use]
    pub const fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Adds the edits that repair it, if there are any.
    #[must_use]
    pub fn fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }
}

impl Fix {
    /// A fix that is always right.
    pub fn safe(message: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { applicability: Applicability::Safe, message: message.into(), edits }
    }

    /// A fix that somebody should look at.
    pub fn unsafe_(message: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { applicability: Applicability::Unsafe, message: message.into(), edits }
    }
}

impl Edit {
    /// Puts `text` in the place of a span.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, replacement: text.into() }
    }

    /// Puts `text` in at an offset.
    pub fn insert(offset: u32, text: impl Into<String>) -> Self {
        Self::replace(Span::empty(offset), text)
    }

    /// Takes a span out.
    pub fn remove(span: Span) -> Self {
        Self::replace(span, "")
    }
}
