//! Where in a document something is, as a type. It becomes a JSON pointer at the edge.

use std::fmt::Write as _;

use super::field::Field;
use crate::yaml::{Entry, Tree};

/// A part of the document that holds things by their names. Nothing else knows its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    /// `profiles`
    Profiles,
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
    pub const ALL: [Self; 1] = [Self::Profiles];

    /// Its key in the document.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Profiles => "profiles",
        }
    }

    /// What one of its things is called.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Profiles => "profile",
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
        match (self, step) {
            (Self::Root, step) => Self::Other(vec![step]),
            (Self::Subject(section, name, part), step) => Self::Subject(section, name, part.step(step)),
            (Self::Other(steps), Step::Key(name)) => match steps.as_slice() {
                [Step::Key(key)] if Section::from_key(key).is_some() => {
                    Section::from_key(key).map_or(Self::Root, |section| Self::of(section, name))
                }
                _ => Self::Other(pushed(steps, Step::Key(name))),
            },
            (Self::Other(steps), step) => Self::Other(pushed(steps, step)),
        }
    }

    /// The place of a key here: a field, if it is one.
    #[must_use]
    pub fn field(self, name: impl Into<String>) -> Self {
        self.step(Step::Key(name.into()))
    }

    /// The place of an item here.
    #[must_use]
    pub fn item(self, index: usize) -> Self {
        self.step(Step::Index(index))
    }

    /// The name of the profile or other thing that this is, or is in.
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

    /// The key that this is the value of, or of an item the key of the list; empty at the root.
    pub fn key(&self) -> &str {
        match self {
            Self::Root => "",
            Self::Other(steps) => last_key(steps).unwrap_or_default(),
            Self::Subject(_, name, part) => match part {
                Part::Whole => name,
                Part::Field(name) | Part::Item(name, _) => name,
                Part::Key(_, key) => key,
                Part::Other(steps) => last_key(steps).unwrap_or(name),
            },
        }
    }

    /// Whether this is an item of a list.
    pub fn is_item(&self) -> bool {
        match self {
            Self::Root => false,
            Self::Other(steps) | Self::Subject(_, _, Part::Other(steps)) => {
                matches!(steps.last(), Some(Step::Index(_)))
            }
            Self::Subject(_, _, part) => matches!(part, Part::Item(..)),
        }
    }

    /// The JSON pointer of the place (RFC 6901).
    pub fn pointer(&self) -> String {
        let mut pointer = String::new();
        match self {
            Self::Root => {}
            Self::Other(steps) => push_steps(&mut pointer, steps),
            Self::Subject(section, name, part) => {
                push_key(&mut pointer, section.key());
                push_key(&mut pointer, name);
                match part {
                    Part::Whole => {}
                    Part::Field(field) => push_key(&mut pointer, field),
                    Part::Item(field, index) => {
                        push_key(&mut pointer, field);
                        push_index(&mut pointer, *index);
                    }
                    Part::Key(field, key) => {
                        push_key(&mut pointer, field);
                        push_key(&mut pointer, key);
                    }
                    Part::Other(steps) => push_steps(&mut pointer, steps),
                }
            }
        }
        pointer
    }

    /// Every name in it that comes from the text, to put another in its place.
    pub fn names_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let (name, steps) = match self {
            Self::Root => (vec![], &mut [][..]),
            Self::Other(steps) => (vec![], steps.as_mut_slice()),
            Self::Subject(_, name, Part::Other(steps)) => (vec![name], steps.as_mut_slice()),
            Self::Subject(_, name, Part::Key(_, key)) => (vec![name, key], &mut [][..]),
            Self::Subject(_, name, _) => (vec![name], &mut [][..]),
        };
        name.into_iter().chain(steps.iter_mut().filter_map(|step| match step {
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
    fn key(&self) -> Option<&str> {
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

fn last_key(steps: &[Step]) -> Option<&str> {
    steps.iter().rev().find_map(Step::key)
}

fn pushed(mut steps: Vec<Step>, step: Step) -> Vec<Step> {
    steps.push(step);
    steps
}

fn push_steps(pointer: &mut String, steps: &[Step]) {
    for step in steps {
        match step {
            Step::Key(key) => push_key(pointer, key),
            Step::Index(index) => push_index(pointer, *index),
        }
    }
}

fn push_key(pointer: &mut String, key: &str) {
    pointer.push('/');
    for character in key.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            _ => pointer.push(character),
        }
    }
}

fn push_index(pointer: &mut String, index: usize) {
    let _ = write!(pointer, "/{index}");
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
            assert_eq!(place.is_item(), matches!(chosen.last(), Some(Step::Index(_))), "{pointer}");
            assert_eq!(place.key(), chosen.iter().rev().find_map(Step::key).unwrap_or_default(), "{pointer}");
        }
    }
}
