//! Where in a document something is, as a type. It becomes a JSON pointer at the edge.

use super::field::Field;
use crate::source::Span;
use crate::yaml::{Entry, NodeId, Tree};

/// A part of the document that holds things by their names. Nothing else knows its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    /// `profiles`
    Profiles,
    /// `submissions`
    Submissions,
}

/// A place in a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// The document as a whole.
    Root,
    /// A thing of a section, by its name, or a part of it.
    Subject(Section, String, Part),
    /// Any other place: the steps from the root.
    Other(Vec<Step>),
}

/// A part of a profile or the like.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The thing itself.
    Whole,
    /// The field of this name.
    Field(&'static str),
    /// An item of the list that a field has.
    Item(&'static str, usize),
    /// A key of the credential object that a field has.
    Key(&'static str, String),
    /// Any other part: the steps to it.
    Other(Vec<Step>),
}

/// One step from a collection into it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// To the value of this key.
    Key(String),
    /// To the item at this index.
    Index(usize),
}

impl Section {
    /// Every section, in the order in which findings count its things.
    pub const ALL: [Self; 2] = [Self::Profiles, Self::Submissions];

    /// Its key in the document.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Profiles => "profiles",
            Self::Submissions => "submissions",
        }
    }

    /// What one of its things is called.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Profiles => "profile",
            Self::Submissions => "job",
        }
    }

    /// What one of its entries is called: a submission may come to several jobs.
    pub const fn entry_noun(self) -> &'static str {
        match self {
            Self::Profiles => "profile",
            Self::Submissions => "submission",
        }
    }

    /// Its entry in a document, if there is one.
    pub fn entry(self, tree: &Tree) -> Option<Entry> {
        tree.entry(tree.root(), self.key())
    }

    /// The names and bodies of its things.
    pub fn entries(self, tree: &Tree) -> &[Entry] {
        self.entry(tree).map_or(&[], |entry| tree.entries(entry.value))
    }

    fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.key() == key)
    }
}

impl Place {
    /// The place of a thing in a section.
    pub fn of(section: Section, name: impl Into<String>) -> Self {
        Self::Subject(section, name.into(), Part::Whole)
    }

    /// The place at the end of some steps from the root.
    pub fn at(steps: impl IntoIterator<Item = Step>) -> Self {
        steps.into_iter().fold(Self::Root, Self::step)
    }

    /// The place one step further.
    #[must_use]
    pub fn step(self, step: Step) -> Self {
        match (self.section(), self, step) {
            (Some(section), _, Step::Key(name)) => Self::of(section, name),
            (_, Self::Root, step) => Self::Other(vec![step]),
            (_, Self::Subject(section, name, part), step) => Self::Subject(section, name, part.step(step)),
            (_, Self::Other(steps), step) => Self::Other(pushed(steps, step)),
        }
    }

    /// The place of a key's value here.
    #[must_use]
    pub fn key(self, name: impl Into<String>) -> Self {
        self.step(Step::Key(name.into()))
    }

    /// The place of an item here.
    #[must_use]
    pub fn item(self, index: usize) -> Self {
        self.step(Step::Index(index))
    }

    /// The place of the innermost entry or item of a document whose text contains a span.
    pub fn around(tree: &Tree, span: Span) -> Self {
        Self::to(tree, span, None)
    }

    /// The place of a value as it is written in a document. A list of one item begins and ends where its item does.
    pub fn of_value(tree: &Tree, value: NodeId) -> Self {
        Self::to(tree, tree.span(value), Some(value))
    }

    fn to(tree: &Tree, span: Span, end: Option<NodeId>) -> Self {
        let (mut place, mut node) = (Self::Root, tree.root());
        while Some(node) != end {
            // Both are in the order of the text.
            let entries = tree.written_entries(node);
            let next = entries.partition_point(|entry| tree.span(entry.key).start <= span.start);
            let entry = next.checked_sub(1).and_then(|last| entries.get(last));
            let items = if tree.is_alias(node) { &[] } else { tree.items(node) };
            let next = items.partition_point(|item| tree.span(*item).start <= span.start);
            let index = next.saturating_sub(1);
            let item = items.get(index).filter(|item| tree.span(**item).contains(span));
            if let Some(entry) = entry.filter(|entry| tree.entry_span(**entry).contains(span)) {
                place = place.key(tree.key(entry.key));
                if tree.span(entry.key).contains(span) {
                    return place;
                }
                node = entry.value;
            } else if let Some(item) = item {
                place = place.item(index);
                node = *item;
            } else {
                break;
            }
        }
        place
    }

