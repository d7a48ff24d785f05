//! Profiles, and whatever else comes to a configuration: their fields, whom they extend, and what they come to.

mod field;
mod graph;
mod meeting;
mod place;
mod profiles;
mod resolved;
mod subject;
mod subjects;

pub(crate) use field::field_table;
pub use field::{FIELD_COUNT, Field, FieldSet, Storage};
pub use meeting::{Meeting, meetings, meetings_of};
pub use place::{Part, Place, Section, Step};
pub(crate) use profiles::{Names, section};
pub(crate) use subject::fields;
pub use subject::{Base, Cycle, Setting, Settings, Subject, SubjectId, Title};
pub use subjects::Subjects;
