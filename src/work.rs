//! How much is done, counted in what nothing does without: looks at nodes and settings, bytes gone through. Only the
//! tests of how work grows count.

#[cfg(test)]
use std::cell::Cell;

#[cfg(test)]
thread_local! {
    static DONE: Cell<usize> = const { Cell::new(0) };
}

/// Counts some work.
#[cfg(not(test))]
pub(crate) const fn count(_: usize) {}

/// Counts some work.
#[cfg(test)]
pub(crate) fn count(amount: usize) {
    DONE.set(DONE.get() + amount);
}

/// How much something takes.
#[cfg(test)]
pub(crate) fn of(work: impl FnOnce()) -> usize {
    let before = DONE.get();
    work();
    DONE.get() - before
}