    /// The way there from the root.
    pub fn steps(&self) -> Vec<Step> {
        let key = |key: &str| Step::Key(key.to_owned());
        match self {
            Self::Root => Vec::new(),
            Self::Other(steps) => steps.clone(),
            Self::Subject(section, name, part) => {
                let rest = match part {
                    Part::Whole => Vec::new(),
                    Part::Field(field) => vec![key(field)],
                    Part::Item(field, index) => vec![key(field), Step::Index(*index)],
                    Part::Key(field, name) => vec![key(field), key(name)],
                    Part::Other(steps) => steps.clone(),
                };
                [key(section.key()), key(name)].into_iter().chain(rest).collect()
            }
        }
    }

    /// The place that this is directly in: the root is in itself.
    #[must_use]
    pub fn parent(&self) -> Self {
        let mut steps = self.steps();
        steps.pop();
        Self::at(steps)
    }

    /// The section that this is as a whole.
    pub fn section(&self) -> Option<Section> {
        match self {
            Self::Other(steps) => match steps.as_slice() {
                [Step::Key(key)] => Section::from_key(key),
                _ => None,
            },
            _ => None,
        }
    }

    /// The thing of a section that this is, or is in.
    pub fn subject(&self) -> Option<(Section, &str)> {
        match self {
            Self::Subject(section, name, _) => Some((*section, name)),
            _ => None,
        }
    }

    /// The profile that this is, or is in.
    pub fn profile(&self) -> Option<&str> {
        self.subject().filter(|(section, _)| *section == Section::Profiles).map(|(_, name)| name)
    }

    /// The field that this is, or is in.
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::Subject(_, _, Part::Field(field) | Part::Item(field, _) | Part::Key(field, _)) => {
                Some(field)
            }
            _ => None,
        }
    }

    /// The last key on the way: of an item, that of the list. Empty at the root.
    pub fn last_key(&self) -> &str {
        let last = |steps: &[Step]| steps.iter().rposition(|step| matches!(step, Step::Key(_)));
        match self {
            Self::Root => "",
            Self::Other(steps) => last(steps).and_then(|at| steps.get(at)?.key()).unwrap_or_default(),
            Self::Subject(_, name, part) => match part {
                Part::Whole => name,
                Part::Field(name) | Part::Item(name, _) => name,
                Part::Key(_, key) => key,
                Part::Other(steps) => last(steps).and_then(|at| steps.get(at)?.key()).unwrap_or(name),
            },
        }
    }

    /// The index of an item; nothing where this is none.
    pub fn index(&self) -> Option<usize> {
        match self {
            Self::Subject(_, _, Part::Item(_, index)) => Some(*index),
            Self::Other(steps) | Self::Subject(_, _, Part::Other(steps)) => match steps.last() {
                Some(Step::Index(index)) => Some(*index),
                _ => None,
            },
            _ => None,
        }
    }

    /// The JSON pointer of the place (RFC 6901).
    pub fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in self.steps() {
            pointer.push('/');
            match step {
                Step::Key(key) => pointer.push_str(&key.replace('~', "~0").replace('/', "~1")),
                Step::Index(index) => pointer.push_str(&index.to_string()),
            }
        }
        pointer
    }

    /// Every name in it that comes from the text, to put another in its place.
    pub fn names_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let (names, steps) = match self {
            Self::Root => (vec![], &mut [][..]),
            Self::Other(steps) => (vec![], steps.as_mut_slice()),
            Self::Subject(_, name, Part::Other(steps)) => (vec![name], steps.as_mut_slice()),
            Self::Subject(_, name, Part::Key(_, key)) => (vec![name, key], &mut [][..]),
            Self::Subject(_, name, _) => (vec![name], &mut [][..]),
        };
        names.into_iter().chain(steps.iter_mut().filter_map(|step| match step {
            Step::Key(key) => Some(key),
            Step::Index(_) => None,
        }))
    }
}

