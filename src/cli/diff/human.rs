//! Differences for people.

use std::io;

use serde_json::Value;
use termcolor::{Color, ColorSpec, WriteColor};

use super::plain;
use crate::diff::{Change, Difference, Side, ThingChange};
use crate::profile::Section;
use crate::shown;

const SIDES: [(char, Color); 2] = [('-', Color::Red), ('+', Color::Green)];

/// How two profiles or jobs differ.
pub(super) fn things(
    names: [&str; 2],
    differences: &[Difference],
    out: &mut dyn WriteColor,
) -> io::Result<()> {
    let names = names.map(shown::line);
    if differences.is_empty() {
        return writeln!(out, "`{}` and `{}` come to the same", names[0], names[1]);
    }
    header(names.each_ref().map(AsRef::as_ref), out)?;
    for difference in differences {
        writeln!(out)?;
        field(difference, "", out)?;
    }
    Ok(())
}

/// What a change does to the profiles and jobs, or whatever things the versions have.
pub(super) fn versions(
    names: [&str; 2],
    things: &str,
    changes: &[ThingChange],
    out: &mut dyn WriteColor,
) -> io::Result<()> {
    let names = names.map(shown::line);
    if changes.is_empty() {
        return writeln!(out, "every {things} of {} resolves to what it did in {}", names[1], names[0]);
    }
    header(names.each_ref().map(AsRef::as_ref), out)?;
    for change in changes {
        let noun = if change.section == Section::Profiles { "" } else { "job " };
        writeln!(out, "\n{noun}`{}` is {}", shown::line(&change.name), change.change.name())?;
        // Of what is gone there is no more to say.
        for difference in change.differences.iter().filter(|_| change.change != Change::Removed) {
            field(difference, "  ", out)?;
        }
    }
    Ok(())
}

fn header(names: [&str; 2], out: &mut dyn WriteColor) -> io::Result<()> {
    for ((mark, color), name) in SIDES.into_iter().zip(names) {
        colored(out, color, &format!("{mark}{mark}{mark} {name}"))?;
        writeln!(out)?;
    }
    Ok(())
}

fn field(difference: &Difference, indent: &str, out: &mut dyn WriteColor) -> io::Result<()> {
    let secret = if difference.secret { "  (the secrets differ)" } else { "" };
    writeln!(out, "{indent}{}{secret}", shown::line(&difference.field))?;
    for ((mark, color), side) in SIDES.into_iter().zip(&difference.sides) {
        let Some(side) = side else { continue };
        colored(out, color, &format!("{indent}  {mark} {}", plain(&side.value)))?;
        writeln!(out, "  {}", origin(side))?;
    }
    Ok(())
}

fn colored(out: &mut dyn WriteColor, color: Color, text: &str) -> io::Result<()> {
    out.set_color(ColorSpec::new().set_fg(Some(color)))?;
    write!(out, "{text}")?;
    out.reset()
}

/// Where a value comes from, in words.
fn origin(side: &Side) -> String {
    let text = |key: &str| side.origin.get(key).map(plain).unwrap_or_default();
    let through = side.origin.get("through").and_then(Value::as_array);
    let through: Vec<String> =
        through.into_iter().flatten().map(|name| format!("`{}`", plain(name))).collect();
    let through =
        if through.is_empty() { String::new() } else { format!(", through {}", through.join(", ")) };
    let by = if side.origin.get("profile").is_some() { "profile" } else { "submission" };
    format!("(`{}`, {}:{}:{}{through})", text(by), text("file"), text("line"), text("column"))
}
