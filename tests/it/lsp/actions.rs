//! Code actions: fixes, silence, and changes that change nothing.

use anycloud_lint::resolve::{Options, resolve};
use anycloud_lint::source::Source;
use anycloud_lint::{Settings, analyse, fix, lint};
use serde_json::{Value, json};

use super::editor::{Editor, edited, edits_of};
use crate::harness::{FOLDERS, Random, fixtures, read};

fn position(line: usize, character: usize) -> Value {
    json!({"line": line, "character": character})
}

/// The actions for a line.
fn on_line(editor: &mut Editor, uri: &str, line: usize, only: Value) -> Vec<Value> {
    editor.actions(uri, &position(line, 0), &position(line, 1000), only)
}

fn titled<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    let titles: Vec<&str> = actions.iter().map(|action| action["title"].as_str().unwrap()).collect();
    actions
        .iter()
        .find(|action| action["title"].as_str().unwrap().starts_with(title))
        .unwrap_or_else(|| panic!("{title}: {titles:?}"))
}

#[test]
fn what_is_found_can_be_fixed_or_silenced() {
    let mut editor = Editor::new();
    let text = "profiles:\n  a:\n    vm_type: g6e.xlarge\n    spot: \"true\"\n";
    let uri = editor.open(text);
    let actions = on_line(&mut editor, &uri, 2, Value::Null);
    let fix = actions.iter().find(|action| action["isPreferred"] == true).unwrap();
    assert_eq!(fix["kind"], "quickfix");
    assert_eq!(fix["diagnostics"][0]["code"], "AC101");
    assert!(edited(text, &edits_of(fix, &uri)).contains("    vmType: g6e.xlarge\n"));

    let here = edited(text, &edits_of(titled(&actions, "Ignore `unknown-field` here"), &uri));
    assert!(here.contains("    vm_type: g6e.xlarge  # anycloud-lint: ignore[unknown-field]\n"));
    let file = edited(text, &edits_of(titled(&actions, "Ignore `unknown-field` in this file"), &uri));
    assert!(file.starts_with("# anycloud-lint: ignore-file[unknown-field]\n"));

    let all = on_line(&mut editor, &uri, 0, json!(["source.fixAll.anycloud-lint"]));
    assert_eq!(all.len(), 1);
    assert_eq!(all[0]["kind"], "source.fixAll.anycloud-lint");
    let fixed = edited(text, &edits_of(&all[0], &uri));
    assert_eq!(fixed, "profiles:\n  a:\n    vmType: g6e.xlarge\n    spot: true\n");
    for only in [json!(["source"]), json!(["source.fixAll"])] {
        assert_eq!(on_line(&mut editor, &uri, 0, only).len(), 1);
    }
    assert!(on_line(&mut editor, &uri, 2, json!(["refactor"])).is_empty());
    assert!(
        on_line(&mut editor, &uri, 2, json!(["quickfix"])).iter().all(|action| action["kind"] == "quickfix")
    );
}

