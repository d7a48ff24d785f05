//! Names that are defined elsewhere: profiles in the file, saved credentials in the configuration.

use std::collections::VecDeque;

use gen_lsp_types::CompletionItemKind;
use rustc_hash::FxHashSet;

use super::scene::Scenes;
use super::{Offer, is_here};
use crate::catalog::{Provider, ProviderSet};
use crate::lsp::cursor::Cursor;
use crate::lsp::view::View;
use crate::profile::{Subject, SubjectId};
use crate::submission::SubmissionId;

/// The profiles that a profile can extend: not itself, none that leads back to it, none twice.
pub(super) fn bases(view: &View<'_>, cursor: &Cursor, name: &str) -> Vec<Offer> {
    let subjects = view.subjects;
    let own = subjects.named(name);
    let heirs = own.map_or_else(FxHashSet::default, |own| heirs(view, own.id));
    let listed = |id: SubjectId| {
        let bases = own.map(|own| own.bases.iter()).into_iter().flatten();
        cursor.is_item
            && bases
                .filter(|base| !is_here(cursor, view.tree.span(base.node)))
                .any(|base| base.subject == Some(id))
    };
    let fits = |profile: &&Subject| {
        !heirs.contains(&profile.id) && subjects.name(profile.id) != name && !listed(profile.id)
    };
    subjects.profiles().iter().filter(fits).map(|profile| offer(view, profile)).collect()
}

/// The profiles that a job can use: templates, too.
pub(super) fn profiles(view: &View<'_>) -> Vec<Offer> {
    view.subjects.profiles().iter().map(|profile| offer(view, profile)).collect()
}

/// The other submissions that one can extend: those that do not extend it themselves, near or far.
pub(super) fn submissions(view: &View<'_>, cursor: &Cursor, name: &str) -> Vec<Offer> {
    let tree = view.tree;
    let submissions = view.facts.submissions();
    let own = submissions.named(tree, name);
    let heirs = own.map_or_else(FxHashSet::default, |(id, _)| submissions.with_heirs(id));
    let fits = |(id, other): &(SubmissionId, &Subject)| {
        !heirs.contains(id) && !is_here(cursor, tree.span(other.entry.key))
    };
    let offer = |(_, other): (SubmissionId, &Subject)| {
        Offer::new(other.name(tree), CompletionItemKind::Reference).detail("submission")
    };
    submissions.all().filter(fits).map(offer).collect()
}

fn offer(view: &View<'_>, profile: &Subject) -> Offer {
    let text = format!("```yaml\n{}```", crate::lsp::resolved::yaml(view, profile.id));
    let kind = if view.subjects.is_template(profile.id) { "template" } else { "profile" };
    Offer::new(view.subjects.name(profile.id), CompletionItemKind::Reference)
        .detail(kind)
        .documentation(Some(text))
}

/// A profile and all that inherit from it.
fn heirs(view: &View<'_>, start: SubjectId) -> FxHashSet<SubjectId> {
    let mut found = FxHashSet::from_iter([start]);
    let mut queue = VecDeque::from([start]);
    let mut children: Vec<Vec<SubjectId>> = vec![Vec::new(); view.subjects.all().len()];
    for profile in view.subjects.all() {
        for base in profile.bases.iter().filter_map(|base| base.subject) {
            children.get_mut(base.index()).into_iter().for_each(|heirs| heirs.push(profile.id));
        }
    }
    while let Some(id) = queue.pop_front() {
        for heir in children.get(id.index()).into_iter().flatten() {
            if found.insert(*heir) {
                queue.push_back(*heir);
            }
        }
    }
    found
}

/// The saved credentials of a provider that fits.
pub(super) fn credentials(view: &View<'_>, scenes: &Scenes<'_>) -> Vec<Offer> {
    saved(view, |provider| ProviderSet::COMPUTE.contains(provider) && scenes.takes_provider(provider))
}

/// The saved credentials that can reach a bucket.
pub(super) fn storage_credentials(view: &View<'_>) -> Vec<Offer> {
    saved(view, |_| true)
}

fn saved(view: &View<'_>, fits: impl Fn(Provider) -> bool) -> Vec<Offer> {
    let names = view.facts.credentials().into_iter().flatten().filter(|(_, provider)| fits(**provider));
    let offer = |(name, provider): (&String, &Provider)| {
        Offer::new(name, CompletionItemKind::Reference).detail(format!("saved credentials for {provider}"))
    };
    names.map(offer).collect()
}
