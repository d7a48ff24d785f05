//! A safe fix never changes what a profile or a job resolves to, but for what its finding says is wrong.
//!
//! `CASES=50000 cargo test --test it safe_fixes` tries that many documents.

mod jobs;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use anycloud_lint::finding::{Applicability, Finding, Fix, Severity};
use anycloud_lint::fix::Fixed;
use anycloud_lint::profile::Field;
use anycloud_lint::source::Source;
use anycloud_lint::yaml::{self, Data, NodeId, Tree};
use anycloud_lint::{Settings, analyse, fix, lint, suggest};

use crate::harness::{Random, cases, document};

/// What every profile and job comes to, by a reading of its own that forgives mistakes.
type Meaning = BTreeMap<String, BTreeMap<&'static str, String>>;

/// What a key means among so many known ones, and whether that is beyond doubt.
type Meanings = BTreeMap<(String, usize, String), (String, bool)>;

/// How much of a value counts.
#[derive(Clone, Copy, PartialEq)]
enum Reading {
    /// All of it.
    Strict,
    /// What the author meant, whether or not it is the right type, spelling or case.
    Forgiving,
}

struct Reader<'t> {
    tree: &'t Tree,
    reading: Reading,
    bodies: BTreeMap<String, NodeId>,
    meanings: &'t RefCell<Meanings>,
}

impl<'t> Reader<'t> {
    fn meaning(tree: &Tree, reading: Reading) -> Meaning {
        thread_local! {
            static MEANINGS: RefCell<Meanings> = RefCell::default();
        }
        MEANINGS.with(|meanings| Reader { tree, reading, bodies: BTreeMap::new(), meanings }.read())
    }

    fn read(mut self) -> Meaning {
        let (tree, reader) = (self.tree, &mut self);
        let root = ["version", "profiles", "submissions"];
        let profiles = reader.find(tree.root(), "profiles", &root);
        for entry in profiles.into_iter().flat_map(|profiles| tree.entries(profiles)) {
            reader.bodies.entry(tree.key(entry.key).to_owned()).or_insert(entry.value);
        }
        let submissions = reader.find(tree.root(), "submissions", &root);
        let jobs = submissions.map(|submissions| reader.jobs(submissions)).unwrap_or_default();
        let resolve = |name: &String| {
            let settings = reader.resolve(name, &mut BTreeSet::new());
            (name.clone(), settings.into_iter().filter(|(_, value)| value != "null").collect())
        };
        reader.bodies.keys().map(resolve).chain(jobs).collect()
    }

    /// The value of a field, also of one that is misspelt beyond doubt.
    fn find(&self, map: NodeId, field: &str, known: &[&str]) -> Option<NodeId> {
        let entries = self.tree.entries(map);
        let exact = entries.iter().find(|entry| self.tree.key(entry.key) == field);
        if let Some(exact) = exact {
            return Some(exact.value);
        }
        let likely = entries.iter().filter(|entry| {
            !known.contains(&self.tree.key(entry.key)) && self.means(entry.key, known).0 == field
        });
        match likely.collect::<Vec<_>>().as_slice() {
            [one] if self.means(one.key, known).1 => Some(one.value),
            _ => None,
        }
    }

    /// The field that a key is closest to, and whether that is beyond doubt.
    fn means(&self, key: NodeId, known: &[&str]) -> (String, bool) {
        let key = self.tree.key(key).to_owned();
        let mut meanings = self.meanings.borrow_mut();
        let first = known.first().copied().unwrap_or_default().to_owned();
        let meaning = meanings.entry((key, known.len(), first)).or_insert_with_key(|(key, ..)| {
            let closest = suggest::closest(key, known.iter().copied()).unwrap_or_default();
            (closest.to_owned(), suggest::certain(key, known.iter().copied()) == Some(closest))
        });
        meaning.clone()
    }

