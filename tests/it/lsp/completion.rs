//! Completion: what can be typed here, and nothing that would be an error.

use anycloud_lint::finding::Severity;
use anycloud_lint::source::Source;
use anycloud_lint::{Settings, lint};
use serde_json::{Value, json};

use super::editor::{Editor, edited, marked};
use crate::harness::{Random, Sandbox, fixtures, read};

/// The items offered at the mark, and the text without it.
fn offered(editor: &mut Editor, text: &str) -> (Vec<Value>, String) {
    let (text, position) = marked(text);
    let uri = editor.open(&text);
    let list = editor.at("textDocument/completion", &uri, &position);
    (list["items"].as_array().unwrap().clone(), text)
}

fn labels(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["label"].as_str().unwrap()).collect()
}

/// The text after an item is taken.
fn taken(text: &str, items: &[Value], label: &str) -> String {
    let item = items.iter().find(|item| item["label"] == label);
    let item = item.unwrap_or_else(|| panic!("no {label} among {:?}", labels(items)));
    edited(text, &[item["textEdit"].clone()])
}

#[test]
fn what_fits_is_offered() {
    let sandbox = Sandbox::new(&[(
        "anycloud-lint.toml",
        "[credentials]\naws-main = 'AWS'\n\"two words\" = 'GCP'\nr2 = 'Cloudflare'\n",
    )]);
    let mut editor = Editor::within(sandbox, json!({}), json!({}));
    let cases: [(&str, &[&str], &[&str]); 27] = [
        ("submissions:\n  a: {}\n  b: {extends: a}\n  c: {}\n  d:\n    extends: ¦", &["a", "b", "c"], &["d"]),
        (
            "submissions:\n  a:\n    extends: ¦\n  b: {extends: [a]}\n  c: {extends: b}\n  d: {}\n",
            &["d"],
            &["a", "b", "c"],
        ),
        ("¦", &["profiles", "version"], &[]),
        ("version: 1\n¦", &["profiles"], &["version"]),
        ("version: ¦", &["1"], &[]),
        (
            "profiles:\n  a:\n    region: us-east-1\n    ¦",
            &["vmType", "gpuType", "spot"],
            &["region", "extends"],
        ),
        ("profiles:\n  a:\n    vmType: g6e.xlarge\n    ¦", &["region"], &["gpuType", "vmType"]),
        ("profiles:\n  .b: {vmType: g6e.xlarge}\n  a:\n    extends: .b\n    ¦", &["region"], &["gpuType"]),
        // The profile that would inherit it has the other one.
        ("profiles:\n  .b:\n    ¦\n  a: {extends: .b, gpuType: h100}\n", &["region", "gpuType"], &["vmType"]),
        ("profiles:\n  a:\n    cloudProvider: ¦", &["AWS", "Azure", "Local"], &["Cloudflare", "Vast"]),
        ("profiles:\n  a:\n    vmType: g6e.xlarge\n    cloudProvider: ¦", &["AWS"], &["GCP", "Azure"]),
        (
            "profiles:\n  a:\n    cloudProvider: AWS\n    region: ¦",
            &["us-east-1"],
            &["us-central1", "westus2"],
        ),
        ("profiles:\n  a:\n    vmType: p5.48xlarge\n    region: us-¦", &["us-east-1"], &["us-central1"]),
        ("profiles:\n  a:\n    region: us-east-1\n    vmType: g6e.¦", &["g6e.xlarge"], &["p5.48xlarge"]),
        (
            "profiles:\n  a:\n    region: us-east-1\n    vmType: [g6e.xlarge, g6e.¦]",
            &["g6e.2xlarge"],
            &["g6e.xlarge"],
        ),
        ("profiles:\n  a:\n    region: us-east-1\n    gpuType: h100¦", &["h100", "h100:8"], &["h100:3"]),
        (
            "profiles:\n  a:\n    region: us-east-1\n    availabilityZone: ¦",
            &["us-east-1a"],
            &["us-east-2a", "1"],
        ),
        ("profiles:\n  a:\n    region: westus2\n    availabilityZone: ¦", &["1", "2"], &["westus2a"]),
        ("profiles:\n  a: {}\n  b: {extends: a}\n  c:\n    extends: ¦", &["a", "b"], &["c"]),
        (
            "profiles:\n  a:\n    extends: ¦\n  b: {extends: a}\n  c: {extends: b}\n  d: {}\n",
            &["d"],
            &["a", "b", "c"],
        ),
        ("profiles:\n  a:\n    extends: [d, ¦]\n  d: {}\n  e: {}\n", &["e"], &["a", "d"]),
        ("profiles:\n  a:\n    credentials: ¦", &["aws-main", "two words"], &["r2"]),
        ("profiles:\n  a:\n    region: us-east-1\n    credentials: ¦", &["aws-main"], &["two words", "r2"]),
        ("profiles:\n  a:\n    inputStorageCredentials: ¦", &["r2", "aws-main"], &[]),
        (
            "profiles:\n  a:\n    credentials: {cloudProvider: Lambda, ¦}",
            &["apiKey"],
            &["secret", "cloudProvider"],
        ),
        ("profiles:\n  a:\n    diskTier: ¦", &["medium", "high", "ultra"], &[]),
        ("profiles:\n  a:\n    cloudProvider: Lambda\n    spot: ¦", &["false"], &["true"]),
    ];
    for (text, expected, unwanted) in cases {
        let (items, _) = offered(&mut editor, text);
        let labels = labels(&items);
        for label in expected {
            assert!(labels.contains(label), "{text:?} lacks {label}: {labels:?}");
        }
        for label in unwanted {
            assert!(!labels.contains(label), "{text:?} has {label}");
        }
    }
}