impl Part {
    fn step(self, step: Step) -> Self {
        match (self, step) {
            (Self::Whole, Step::Key(name)) => match known_field(&name) {
                Some(name) => Self::Field(name),
                None => Self::Other(vec![Step::Key(name)]),
            },
            (Self::Whole, step) => Self::Other(vec![step]),
            (Self::Field(field), Step::Index(index)) => Self::Item(field, index),
            (Self::Field(field), Step::Key(key)) => Self::Key(field, key),
            (Self::Item(field, index), step) => {
                Self::Other(vec![Step::Key(field.to_owned()), Step::Index(index), step])
            }
            (Self::Key(field, key), step) => {
                Self::Other(vec![Step::Key(field.to_owned()), Step::Key(key), step])
            }
            (Self::Other(steps), step) => Self::Other(pushed(steps, step)),
        }
    }
}

impl Step {
    /// The key, if it is one.
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::Key(key) => Some(key),
            Self::Index(_) => None,
        }
    }
}

/// The name of a field of profiles as a constant.
fn known_field(name: &str) -> Option<&'static str> {
    if name == "extends" { Some("extends") } else { Field::from_name(name).map(Field::name) }
}

fn pushed(mut steps: Vec<Step>, step: Step) -> Vec<Step> {
    steps.push(step);
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: &str) -> Step {
        Step::Key(key.to_owned())
    }

    fn place(steps: &[Step]) -> Place {
        Place::at(steps.iter().cloned())
    }

    #[test]
    fn steps_lead_to_typed_places() {
        let train = |part| Place::Subject(Section::Profiles, "train".to_owned(), part);
        let cases = [
            (vec![], Place::Root, ""),
            (vec![key("version")], Place::Other(vec![key("version")]), "/version"),
            (vec![key("profiles")], Place::Other(vec![key("profiles")]), "/profiles"),
            (vec![key("profiles"), key("train")], train(Part::Whole), "/profiles/train"),
            (
                vec![key("profiles"), key("train"), key("spot")],
                train(Part::Field("spot")),
                "/profiles/train/spot",
            ),
            (
                vec![key("profiles"), key("train"), key("extends"), Step::Index(2)],
                train(Part::Item("extends", 2)),
                "/profiles/train/extends/2",
            ),
            (
                vec![key("profiles"), key("train"), key("credentials"), key("apiKey")],
                train(Part::Key("credentials", "apiKey".to_owned())),
                "/profiles/train/credentials/apiKey",
            ),
            (
                vec![key("profiles"), key("train"), key("x-a"), Step::Index(0), key("b")],
                train(Part::Other(vec![key("x-a"), Step::Index(0), key("b")])),
                "/profiles/train/x-a/0/b",
            ),
            (
                vec![key("profiles"), Step::Index(0)],
                Place::Other(vec![key("profiles"), Step::Index(0)]),
                "/profiles/0",
            ),
        ];
        for (steps, expected, pointer) in cases {
            assert_eq!(place(&steps), expected);
            assert_eq!(expected.pointer(), pointer);
        }
    }

    #[test]
    fn pointers_are_escaped() {
        assert_eq!(place(&[key("a/b~c"), key("~1")]).pointer(), "/a~1b~0c/~01");
    }

    /// However a place is put together, its pointer has each step in its turn.
    #[test]
    fn no_step_is_lost() {
        let steps = [key("profiles"), key("spot"), key("credentials"), key("x"), Step::Index(3)];
        // The digits of a number to base six say which steps; the last digit is none.
        for number in 0..6_usize.pow(4) {
            let digits = (0..4).map(|place| number / 6_usize.pow(place) % 6);
            let chosen: Vec<Step> = digits.filter_map(|digit| steps.get(digit).cloned()).collect();
            let simple = chosen.iter().map(|step| match step {
                Step::Key(key) => format!("/{key}"),
                Step::Index(index) => format!("/{index}"),
            });
            let (place, pointer) = (place(&chosen), simple.collect::<String>());
            assert_eq!(place.pointer(), pointer);
            assert_eq!(place.steps(), chosen);
            assert_eq!(place.index().is_some(), matches!(chosen.last(), Some(Step::Index(_))), "{pointer}");
            assert_eq!(
                place.last_key(),
                chosen.iter().rev().find_map(Step::key).unwrap_or_default(),
                "{pointer}"
            );
        }
    }
}
