//! The part of a document that the word at the cursor has to do with, as a small document of its own.
//!
//! What an offer brings with it depends on the things that have the word (in their own text, by a merge or by an
//! alias), on all that inherit from these, and on what those inherit besides. Everything else is left out, so that
//! trying an offer does not take longer in a long file.

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::facts::Facts;
use crate::profile::{Field, Section, Subject, SubjectId};
use crate::source::{Span, to_u32};
use crate::yaml::{Data, NodeId, Tree};

/// No thing whose text is longer than this is looked at.
const LONGEST: usize = 64 * 1024;

/// Fields that get along with every word that is offered: heirs that differ in nothing else are alike.
const APART: [Field; 4] = [Field::MinVmCount, Field::MaxVmCount, Field::DiskSizeGb, Field::DiskTier];

/// A part of a document.
#[derive(Debug)]
pub(super) struct Cutout<'v> {
    facts: &'v Facts,
    things: Things,
    /// Whether there is anything that comes to something else by another word.
    has_affected: bool,
    /// What stands for the word at the cursor.
    mark: String,
}

/// Profiles and submissions, each a name and a body on one line.
#[derive(Debug, Default)]
struct Things {
    profiles: IndexMap<String, String>,
    submissions: IndexMap<String, String>,
    size: usize,
}

/// What stands in a cutout for a profile that is affected.
#[derive(Clone, Debug)]
enum StandIn {
    /// The profile itself, or one that is like it.
    Profile(String),
    /// Nothing: there are too many.
    Nothing,
}

impl<'v> Cutout<'v> {
    /// What has to do with a mark in a document, a key or a value; of many heirs the nearest, in about this many bytes. Nothing where the
    /// mark stands in no profile and no submission.
    pub fn new(facts: &'v Facts, mark: &str, is_key: bool, size: usize) -> Option<Self> {
        let tree = facts.tree();
        let here = tree.ids().find(|id| tree.key(*id) == mark)?;
        let mark = quoted(mark);
        let mut cutout = Self { facts, things: Things::default(), has_affected: false, mark };
        let mut making = Making {
            cutout: &mut cutout,
            here: tree.span(here),
            is_key,
            size,
            stand_ins: FxHashMap::default(),
            alike: FxHashMap::default(),
        };
        for id in facts.subjects().bases_first() {
            if let Some(profile) = facts.subjects().profiles().get(id.index()) {
                making.profile(profile)?;
            }
        }
        making.submissions()?;
        cutout.has_affected.then_some(cutout)
    }

    /// The text without the mark, with a thing that a word would name: a list has one item less, and a field has no
    /// value.
    pub fn without_mark(&self, is_item: bool, named: Option<(Section, &str)>) -> String {
        let mark = &self.mark;
        let text = self.marked(&self.named(named));
        let text = text.replace(&format!("\"extends\": {mark}"), "\"extends\": []");
        let text = text.replace(&format!("[{mark}]"), "[]");
        let text = if is_item {
            text.replace(&format!(", {mark}"), "").replace(&format!("{mark}, "), "")
        } else {
            text
        };
        text.replace(&format!("{mark}: "), "\"x-\": ").replace(mark, "null")
    }

    /// The text with a word in the place of the mark, and where that then stands; with a thing that the word names.
    pub fn text(&self, word: &str, named: Option<(Section, &str)>) -> (String, Vec<Span>) {
        let text = self.marked(&self.named(named));
        let mut spans = Vec::new();
        let mut pieces = text.split(&self.mark);
        let mut made = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let start = to_u32(made.len());
            made.push_str(word);
            spans.push(Span::new(start, to_u32(made.len())));
            made.push_str(piece);
        }
        (made, spans)
    }

    /// A thing with all that it needs.
    fn named(&self, named: Option<(Section, &str)>) -> Things {
        let mut things = Things::default();
        match named {
            Some((Section::Profiles, name)) => drop(things.add_profile(self.facts, name)),
            Some((Section::Submissions, name)) => things.add_submission(self.facts, name),
            None => {}
        }
        things
    }

    /// The text with the mark, and with other things besides.
    fn marked(&self, named_things: &Things) -> String {
        let mut text = String::new();
        for (section, things, named) in [
            (Section::Profiles, &self.things.profiles, &named_things.profiles),
            (Section::Submissions, &self.things.submissions, &named_things.submissions),
        ] {
            let named = named.iter().filter(|(name, _)| !things.contains_key(*name));
            let lines: Vec<_> = things.iter().chain(named).collect();
            if !lines.is_empty() {
                text.extend([section.key(), ":\n"]);
            }
            for (name, body) in lines {
                text.extend(["  ", &quoted(name), ": ", body, "\n"]);
            }
        }
        text
    }
}

/// A cutout in the making.
struct Making<'m, 'v> {
    cutout: &'m mut Cutout<'v>,
    /// Where the mark stands.
    here: Span,
    /// Whether the mark is a key.
    is_key: bool,
    /// How large the cutout may become.
    size: usize,
    /// What stands for each affected profile.
    stand_ins: FxHashMap<SubjectId, StandIn>,
    /// The affected profiles by what they say.
    alike: FxHashMap<(bool, String), String>,
}

