//! Any YAML, through `granit-parser`: its events to the builder, its errors and tags to our words.

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, StructureStyle};

use super::build::{Builder, Scalar, Tag};
use super::problem::{Limit, Problem, ProblemKind};
use super::space::stray_space;
use super::syntax::Syntax;
use super::tree::Quoting;
use crate::source::{Source, Span, to_u32};

/// Reads the first document of a text into a builder.
pub(super) fn read(source: &Source, builder: &mut Builder) -> Result<(), Problem> {
    let mut documents = 0;
    for event in Parser::new_from_str_with_options(source.text(), options()) {
        let (event, span) = event.map_err(|error| syntax(source, builder, &error))?;
        let range = span.byte_range().unwrap_or_default();
        let at = Span::new(to_u32(range.start), to_u32(range.end));
        match event {
            Event::DocumentStart(..) => {
                documents += 1;
                if documents > 1 {
                    builder.problem(at, ProblemKind::SecondDocument);
                    return Ok(());
                }
            }
            Event::Comment(..) => builder.comment(at),
            Event::Scalar(text, style, anchor, tag) => {
                let tag_end = span.tag_span().and_then(|tag| tag.end.byte_offset()).map(to_u32);
                let quoting = quoting(style);
                let at = match quoting {
                    Quoting::Block => {
                        block_scalar_span(source, at, tag_end.unwrap_or(0).max(builder.last_end()))
                    }
                    Quoting::Plain if at.is_empty() => builder.empty_value_span(at),
                    _ => at,
                };
                if quoting == Quoting::Plain && builder.expects_key() {
                    stray_space_before(source, at, builder)?;
                }
                let tag = tag.as_deref().and_then(self::tag);
                builder.scalar(&Scalar { text: &text, quoting, tag, anchor, span: at });
            }
            Event::SequenceStart(style, anchor, _) => {
                let is_flow = is_flow(style);
                let at = if is_flow { at } else { first_dash(source, at, builder) };
                builder.open(false, is_flow, anchor, at)?;
            }
            Event::MappingStart(style, anchor, _) => builder.open(true, is_flow(style), anchor, at)?,
            Event::SequenceEnd | Event::MappingEnd => builder.close(at),
            Event::Anchor(number, _) => builder.anchor(number, at),
            Event::Alias(number) => builder.alias(number, at)?,
            Event::UnresolvedAlias(_) => {
                builder.problem(at, ProblemKind::UndefinedAlias);
                builder.unknown(at);
            }
            _ => {}
        }
    }
    Ok(())
}

fn options() -> Options {
    granit_parser::options! {
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        // A licence header or a commented-out profile may well be longer than the default of 96.
        max_buffered_comment_events: usize::MAX,
    }
}

fn syntax(source: &Source, builder: &Builder, error: &granit_parser::ScanError) -> Problem {
    let text = source.text();
    let offset = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    let width = text.get(offset..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let kind = match error.kind() {
        ErrorKind::RecursionLimitExceeded => ProblemKind::Limit(Limit::Depth),
        kind => ProblemKind::Syntax {
            kind: Syntax::of(kind),
            read_to: builder.last_end(),
            opened: builder.open_bracket(),
        },
    };
    Problem { span: Span::new(to_u32(offset), to_u32(offset + width)), kind }
}

/// A key that begins with what looks like a space was meant to be indented.
fn stray_space_before(source: &Source, key: Span, builder: &Builder) -> Result<(), Problem> {
    let strays = source.slice(key).chars().take_while(|c| stray_space(*c).is_some());
    let width: usize = strays.map(char::len_utf8).sum();
    if width == 0 || builder.is_extension() {
        return Ok(());
    }
    Err(Problem { span: Span::new(key.start, key.start + to_u32(width)), kind: ProblemKind::StraySpace })
}

const fn quoting(style: ScalarStyle) -> Quoting {
    match style {
        ScalarStyle::Plain => Quoting::Plain,
        ScalarStyle::SingleQuoted => Quoting::Single,
        ScalarStyle::DoubleQuoted => Quoting::Double,
        ScalarStyle::Literal | ScalarStyle::Folded => Quoting::Block,
    }
}

fn is_flow(style: StructureStyle) -> bool {
    style == StructureStyle::Flow
}

/// Where a list begins: at its first dash. Where the dashes stand right under the key, the parser begins it behind that.
fn first_dash(source: &Source, at: Span, builder: &Builder) -> Span {
    let before =
        source.text().get(..at.start as usize).filter(|_| builder.expects_value()).unwrap_or_default();
    let line = before.rsplit(['\n', '\r']).next().unwrap_or_default().trim_start_matches(' ');
    match line.strip_prefix('-').map(str::trim_start) {
        Some(gap) if gap.is_empty() || gap.starts_with('#') => Span::empty(at.start - to_u32(line.len())),
        _ => at,
    }
}

/// What a tag of the core schema, or the tag `!`, says of a scalar.
fn tag(tag: &granit_parser::Tag) -> Option<Tag> {
    match tag.core_suffix() {
        Some("int" | "float") => Some(Tag::Number),
        Some("bool" | "null") => Some(Tag::Word),
        Some(_) => Some(Tag::Text),
        None => (tag.original_handle() == "!" && tag.suffix().is_empty()).then_some(Tag::Text),
    }
}

/// From the `|` or `>`, which stands behind an offset, to the last character that is not white space.
fn block_scalar_span(source: &Source, content: Span, from: u32) -> Span {
    let before = source.slice(Span::new(from, content.start));
    let header = before.match_indices(['|', '>']).find(|&(index, _)| {
        before.get(..index).is_none_or(|text| text.is_empty() || text.ends_with([' ', '\t', '\n', '\r']))
    });
    let Some((index, _)) = header else { return content };
    let start = from + to_u32(index);
    let text = source.slice(Span::new(start, content.end));
    Span::new(start, start + to_u32(text.trim_end().len()))
}
