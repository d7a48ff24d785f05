//! What keys a mapping takes, and what one that it does not take most likely means.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Context;
use super::jobs::{self, Spot};
use crate::catalog::Provider;
use crate::credential;
use crate::edit;
use crate::finding::{Finding, Fix};
use crate::profile::{Field, Part, Place, Section};
use crate::schema::{Mismatch, MismatchKind};
use crate::submission::JobField;
use crate::suggest;
use crate::yaml::{Data, Entry, NodeId};

/// The keys that are no fields.
pub(super) fn unknown<'c>(context: &'c Context<'_>) -> impl Iterator<Item = &'c Mismatch> {
    context.mismatches.iter().filter(|mismatch| mismatch.kind == MismatchKind::UnknownField)
}

/// What a key stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    /// The document's root.
    File,
    /// A profile.
    Profile,
    /// The fields of a profile that a job changes.
    Config,
    /// A submission.
    Submission,
    /// An entry of `fanOut` or `exclude`.
    Variant,
    /// A mount.
    Mount,
    /// A credential object.
    Credentials,
}

impl Holder {
    /// What the key of a place stands in.
    pub(super) fn of(place: &Place) -> Self {
        match jobs::spot(place) {
            None => {}
            Some(Spot::Field) => return Self::Submission,
            Some(Spot::Variant | Spot::Axis) => return Self::Variant,
            Some(Spot::Config) => return Self::Config,
            Some(Spot::Mount) => return Self::Mount,
            Some(_) => return Self::Credentials,
        }
        match place.parent() {
            Place::Root | Place::Other(_) => Self::File,
            Place::Subject(_, _, Part::Whole) => Self::Profile,
            Place::Subject(..) => Self::Credentials,
        }
    }
}

