//! Secrets in a document that could be read.

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashSet;

use super::{Found, is_harmless_key, is_secret_key, name, names_credentials, unread};
use crate::credential;
use crate::source::{Source, Span, to_u32};
use crate::yaml::{Data, Entry, NodeId, Tree};

/// Finds the secrets of a document: in credential objects all but what is known to be harmless, elsewhere what
/// has a name that says so.
pub(super) fn by_tree(tree: &Tree, found: &mut Found) {
    let mut finder = Finder::new(tree, found);
    for node in tree.ids() {
        match tree.data(node) {
            _ if tree.is_alias(node) => {}
            Data::Map(_) => finder.look_at(node),
            Data::Str(..) => finder.look_into_text(node),
            _ => {}
        }
    }
    finder.look_into_objects();
    let source = tree.source();
    unread::in_comments(source, tree.comments(), found);
    // A second document is not part of the tree.
    unread::by_lines(source, tree.span(tree.root()).end, found);
}

/// Finds what is secret and written in another way here: with escapes, or over several lines.
pub(super) fn in_other_spellings(tree: &Tree, texts: &AhoCorasick, spans: &mut Vec<Span>) {
    for id in tree.ids() {
        let Some(text) = tree.str(id).filter(|text| text.len() >= super::SHORTEST && !tree.is_alias(id))
        else {
            continue;
        };
        let written = tree.source().slice(tree.span(id));
        if !is_as_written(text, written) && !secrets_of(texts, text).eq(secrets_of(texts, written)) {
            spans.push(tree.span(id));
        }
    }
}

fn secrets_of<'s>(texts: &AhoCorasick, text: &'s str) -> impl Iterator<Item = &'s str> {
    super::places(texts, text).into_iter().filter_map(|place| text.get(place.range()))
}

/// Whether a text is written as it is, but for quotes.
fn is_as_written(text: &str, written: &str) -> bool {
    written.len() <= text.len() + 2 && written.contains(text)
}

struct Finder<'t, 'f> {
    tree: &'t Tree,
    found: &'f mut Found,
    /// What holds profiles: its keys are names, and say nothing about what is below.
    profiles: Option<NodeId>,
    /// The profiles, which are no credential objects whatever keys they have.
    bodies: FxHashSet<NodeId>,
    /// Their names.
    names: FxHashSet<&'t str>,
    /// The values of credential objects, or of keys that say that all below is secret, to be looked into.
    objects: Vec<NodeId>,
}

impl<'t, 'f> Finder<'t, 'f> {
    fn new(tree: &'t Tree, found: &'f mut Found) -> Self {
        let profiles = tree.entry(tree.root(), "profiles").map(|entry| tree.target(entry.value));
        let bodies = profiles.map_or(&[][..], |profiles| tree.entries(profiles));
        let names = bodies.iter().map(|entry| tree.key(entry.key)).collect();
        let bodies = bodies.iter().map(|entry| tree.target(entry.value)).chain([tree.root()]).collect();
        Self { tree, found, profiles, bodies, names, objects: Vec::new() }
    }

    fn look_at(&mut self, map: NodeId) {
        let tree = self.tree;
        if self.profiles == Some(map) {
            return;
        }
        let mut is_object = false;
        for entry in tree.written_entries(map) {
            let key = tree.key(entry.key);
            let is_secret = is_secret_key(key) || (key == "value" && names_secret(tree, map));
            is_object |= key == "accessKeyId" || credential::field(key).is_some_and(|field| field.is_secret);
            let is_collection = is_collection_at(tree, entry.value);
            if is_collection && (is_secret || names_credentials(key)) {
                let below = tree.target(entry.value);
                let items = tree.items(below).iter().copied();
                // A list of names is a mistake, and no secret; the names of saved secrets are none.
                let is_names = (!is_secret || key == "secrets") && matches!(tree.data(below), Data::Seq(_));
                if is_names {
                    let objects = items.filter(|item| is_collection_at(tree, *item));
                    self.objects.extend(objects.map(|item| tree.target(item)));
                } else {
                    self.objects.push(below);
                }
            } else if is_secret && !self.is_name(*entry) {
                self.hide(*entry);
            } else if key == "command" {
                self.look_into_command(entry.value);
            } else if key == "image" {
                self.look_into_image(entry.value);
            }
        }
        if is_object && !self.bodies.contains(&map) {
            self.objects.push(map);
        }
    }

    /// Whether a value behind a key that only sounds secret is the name of a profile. To hide that everywhere
    /// would hide what findings are about.
    fn is_name(&self, entry: Entry) -> bool {
        let text = self.tree.str(entry.value).unwrap_or_default();
        self.names.contains(text) && credential::field(self.tree.key(entry.key)).is_none()
    }

    /// Hides what follows a flag that says so: `--password`, `hunter2`.
    fn look_into_command(&mut self, command: NodeId) {
        let tree = self.tree;
        let words = tree.items(command);
        for (flag, value) in words.iter().zip(words.iter().skip(1)) {
            let text = tree.str(*value).unwrap_or_default();
            let is_flag = tree.str(*flag).is_some_and(name::is_secret_flag);
            if is_flag && !text.starts_with('-') && !name::is_looked_up(text) && !name::is_known_word(text) {
                self.hide_value(*value);
            }
        }
    }

