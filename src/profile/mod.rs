//! Profiles: their fields, whom they extend, and what they come to.

mod field;
mod graph;
mod meeting;
mod resolve;

pub use field::{FIELD_COUNT, Field, Storage};
pub use graph::{Base, Cycle};
pub use meeting::{Meeting, meetings, meetings_of};
pub use resolve::{Profile, ProfileId, Profiles, Setting, Settings};
