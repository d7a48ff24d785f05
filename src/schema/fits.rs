//! Whether a value fits the schema: a sure yes without building a validator, which takes longer than most files need.
//!
//! Of a value for which this is not sure the validator says whether it fits, and why not.

use crate::yaml::{Data, NodeId, Tree};

/// What is asked of a value: all of these.
pub(super) type Schema = &'static [Keyword];

/// A keyword of JSON Schema. As there, what is said of one type of value asks nothing of the others.
#[derive(Debug)]
pub(super) enum Keyword {
    /// `type`: one of these, a bit each.
    Type(Types),
    /// `anyOf`.
    AnyOf(&'static [Schema]),
    /// `enum` and `const`.
    Enum(&'static [Constant]),
    /// `minLength`, in characters.
    MinLength(usize),
    /// `maxLength`, in characters.
    MaxLength(usize),
    /// `format`, or rather the pattern that it stands for.
    Format(fn(&str) -> bool),
    /// `minimum`.
    Minimum(i64),
    /// `maximum`.
    Maximum(i64),
    /// `items`.
    Items(Schema),
    /// `minItems`.
    MinItems(usize),
    /// `properties`, `patternProperties` and `additionalProperties`.
    Members {
        /// What is asked of those that are known.
        known: &'static [(&'static str, Schema)],
        /// Whether there may be any that begin with `x-`.
        is_open: bool,
        /// What is asked of all others, if there may be any.
        others: Option<Schema>,
    },
    /// `required`.
    Required(&'static [&'static str]),
    /// `propertyNames`.
    Names(Schema),
    /// `minProperties`.
    MinMembers(usize),
}

/// Types of values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Types(pub(super) u8);

impl Types {
    pub(super) const NULL: u8 = 1;
    pub(super) const BOOLEAN: u8 = 1 << 1;
    pub(super) const INTEGER: u8 = 1 << 2;
    pub(super) const STRING: u8 = 1 << 3;
    pub(super) const ARRAY: u8 = 1 << 4;
    pub(super) const OBJECT: u8 = 1 << 5;

    const fn have(self, data: &Data) -> bool {
        let one = match data {
            Data::Null => Self::NULL,
            Data::Bool(_) => Self::BOOLEAN,
            Data::Int(_) => Self::INTEGER,
            Data::Str(..) => Self::STRING,
            Data::Seq(_) => Self::ARRAY,
            Data::Map(_) => Self::OBJECT,
            Data::Float(_) | Data::Alias(_) | Data::Unknown => 0,
        };
        self.0 & one != 0
    }
}

/// A value that is allowed.
#[derive(Debug)]
pub(super) enum Constant {
    Null,
    Integer(i64),
    String(&'static str),
}

/// Whether a value surely fits. A number with a point may be a whole one, and what is not known may be anything: of
/// these it is never sure, nor of a mapping with a key that stands there twice.
pub(super) fn fits(tree: &Tree, node: NodeId, schema: Schema) -> bool {
    let data = tree.data(node);
    match data {
        Data::Str(..) => return tree.str(node).is_some_and(|text| text_fits(text, schema)),
        Data::Float(_) | Data::Alias(_) | Data::Unknown => return false,
        _ => {}
    }
    let allows = |keyword: &Keyword| match keyword {
        Keyword::Type(types) => types.have(data),
        Keyword::AnyOf(schemas) => schemas.iter().any(|schema| fits(tree, node, schema)),
        Keyword::Enum(constants) => constants.iter().any(|constant| match (constant, data) {
            (Constant::Null, Data::Null) => true,
            (Constant::Integer(wanted), Data::Int(found)) => wanted == found,
            _ => false,
        }),
        Keyword::Minimum(limit) => !matches!(data, Data::Int(value) if value < limit),
        Keyword::Maximum(limit) => !matches!(data, Data::Int(value) if value > limit),
        Keyword::Items(schema) => tree.items(node).iter().all(|item| fits(tree, *item, schema)),
        Keyword::MinItems(least) => !matches!(data, Data::Seq(_)) || tree.items(node).len() >= *least,
        Keyword::Members { known, is_open, others } => tree.entries(node).iter().all(|entry| {
            let name = tree.key(entry.key);
            let is_extension = *is_open && name.starts_with("x-");
            let schema = known.iter().find(|(known, _)| *known == name).map(|(_, schema)| *schema);
            let fits = |schema| fits(tree, entry.value, schema);
            !tree.is_repeated(entry.key) && (is_extension || schema.or(*others).is_some_and(fits))
        }),
        Keyword::Required(names) => {
            let has = |name: &&str| tree.entries(node).iter().any(|entry| tree.is_key(entry.key, name));
            !matches!(data, Data::Map(_)) || names.iter().all(has)
        }
        Keyword::Names(schema) => {
            tree.entries(node).iter().all(|entry| text_fits(tree.key(entry.key), schema))
        }
        Keyword::MinMembers(least) => !matches!(data, Data::Map(_)) || tree.entries(node).len() >= *least,
        Keyword::MinLength(_) | Keyword::MaxLength(_) | Keyword::Format(_) => true,
    };
    schema.iter().all(allows)
}

fn text_fits(text: &str, schema: Schema) -> bool {
    let allows = |keyword: &Keyword| match keyword {
        Keyword::Type(types) => types.0 & Types::STRING != 0,
        Keyword::AnyOf(schemas) => schemas.iter().any(|schema| text_fits(text, schema)),
        Keyword::Enum(constants) => {
            constants.iter().any(|constant| matches!(constant, Constant::String(wanted) if *wanted == text))
        }
        // Most texts are asked only to be there: what is left of those is not counted.
        Keyword::MinLength(least) => text.chars().take(*least).count() == *least,
        Keyword::MaxLength(most) => text.len() <= *most || text.chars().count() <= *most,
        Keyword::Format(is_of_it) => is_of_it(text),
        _ => true,
    };
    schema.iter().all(allows)
}

/// What is asked of the members of a mapping that have no names of their own in the schema.
pub(super) fn others(schema: Schema) -> Option<Schema> {
    schema.iter().find_map(|keyword| match keyword {
        Keyword::Members { others, .. } => *others,
        _ => None,
    })
}

/// What is asked of the member with this name.
pub(super) fn member(schema: Schema, name: &str) -> Option<Schema> {
    schema.iter().find_map(|keyword| match keyword {
        Keyword::Members { known, .. } => {
            known.iter().find(|(known, _)| *known == name).map(|(_, schema)| *schema)
        }
        _ => None,
    })
}

/// Whether the name of a member surely fits.
pub(super) fn name_fits(name: &str, schema: Schema) -> bool {
    schema.iter().all(|keyword| match keyword {
        Keyword::Names(schema) => text_fits(name, schema),
        _ => true,
    })
}