impl Making<'_, '_> {
    /// Whether the text of a thing has the mark: by an alias or a merge, too.
    fn has_mark(&self, thing: &Subject) -> Option<bool> {
        let tree = self.cutout.facts.tree();
        let may_have = !tree.anchors().is_empty() || tree.entry_span(thing.entry).contains(self.here);
        Some(may_have && json(tree, thing.entry.value)?.contains(&self.cutout.mark))
    }

    /// Adds a profile if it is affected; its bases have been here before. Nothing where that is too much to say.
    fn profile(&mut self, profile: &Subject) -> Option<()> {
        let facts = self.cutout.facts;
        let has_mark = self.has_mark(profile)?;
        let above = profile.bases.iter().filter_map(|base| self.stand_ins.get(&base.subject?));
        let above: Vec<&StandIn> = above.collect();
        if !has_mark && above.is_empty() {
            return Some(());
        }
        let is_left_out = above.iter().any(|base| matches!(base, StandIn::Nothing));
        if !has_mark && (self.cutout.things.size > self.size || is_left_out) {
            self.stand_ins.insert(profile.id, StandIn::Nothing);
            return Some(());
        }
        let mut bases = Vec::new();
        for base in &profile.bases {
            let name = facts.tree().str(base.node).unwrap_or_default();
            match base.subject.map(|id| self.stand_ins.get(&id)) {
                Some(Some(StandIn::Profile(name))) => bases.push(name.clone()),
                Some(Some(StandIn::Nothing)) => {}
                Some(None) => bases.push(self.cutout.things.add_profile(facts, name)?),
                None => bases.push(name.to_owned()),
            }
        }
        let name = facts.subjects().name(profile.id).to_owned();
        let fields = own_fields(facts.tree(), profile, has_mark || self.is_key)?;
        let names: Vec<String> = bases.iter().map(|base| quoted(base)).collect();
        let body = format!("{{\"extends\": [{}]{fields}}}", names.join(", "));
        let body = if names.is_empty() { format!("{{{}}}", fields.trim_start_matches(", ")) } else { body };
        let stand_in = match self.alike.get(&(name.starts_with('.'), body.clone())) {
            // What only passes on what it inherits is like its base.
            _ if !has_mark && fields.is_empty() && bases.len() == 1 => bases.concat(),
            Some(other) if !has_mark => other.clone(),
            _ => {
                self.alike.insert((name.starts_with('.'), body.clone()), name.clone());
                self.cutout.has_affected = true;
                self.cutout.things.add((Section::Profiles, name.clone()), body);
                name
            }
        };
        self.stand_ins.insert(profile.id, StandIn::Profile(stand_in));
        Some(())
    }

    /// Adds the submissions that are affected: those with the mark, those that extend them, and those that use an
    /// affected profile.
    fn submissions(&mut self) -> Option<()> {
        let facts = self.cutout.facts;
        let submissions = facts.submissions();
        let mut affected: Vec<&Subject> = Vec::new();
        let mut bodies = FxHashMap::default();
        for (_, submission) in submissions.all() {
            let body = json(facts.tree(), submission.entry.value)?;
            let used = names_of_profiles(facts.tree(), submission.entry.value);
            let used: Vec<&Subject> =
                used.into_iter().filter_map(|name| facts.subjects().named(name)).collect();
            if body.contains(&self.cutout.mark)
                || used.iter().any(|profile| self.stand_ins.contains_key(&profile.id))
            {
                affected.push(submission);
            }
            bodies.insert(submission.id, (body, used));
        }
        let mut heirs: FxHashMap<SubjectId, Vec<&Subject>> = FxHashMap::default();
        for heir in submissions.as_slice() {
            for base in heir.bases.iter().filter_map(|base| base.subject) {
                heirs.entry(base).or_default().push(heir);
            }
        }
        let mut seen: FxHashSet<SubjectId> = affected.iter().map(|submission| submission.id).collect();
        let mut next = 0;
        while let Some(base) = affected.get(next).map(|submission| submission.id) {
            let heirs = heirs.remove(&base).unwrap_or_default();
            affected.extend(heirs.into_iter().filter(|heir| seen.insert(heir.id)));
            next += 1;
        }
        for submission in affected {
            let name = submission.name(facts.tree());
            let Some((body, used)) = bodies.get(&submission.id) else { continue };
            if self.cutout.things.size > self.size && !body.contains(&self.cutout.mark) {
                break;
            }
            for profile in used {
                let name = facts.subjects().name(profile.id);
                match self.stand_ins.get(&profile.id) {
                    Some(StandIn::Profile(other)) if other != name => {
                        let body = format!("{{\"extends\": [{}]}}", quoted(other));
                        self.cutout.things.add((Section::Profiles, name.to_owned()), body);
                    }
                    Some(_) => {}
                    None => drop(self.cutout.things.add_profile(facts, name)),
                }
            }
            self.cutout.things.add_submission(facts, name);
            self.cutout.has_affected = true;
        }
        Some(())
    }
}

