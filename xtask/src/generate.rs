//! Writes every file that is generated from the code. Tests compare them.

use std::error::Error;
use std::path::PathBuf;

use crate::{pages, root, tables};

/// The generated files: where they are, and what belongs in them.
fn files() -> Result<Vec<(PathBuf, String)>, Box<dyn Error>> {
    let pretty = |value: &serde_json::Value| serde_json::to_string_pretty(value).map(|text| text + "\n");
    let bare = anycloud_lint::schema::bare_schema();
    let mut files = vec![
        ("schemas/anycloud.schema.json".into(), pretty(&anycloud_lint::schema::schema())?),
        ("schemas/anycloud-lint.schema.json".into(), pretty(&anycloud_lint::config::schema())?),
        ("schemas/findings.schema.json".into(), pretty(&anycloud_lint::report::findings_schema())?),
        ("src/schema/bare.schema.json".into(), serde_json::to_string(&bare)? + "\n"),
        ("src/schema/tables.rs".into(), tables::rust(&bare)?),
    ];
    files.push(("docs/editor.svg".into(), crate::picture::svg()?));
    let pages = pages::pages();
    files.extend(pages.into_iter().map(|(name, text)| (PathBuf::from("docs/rules").join(name), text)));
    Ok(files)
}

/// Writes the generated files, and takes away the pages of rules that are gone.
pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    for (path, text) in files()? {
        let path = root().join(path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, text)?;
    }
    for path in strays()? {
        std::fs::remove_file(path)?;
    }
    Ok(())
}

/// Says which generated files are not what the code makes of them; writes nothing.
pub(crate) fn check() -> Result<(), Box<dyn Error>> {
    let mut drifted = Vec::new();
    for (path, text) in files()? {
        if std::fs::read_to_string(root().join(&path)).ok().as_deref() != Some(&text) {
            drifted.push(path);
        }
    }
    drifted.extend(strays()?);
    if drifted.is_empty() {
        return Ok(());
    }
    let list: Vec<String> = drifted.iter().map(|path| format!("  {}", path.display())).collect();
    Err(format!("these files have drifted; run `cargo xtask generate`:\n{}", list.join("\n")).into())
}

/// Pages in `docs/rules/` that belong to no rule.
fn strays() -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let known: Vec<String> = pages::pages().into_iter().map(|(name, _)| name).collect();
    let mut strays = Vec::new();
    let Ok(entries) = std::fs::read_dir(root().join("docs/rules")) else { return Ok(strays) };
    for entry in entries {
        let entry = entry?;
        if !known.iter().any(|name| entry.file_name() == name.as_str()) {
            strays.push(entry.path());
        }
    }
    Ok(strays)
}