/// The keys that a mapping with an unknown one takes.
pub(super) fn known(context: &Context<'_>, mismatch: &Mismatch, map: Option<NodeId>) -> Vec<&'static str> {
    match Holder::of(&mismatch.place) {
        Holder::File => vec!["version", Section::Profiles.key(), Section::Submissions.key()],
        Holder::Profile => Field::ALL.iter().map(|field| field.name()).chain(["extends"]).collect(),
        Holder::Config => Field::ALL.iter().map(|field| field.name()).collect(),
        Holder::Submission => JobField::ALL.iter().map(|field| field.name()).chain(["extends"]).collect(),
        Holder::Variant => {
            let fields = JobField::ALL.into_iter().filter(|field| !field.makes_jobs());
            fields.map(JobField::name).collect()
        }
        Holder::Mount => vec!["name", "path", "ro"],
        Holder::Credentials => {
            map.map_or_else(|| vec![credential::PROVIDER_KEY], |object| of_object(context, object))
        }
    }
}

/// The keys that a credential object takes, by whose it says that it is.
pub(super) fn of_object(context: &Context<'_>, object: NodeId) -> Vec<&'static str> {
    let provider = context.tree.entry(object, credential::PROVIDER_KEY);
    let provider = provider.and_then(|entry| context.tree.str(entry.value));
    match provider.and_then(Provider::from_name) {
        Some(provider) => credential::keys(Some(provider)).collect(),
        None => vec![credential::PROVIDER_KEY],
    }
}

/// What the providers themselves, and other tools, call the fields of credential objects.
const SYNONYMS: [(&str, &[&str]); 12] = [
    ("accessKeyId", &["awsaccesskeyid", "accesskey", "awsaccesskey", "keyid"]),
    ("secretAccessKey", &["awssecretaccesskey", "secretkey", "awssecretkey", "secret"]),
    ("sessionToken", &["awssessiontoken", "token", "securitytoken"]),
    ("projectId", &["project", "gcpproject", "googlecloudproject"]),
    ("privateKey", &["key", "privatekeypem"]),
    ("clientEmail", &["email", "serviceaccount", "serviceaccountemail"]),
    ("applicationId", &["clientid", "appid", "azureclientid"]),
    ("secret", &["clientsecret", "password", "azureclientsecret"]),
    ("directoryId", &["tenantid", "tenant", "azuretenantid"]),
    ("subscriptionId", &["subscription", "azuresubscriptionid"]),
    ("apiKey", &["key", "token", "lambdaapikey"]),
    ("apiToken", &["token", "key", "cloudflareapitoken", "apikey"]),
];

/// The field that an unknown key most likely means: by what others call it, else by its spelling.
pub(super) fn closest(mismatch: &Mismatch, key: &str, known: &[&'static str]) -> Option<&'static str> {
    synonym(mismatch, key, known).or_else(|| suggest::closest(key, known.iter().copied()))
}

/// The field of a credential object that others call by this name.
pub(super) fn synonym(mismatch: &Mismatch, key: &str, known: &[&'static str]) -> Option<&'static str> {
    if Holder::of(&mismatch.place) == Holder::Credentials { by_another_name(key, known) } else { None }
}

/// The one of some fields of credential objects that others call by this name.
pub(super) fn by_another_name(key: &str, known: &[&'static str]) -> Option<&'static str> {
    let wanted = suggest::normal(key);
    let mut fields = SYNONYMS.iter().filter(|(_, words)| words.contains(&wanted.as_str()));
    fields.find_map(|(field, _)| known.iter().find(|known| *known == field)).copied()
}

/// Keys of mappings that may mean the same name: none of them is certain. What the keys of a mapping mean is worked out
/// once, however many of them are asked about.
#[derive(Debug, Default)]
pub(super) struct Rivals(FxHashMap<NodeId, FxHashMap<&'static str, usize>>);

impl Rivals {
    /// Whether several keys of a mapping, merged ones among them, may mean a name.
    pub(super) fn are_for(
        &mut self,
        context: &Context<'_>,
        map: NodeId,
        name: &str,
        meant: impl Fn(&str) -> Option<&'static str>,
    ) -> bool {
        let counts = self.0.entry(map).or_insert_with(|| {
            let mut counts = FxHashMap::default();
            let keys = context.tree.entries(map).iter().map(|entry| context.tree.key(entry.key));
            keys.filter_map(meant).for_each(|name| *counts.entry(name).or_default() += 1);
            counts
        });
        counts.get(name).is_some_and(|count| *count > 1)
    }
}

/// A finding about a key that most likely means another name; with the fix, where that is certain and the key stands
/// for itself.
pub(super) fn respelt(
    context: &Context<'_>,
    finding: Finding,
    (map, key): (Option<NodeId>, NodeId),
    closest: &str,
    certain: Option<&str>,
) -> Finding {
    let is_alone = !edit::is_shared(context.tree, key) && !map.is_some_and(|map| context.is_merged(map));
    let edits = certain.filter(|_| is_alone).and_then(|name| edit::replace_text(context.tree, key, name));
    let fix = edits.map(|edits| Fix::safe(format!("rename it to `{closest}`"), edits));
    finding.help(format!("did you mean `{closest}`?")).fix(fix)
}

/// The mappings with an unknown key, each with the field that the key most likely means.
pub(super) fn misspelt(context: &Context<'_>) -> FxHashSet<(NodeId, &'static str)> {
    let meant = |mismatch: &Mismatch| {
        let (key, map) = (mismatch.key?, mismatch.map?);
        let known = known(context, mismatch, Some(map));
        Some((map, closest(mismatch, context.tree.key(key), &known)?))
    };
    unknown(context).filter_map(meant).collect()
}

/// The provider whose credentials have one of the fields of an object.
pub(super) fn provider_of(context: &Context<'_>, object: NodeId) -> Option<&'static str> {
    let fields = context.tree.entries(object).iter();
    let mut fields = fields.filter_map(|entry| credential::field(context.tree.key(entry.key)));
    fields.next().map(|field| field.provider.name())
}

/// Whether the root's own keys read like profiles: `profiles` is missing, and below other keys there are
/// fields of profiles.
pub(super) fn root_holds_profiles(context: &Context<'_>) -> bool {
    let tree = context.tree;
    if Section::Profiles.entry(tree).is_some() {
        return false;
    }
    let entries = profiles_at_root(context);
    let is_profile = |entry: &Entry| match tree.data(entry.value) {
        Data::Null => true,
        Data::Map(_) => tree.entries(entry.value).iter().all(|entry| {
            let key = tree.key(entry.key);
            key == "extends"
                || key.starts_with("x-")
                || suggest::closest(key, Field::ALL.map(Field::name)).is_some()
        }),
        _ => false,
    };
    let has_fields = entries.iter().any(|entry| !tree.entries(entry.value).is_empty());
    has_fields && entries.iter().all(is_profile)
}

/// The entries of the root that would be profiles, if it held profiles.
pub(super) fn profiles_at_root(context: &Context<'_>) -> Vec<Entry> {
    let tree = context.tree;
    let is_other = |key: &str| key == "version" || key.starts_with("x-");
    tree.written_entries(tree.root()).iter().copied().filter(|entry| !is_other(tree.key(entry.key))).collect()
}
