//! Names without the secrets in them, each still another than all the rest.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Secrets;

/// What names that hold a secret are called instead. A name is what an output is read by, so that no two may
/// become one.
#[derive(Clone, Debug, Default)]
pub struct DistinctNames<'n> {
    masked: FxHashMap<&'n str, String>,
}

impl<'n> DistinctNames<'n> {
    /// Looks at names, in the order in which they are numbered where two would be called the same.
    pub fn new(names: impl Iterator<Item = &'n str> + Clone, secrets: Option<&Secrets>) -> Self {
        let Some(secrets) = secrets else { return Self::default() };
        let telling: Vec<&str> = names.clone().filter(|name| secrets.is_in(name)).collect();
        let mut masked = FxHashMap::default();
        if telling.is_empty() {
            return Self { masked };
        }
        let mut taken: FxHashSet<String> = names.map(str::to_owned).collect();
        let mut counts: FxHashMap<String, usize> = FxHashMap::default();
        for name in telling {
            if masked.contains_key(name) {
                continue;
            }
            let redacted = secrets.redact(name);
            let count = counts.entry(redacted.clone()).or_default();
            let mut free = redacted.clone();
            while *count > 0 || taken.contains(&free) {
                *count = (*count).max(1) + 1;
                free = format!("{redacted}-{count}");
                if !taken.contains(&free) {
                    break;
                }
            }
            *count = (*count).max(1);
            taken.insert(free.clone());
            masked.insert(name, free);
        }
        Self { masked }
    }

    /// The name as it may be shown.
    pub fn shown<'s>(&'s self, name: &'s str) -> &'s str {
        self.masked.get(name).map_or(name, String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_apart() {
        let source = crate::source::Source::new("a", "apiKey: hunter2\npassword: swordfish\n");
        let secrets = Secrets::find(&source, None);
        let names = ["a", "hunter2", "hunter2", "swordfish", "x-hunter2", "<redacted>-2", "Hunter2"];
        let distinct = DistinctNames::new(names.into_iter(), Some(&secrets));
        let shown: Vec<&str> = names.iter().map(|name| distinct.shown(name)).collect();
        let expected =
            ["a", "<redacted>", "<redacted>", "<redacted>-3", "x-<redacted>", "<redacted>-2", "<redacted>-4"];
        assert_eq!(shown, expected);
        assert_eq!(DistinctNames::new(names.into_iter(), None).shown("hunter2"), "hunter2");
    }
}
