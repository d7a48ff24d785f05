//! What a client can ask to be done by name.

use serde_json::Value;

use super::resolved;
use super::view::Snapshot;
use crate::profile::{Section, Subject};
use crate::submission::SubmissionId;

/// Answers with the resolved profile as YAML.
pub const RESOLVE: &str = "anycloud-lint.resolveProfile";

/// The same, and shows it in a message: for clients without a place of their own for it.
pub const SHOW_RESOLVED: &str = "anycloud-lint.showResolvedProfile";

/// All commands.
pub const ALL: [&str; 2] = [RESOLVE, SHOW_RESOLVED];

/// The resolved profile of this name, or the jobs of the submission, as YAML.
///
/// # Errors
///
/// When the file can't be read or has no such thing.
pub fn resolved(snapshot: &Snapshot, section: Section, name: &str) -> Result<String, String> {
    // Who asks may know the name only as it is shown.
    let found = snapshot.ask(|view| {
        if section == Section::Submissions {
            let submissions = view.facts.submissions();
            let is_shown_so =
                |(_, one): &(SubmissionId, &Subject)| snapshot.shown_name(one.name(view.tree)) == name;
            let named = submissions.named(view.tree, name);
            let (id, _) = named.or_else(|| submissions.all().find(is_shown_so))?;
            let (text, count) = resolved::jobs(view, id);
            // A template has none, and a submission that can't be expanded.
            return Some(if count > 0 { text } else { "# no jobs are known\n".to_owned() });
        }
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
        Some(None) => Err(format!("there is no such {} in this file", section.entry_noun())),
        Some(Some(text)) => Ok(text),
    }
}

fn indented(text: &str) -> String {
    text.lines().flat_map(|line| ["  ", line, "\n"]).collect()
}

/// The address, the section and the name among the arguments of a command. Without a section it is a profile's.
pub fn arguments(arguments: Option<&[Value]>) -> Option<(&str, Section, &str)> {
    let [uri, name, rest @ ..] = arguments? else { return None };
    let section = rest.first().and_then(Value::as_str).unwrap_or(Section::Profiles.key());
    let section = Section::ALL.into_iter().find(|known| known.key() == section)?;
    Some((uri.as_str()?, section, name.as_str()?))
}
