//! What submissions come to, by the same forgiving reading.

use std::collections::{BTreeMap, BTreeSet};

use anycloud_lint::profile::Field;
use anycloud_lint::submission::JobField;
use anycloud_lint::suggest;
use anycloud_lint::yaml::{Data, NodeId};

use super::{Meaning, Reader, Reading, forgive};

/// Each field's value where it is written.
type Settings = BTreeMap<&'static str, NodeId>;

const DOCKER_OPTIONS: [&str; 10] =
    ["binds", "cpus", "gpus", "ipc", "memory", "network", "privileged", "runtime", "shmSize", "ulimits"];

fn fields() -> Vec<&'static str> {
    JobField::ALL.iter().map(|field| field.name()).chain(["extends"]).collect()
}

/// The fields that an entry of a fan-out can set.
fn varied() -> Vec<&'static str> {
    fields().into_iter().filter(|name| !["extends", "fanOut", "matrix", "exclude"].contains(name)).collect()
}

impl Reader<'_> {
    /// What each job comes to, or its submission where it is not known which jobs that makes.
    pub(super) fn jobs(&self, section: NodeId) -> Meaning {
        let mut bodies: BTreeMap<&str, NodeId> = BTreeMap::new();
        for entry in self.tree.entries(section) {
            bodies.entry(self.tree.key(entry.key)).or_insert(entry.value);
        }
        let mut meaning = Meaning::new();
        for name in bodies.keys() {
            let settings = self.settings(&bodies, name, &mut BTreeSet::new());
            // What a template says shows in its heirs.
            let variants = self.variants(&settings).unwrap_or_default();
            if variants.is_empty() && !name.starts_with('.') {
                meaning.insert(format!("submission {name}"), self.body(&settings));
            }
            for (index, variant) in variants.iter().enumerate().filter(|_| !name.starts_with('.')) {
                let mut job = settings.clone();
                job.extend(variant);
                meaning.insert(format!("job {name}-{index}"), self.body(&job));
            }
        }
        meaning
    }

    fn settings(&self, bodies: &BTreeMap<&str, NodeId>, name: &str, open: &mut BTreeSet<String>) -> Settings {
        let mut settings = Settings::new();
        let Some(body) = bodies.get(name) else { return settings };
        if !open.insert(name.to_owned()) {
            return settings;
        }
        for base in self.find(*body, "extends", &fields()).into_iter().flat_map(|value| self.bases(value)) {
            let others = || bodies.keys().copied().filter(|other| *other != name);
            let exact = bodies.contains_key(base.as_str()).then_some(base.as_str());
            if let Some(base) = exact.or_else(|| suggest::certain(&base, others())) {
                settings.extend(self.settings(bodies, base, open));
            }
        }
        settings.extend(self.own(*body, &fields()));
        settings.remove("extends");
        open.remove(name);
        settings
    }

    fn own(&self, body: NodeId, known: &[&'static str]) -> Settings {
        known.iter().filter_map(|field| Some((*field, self.find(body, field, known)?))).collect()
    }

    /// What each job sets on top of its submission; nothing if that can't be known.
    fn variants(&self, settings: &Settings) -> Option<Vec<Settings>> {
        let value = |field| settings.get(field).copied().filter(|value| !self.tree.is_null(*value));
        let is_map = |item: &NodeId| matches!(self.tree.data(*item), Data::Map(_));
        match (value("fanOut"), value("matrix")) {
            (None, None) => Some(vec![Settings::new()]),
            (Some(_), Some(_)) => None,
            (Some(list), None) => {
                let items = self.tree.items(list);
                let is_sound = !items.is_empty() && items.iter().all(is_map);
                is_sound.then(|| items.iter().map(|item| self.own(*item, &varied())).collect())
            }
            (None, Some(matrix)) => {
                let axes = self.own(matrix, &varied());
                let written = self.tree.entries(matrix);
                let is_axis = |axis: &NodeId| !self.tree.items(*axis).is_empty();
                if written.is_empty() || axes.len() != written.len() || !axes.values().all(is_axis) {
                    return None;
                }
                let mut jobs = vec![Settings::new()];
                let place = |node: &NodeId| written.iter().position(|entry| entry.value == *node);
                let mut axes: Vec<(&str, NodeId)> = axes.into_iter().collect();
                axes.sort_by_key(|(_, node)| place(node));
                for (field, list) in axes {
                    let with = |job: &Settings| {
                        let items = self.tree.items(list).iter();
                        items
                            .map(|item| [(field, *item)].into_iter().chain(job.clone()).collect())
                            .collect::<Vec<_>>()
                    };
                    jobs = jobs.iter().flat_map(with).collect();
                }
                let excluded = value("exclude").map_or(&[][..], |list| self.tree.items(list));
                jobs.retain(|job| !excluded.iter().any(|item| self.excludes(*item, job)));
                Some(jobs)
            }
        }
    }

    fn excludes(&self, item: NodeId, job: &Settings) -> bool {
        let named = self.own(item, &varied());
        let is_known = named.len() == self.tree.entries(item).len() && !named.is_empty();
        let same = |(field, value): (&&str, &NodeId)| {
            job.get(field).is_some_and(|own| self.job_value(field, *own) == self.job_value(field, *value))
        };
        is_known && named.iter().all(same)
    }

    /// All that a job says, its configuration in one row with the rest.
    fn body(&self, settings: &Settings) -> BTreeMap<&'static str, String> {
        let wire = JobField::ALL.into_iter().filter(|field| field.is_wire()).map(JobField::name);
        let mut body: BTreeMap<&str, String> =
            wire.filter_map(|field| Some((field, self.job_value(field, *settings.get(field)?)))).collect();
        let mut config = BTreeMap::new();
        let profile = settings.get("profile").filter(|name| !self.tree.is_null(**name));
        if let Some(profile) = profile {
            let name = self.tree.key(*profile);
            let exact = self.bodies.contains_key(name).then_some(name);
            match exact.or_else(|| suggest::certain(name, self.bodies.keys().map(String::as_str))) {
                Some(name) => config = self.resolve(name, &mut BTreeSet::new()),
                None => drop(config.insert("no profile", name.to_owned())),
            }
        }
        let known: Vec<&str> = Field::ALL.iter().map(|field| field.name()).collect();
        if let Some(own) = settings.get("cloudConfig") {
            for field in Field::ALL.map(Field::name) {
                config.extend(self.find(*own, field, &known).map(|value| (field, self.value(field, value))));
            }
        }
        if let Some(gpu) = body.remove("gpuType") {
            config.insert("gpuType", gpu);
        }
        for (field, value) in config.into_iter().filter(|(_, value)| value != "null") {
            *body.entry("cloudConfig").or_default() += &format!("{field}: {value}, ");
        }
        body.retain(|_, value| value != "null");
        body
    }

    fn job_value(&self, field: &str, node: NodeId) -> String {
        let is_forgiving = self.reading == Reading::Forgiving;
        match (field, self.tree.data(node)) {
            (_, Data::Null) => "null".into(),
            ("gpuType", _) => self.value("gpuType", node),
            ("command", Data::Str(..)) if is_forgiving => {
                let text = self.tree.str(node).unwrap_or_default();
                text.split_whitespace().collect::<Vec<_>>().join(" ")
            }
            ("command", Data::Seq(_)) if is_forgiving => {
                self.tree.items(node).iter().map(|item| self.raw(*item)).collect::<Vec<_>>().join(" ")
            }
            ("image", Data::Str(..)) if is_forgiving => self.raw(node).to_lowercase(),
            ("nodes" | "gpusPerNode" | "timeLimit" | "launch" | "resumable" | "ro" | "privileged", _)
                if is_forgiving =>
            {
                forgive(&self.raw(node))
            }
            (_, Data::Seq(_)) => {
                let items: Vec<String> =
                    self.tree.items(node).iter().map(|item| self.job_value("", *item)).collect();
                format!("{items:?}")
            }
            (_, Data::Map(_)) => {
                let entries = self.tree.entries(node).iter();
                let name = |key| match field {
                    "dockerOptions" => suggest::certain(key, DOCKER_OPTIONS).unwrap_or(key),
                    _ => key,
                };
                let entries: BTreeMap<&str, String> = entries
                    .rev()
                    .map(|entry| {
                        let name = name(self.tree.key(entry.key));
                        (name, self.job_value(name, entry.value))
                    })
                    .collect();
                format!("{entries:?}")
            }
            _ if is_forgiving => self.raw(node),
            _ => self.value("", node),
        }
    }

    /// A scalar as it is written.
    fn raw(&self, node: NodeId) -> String {
        let written = || self.tree.source().slice(self.tree.span(self.tree.target(node)));
        self.tree.str(node).unwrap_or_else(written).to_owned()
    }
}
