//! A document against the schema: what does not fit, and at which node.

use serde_json::{Map, Number, Value};

use super::errors::Reader;
use super::fits::{fits, member, name_fits, others};
use super::mismatch::Mismatch;
use super::tables::DOCUMENT;
use crate::profile::Section;
use crate::yaml::{Data, Entry, NodeId, Tree};

/// Everything in a document that does not fit the schema: first what is wrong with the document as a whole, then what
/// is in its profiles and submissions, in the order of the document.
pub fn check(tree: &Tree) -> Vec<Mismatch> {
    if fits(tree, tree.root(), DOCUMENT) {
        return Vec::new();
    }
    let mut reader = Reader::new(tree);
    reader.read_all(&outline(tree));
    for section in Section::ALL {
        for entry in section.entries(tree) {
            if !tree.is_repeated(entry.key) && !thing_fits(tree, section, *entry) {
                reader.read_all(&alone(tree, section, *entry));
            }
        }
    }
    reader.into_found()
}

/// Whether a profile or a submission surely fits.
fn thing_fits(tree: &Tree, section: Section, entry: Entry) -> bool {
    let Some(schema) = member(DOCUMENT, section.key()) else { return false };
    name_fits(tree.key(entry.key), schema)
        && others(schema).is_some_and(|schema| fits(tree, entry.value, schema))
}

/// A document of which only the one thing in it is to be judged.
fn document(section: Section, things: Map<String, Value>) -> Map<String, Value> {
    let mut document = Map::new();
    document.insert(Section::Profiles.key().into(), nothing().into());
    document.insert(section.key().into(), things.into());
    document
}

/// What a section holds that nothing is wrong with.
fn nothing() -> Map<String, Value> {
    Map::from_iter([("fits".into(), Value::Null)])
}

/// One profile or submission.
fn alone(tree: &Tree, section: Section, entry: Entry) -> Value {
    let value = copy_without_extensions(tree, entry.value);
    document(section, Map::from_iter([(tree.key(entry.key).into(), value)])).into()
}

/// The document without what is in its profiles and submissions.
fn outline(tree: &Tree) -> Value {
    let mut outline = copy(tree, tree.root(), 2);
    for section in Section::ALL.into_iter().filter(|section| !section.entries(tree).is_empty()) {
        if let Some(things) = outline.get_mut(section.key()) {
            *things = nothing().into();
        }
    }
    outline
}

/// How deep the schema looks into a profile or submission; a test says so.
const DEPTH: usize = 8;

/// Extensions may be anything, and so are not looked at.
fn copy_without_extensions(tree: &Tree, node: NodeId) -> Value {
    let mut copied = copy(tree, node, DEPTH);
    if let Value::Object(members) = &mut copied {
        members.retain(|name, _| !name.starts_with("x-"));
    }
    copied
}

