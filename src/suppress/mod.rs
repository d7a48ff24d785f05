//! Comments that silence rules: `# anycloud-lint: ignore[…]` and `ignore-file[…]`.

mod directive;

pub use directive::Find;
pub(crate) use directive::{Directive, MARK, Malformed, Name, is_alone, next_line_start};

use directive::Directives;
use rustc_hash::FxHashMap;

use crate::Settings;
use crate::finding::Finding;
use crate::source::Source;
use crate::yaml::Tree;

/// What the comments of a text say to the linter, and which of it has silenced something.
#[derive(Debug)]
pub struct Suppressions<'t> {
    source: &'t Source,
    /// Those of the whole file, then those of a line, in the order of the lines.
    directives: Vec<Directive>,
    /// What silences a rule, by its code, on a line or, without one, in the whole file.
    index: FxHashMap<(Option<u32>, &'static str), Places>,
    malformed: Vec<Malformed>,
}

/// The names of a rule, by the index of their directive and their own. Empty once they are marked as used.
type Places = Vec<(usize, usize)>;

impl<'t> Suppressions<'t> {
    /// Reads the comments of a document; `find` knows the rules.
    pub fn read(source: &'t Source, tree: Option<&Tree>, find: Find) -> Self {
        let comments = tree.map_or(&[][..], Tree::comments);
        let Directives { sound: mut directives, malformed } = directive::read(source, comments, find);
        directives.sort_by_key(|directive| directive.line);
        let mut index: FxHashMap<_, Places> = FxHashMap::default();
        for (place, directive) in directives.iter().enumerate() {
            for (name_place, name) in directive.names.iter().enumerate() {
                let Some(rule) = name.rule else { continue };
                let line = directive.line.map(|line| line.start);
                index.entry((line, rule.code)).or_default().push((place, name_place));
            }
        }
        Self { source, directives, index, malformed }
    }

    /// The text.
    pub const fn source(&self) -> &'t Source {
        self.source
    }

    /// Everything that could be read, that of the whole file first.
    pub(crate) fn directives(&self) -> impl Iterator<Item = &Directive> {
        self.directives.iter()
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
        if !self.index.is_empty() {
            findings.retain(|finding| !self.silences(finding) || settings.is_needed(finding.rule));
        }
    }

    /// Whether a suppression silences the finding; every one that does is used.
    fn silences(&mut self, finding: &Finding) -> bool {
        let line = self.source.line_span(finding.span.start).start;
        let mut is_silenced = false;
        for place in [None, Some(line)] {
            let Some(names) = self.index.get_mut(&(place, finding.rule.code)) else { continue };
            is_silenced = true;
            for (directive, name) in std::mem::take(names) {
                let directive = self.directives.get_mut(directive);
                if let Some(name) = directive.and_then(|directive| directive.names.get_mut(name)) {
                    name.is_used = true;
                }
            }
        }
        is_silenced
    }
}
