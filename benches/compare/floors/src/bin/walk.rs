//! Walks the folders as the linter does, and does nothing with what is there.

use std::sync::atomic::{AtomicUsize, Ordering};

use ignore::{WalkBuilder, WalkState};

fn main() {
    let files = AtomicUsize::new(0);
    for folder in std::env::args().skip(1) {
        let walk = WalkBuilder::new(folder)
            .hidden(false)
            .require_git(false)
            .filter_entry(|entry| entry.file_name() != ".git")
            .threads(std::thread::available_parallelism().map_or(1, usize::from))
            .build_parallel();
        walk.run(|| {
            Box::new(|entry| {
                files.fetch_add(usize::from(entry.is_ok()), Ordering::Relaxed);
                WalkState::Continue
            })
        });
    }
    assert!(files.into_inner() > 0);
}