/// What begins as it was typed comes first, and what two providers call the same is there once.
#[test]
fn the_likely_comes_first() {
    let mut editor = Editor::new();
    let (items, _) = offered(&mut editor, "profiles:\n  a:\n    region: us-e¦");
    assert_eq!(labels(&items)[..2], ["us-east-1", "us-east-2"]);
    assert_eq!(items[0]["detail"], "AWS, north-america; Lambda, north-america");
    assert_eq!(labels(&items).iter().filter(|label| **label == "us-east-1").count(), 1);
    let (items, _) = offered(&mut editor, "profiles:\n  a:\n    region: us-east-1\n    vmType: g6¦");
    assert!(labels(&items)[0].starts_with("g6"), "{:?}", labels(&items));
}

/// A text that is broken where it is being typed is one that is being typed.
#[test]
fn half_typed_text_is_completed() {
    let mut editor = Editor::new();
    for (text, label, after) in [
        ("profiles:\n  a:\n    vmType: g6e.xlarge\n    reg¦\n    spot: true\n", "region", "    region: \n"),
        (
            "profiles:\n  a:\n    region: \"us-ea¦\n    spot: true\n",
            "us-east-1",
            "    region: \"us-east-1\"\n",
        ),
        ("profiles:\n  a:\n    region: 'us¦'\n", "us-east-1", "    region: 'us-east-1'\n"),
        ("profiles:\n  a:\n    region: us-w¦-x # here\n", "us-west-2", "    region: us-west-2 # here\n"),
        ("profiles:\n  a:\n    region:¦\n", "us-east-1", "    region: us-east-1\n"),
        ("profiles:\n  a: {region: us-e¦\n", "us-east-1", "  a: {region: us-east-1\n"),
        ("profiles:\n  a: {reg¦}\n", "region", "  a: {region: }\n"),
        ("profiles:\n  a:\n    reg¦ion: us-east-1\n", "region", "    region: us-east-1\n"),
        ("profiles:\n  a:\n    gpuType:\n      - h100:8\n      - a1¦\n", "a100:8", "      - a100:8\n"),
        ("profiles:\n  a:\n    gpuType:\n      -¦\n", "h100", "      - h100\n"),
        (
            "profiles:\n  a:\n    region: westus2\n    availabilityZone: ¦\n",
            "2",
            "    availabilityZone: \"2\"\n",
        ),
        ("profiles:\n  on: {}\n  a:\n    extends: ¦\n", "on", "    extends: \"on\"\n"),
        ("prof¦", "profiles", "profiles: "),
        ("profiles:\n  a:\n    zz: [\n    disk¦\n  b: {}\n", "diskTier", ""),
    ] {
        let (items, clean) = offered(&mut editor, text);
        if text.contains("zz: [") {
            // Behind an open bracket nothing can be known; it is enough that nothing breaks.
            continue;
        }
        let result = taken(&clean, &items, label);
        assert!(result.contains(after), "{text:?} became {result:?}");
    }
    // What was known before the text broke still counts.
    let uri = editor.open("profiles:\n  .one: {}\n  two:\n    extends: .one\n");
    editor.pulled(&uri);
    editor.change_all(&uri, "profiles: {\n  .one: {}\n  two:\n    extends: \n");
    let list = editor.at("textDocument/completion", &uri, &json!({"line": 3, "character": 13}));
    assert!(list["items"].is_array());
}

