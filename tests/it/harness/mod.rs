//! What the tests share: the fixtures, the tables, the program in a folder of its own, and chance that repeats.

mod documents;
mod fixtures;
mod program;
mod property;
mod random;
pub mod reading;
mod submissions;
#[allow(dead_code, reason = "shared with the build script, which uses all of it")]
#[path = "../../../build/tables.rs"]
pub mod tables;

use std::path::Path;
use std::thread;

pub use documents::document;
pub use fixtures::{FOLDERS, expectations, fixtures, read};
pub use program::{Run, Sandbox, program, run, short};
pub use property::{cases, holds};
pub use random::Random;

/// The folder of the project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The catalog's tables, as they are written down.
pub fn facts() -> tables::Tables {
    tables::read(&root().join("src/catalog/data"))
        .unwrap_or_else(|problems| panic!("{}", problems.join("\n")))
}

/// Does something with each of many things, on all processors.
pub fn each<T: Sync>(things: &[T], work: impl Fn(&T) + Sync) {
    let count = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for first in 0..count {
            let work = &work;
            scope.spawn(move || things.iter().skip(first).step_by(count).for_each(work));
        }
    });
}
