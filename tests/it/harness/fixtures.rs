//! The files in `fixtures/`.

use std::path::{Path, PathBuf};

use anycloud_lint::source::Source;

use super::root;

/// All the folders of fixtures.
pub const FOLDERS: [&str; 3] = ["valid", "wrong", "catalog"];

/// The files that are linted: every `NAME.yaml` of some folders, in order.
pub fn fixtures(folders: &[&str]) -> Vec<PathBuf> {
    let mut files = expectations(folders, ".yaml");
    files.retain(|file| !file.to_string_lossy().ends_with(".fixed.yaml"));
    files
}

/// The files of some folders that end with `ending`, in order.
pub fn expectations(folders: &[&str], ending: &str) -> Vec<PathBuf> {
    let list = |folder: &&str| {
        let folder = root().join("fixtures").join(folder);
        let entries =
            std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| path.to_string_lossy().ends_with(ending));
        files.sort();
        files
    };
    folders.iter().flat_map(list).collect()
}

/// A fixture as the program reads it, named without its folder.
pub fn read(path: &Path) -> Source {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    Source::from_bytes(name, std::fs::read(path).unwrap())
}