#[test]
fn rules_are_completed_in_comments() {
    let mut editor = Editor::new();
    let text = "profiles:\n  a:\n    regoin: x # anycloud-lint: ignore[¦]\n";
    let (items, clean) = offered(&mut editor, text);
    assert_eq!(labels(&items)[0], "unknown-field", "what finds something here comes first");
    let fixed = taken(&clean, &items, "unknown-field");
    assert!(lint(&Source::new("a", fixed), &Settings::default()).is_empty());
    let text = "profiles: # anycloud-lint: ignore-file[AC101, gpu-c¦]\n  a: {}\n";
    let (items, clean) = offered(&mut editor, text);
    assert!(!labels(&items).contains(&"unknown-field"), "it is listed already");
    assert!(taken(&clean, &items, "gpu-count").contains("[AC101, gpu-count]"));
    for text in ["a: 1 # ¦", "a: 1 # anycloud-lint: ¦", "# anycloud-lint: ignore[x] ¦\n"] {
        assert!(offered(&mut editor, text).0.is_empty(), "{text}");
    }
}

#[test]
fn a_space_that_indents_asks_for_nothing() {
    let mut editor = Editor::new();
    let (text, position) = marked("profiles:\n  a:\n   ¦\n");
    let uri = editor.open(&text);
    let params = json!({"textDocument": {"uri": uri}, "position": position,
        "context": {"triggerKind": 2, "triggerCharacter": " "}});
    assert_eq!(editor.request("textDocument/completion", params)["items"], json!([]));
}

fn errors(text: &str) -> Vec<String> {
    let findings = lint(&Source::new("anycloud.yaml", text), &Settings::default());
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| format!("{}: {}", finding.rule.code, finding.message)).collect()
}

/// Every field that is offered can be given one of the values that are offered for it.
#[test]
fn no_offered_field_is_an_error() {
    let mut editor = Editor::new();
    let mut random = Random::new(11);
    let mut tried = 0;
    for file in fixtures(&["valid"]) {
        let source = read(&file);
        let text = source.text();
        if source.start() > 0 || text.contains('\r') {
            continue;
        }
        // Below the first field of a block profile.
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for (number, line) in lines.iter().enumerate() {
            if !line.starts_with("    ")
                || line.starts_with("     ")
                || !line.contains(": ")
                || line.contains(['&', '#', '|', '>', '"', '{', '['])
            {
                continue;
            }
            if random.below(2) == 0 {
                continue;
            }
            let before: String = lines[..=number].concat();
            let rest: String = lines[number + 1..].concat();
            let typed = format!("{before}    \n{rest}");
            let uri = editor.open(&typed);
            let position = json!({"line": number + 1, "character": 4});
            let list = editor.at("textDocument/completion", &uri, &position);
            let items = list["items"].as_array().unwrap().clone();
            if items.is_empty() {
                continue;
            }
            let item = &items[random.below(items.len())];
            let typed = edited(&typed, &[item["textEdit"].clone()]);
            editor.change_all(&uri, &typed);
            let end = 4 + item["textEdit"]["newText"].as_str().unwrap().len();
            let position = json!({"line": number + 1, "character": end});
            let list = editor.at("textDocument/completion", &uri, &position);
            let values = list["items"].as_array().unwrap();
            let Some(value) = values.get(random.below(values.len())) else { continue };
            let after = edited(&typed, &[value["textEdit"].clone()]);
            assert_eq!(
                errors(&after),
                [""; 0],
                "{}: {} {}\n{after}",
                file.display(),
                item["label"],
                value["label"]
            );
            tried += 1;
        }
    }
    assert!(tried > 25, "{tried}");
}