    fn resolve(&self, name: &str, open: &mut BTreeSet<String>) -> BTreeMap<&'static str, String> {
        let mut settings = BTreeMap::new();
        let Some(body) = self.bodies.get(name) else { return settings };
        if !open.insert(name.to_owned()) {
            return settings;
        }
        let known: Vec<&str> = Field::ALL.iter().map(|field| field.name()).chain(["extends"]).collect();
        for base in self.find(*body, "extends", &known).into_iter().flat_map(|value| self.bases(value)) {
            let others = || self.bodies.keys().map(String::as_str).filter(|other| *other != name);
            let exact = self.bodies.contains_key(&base).then_some(base.as_str());
            if let Some(base) = exact.or_else(|| suggest::certain(&base, others())) {
                settings.extend(self.resolve(base, open));
            }
        }
        for field in Field::ALL.map(Field::name) {
            settings.extend(self.find(*body, field, &known).map(|value| (field, self.value(field, value))));
        }
        open.remove(name);
        settings
    }

    fn bases(&self, value: NodeId) -> Vec<String> {
        let scalar = |node: NodeId| match self.tree.data(node) {
            Data::Seq(_) | Data::Map(_) | Data::Null => None,
            _ => Some(self.tree.key(node).to_owned()),
        };
        match self.tree.data(value) {
            Data::Seq(_) => self.tree.items(value).iter().copied().filter_map(scalar).collect(),
            _ => scalar(value).into_iter().collect(),
        }
    }

    fn value(&self, field: &str, node: NodeId) -> String {
        match self.tree.data(node) {
            Data::Seq(_) => {
                let mut kept: Vec<String> = Vec::new();
                for item in self.tree.items(node) {
                    let item = self.value(field, *item);
                    if !kept.iter().any(|earlier| covers(field, earlier, &item)) {
                        kept.push(item);
                    }
                }
                if kept.len() == 1 { kept.remove(0) } else { format!("[{}]", kept.join(", ")) }
            }
            Data::Map(_) => {
                let entries = self.tree.entries(node).iter();
                let known = ["cloudProvider", "accessKeyId", "secretAccessKey", "apiKey"];
                let name = |key: &'t str| suggest::certain(key, known).unwrap_or(key);
                let entries: BTreeMap<&str, String> = entries
                    .map(|entry| (name(self.tree.key(entry.key)), self.value("", entry.value)))
                    .collect();
                format!("{entries:?}")
            }
            Data::Null => "null".into(),
            Data::Str(..) if self.reading == Reading::Strict => {
                format!("{:?}", self.tree.str(node).unwrap_or_default())
            }
            Data::Str(..) => forgive(self.tree.str(node).unwrap_or_default()),
            #[allow(clippy::cast_precision_loss)]
            Data::Int(value) if self.reading == Reading::Strict => format!("{:?}", *value as f64),
            Data::Float(value) if self.reading == Reading::Strict => format!("{value:?}"),
            Data::Bool(value) => value.to_string(),
            _ => forgive(self.tree.source().slice(self.tree.span(self.tree.target(node)))),
        }
    }
}

/// A scalar without its type, case and spaces. A number is its value, as far as people agree on it.
fn forgive(text: &str) -> String {
    let text = text.to_lowercase().replace(' ', "");
    match text.as_str() {
        "yes" | "on" | "y" => "true".into(),
        "no" | "off" | "n" => "false".into(),
        whole if whole.ends_with(".0") => whole.trim_end_matches(".0").into(),
        digits if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            let number = digits.trim_start_matches('0');
            if number.is_empty() { "0".into() } else { number.into() }
        }
        _ => text,
    }
}

/// Whether what comes later in a pool asks for nothing that the earlier entry has not asked for.
fn covers(field: &str, earlier: &str, later: &str) -> bool {
    /// A name, another for it, and whether the first stands for more than the second.
    const ALIASES: [(&str, &str, bool); 5] = [
        ("a100", "a100-40gb", true),
        ("v100", "v100-16gb", true),
        ("a100-80gb", "a100_80gb", false),
        ("a6000", "rtxa6000", false),
        ("rtxpro6000", "rtx-pro-6000", false),
    ];
    let (earlier, later) = (earlier.to_lowercase(), later.to_lowercase());
    if earlier == later {
        return true;
    }
    let split = |text: &str| match text.trim_matches('"').split_once(':') {
        Some((name, count)) => (name.to_owned(), count.to_owned()),
        None => (text.trim_matches('"').to_owned(), String::new()),
    };
    let ((earlier, count), (later, other_count)) = (split(&earlier), split(&later));
    let is_alias = ALIASES.iter().any(|(name, alias, is_wider)| {
        (earlier == *name && later == *alias) || (!is_wider && earlier == *alias && later == *name)
    });
    field == "gpuType" && count == other_count && is_alias
}

fn meaning(source: &Source, reading: Reading) -> Option<Meaning> {
    let tree = yaml::parse(source).0?;
    Some(Reader::meaning(&tree, reading))
}

