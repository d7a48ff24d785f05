//! Writes every file that is generated from the code. Tests compare them.

use std::error::Error;
use std::path::{Path, PathBuf};

/// The project's folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Writes the generated files.
pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    let pretty = |value: &serde_json::Value| serde_json::to_string_pretty(value).map(|text| text + "\n");
    let files = [
        ("schemas/anycloud.schema.json", pretty(&anycloud_lint::schema::schema())?),
        ("schemas/anycloud-lint.schema.json", pretty(&anycloud_lint::config::schema())?),
        ("schemas/findings.schema.json", pretty(&anycloud_lint::report::findings_schema())?),
        ("src/schema/bare.schema.json", serde_json::to_string(&anycloud_lint::schema::bare_schema())? + "\n"),
    ];
    for (path, text) in files {
        let path = root().join(path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, text)?;
    }
    Ok(())
}