/// "Fix all" does what the command line does, whatever the file, and each action leaves a text that can be read.
#[test]
fn actions_do_what_the_command_line_does() {
    let mut editor = Editor::new();
    let (mut fixed, mut silenced) = (0, 0);
    let mut random = Random::new(3);
    for file in fixtures(&FOLDERS) {
        let source = read(&file);
        if source.flaw().is_some() || source.text().replace("\r\n", "").contains('\r') {
            continue;
        }
        let text = source.text();
        let before = analyse(&source, &Settings::default());
        let uri = editor.open(text);
        let lines = text.lines().count();
        let all = editor.actions(&uri, &position(0, 0), &position(lines + 1, 0), json!(["source.fixAll"]));
        match fix::apply(&before, false) {
            Some(expected) => {
                assert_eq!(
                    edited(text, &edits_of(&all[0], &uri)),
                    expected.analysis.source().text(),
                    "{}",
                    file.display()
                );
                fixed += 1;
            }
            None => assert_eq!(all, [json!(null); 0], "{}", file.display()),
        }
        if before.findings().is_empty() || random.below(3) > 0 {
            continue;
        }
        let possible = before.findings().iter().filter_map(|finding| fix::one(&before, finding));
        let possible: Vec<String> = possible.map(|one| one.source().text().to_owned()).collect();
        for action in editor.actions(&uri, &position(0, 0), &position(lines + 1, 0), json!(["quickfix"])) {
            let title = action["title"].as_str().unwrap();
            let after = edited(text, &edits_of(&action, &uri));
            if title.starts_with("Ignore ") {
                let left = lint(&Source::new(source.name(), after.as_str()), &Settings::default());
                assert!(left.len() < before.findings().len(), "{}: {title}", file.display());
                silenced += 1;
            } else {
                let known = possible.contains(&after);
                assert!(known, "{}: {title}\n{after}", file.display());
            }
        }
    }
    assert!(fixed > 20 && silenced > 20, "{fixed} {silenced}");
}

/// All resolved profiles of a text.
fn resolved(text: &str) -> Option<Value> {
    let settings = Settings::default();
    let analysis = analyse(&Source::new("anycloud.yaml", text), &settings);
    let options = Options { show_secrets: true, ..Options::default() };
    Some(resolve(analysis.facts()?, &options))
}

#[test]
fn shared_fields_become_a_template() {
    let mut editor = Editor::new();
    let text = "profiles:\n  # the west\n  west:\n    region: us-west-2\n    spot: true  # cheap\n    \
        vmType:\n      - g6e.xlarge\n      - g5.xlarge\n  also:\n    extends: base\n    spot: true\n    \
        vmType: [g6e.xlarge, g5.xlarge]\n    region: us-west-2\n  base:\n    diskTier: high\n";
    let uri = editor.open(text);
    let actions = editor.actions(&uri, &position(2, 0), &position(10, 0), json!(["refactor.extract"]));
    let action = titled(&actions, "Take out what these 2 profiles share");
    let after = edited(text, &edits_of(action, &uri));
    let expected = "profiles:\n  .shared:\n    region: us-west-2\n    vmType:\n      - g6e.xlarge\n      - g5.xlarge\n    \
        spot: true\n  # the west\n  west:\n    extends: .shared\n    # cheap\n  also:\n    extends: [base, .shared]\n  \
        base:\n    diskTier: high\n";
    assert_eq!(after, expected);
    assert_eq!(resolved(&after), resolved(text));
    assert!(lint(&Source::new("a", after), &Settings::default()).is_empty());
    assert!(
        editor.actions(&uri, &position(2, 0), &position(2, 3), json!(["refactor.extract"])).is_empty(),
        "one profile"
    );
}

#[test]
fn a_base_is_inlined() {
    let mut editor = Editor::new();
    let text = "profiles:\n  .a:\n    region: us-west-2\n    vmType:\n      - g6e.xlarge\n      - g5.xlarge\n  \
        .b: {spot: true}\n  west:\n    extends: [.a, .b]\n    diskTier: high\n";
    let uri = editor.open(text);
    let actions = editor.actions(&uri, &position(8, 14), &position(8, 14), json!(["refactor"]));
    let after = edited(text, &edits_of(titled(&actions, "Inline `.a` into `west`"), &uri));
    let expected = "  west:\n    region: us-west-2\n    vmType:\n      - g6e.xlarge\n      - g5.xlarge\n    \
        extends: [.b]\n    diskTier: high\n";
    assert!(after.ends_with(expected), "{after}");
    assert_eq!(resolved(&after), resolved(text));
    let actions = editor.actions(&uri, &position(7, 2), &position(7, 2), json!(["refactor"]));
    assert!(actions.is_empty(), "not at the profile's name");
}