/// What differs, a line for each subject.
fn difference(before: Option<Meaning>, after: &Meaning) -> String {
    let before = before.unwrap_or_default();
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed = names.into_iter().filter(|name| before.get(*name) != after.get(*name));
    changed.map(|name| format!("\n{name}: {:?}\n  was {:?}", after.get(name), before.get(name))).collect()
}

fn source(text: &str) -> Source {
    Source::new("anycloud.yaml", text)
}

fn is_safe(fix: &Fix) -> bool {
    fix.applicability == Applicability::Safe
}

/// The text with one fix made.
fn apply(text: &str, fix: &Fix) -> String {
    let mut edited = text.to_owned();
    for edit in fix.edits.iter().rev() {
        assert!(edit.span.start <= edit.span.end, "{fix:?} of\n{text}");
        edited.replace_range(edit.span.range(), &edit.replacement);
    }
    edited
}

/// Whether two findings are one, before and after an edit at its place.
fn is_same(one: &Finding, other: &Finding) -> bool {
    one.rule == other.rule && one.span.start == other.span.start
}

/// What is wrong with a fix of a text, made alone.
fn fault_of_one(text: &str, findings: &[Finding], finding: &Finding, fix: &Fix) -> Option<String> {
    let before = source(text);
    let after = source(&apply(text, fix));
    // What a warning is about works, so nothing may change; an error may change what is wrong.
    let reading = if finding.rule.severity == Severity::Error { Reading::Forgiving } else { Reading::Strict };
    let left = lint(&after, &Settings::default());
    let fault = match meaning(&after, reading) {
        None => "it leaves text that can't be read".to_owned(),
        Some(meant) if Some(&meant) != meaning(&before, reading).as_ref() => {
            format!("it changes what comes out: {}", difference(meaning(&before, reading), &meant))
        }
        Some(_) if reading == Reading::Forgiving && left.iter().any(|left| is_same(left, finding)) => {
            "it does not repair what it is for".into()
        }
        Some(_) if reading == Reading::Strict && left.len() >= findings.len() => {
            let told = |findings: &[Finding]| {
                let line = |finding: &Finding| format!("{} {}\n", finding.rule.code, finding.message);
                findings.iter().map(line).collect::<String>()
            };
            format!("it leaves more findings:\n{}were\n{}", told(&left), told(findings))
        }
        Some(_) => return None,
    };
    Some(format!("{} {}: {fault}\n--- after\n{}", finding.rule.code, finding.message, after.text()))
}

/// `--fix`
fn fix(text: &str) -> Option<Fixed> {
    fix::apply(&analyse(&source(text), &Settings::default()), false)
}

/// What is wrong with `--fix` of a text.
fn fault_of_all(text: &str) -> Option<String> {
    let before = source(text);
    let fixed = fix(text)?;
    let after = fixed.analysis.source().text().to_owned();
    let line_breaks = |text: &str| (text.contains('\n'), text.contains('\r'));
    let fault = match meaning(fixed.analysis.source(), Reading::Forgiving) {
        None => "text that can't be read".to_owned(),
        Some(meant) if Some(&meant) != meaning(&before, Reading::Forgiving).as_ref() => {
            format!("another meaning: {}", difference(meaning(&before, Reading::Forgiving), &meant))
        }
        Some(_) if line_breaks(text) != line_breaks(&after) && after.contains(['\n', '\r']) => {
            "other line breaks".into()
        }
        Some(_) => {
            let left = fixed.analysis.findings().iter().filter_map(|finding| finding.fix.as_ref());
            if fixed.dropped > 0 {
                "a fix that it had to drop".into()
            } else if left.filter(|fix| is_safe(fix)).count() > 0 {
                "fixes that are not made".into()
            } else if fix(&after).is_some() {
                "fixes for another run".into()
            } else {
                return None;
            }
        }
    };
    Some(format!("--fix leaves {fault}\n--- after\n{after}"))
}

/// What is wrong with the safe fixes of a text, and with how many of each rule's.
fn faults(text: &str, rules: &mut BTreeMap<&str, u64>) -> Vec<String> {
    let findings = lint(&source(text), &Settings::default());
    let mut faults = Vec::new();
    for finding in &findings {
        let Some(fix) = finding.fix.as_ref().filter(|fix| is_safe(fix)) else { continue };
        *rules.entry(finding.rule.code).or_default() += 1;
        faults.extend(fault_of_one(text, &findings, finding, fix));
    }
    faults.extend(fault_of_all(text));
    faults
}

