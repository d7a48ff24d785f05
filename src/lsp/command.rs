//! What a client can ask to be done by name.

use serde_json::Value;

use super::resolved;
use super::view::Snapshot;
use crate::profile::Subject;

/// Answers with the resolved profile as YAML.
pub const RESOLVE: &str = "anycloud-lint.resolveProfile";

/// The same, and shows it in a message: for clients without a place of their own for it.
pub const SHOW_RESOLVED: &str = "anycloud-lint.showResolvedProfile";

/// All commands.
pub const ALL: [&str; 2] = [RESOLVE, SHOW_RESOLVED];

/// The resolved profile of this name, as YAML.
///
/// # Errors
///
/// When the file can't be read or has no such profile.
pub fn resolved_profile(snapshot: &Snapshot, name: &str) -> Result<String, String> {
    let found = snapshot.ask(|view| {
        // Who asks may know the name only as it is shown.
        let profiles = || view.subjects.profiles().iter();
        let is_shown_so = |profile: &&Subject| snapshot.shown_name(view.subjects.name(profile.id)) == name;
        let profile = view.subjects.named(name).or_else(|| profiles().find(is_shown_so))?;
        Some(format!(
            "{}:\n{}",
            resolved::scalar(&snapshot.shown_name(name)),
            indented(&resolved::yaml(view, profile.id))
        ))
    });
    match found {
        None => Err("the file can't be read as it is".into()),
        Some(None) => Err("there is no such profile in this file".into()),
        Some(Some(text)) => Ok(text),
    }
}

fn indented(text: &str) -> String {
    text.lines().flat_map(|line| ["  ", line, "\n"]).collect()
}

/// The address and the profile's name among the arguments of a command.
pub fn arguments(arguments: Option<&[Value]>) -> Option<(&str, &str)> {
    let [uri, name, ..] = arguments? else { return None };
    Some((uri.as_str()?, name.as_str()?))
}