/// A file of profiles that inherit from each other in every way, and share this and that.
fn family(random: &mut Random) -> String {
    let fields = [
        "region: us-east-1",
        "region: us-west-2",
        "region: null",
        "spot: true",
        "spot: false",
        "diskTier: high",
        "diskSizeGb: 400",
        "gpuType: h100",
        "gpuType: [h100, a100]",
        "minVmCount: 1",
        "vmType:\n      - g6e.xlarge\n      - g5.xlarge",
        "vmType: null",
        "inputBucket: one",
    ];
    let mut text = String::from("profiles:\n");
    let count = 3 + random.below(5);
    for number in 0..count {
        text += &format!("  {}p{number}:\n", if random.below(3) == 0 { "." } else { "" });
        let mut bases: Vec<String> = Vec::new();
        for base in 0..number {
            if random.below(3) == 0 {
                let name = format!("p{base}");
                let is_template = text.contains(&format!("  .{name}:\n"));
                bases.push(if is_template { format!(".{name}") } else { name });
            }
        }
        let mut lines = Vec::new();
        match (bases.as_slice(), random.below(3)) {
            ([], _) => {}
            ([one], 0) => lines.push(format!("extends: {one}")),
            (_, 1) => lines.push(format!("extends:\n      - {}", bases.join("\n      - "))),
            _ => lines.push(format!("extends: [{}]", bases.join(", "))),
        }
        let mut seen = Vec::new();
        for _ in 0..random.below(6) {
            let field = fields[random.below(fields.len())];
            let name = field.split(':').next().unwrap();
            if !seen.contains(&name) {
                seen.push(name);
                lines.push(field.to_owned());
            }
        }
        if lines.is_empty() {
            lines.push("spot: true".into());
        }
        text += &lines.iter().map(|line| format!("    {line}\n")).collect::<String>();
    }
    text
}

/// Neither action changes what any profile comes to, and both are offered where they can be.
#[test]
fn what_profiles_come_to_stays() {
    let mut editor = Editor::new();
    let mut random = Random::new(5);
    let (mut taken, mut inlined) = (0, 0);
    for _ in 0..120 {
        let text = family(&mut random);
        let uri = editor.open(&text);
        let lines = text.lines().count();
        let (one, other) = (random.below(lines), random.below(lines));
        let (start, end) = (position(one.min(other), 0), position(one.max(other), 99));
        for action in editor.actions(&uri, &start, &end, json!(["refactor.extract"])) {
            let after = edited(&text, &edits_of(&action, &uri));
            assert_eq!(resolved(&after), resolved(&text), "{text}\n{after}");
            taken += 1;
        }
        for (number, line) in text.lines().enumerate() {
            let Some(at) =
                line.find('p').filter(|_| line.contains("extends: ") || line.starts_with("      - "))
            else {
                continue;
            };
            let at = position(number, at);
            for action in editor.actions(&uri, &at, &at, json!(["refactor.inline"])) {
                let after = edited(&text, &edits_of(&action, &uri));
                assert_eq!(resolved(&after), resolved(&text), "{text}\n{after}");
                inlined += 1;
            }
        }
    }
    assert!(taken > 8 && inlined > 60, "{taken} {inlined}");
}

/// Moving fields would carry a secret along: then they stay where they are.
#[test]
fn no_action_carries_a_secret() {
    let mut editor = Editor::new();
    let secret = "{cloudProvider: Lambda, apiKey: sk-very-secret-value}";
    let text = format!(
        "profiles:\n  a:\n    credentials: {secret}\n  b:\n    credentials: {secret}\n  c:\n    extends: a\n"
    );
    let uri = editor.open(&text);
    let lines = text.lines().count();
    editor.actions(&uri, &position(0, 0), &position(lines, 0), Value::Null);
    editor.actions(&uri, &position(6, 14), &position(6, 14), Value::Null);
    assert!(!editor.log.contains("sk-very-secret-value"));
}
