//! Values as YAML, written so that no line of it is more than data.

use serde::ser::{Serialize, Serializer};
use serde_json::Value;
use serde_saphyr::DoubleQuoted;

use crate::shown;

/// A value as a YAML document.
pub(super) fn to_string(value: &Value) -> Result<String, String> {
    let text = serde_saphyr::to_string(&Careful(value)).map_err(|error| error.to_string())?;
    Ok(shown::yaml(&text).into_owned())
}

/// A value whose texts stay on one line each, in quotes, where they would act or command if they stood alone.
struct Careful<'v>(&'v Value);

impl Serialize for Careful<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::String(text) => Text(text).serialize(serializer),
            Value::Array(items) => serializer.collect_seq(items.iter().map(Careful)),
            Value::Object(map) => {
                serializer.collect_map(map.iter().map(|(key, value)| (Text(key), Careful(value))))
            }
            value => value.serialize(serializer),
        }
    }
}

struct Text<'v>(&'v str);

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let is_harmless =
            !self.0.contains(shown::is_unshowable) && !self.0.contains("::") && !self.0.contains("##");
        if is_harmless { self.0.serialize(serializer) } else { DoubleQuoted(self.0).serialize(serializer) }
    }
}
