//! The three answers to "is it offered there?".

/// Whether something is offered somewhere, as far as the tables tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offered {
    /// The tables, or the configuration, say so.
    Yes,
    /// The tables have that place and that thing, but not together. How far to trust this is in [`Facts`](super::Facts).
    No,
    /// Nothing is known about it: say nothing.
    Unknown,
}

impl Offered {
    /// The answer for a choice of several: one that is offered is enough, and one that may be is a doubt.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::No, Self::No) => Self::No,
        }
    }
}
