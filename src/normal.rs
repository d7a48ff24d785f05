//! The one spelling of a value that can be spelt in several ways.

use crate::profile::Field;

/// A VM type or GPU as it is compared: GPU names in lower case.
pub fn canonical(field: Field, text: &str) -> String {
    match field {
        Field::GpuType => text.to_lowercase(),
        _ => text.to_owned(),
    }
}