/// A node as a value, and what is in it down to a depth: aliases make trees deeper than any call goes.
fn copy(tree: &Tree, node: NodeId, depth: usize) -> Value {
    let Some(depth) = depth.checked_sub(1) else { return Value::Null };
    match tree.data(node) {
        // What an undefined alias stands for is not known.
        Data::Null | Data::Alias(_) | Data::Unknown => Value::Null,
        Data::Bool(value) => Value::Bool(*value),
        Data::Int(value) => Value::from(*value),
        // JSON has no infinity; a number that is not whole fails the same checks.
        Data::Float(value) => Number::from_f64(*value).or_else(|| Number::from_f64(0.5)).into(),
        Data::Str(..) => Value::from(tree.str(node)),
        Data::Seq(_) => tree.items(node).iter().map(|item| copy(tree, *item, depth)).collect(),
        Data::Map(_) => {
            let entries = tree.entries(node).iter().filter(|entry| !tree.is_repeated(entry.key));
            let member = |entry: &Entry| (tree.key(entry.key).to_owned(), copy(tree, entry.value, depth));
            Value::Object(entries.map(member).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, any, proptest};

    use super::super::validator::validator;
    use super::*;
    use crate::schema::fits::{Constant, Keyword, Schema, Types};
    use crate::source::Source;
    use crate::yaml;

    /// How many values lie in each other where a schema looks deepest.
    fn depth(schema: Schema) -> usize {
        let inside = |keyword: &Keyword| match keyword {
            Keyword::AnyOf(schemas) => schemas.iter().map(|schema| depth(schema) - 1).max(),
            Keyword::Items(schema) => Some(depth(schema)),
            Keyword::Members { known, others, .. } => {
                known.iter().map(|(_, schema)| *schema).chain(*others).map(depth).max()
            }
            _ => None,
        };
        1 + schema.iter().filter_map(inside).max().unwrap_or_default()
    }

    #[test]
    fn what_is_judged_is_copied() {
        for section in Section::ALL {
            let schema = member(DOCUMENT, section.key()).and_then(others);
            assert!(schema.is_some_and(|schema| depth(schema) <= DEPTH), "{section:?}");
        }
    }

    /// What numbers decide.
    struct Chance {
        numbers: std::vec::IntoIter<u16>,
        /// One value of so many does not fit; none if it is zero.
        wrong: usize,
    }

    impl Chance {
        fn pick(&mut self, count: usize) -> usize {
            usize::from(self.numbers.next().unwrap_or_default()) % count.max(1)
        }

        fn one_of(&mut self, mut values: Vec<Value>) -> Value {
            let at = self.pick(values.len());
            if values.is_empty() { Value::Null } else { values.swap_remove(at) }
        }

        fn is_wrong(&mut self) -> bool {
            self.wrong > 0 && self.pick(self.wrong) == 0
        }

        /// A value that fits, or nearly, and now and then any.
        fn value(&mut self, schema: Schema) -> Value {
            if self.is_wrong() {
                let empty = [Value::Array(Vec::new()), Value::Object(Map::new())];
                let any =
                    [Value::Null, true.into(), 1.into(), 1.5.into(), 1.0.into(), "".into(), "a:0".into()];
                return self.one_of(any.into_iter().chain(empty).collect());
            }
            let (mut plain, mut exact) = (Vec::new(), Vec::new());
            for keyword in schema {
                match keyword {
                    Keyword::Type(types) => {
                        let some = [
                            (Types::NULL, Value::Null),
                            (Types::BOOLEAN, true.into()),
                            (Types::INTEGER, 2.into()),
                            (Types::STRING, "h100:8".into()),
                        ];
                        plain.extend(
                            some.into_iter().filter(|(kind, _)| types.0 & kind != 0).map(|(_, value)| value),
                        );
                    }
                    Keyword::Enum(constants) => {
                        exact.extend(constants.iter().map(|constant| match constant {
                            Constant::Null => Value::Null,
                            Constant::Integer(value) => (*value).into(),
                            Constant::String(text) => (*text).into(),
                        }));
                    }
                    Keyword::Minimum(limit) => {
                        exact.push(limit.saturating_sub(i64::from(self.is_wrong())).into());
                    }
                    Keyword::Maximum(limit) => {
                        exact.push(limit.saturating_add(i64::from(self.is_wrong())).into());
                    }
                    Keyword::AnyOf(schemas) => {
                        let at = self.pick(schemas.len());
                        exact.extend(schemas.get(at).map(|schema| self.value(schema)));
                    }
                    Keyword::Items(schema) => {
                        let count = if self.is_wrong() { 0 } else { 1 + self.pick(3) };
                        exact.push((0..count).map(|_| self.value(schema)).collect());
                    }
                    Keyword::Members { known, others, .. } => exact.push(self.members(known, *others)),
                    _ => {}
                }
            }
            self.one_of(if exact.is_empty() { plain } else { exact })
        }

        /// All of few, since some are required, and few of many.
        fn members(&mut self, known: &[(&str, Schema)], others: Option<Schema>) -> Value {
            let mut members = Map::new();
            let all = known.len() < 8 && !self.is_wrong();
            for (name, schema) in known {
                if all || self.pick(5) == 0 {
                    members.insert((*name).into(), self.value(schema));
                }
            }
            let names = ["a", ".b", "9", &"l".repeat(63), &".m".repeat(32)];
            let strange = ["x-a", "", "-", "a b", &"l".repeat(64), &".m".repeat(33)];
            for name in names.into_iter().filter(|_| others.is_some()).chain(strange) {
                if others.is_some() && self.pick(3) == 0 && names.contains(&name) || self.is_wrong() {
                    members.insert(name.into(), self.value(others.unwrap_or(&[])));
                }
            }
            members.into()
        }
    }

    fn has_point(value: &Value) -> bool {
        match value {
            Value::Number(number) => number.is_f64(),
            Value::Array(items) => items.iter().any(has_point),
            Value::Object(members) => members.values().any(has_point),
            _ => false,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        /// What the tables say, and what is found in the parts, against the validator on the whole.
        #[test]
        fn the_quick_way_says_what_the_validator_says(numbers in proptest::collection::vec(any::<u16>(), 0..600)) {
            let wrong = [0, 300, 60, 12].get(numbers.len() % 4).copied().unwrap_or_default();
            let document = Chance { numbers: numbers.into_iter(), wrong }.value(DOCUMENT);
            let text = document.to_string();
            let Some(tree) = yaml::parse(&Source::new("a", text.clone())).0 else { return Ok(()) };
            let is_valid = validator(true).is_some_and(|validator| validator.is_valid(&document));
            let is_sure = fits(&tree, tree.root(), DOCUMENT);
            assert!(is_sure == is_valid || is_valid && has_point(&document), "{text}: sure: {is_sure}");
            assert_eq!(check(&tree).is_empty(), is_valid, "{text}");
        }
    }
}
