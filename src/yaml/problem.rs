//! What can be wrong with a text before anybody asks what it means.

use super::syntax::Syntax;
use crate::source::Span;

/// A flaw found while the tree was built. The rules of group AC0 put it into words.
#[derive(Debug)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: ProblemKind,
}

/// The kinds of [`Problem`].
#[derive(Debug)]
pub enum ProblemKind {
    /// The text is not well-formed YAML.
    Syntax {
        /// What the parser says.
        kind: Syntax,
        /// The text up to here was understood.
        read_to: u32,
        /// The innermost bracket that is open at that place.
        opened: Option<Span>,
    },
    /// A key begins with what looks like a space and is none, where it was meant to be indented.
    StraySpace,
    /// An alias to an anchor that is not defined before it.
    UndefinedAlias,
    /// The key stands earlier in the same mapping.
    DuplicateKey {
        /// The first of the two keys.
        first: Span,
    },
    /// `<<` with a value that is neither a mapping nor a list of mappings.
    BadMerge,
    /// No document at all, or one without content.
    Empty,
    /// The root is a list or a scalar.
    RootNotMapping,
    /// A second document starts here.
    SecondDocument,
    /// The text can't be read within its limits.
    Limit(Limit),
}

/// The limits that keep any input harmless.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// More than [`MAX_DEPTH`] nested collections.
    Depth,
    /// Aliases expand to more than [`MAX_EXPANSION`] nodes.
    Expansion,
    /// An alias inside the node that it names.
    SelfReference,
}

/// The deepest nesting of collections; the root is the first.
pub const MAX_DEPTH: usize = 128;

/// The most nodes that all aliases of a document may expand to.
pub const MAX_EXPANSION: u64 = 1_000_000;
