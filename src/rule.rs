//! What a rule is called, what is at stake, and what its documentation says. How it finds out is not known here.

mod docs;

use std::fmt;

pub use docs::Docs;

/// A rule, without its check.
#[derive(Debug)]
pub struct Rule {
    /// The stable code, such as `AC301`.
    pub code: &'static str,
    /// The stable name, such as `gpu-vm-conflict`.
    pub name: &'static str,
    /// The severity unless a finding or the configuration says otherwise.
    pub severity: Severity,
    /// Whether it can repair what it finds, and how surely.
    pub fix: Option<Applicability>,
    /// How far its findings put the rest of the file in doubt.
    pub kind: Kind,
    /// What it reports, in one line.
    pub summary: &'static str,
    /// What it does, why it matters and what to do instead, with examples: see [`Docs`].
    pub docs: &'static str,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The job would not start, or not as written.
    Error,
    /// It works, but probably not as meant.
    Warning,
    /// Worth knowing.
    Note,
}

/// Whether a fix keeps what the author meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// It does: `--fix` applies it.
    Safe,
    /// Probably: only `--unsafe-fixes` applies it.
    Unsafe,
}

/// How far a rule's findings put the rest of the file in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The text can't be read, so nothing else in it has been checked.
    Unreadable,
    /// The text can be read, but what a profile is can't be told from it.
    Unresolvable,
    /// A profile says what does not work, or probably not as meant.
    Mistake,
    /// A comment that silences rules is wrong itself.
    Suppression,
}

/// Rules about one subject.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// What the codes of its rules begin with.
    pub prefix: &'static str,
    /// What it is about.
    pub title: &'static str,
    /// The same as one word, for programs.
    pub tag: &'static str,
}

/// The groups, in the order of the codes.
pub const GROUPS: [Group; 9] = [
    Group { prefix: "AC0", title: "The text", tag: "text" },
    Group { prefix: "AC1", title: "Shape and types", tag: "schema" },
    Group { prefix: "AC2", title: "Inheritance", tag: "inheritance" },
    Group { prefix: "AC3", title: "Hardware", tag: "hardware" },
    Group { prefix: "AC4", title: "Place", tag: "place" },
    Group { prefix: "AC5", title: "Credentials", tag: "credentials" },
    Group { prefix: "AC6", title: "Storage", tag: "storage" },
    Group { prefix: "AC7", title: "Submissions", tag: "submissions" },
    Group { prefix: "AC9", title: "The linter itself", tag: "linter" },
];

/// The folder of the rules' pages.
const PAGES: &str = "https://github.com/anycloud-lint/anycloud-lint/blob/main/docs/rules";

/// What rules were called before, and the code of each: an old code or name goes on meaning its rule.
const RENAMED: &[(&str, &str)] = &[];

impl Rule {
    /// Where the rule is documented.
    pub fn url(&self) -> String {
        format!("{PAGES}/{}.md", self.name)
    }

    /// The documentation, taken apart; empty where it is not written as [`Docs::read`] wants it.
    pub fn docs(&self) -> Docs<'static> {
        Docs::read(self.docs).unwrap_or_default()
    }

    /// The group that the rule's code puts it into.
    pub fn group(&self) -> Option<&'static Group> {
        GROUPS.iter().find(|group| self.code.starts_with(group.prefix))
    }

    /// Whether a word is the rule's code or name, now or before it was renamed, whatever its case.
    pub fn is_called(&self, word: &str) -> bool {
        self.was_called(word, RENAMED)
    }

    /// Whether a selector means the rule: what it is called, or the beginning of its code (`AC`, `AC3`, `AC30`).
    pub fn is_selected_by(&self, selector: &str) -> bool {
        let starts_code = |start: &str| start.eq_ignore_ascii_case(selector);
        let is_prefix = selector.len() >= 2 && self.code.get(..selector.len()).is_some_and(starts_code);
        is_prefix || self.is_called(selector)
    }

    fn was_called(&self, word: &str, renamed: &[(&str, &str)]) -> bool {
        let is_word = |name: &str| name.eq_ignore_ascii_case(word);
        let is_old = |(old, code): &(&str, &str)| *code == self.code && is_word(old);
        is_word(self.code) || is_word(self.name) || renamed.iter().any(is_old)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Severity {
    /// Every severity, the worst first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    /// The word in every output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl Applicability {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Safe, Self::Unsafe];

    /// The word in every output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

impl Kind {
    /// Whether nothing can be resolved while such a finding stands.
    pub const fn is_essential(self) -> bool {
        matches!(self, Self::Unreadable | Self::Unresolvable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: Rule = Rule {
        code: "AC311",
        name: "new-name",
        severity: Severity::Error,
        fix: None,
        kind: Kind::Mistake,
        summary: "",
        docs: "",
    };

    #[test]
    fn a_renamed_rule_stays_reachable_under_its_old_name() {
        let renamed = [("old-name", "AC311"), ("AC399", "AC311"), ("other", "AC301")];
        for word in ["AC311", "ac311", "new-name", "New-Name", "old-name", "OLD-NAME", "ac399"] {
            assert!(RULE.was_called(word, &renamed), "{word}");
        }
        for word in ["AC31", "AC3", "", "other", "old"] {
            assert!(!RULE.was_called(word, &renamed), "{word}");
        }
    }

    #[test]
    fn a_selector_is_a_name_or_the_beginning_of_a_code() {
        for selector in ["AC", "ac3", "AC31", "AC311", "new-name"] {
            assert!(RULE.is_selected_by(selector), "{selector}");
        }
        for selector in ["", "A", "AC4", "AC3111", "new"] {
            assert!(!RULE.is_selected_by(selector), "{selector}");
        }
    }
}
