//! YAML with spans: a text to a tree, anchors and merge keys, comments, limits.

mod build;
mod events;
mod fast;
mod index;
mod problem;
mod scalar;
mod sketch;
mod space;
mod syntax;
mod tree;

pub use build::parse;
#[cfg(test)]
pub(crate) use build::parses;
#[doc(hidden)]
pub use build::ways;
pub use problem::{Limit, MAX_DEPTH, MAX_EXPANSION, Problem, ProblemKind};
pub use scalar::{is_text_without_quotes, is_typed};
pub use space::{stray_space, stray_space_in};
pub use syntax::Syntax;
pub use tree::{Anchor, Data, Entry, Node, NodeId, Quoting, Text, Tree};
