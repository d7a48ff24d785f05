//! What can be wrong with a text as YAML, in our own words.

use granit_parser::ErrorKind;

/// Why a text is not well-formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// A tab in the indentation.
    Tab,
    /// A quote that is never closed.
    OpenQuote,
    /// A `{` or `[` that is never closed.
    OpenBracket(char),
    /// A bracket that closes nothing.
    StrayBracket,
    /// An item of a list where none can stand.
    StrayItem,
    /// A line that is not indented as those around it.
    Indentation,
    /// Something else where a key belongs.
    NoKey,
    /// A second `: ` on a line.
    SecondColon,
    /// A backslash that starts no escape.
    Escape,
    /// A character that begins no value.
    Character(char),
    /// Text behind a closing quote.
    BehindQuote,
    /// Neither a comma nor a closing bracket behind an item.
    NoComma,
    /// A `#` without a space before it, or inside a value.
    Comment,
    /// A block scalar that is not written as one.
    BlockScalar,
    /// `&` or `*` without a name.
    NoName,
    /// What is rare, named as well as can be.
    Other(String),
}

impl Syntax {
    /// What the parser's error comes to.
    pub(super) fn of(kind: &ErrorKind) -> Self {
        match kind {
            ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabAtBlockScalarStart => Self::Tab,
            ErrorKind::UnclosedQuotedScalar => Self::OpenQuote,
            ErrorKind::UnclosedFlowCollection { open } => Self::OpenBracket(*open),
            ErrorKind::MismatchedFlowCollectionEnd { .. } | ErrorKind::MisplacedFlowCollectionEnd => {
                Self::StrayBracket
            }
            ErrorKind::BlockSequenceEntryNotAllowed | ErrorKind::BlockEntryInFlowCollection => {
                Self::StrayItem
            }
            ErrorKind::InvalidIndentation
            | ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::ExpectedBlockSequenceEntry
            | ErrorKind::InvalidQuotedScalarIndent
            | ErrorKind::InvalidFlowScalarIndent => Self::Indentation,
            ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey | ErrorKind::ExpectedNodeContent => {
                Self::NoKey
            }
            ErrorKind::MappingValueNotAllowed => Self::SecondColon,
            ErrorKind::UnknownQuotedScalarEscape
            | ErrorKind::InvalidQuotedScalarHexEscape
            | ErrorKind::InvalidUnicodeEscape => Self::Escape,
            ErrorKind::UnexpectedCharacter { character } => Self::Character(*character),
            ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
                Self::BehindQuote
            }
            ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => {
                Self::NoComma
            }
            ErrorKind::CommentNotSeparated | ErrorKind::CommentInterceptedScalar => Self::Comment,
            ErrorKind::ZeroBlockScalarIndent
            | ErrorKind::InvalidBlockScalarHeader
            | ErrorKind::InvalidBlockScalarIndent => Self::BlockScalar,
            ErrorKind::MissingAnchorOrAliasName => Self::NoName,
            other => Self::Other(name_of(other)),
        }
    }
}

/// The parser's own name for a rare error, as words.
fn name_of(kind: &ErrorKind) -> String {
    let debug = format!("{kind:?}");
    let name = debug.split([' ', '(', '{']).next().unwrap_or_default();
    let mut words = String::new();
    for character in name.chars() {
        if character.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(character.to_lowercase());
    }
    words
}
