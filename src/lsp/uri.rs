//! Addresses of files, as editors write them.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

/// The path of a `file:` address.
pub fn to_path(uri: &str) -> Option<PathBuf> {
    let rest = uri.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("file://")).and(uri.get(7..))?;
    // `file://host/path` is a share of another machine, `file:///path` a file of this one.
    let (host, path) = rest.find('/').map(|at| rest.split_at(at))?;
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = percent_decode_str(path).decode_utf8().ok()?;
    if !host.is_empty() && !host.eq_ignore_ascii_case("localhost") {
        return Some(PathBuf::from(format!("//{host}{path}")));
    }
    let drive = path.strip_prefix('/').filter(|rest| has_drive(rest));
    Some(PathBuf::from(drive.unwrap_or(&path)))
}

/// What a document is called: the last part of its address.
pub fn name(uri: &str) -> String {
    let path = uri.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit(['/', ':']).next().unwrap_or_default();
    percent_decode_str(last).decode_utf8_lossy().into_owned()
}

/// The folder of a file.
pub fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

fn has_drive(path: &str) -> bool {
    let mut letters = path.chars();
    letters.next().is_some_and(|letter| letter.is_ascii_alphabetic()) && letters.next() == Some(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_paths() {
        let path = |uri| to_path(uri).map(|path| path.to_string_lossy().into_owned());
        assert_eq!(path("file:///a/b%20c/%C3%A9.yaml").as_deref(), Some("/a/b c/é.yaml"));
        assert_eq!(path("file:///c%3A/x.yaml").as_deref(), Some("c:/x.yaml"));
        assert_eq!(path("FILE://localhost/x").as_deref(), Some("/x"));
        assert_eq!(path("file://server/share/x").as_deref(), Some("//server/share/x"));
        for none in ["", "file:", "untitled:Untitled-1", "https://a/b", "file://", "é"] {
            assert_eq!(path(none), None, "{none}");
        }
        assert_eq!(name("untitled:anycloud.yaml"), "anycloud.yaml");
        assert_eq!(name("vscode-vfs://github/a/any%63loud.yml?x"), "anycloud.yml");
    }
}
