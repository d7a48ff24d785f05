//! The findings that a project has made its peace with for now.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::fingerprint::Fingerprints;
use crate::report::Checked;

/// The version of the file's shape.
const VERSION: u64 = 1;

/// A baseline as it is written.
#[derive(Debug, Serialize, Deserialize)]
pub struct Baseline {
    version: u64,
    tool: Tool,
    findings: Vec<Entry>,
}

/// The program that wrote it.
#[derive(Debug, Serialize, Deserialize)]
struct Tool {
    name: String,
    version: String,
}

/// A known finding. Only the fingerprint counts; the rest is for whoever reads the file.
#[derive(Debug, Serialize, Deserialize)]
pub struct Entry {
    fingerprint: String,
    /// The rule's code.
    pub code: String,
    /// The file, relative to the folder of the baseline, with forward slashes.
    pub file: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    message: String,
}

impl Baseline {
    /// All findings of some files; `name` says how the baseline calls a file.
    pub fn of(files: &[Checked], name: impl Fn(&str) -> String) -> Self {
        let mut findings = Vec::new();
        for_each(files, name, |file, fingerprint, finding| {
            findings.push(Entry {
                fingerprint,
                code: finding.rule.code.to_owned(),
                file: file.to_owned(),
                path: finding.path(),
                message: finding.message.clone(),
            });
        });
        // By file and then in the order of the text: findings move in the baseline as they do in the file.
        findings.sort_by(|one, other| one.file.cmp(&other.file));
        let tool = Tool { name: env!("CARGO_PKG_NAME").into(), version: env!("CARGO_PKG_VERSION").into() };
        Self { version: VERSION, tool, findings }
    }

    /// Reads a baseline.
    ///
    /// # Errors
    ///
    /// In words, if the text is not JSON, of another shape, or of another version.
    pub fn parse(text: &[u8]) -> Result<Self, String> {
        let value: serde_json::Value =
            serde_json::from_slice(text).map_err(|error| format!("it is not JSON ({error})"))?;
        match value.get("version") {
            Some(version) if version.as_u64() == Some(VERSION) => {}
            Some(version) => return Err(format!("its version is {version}, not {VERSION}")),
            None => return Err("it has no `version`".into()),
        }
        serde_json::from_value(value).map_err(|error| error.to_string())
    }

    /// How many findings it holds.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// The text of the file.
    ///
    /// # Errors
    ///
    /// Never, but for what `serde_json` may think of.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }

    /// Takes the findings out that are known. Says how many those were, and which entries did not occur.
    pub fn apply(&self, files: &mut [Checked], name: impl Fn(&str) -> String) -> (usize, Vec<&Entry>) {
        let mut known: FxHashMap<&str, (&Entry, bool)> = FxHashMap::default();
        for entry in &self.findings {
            known.insert(&entry.fingerprint, (entry, false));
        }
        let mut verdicts = Vec::new();
        for_each(files, name, |_, fingerprint, _| {
            let entry = known.get_mut(fingerprint.as_str());
            verdicts.push(entry.is_none());
            if let Some((_, occurs)) = entry {
                *occurs = true;
            }
        });
        let silenced = verdicts.iter().filter(|is_new| !**is_new).count();
        let mut verdicts = verdicts.into_iter();
        for file in files {
            file.findings.retain(|_| verdicts.next().unwrap_or(true));
        }
        let is_gone = |entry: &&Entry| {
            known
                .get(entry.fingerprint.as_str())
                .is_some_and(|(first, occurs)| std::ptr::eq(*first, *entry) && !occurs)
        };
        (silenced, self.findings.iter().filter(is_gone).collect())
    }
}

/// Goes through all findings with their file and fingerprint.
fn for_each(
    files: &[Checked],
    name: impl Fn(&str) -> String,
    mut each: impl FnMut(&str, String, &crate::finding::Finding),
) {
    let mut fingerprints = Fingerprints::default();
    for checked in files {
        let file = name(checked.source.name());
        for finding in &checked.findings {
            each(&file, fingerprints.next(&file, finding), finding);
        }
    }
}