    /// Hides the password in `me:hunter2@registry.example.com/x`, which is an address without its beginning.
    fn look_into_image(&mut self, image: NodeId) {
        let tree = self.tree;
        let Some((user, host)) = tree.str(image).and_then(|text| text.split_once('@')) else { return };
        let Some((_, password)) = user.split_once(':') else { return };
        // `name:tag@sha256:…` has no password.
        let is_digest = |hex: &str| hex.len() >= 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
        if password.is_empty() || host.split_once(':').is_some_and(|(_, hex)| is_digest(hex)) {
            return;
        }
        let span = tree.span(tree.target(image));
        match tree.source().slice(span).find(password) {
            Some(at) => {
                let start = span.start + to_u32(at);
                self.found.hide(Span::new(start, start + to_u32(password.len())), password);
            }
            None => self.found.spans.push(span),
        }
        self.found.keep(password);
    }

    /// Hides what a text says by itself: `TOKEN=hunter2 run`, or `apiKey:hunter2`, where the space is missing.
    fn look_into_text(&mut self, node: NodeId) {
        let (source, span) = (self.tree.source(), self.tree.span(node));
        let written = source.slice(span);
        if written.contains([':', '=', '\n']) {
            unread::in_text(source, span, self.found);
        }
        if !written.contains('\\') {
            return;
        }
        // What it says without its escapes may say more.
        let Some(text) = self.tree.str(node).filter(|text| !is_as_written(text, written)) else { return };
        let said = Source::new(source.name(), text);
        let mut found = Found::default();
        found.hide_shapes(text, |span| span);
        unread::in_text(&said, Span::new(0, to_u32(text.len())), &mut found);
        if !found.spans.is_empty() {
            self.found.spans.push(span);
            self.found.texts.extend(found.texts);
        }
    }

    /// Hides in credential objects, and in all that is below them, what is not known to be harmless.
    fn look_into_objects(&mut self) {
        let tree = self.tree;
        let mut seen: FxHashSet<NodeId> = FxHashSet::default();
        while let Some(object) = self.objects.pop() {
            if !seen.insert(object) {
                continue;
            }
            for entry in tree.written_entries(object) {
                let is_merge = tree.key(entry.key) == "<<";
                let is_collection = is_collection_at(tree, entry.value);
                if is_merge || is_collection {
                    self.objects.push(tree.target(entry.value));
                } else if !is_harmless_key(tree.key(entry.key)) {
                    self.hide(*entry);
                }
            }
            for item in tree.items(object) {
                if is_collection_at(tree, *item) {
                    self.objects.push(tree.target(*item));
                } else {
                    self.hide_value(*item);
                }
            }
        }
    }

    /// Hides an entry's value with its anchor, tag or alias: `apiKey: *hunter2` is a key that somebody forgot to
    /// quote.
    fn hide(&mut self, entry: Entry) {
        let tree = self.tree;
        let source = tree.source();
        let (key, value) = (tree.span(entry.key), tree.span(entry.value));
        let strict = credential::field(tree.key(entry.key)).is_some_and(|field| field.is_secret);
        if !strict && tree.str(entry.value).is_some_and(name::is_known_word) {
            return;
        }
        for mark in properties(source, key.end, value.end) {
            self.found.hide(mark, source.slice(mark).trim_start_matches(['*', '&', '!']));
        }
        if matches!(tree.data(entry.value), Data::Null) {
            let rest = source.text().get(key.end as usize..).unwrap_or_default();
            // `{hunter2}` is a key without a value.
            let is_bare = !rest.trim_start().starts_with(':');
            let text = tree.key(entry.key);
            if is_bare && text.len() >= 2 * super::SHORTEST && !is_secret_key(text) {
                self.found.hide(key, text);
            }
            return;
        }
        self.hide_value(entry.value);
    }

    fn hide_value(&mut self, value: NodeId) {
        let tree = self.tree;
        let target = tree.target(value);
        if matches!(tree.data(target), Data::Null | Data::Bool(_)) {
            return;
        }
        for node in [value, target] {
            let span = tree.span(node);
            let written = tree.source().slice(span);
            self.found.hide(span, written.trim_start_matches('*'));
        }
        if let Some(text) = tree.str(target) {
            self.found.keep(text);
        }
    }
}

/// Whether a mapping says that its `value` is secret by its `name`, as lists of variables do in other tools.
fn names_secret(tree: &Tree, map: NodeId) -> bool {
    let name = tree.entry(map, "name").and_then(|entry| tree.str(entry.value));
    name.is_some_and(name::is_secret_name)
}

fn is_collection_at(tree: &Tree, node: NodeId) -> bool {
    matches!(tree.data(node), Data::Map(_) | Data::Seq(_))
}

/// The anchor, tag or alias between a key and the end of its value.
fn properties(source: &Source, from: u32, to: u32) -> Vec<Span> {
    let mut marks = Vec::new();
    let text = source.text();
    let Some(rest) = text.get(from as usize..) else { return marks };
    let is_gap = |c: char| c.is_whitespace();
    let Some(colon) = rest
        .find(|c: char| !is_gap(c))
        .filter(|at| rest.get(*at..).is_some_and(|rest| rest.starts_with(':')))
    else {
        return marks;
    };
    let mut at = from as usize + colon + 1;
    while let Some(rest) = text.get(at..) {
        let start = at + rest.len() - rest.trim_start_matches(is_gap).len();
        let rest = text.get(start..).unwrap_or_default();
        if !rest.starts_with(['&', '!', '*']) || (start > to as usize && !marks.is_empty()) {
            break;
        }
        let end =
            rest.find(|c: char| is_gap(c) || matches!(c, ',' | '[' | ']' | '{' | '}')).unwrap_or(rest.len());
        marks.push(Span::new(to_u32(start), to_u32(start + end)));
        at = start + end;
    }
    marks
}
