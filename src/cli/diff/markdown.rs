//! Differences as Markdown, for a comment on a pull request.

use std::fmt::Write as _;

use super::plain;
use crate::diff::{Change, Difference, Side, ThingChange};
use crate::profile::Section;
use crate::shown;

/// GitHub takes comments of 65,536 characters; whoever posts this may add some.
const MAX_LENGTH: usize = 60_000;
/// A value that is longer is cut.
const MAX_VALUE: usize = 200;

/// How two profiles or jobs differ.
pub(super) fn things(names: [&str; 2], differences: &[Difference]) -> String {
    let [a, b] = names.map(code);
    if differences.is_empty() {
        return format!("{a} and {b} come to the same.\n");
    }
    format!("**{a} and {b}**\n\n{}", table(names, differences, [&a, &b]))
}

/// What a change does to the profiles and jobs, as many of them as fit.
pub(super) fn versions(file: &str, things: &str, changes: &[ThingChange]) -> String {
    let file = code(file);
    if changes.is_empty() {
        return format!("This change to {file} changes no resolved {things}.\n");
    }
    let count = changes.len();
    let counted = |section: Section| {
        let count = changes.iter().filter(|change| change.section == section).count();
        let noun = if section == Section::Profiles { "resolved profile" } else { "job" };
        (count > 0).then(|| format!("{count} {noun}{}", if count == 1 { "" } else { "s" }))
    };
    let what: Vec<String> = Section::ALL.into_iter().filter_map(counted).collect();
    let mut text = format!("**This change to {file} changes {}**\n", what.join(" and "));
    for (index, change) in changes.iter().enumerate() {
        let section = section(change);
        if text.len() + section.len() > MAX_LENGTH {
            let _ = writeln!(text, "\n{} more are left out for want of space.", count - index);
            break;
        }
        text += &section;
    }
    text
}

fn section(change: &ThingChange) -> String {
    let name = code(&change.name);
    let noun = if change.section == Section::Profiles { "" } else { "Job " };
    let head = format!("\n{noun}{name} is {}", change.change.name());
    match change.change {
        Change::Removed => format!("{head}.\n"),
        _ if change.differences.is_empty() => format!("{head}, without any field.\n"),
        _ => {
            let names = [change.name.as_str(), change.name.as_str()];
            format!("{head}:\n\n{}", table(names, &change.differences, ["before", "after"]))
        }
    }
}

fn table(profiles: [&str; 2], differences: &[Difference], heads: [&str; 2]) -> String {
    let mut text = format!("| field | {} | {} |\n|---|---|---|\n", heads[0], heads[1]);
    for difference in differences {
        let [a, b] = &difference.sides;
        let note = if difference.secret { " (the secrets differ)" } else { "" };
        let (a, b) = (cell(a.as_ref(), profiles[0]), cell(b.as_ref(), profiles[1]));
        let _ = writeln!(text, "| {}{note} | {a} | {b} |", code(&difference.field));
    }
    text
}

/// A value with its line, and the profile that sets it if that is another one.
fn cell(side: Option<&Side>, profile: &str) -> String {
    let Some(side) = side else { return String::new() };
    let line = side.origin.get("line").map(ToString::to_string).unwrap_or_default();
    let by = side.origin.get("profile").or_else(|| side.origin.get("submission"));
    let from = by.and_then(|name| name.as_str()).unwrap_or_default();
    let from = if from == profile { String::new() } else { format!("{}, ", code(from)) };
    let value = if side.value.is_null() { "cleared".to_owned() } else { code(&plain(&side.value)) };
    format!("{value} ({from}line {line})")
}

/// A text that nothing in it can break out of: no markup, no link, no mention, no column of a table.
fn code(text: &str) -> String {
    let text = shown::line(text);
    let length = text.chars().count();
    let (text, more) = match text.char_indices().nth(MAX_VALUE) {
        Some((end, _)) => (text.get(..end).unwrap_or_default(), format!(" … {} more", length - MAX_VALUE)),
        None => (text.as_ref(), String::new()),
    };
    let is_plain = !text.contains(['`', '|', '\\']) && !text.is_empty() && text.trim() == text;
    if is_plain {
        return format!("`{text}`{more}");
    }
    // A code span has no escapes, so what would end it or the column is an entity in an element of the same look.
    let mut escaped = String::new();
    for character in text.chars() {
        if character.is_alphanumeric() || character == ' ' {
            escaped.push(character);
        } else {
            let _ = write!(escaped, "&#{};", u32::from(character));
        }
    }
    format!("<code>{escaped}</code>{more}")
}
