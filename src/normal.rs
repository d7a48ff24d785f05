//! The one spelling of a value that can be spelt in several ways.

use crate::profile::Field;

/// A VM type or GPU as it is compared with others.
pub fn canonical(field: Field, text: &str) -> String {
    spelling(field, text)
}

/// A value as it is printed: GPU names in lower case.
pub fn spelling(field: Field, text: &str) -> String {
    match field {
        Field::GpuType => text.to_lowercase(),
        _ => text.to_owned(),
    }
}
