//! What stays the same about a finding while lines move: for baselines, SARIF and GitLab.

use std::path::Path;

use rustc_hash::FxHashMap;

use crate::finding::Finding;

/// Tells the findings of a run apart by rule, file and path in the document, not by line.
///
/// A fingerprint is 32 hexadecimal digits: the FNV-1a hash, 128 bits wide, of the bytes
/// `v1 NUL CODE NUL FILE NUL POINTER NUL NUMBER`. `FILE` is what [`file_name`] makes of the name,
/// `POINTER` the JSON pointer of the value (empty where there is none), and `NUMBER` counts, from 0 and in
/// the order of the text, the findings that share the other three.
#[derive(Debug, Default)]
pub struct Fingerprints {
    seen: FxHashMap<u128, u32>,
}

impl Fingerprints {
    /// The fingerprint of the next finding in a file, named as [`file_name`] does.
    pub fn next(&mut self, file: &str, finding: &Finding) -> String {
        let path = finding.path().unwrap_or_default();
        let state = ["v1", finding.rule.code, file, &path]
            .into_iter()
            .fold(FNV_OFFSET, |state, part| fnv1a(fnv1a(state, part.as_bytes()), &[0]));
        let number = self.seen.entry(state).or_default();
        let hash = fnv1a(state, number.to_string().as_bytes());
        *number += 1;
        format!("{hash:032x}")
    }
}

/// A file's name relative to `root`, with forward slashes and without `./` in front. A file elsewhere keeps
/// its name.
pub fn file_name(name: &str, root: &Path) -> String {
    // Elsewhere a backslash is a character like any other.
    let slashed = |text: &str| if cfg!(windows) { text.replace('\\', "/") } else { text.to_owned() };
    let (name, root) = (slashed(name), slashed(&root.to_string_lossy()));
    let inside = name.strip_prefix(root.trim_end_matches('/')).and_then(|rest| rest.strip_prefix('/'));
    let mut name = if root.is_empty() { &name } else { inside.unwrap_or(&name) };
    while let Some(rest) = name.strip_prefix("./") {
        name = rest.trim_start_matches('/');
    }
    name.to_owned()
}

const FNV_OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const FNV_PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

/// Goes on with an FNV-1a hash: stable, public and eight lines, where collisions by intent don't matter.
fn fnv1a(state: u128, bytes: &[u8]) -> u128 {
    bytes.iter().fold(state, |state, byte| (state ^ u128::from(*byte)).wrapping_mul(FNV_PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_as_published() {
        assert_eq!(fnv1a(FNV_OFFSET, b""), FNV_OFFSET);
        assert_eq!(fnv1a(FNV_OFFSET, b"a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
        assert_eq!(fnv1a(FNV_OFFSET, b"foobar"), 0x343e_1662_793c_64bf_6f0d_3597_ba44_6f18);
    }

    #[test]
    fn names_files_alike() {
        let name = |name: &str| file_name(name, Path::new("/repo"));
        assert_eq!(name("./a/b.yaml"), "a/b.yaml");
        assert_eq!(name(r"a\b.yaml"), if cfg!(windows) { "a/b.yaml" } else { r"a\b.yaml" });
        assert_eq!(name("/repo/a.yaml"), "a.yaml");
        assert_eq!(name("/repository/a.yaml"), "/repository/a.yaml");
        assert_eq!(name("../a.yaml"), "../a.yaml");
        assert_eq!(file_name("/a.yaml", Path::new("")), "/a.yaml");
        assert_eq!(file_name("/a.yaml", Path::new("/")), "a.yaml");
    }
}