impl Things {
    fn add(&mut self, (section, name): (Section, String), body: String) {
        let things = match section {
            Section::Profiles => &mut self.profiles,
            Section::Submissions => &mut self.submissions,
        };
        self.size += name.len() + body.len();
        things.entry(name).or_insert(body);
    }

    /// Adds what a profile comes to, without its bases; its name. Nothing where it is not there, or too long.
    fn add_profile(&mut self, facts: &Facts, name: &str) -> Option<String> {
        let id = facts.subjects().named(name)?.id;
        if !self.profiles.contains_key(name) {
            let settings = Field::ALL
                .into_iter()
                .filter_map(|field| Some((field, facts.subjects().setting(id, field)?)));
            let fields: Option<Vec<String>> = settings
                .map(|(field, setting)| {
                    Some(format!("\"{}\": {}", field.name(), json(facts.tree(), setting.entry.value)?))
                })
                .collect();
            self.add((Section::Profiles, name.to_owned()), format!("{{{}}}", fields?.join(", ")));
        }
        Some(name.to_owned())
    }

    /// Adds a submission with all that it extends, and the profiles that these use.
    fn add_submission(&mut self, facts: &Facts, name: &str) {
        let tree = facts.tree();
        let mut open = vec![name];
        while let Some(name) = open.pop() {
            let found = facts.submissions().named(tree, name).map(|(_, submission)| submission);
            let Some(submission) = found.filter(|_| !self.submissions.contains_key(name)) else { continue };
            let Some(body) = json(tree, submission.entry.value) else { continue };
            self.add((Section::Submissions, name.to_owned()), body);
            for profile in names_of_profiles(tree, submission.entry.value) {
                self.add_profile(facts, profile);
            }
            open.extend(submission.bases.iter().filter_map(|base| tree.str(base.node)));
        }
    }
}

/// The fields that a profile sets itself, each behind a comma; without those that get along with
/// everything, unless all are wanted.
fn own_fields(tree: &Tree, profile: &Subject, keeps_all: bool) -> Option<String> {
    let mut fields = String::new();
    for entry in tree.entries(profile.entry.value) {
        let key = tree.key(entry.key);
        if key == "extends" || tree.is_repeated(entry.key) {
            continue;
        }
        let value = json(tree, entry.value)?;
        let is_apart =
            key.starts_with("x-") || Field::from_name(key).is_some_and(|field| APART.contains(&field));
        if keeps_all || !is_apart {
            fields.extend([", ", &quoted(key), ": ", &value]);
        }
    }
    Some(fields)
}

/// The names of profiles that a submission has anywhere in it.
fn names_of_profiles(tree: &Tree, body: NodeId) -> Vec<&str> {
    let mut names = Vec::new();
    let mut open = vec![body];
    let mut steps = 0;
    while let Some(node) = open.pop().filter(|_| steps < LONGEST) {
        steps += 1;
        open.extend(tree.items(node));
        for entry in tree.entries(node) {
            if tree.is_key(entry.key, "profile") {
                names.extend(tree.str(entry.value));
                names.extend(tree.items(entry.value).iter().filter_map(|item| tree.str(*item)));
            }
            open.push(entry.value);
        }
    }
    names
}

/// A node on one line, aliases and merges written out. Nothing where that is too long.
fn json(tree: &Tree, node: NodeId) -> Option<String> {
    enum Step {
        Text(String),
        Node(NodeId),
    }
    let mut text = String::new();
    let mut open = vec![Step::Node(node)];
    while let Some(step) = open.pop() {
        if text.len() > LONGEST {
            return None;
        }
        let node = match step {
            Step::Text(piece) => {
                text.push_str(&piece);
                continue;
            }
            Step::Node(node) => node,
        };
        match tree.data(node) {
            Data::Str(..) => text.push_str(&quoted(tree.str(node).unwrap_or_default())),
            Data::Int(_) | Data::Float(_) | Data::Bool(_) => {
                text.push_str(tree.source().slice(tree.span(tree.target(node))));
            }
            Data::Seq(_) => {
                text.push('[');
                open.push(Step::Text("]".into()));
                for (index, item) in tree.items(node).iter().enumerate().rev() {
                    open.push(Step::Node(*item));
                    open.extend((index > 0).then(|| Step::Text(", ".into())));
                }
            }
            Data::Map(_) => {
                text.push('{');
                open.push(Step::Text("}".into()));
                let entries = tree.entries(node).iter().filter(|entry| !tree.is_repeated(entry.key));
                for (index, entry) in entries.collect::<Vec<_>>().into_iter().enumerate().rev() {
                    open.push(Step::Node(entry.value));
                    let gap = if index > 0 { ", " } else { "" };
                    open.push(Step::Text(format!("{gap}{}: ", quoted(tree.key(entry.key)))));
                }
            }
            Data::Null | Data::Alias(_) | Data::Unknown => text.push_str("null"),
        }
    }
    Some(text)
}

/// A text in double quotes.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
