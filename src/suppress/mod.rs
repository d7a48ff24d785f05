//! Comments that silence rules: `# anycloud-lint: ignore[…]` and `ignore-file[…]`.

mod directive;

pub use directive::Find;
pub(crate) use directive::{Directive, MARK, Malformed, Name, is_alone, next_line_start};

use directive::Directives;

use crate::Settings;
use crate::finding::Finding;
use crate::source::Source;
use crate::yaml::Tree;

/// What the comments of a text say to the linter, and which of it has silenced something.
#[derive(Debug)]
pub struct Suppressions<'t> {
    source: &'t Source,
    /// Those of the whole file.
    file: Vec<Directive>,
    /// Those of a line, in the order of the lines.
    lines: Vec<Directive>,
    malformed: Vec<Malformed>,
}

impl<'t> Suppressions<'t> {
    /// Reads the comments of a document; `find` knows the rules.
    pub fn read(source: &'t Source, tree: Option<&Tree>, find: Find) -> Self {
        let comments = tree.map_or(&[][..], Tree::comments);
        let Directives { sound, malformed } = directive::read(source, comments, find);
        let (mut lines, file): (Vec<_>, Vec<_>) =
            sound.into_iter().partition(|directive| directive.line.is_some());
        lines.sort_by_key(|directive| directive.line);
        Self { source, file, lines, malformed }
    }

    /// The text.
    pub const fn source(&self) -> &'t Source {
        self.source
    }

    /// Everything that could be read, that of the whole file first.
    pub(crate) fn directives(&self) -> impl Iterator<Item = &Directive> {
        self.file.iter().chain(&self.lines)
    }

    /// Every name with its directive.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&Directive, &Name)> {
        self.directives().flat_map(|directive| directive.names.iter().map(move |name| (directive, name)))
    }

    /// What looks like a suppression and is none.
    pub(crate) fn malformed(&self) -> &[Malformed] {
        &self.malformed
    }

    /// Takes the findings out that a comment silences. What settings need stays.
    pub fn silence(&mut self, findings: &mut Vec<Finding>, settings: &Settings) {
        if !self.file.is_empty() || !self.lines.is_empty() {
            findings.retain(|finding| !self.silences(finding) || settings.is_needed(finding.rule));
        }
    }

    /// Whether a suppression silences the finding; every one that does is used.
    fn silences(&mut self, finding: &Finding) -> bool {
        let at = finding.span.start;
        let first = self.lines.partition_point(|directive| directive.line.is_some_and(|line| line.end < at));
        let lines = self.lines.iter_mut().skip(first);
        let lines = lines.take_while(|directive| directive.line.is_some_and(|line| line.start <= at));
        let mut is_silenced = false;
        for name in self.file.iter_mut().chain(lines).flat_map(|directive| &mut directive.names) {
            if name.rule == Some(finding.rule) {
                name.is_used = true;
                is_silenced = true;
            }
        }
        is_silenced
    }
}
