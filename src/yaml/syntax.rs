//! What can be wrong with a text as YAML, in our own words.

use granit_parser::ErrorKind;

/// Why a text is not well-formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// A tab, mostly in the indentation.
    Tab,
    /// A quote that is never closed.
    OpenQuote,
    /// A `{` or `[` that is never closed.
    OpenBracket(char),
    /// A bracket that is closed by one of the other kind: the two.
    MixedBrackets(char, char),
    /// A bracket that closes nothing.
    StrayBracket,
    /// An item of a list where none can stand.
    StrayItem,
    /// A line that is not indented as those around it.
    Indentation,
    /// Something else where a key belongs.
    NoKey,
    /// A `: ` where no key can end: the second one on its line, or behind a key over several lines.
    Colon,
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
    /// The beginning of a value that can't be one.
    Beginning,
    /// No space where one belongs.
    NoSpace,
    /// The end of the text in the middle of something.
    End,
    /// The end of a document inside quotes.
    DocumentInQuote,
    /// A byte order mark inside the text.
    Mark,
    /// No `---` where a document begins or ends.
    NoDocumentLine,
    /// A line `%…` that is none.
    Directive,
    /// A tag `!…` that is none.
    Tag,
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
            | ErrorKind::TabAtBlockScalarStart
            | ErrorKind::TabInPlainScalar
            | ErrorKind::InvalidBlockEntryWhitespace
            | ErrorKind::InvalidMappingValueWhitespace => Self::Tab,
            ErrorKind::UnclosedQuotedScalar => Self::OpenQuote,
            ErrorKind::UnclosedFlowCollection { open } => Self::OpenBracket(*open),
            ErrorKind::MismatchedFlowCollectionEnd { open, close } => Self::MixedBrackets(*open, *close),
            ErrorKind::MisplacedFlowCollectionEnd => Self::StrayBracket,
            ErrorKind::BlockSequenceEntryNotAllowed | ErrorKind::BlockEntryInFlowCollection => {
                Self::StrayItem
            }
            ErrorKind::InvalidIndentation
            | ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::ExpectedBlockSequenceEntry
            | ErrorKind::InvalidQuotedScalarIndent
            | ErrorKind::InvalidFlowScalarIndent
            | ErrorKind::UnexpectedEofBlockMapping
            | ErrorKind::UnexpectedEofBlockSequence => Self::Indentation,
            ErrorKind::SimpleKeyExpected
            | ErrorKind::InvalidSimpleKey
            | ErrorKind::ExpectedNodeContent
            | ErrorKind::MappingKeyNotAllowed
            | ErrorKind::FlowMappingValueAdjacentCollection => Self::NoKey,
            ErrorKind::MappingValueNotAllowed => Self::Colon,
            ErrorKind::UnknownQuotedScalarEscape
            | ErrorKind::InvalidQuotedScalarHexEscape
            | ErrorKind::InvalidLowSurrogateHexEscape
            | ErrorKind::InvalidLowSurrogate
            | ErrorKind::MissingLowSurrogate
            | ErrorKind::UnpairedLowSurrogate
            | ErrorKind::InvalidUnicodeEscape => Self::Escape,
            ErrorKind::UnexpectedCharacter { character } => Self::Character(*character),
            ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
                Self::BehindQuote
            }
            ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::ExpectedFlowSequenceSeparator
            | ErrorKind::InvalidColonPlacement => Self::NoComma,
            ErrorKind::CommentNotSeparated | ErrorKind::CommentInterceptedScalar => Self::Comment,
            ErrorKind::ZeroBlockScalarIndent
            | ErrorKind::InvalidBlockScalarHeader
            | ErrorKind::InvalidBlockScalarIndent => Self::BlockScalar,
            ErrorKind::MissingAnchorOrAliasName => Self::NoName,
            ErrorKind::PlainScalarStartsWithDashFlowIndicator | ErrorKind::UnexpectedEndOfPlainScalar => {
                Self::Beginning
            }
            ErrorKind::ExpectedWhitespace => Self::NoSpace,
            ErrorKind::UnexpectedEofFlowSequence
            | ErrorKind::UnexpectedEofFlowMapping
            | ErrorKind::UnexpectedEofImplicitFlowMapping
            | ErrorKind::UnexpectedEof => Self::End,
            ErrorKind::DocumentIndicatorInQuotedScalar => Self::DocumentInQuote,
            ErrorKind::BomInsideDocument => Self::Mark,
            ErrorKind::ExpectedDocumentStart
            | ErrorKind::MissingDocumentEndBeforeDirective
            | ErrorKind::InvalidDocumentEnd => Self::NoDocumentLine,
            ErrorKind::DuplicateVersionDirective
            | ErrorKind::UnsupportedYamlMajorVersion
            | ErrorKind::DuplicateTagDirective
            | ErrorKind::ExpectedTagDirectiveBang
            | ErrorKind::InvalidDirectiveTerminator
            | ErrorKind::DirectiveDisallowed
            | ErrorKind::MissingYamlVersionSeparator
            | ErrorKind::MissingDirectiveName
            | ErrorKind::InvalidDirectiveName
            | ErrorKind::YamlVersionTooLong
            | ErrorKind::MissingYamlVersion
            | ErrorKind::InvalidTagDirectiveTerminator => Self::Directive,
            ErrorKind::UndeclaredTagHandle
            | ErrorKind::ExpectedTagBang
            | ErrorKind::InvalidGlobalTagCharacter
            | ErrorKind::InvalidTagTerminator
            | ErrorKind::MissingTagUri
            | ErrorKind::UnclosedVerbatimTag
            | ErrorKind::InvalidTagEscape
            | ErrorKind::InvalidTagUtf8LeadingByte
            | ErrorKind::InvalidTagUtf8TrailingByte
            | ErrorKind::InvalidTagUtf8 => Self::Tag,
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
