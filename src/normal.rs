//! The one spelling of a value that can be spelt in several ways.

use std::borrow::Cow;

use crate::catalog::{Catalog, GpuCount, GpuRequest, Provider};
use crate::profile::Field;

/// A VM type or GPU as it is compared with others: Azure's sizes ignore case, a GPU's aliases mean the same.
pub fn canonical<'a>(catalog: &'a Catalog, field: Field, text: &'a str) -> Cow<'a, str> {
    if field != Field::GpuType {
        return spelling(catalog, field, text);
    }
    let Ok(request) = GpuRequest::parse(text) else { return Cow::Borrowed(text) };
    let name = request.gpu().map_or(request.name, |gpu| gpu.name()).to_lowercase();
    match request.count {
        GpuCount::Any => name.into(),
        GpuCount::All => format!("{name}:all").into(),
        // As written: a number that is too long for a computer is still another number.
        GpuCount::Exactly(_) => {
            let count = text.split_once(':').map_or("", |(_, count)| count);
            format!("{name}:{count}").into()
        }
    }
}

/// A value as it is printed: GPU names in lower case, Azure's sizes as the catalog spells them.
pub fn spelling<'a>(catalog: &'a Catalog, field: Field, text: &'a str) -> Cow<'a, str> {
    match field {
        Field::GpuType => text.to_lowercase().into(),
        Field::VmType => {
            let azure = catalog.vm_type(Provider::Azure, text);
            azure.map_or(text, |vm_type| vm_type.name()).into()
        }
        _ => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_as_the_clouds_know_them() {
        let catalog = Catalog::builtin();
        let gpu = |text| canonical(&catalog, Field::GpuType, text).into_owned();
        assert_eq!(gpu("A100-40GB"), gpu("a100"));
        assert_eq!(gpu("A100-40GB:8"), "a100:8");
        assert_ne!(gpu("t4"), gpu("t4:1"));
        assert_eq!(gpu("No-Such"), "no-such");
        let size = |text| canonical(&catalog, Field::VmType, text).into_owned();
        assert_eq!(size("standard_nc16as_t4_v3"), "Standard_NC16as_T4_v3");
        assert_eq!(size("T3.Medium"), "T3.Medium");
    }
}