#[test]
fn safe_fixes_keep_what_profiles_resolve_to() {
    let cases = u64::from(cases(100));
    let mut rules = BTreeMap::<&str, u64>::new();
    let (mut kinds, mut report) = (BTreeMap::<String, usize>::new(), String::new());
    for seed in 0..cases {
        let text = document(&mut Random::new(seed));
        if yaml::parse(&source(&text)).0.is_none() {
            continue;
        }
        for fault in faults(&text, &mut rules) {
            let kind: String = fault.split(['`', '\n', '{']).next().unwrap().into();
            let seen = kinds.entry(kind).or_default();
            *seen += 1;
            if *seen <= 3 {
                let shown = format!("=== document {seed}\n{text}\n=== {fault}\n\n").replace('\r', "␍");
                report.push_str(&shown);
            }
        }
    }
    assert!(kinds.is_empty(), "{report}\n{kinds:#?}");
    let fixes: u64 = rules.values().sum();
    assert!(fixes > cases && rules.len() > 9, "{fixes} fixes in {cases} documents: {rules:?}");
}

/// Rare mixtures that chance once found.
#[test]
fn documents_that_went_wrong_stay_right() {
    let texts = [
        // Two misspelt keys may mean one field, and one of them is merged.
        "x-m: &m {spt: true}\nprofiles:\n  a: {Spot: false, <<: *m}\n",
        // A null clears for one of the two subjects that have one body.
        "profiles:\n  a: &a\n    region: null\n  b: *a\n  c: {region: us-east-1}\n  d: {extends: [c, b]}\n",
        // The base that is misspelt is the one whose null clears.
        "profiles:\n  west: {region: null}\n  c: {region: us-east-1}\n  d: {extends: [c, wst]}\n",
        // The key that is misspelt lists it.
        "profiles:\n  west: {region: null}\n  c: {region: us-east-1}\n  d: {extend: [c, west]}\n",
        // A base sets under a misspelt key what the null clears.
        "profiles:\n  a: {vm_type: g5.xlarge}\n  b: {extends: a, vmType: null, gpuType: h100}\n",
        // A misspelt key hides one that is merged, misspelt too.
        "x-m: &m {min_vm_count: 3}\nprofiles:\n  a: {<<: *m, min_vm_count: 2}\n  b: *m\n",
        // Quotes that a tag overrides.
        "profiles:\n  a: {spot: !!str yes, minVmCount: !!str 1, region: !!int 1}\n",
        // A name that is a number without its quotes, and one that closes a circle.
        "profiles:\n  \"10\": {extends: c}\n  b: {extends: [l0, I0]}\n  c: {extends: \"1O\"}\n",
        // A circle comes to nothing that could be kept.
        "profiles:\n  a: {extends: [b, c, b], spot: true}\n  b: {extends: [c, b]}\n  c: {extends: [a, b, a], region: us-east-1}\n",
        // What a base lists twice, and its heir once, is the same.
        "profiles:\n  a: {gpuType: [h100, H100, a100], vmType: [g5.xlarge, g5.xlarge]}\n  b: {extends: a, gpuType: [h100, a100], vmType: g5.xlarge}\n",
        // What makes the jobs stands under another key, and comes to one job as before.
        "profiles:\n  a: {}\nsubmissions:\n  b: {image: \"x:1\", fan_out: [{cloudConfig: {spot: true}}]}\n",
        // A base that is listed twice is not mixed with another.
        "profiles: {w: {}}\nsubmissions:\n  a: {image: \"x:1\", env: null}\n  b: {extends: [a, a]}\n",
        // A null that is all there is.
        "profiles: {w: {}}\nsubmissions:\n  a:\n    env: null\n",
        // The GPU hides one of the same submission, in which there is more to say.
        "profiles: {w: {}}\nsubmissions:\n  a: {image: \"x:1\", gpuType: t4, cloudConfig: {gpuType: [t4, T4]}}\n",
        "profiles: {w: {spot: true}}\nsubmissions:\n  a:\n    profile: w\n    cloudConfig:\n      spot: true\n",
    ];
    for text in texts {
        let faults = faults(text, &mut BTreeMap::new());
        assert!(faults.is_empty(), "{text}\n{}", faults.concat());
    }
}
