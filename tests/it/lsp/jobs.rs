//! Submissions in the editor: what can be typed in them, what they come to, and the names that they use.

use serde_json::{Value, json};

use super::editor::{Editor, edited, edits_of, marked};

const FILE: &str = "\
profiles:
  .aws: {credentials: my-aws, spot: true}
  east:
    extends: .aws
    region: us-east-1
  west: {extends: .aws, region: us-west-2}
  paris: {region: francecentral, vmType: Standard_NC16as_T4_v3}
submissions:
  .train:
    image: ghcr.io/acme/train:1.4
    env: {LR: \"0.1\"}
  grid:
    extends: .train
    matrix:
      profile: [west, east]
      gpuType: [\"h100:8\", \"a100:8\"]
  sweep:
    extends: .train
    fanOut:
      - profile: west
        cloudConfig:
          availabilityZone: us-west-2a
      - {profile: east, cloudConfig: {spot: false, diskTier: high}}
  far:
    extends: grid
    matrix: {profile: [paris]}
";

/// The position of the mark in a piece of the file.
fn at(piece: &str) -> Value {
    let plain = piece.replacen('¦', "", 1);
    assert!(FILE.contains(&plain), "{plain}");
    marked(&FILE.replacen(&plain, piece, 1)).1
}

fn labels(editor: &mut Editor, text: &str) -> Vec<String> {
    let (text, position) = marked(text);
    let uri = editor.open(&text);
    let list = editor.at("textDocument/completion", &uri, &position);
    let items = list["items"].as_array().unwrap().iter();
    items.map(|item| item["label"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_fits_a_job_is_offered() {
    let mut editor = Editor::new();
    let with = |piece: &str, other: &str| {
        assert!(FILE.contains(piece), "{piece}");
        FILE.replacen(piece, other, 1)
    };
    let cases: [(String, &[&str], &[&str]); 18] = [
        (
            with("  far:\n", "  far:\n    ¦\n"),
            &["image", "env", "cloudConfig", "id"],
            &["extends", "matrix", "fanOut"],
        ),
        // Nothing that leads back, and nothing that leaves the jobs without what they need.
        (with("extends: grid\n", "extends: ¦\n"), &["grid", ".train"], &["far"]),
        (with("profile: [west, east]", "profile: [west, ¦]"), &["east", ".aws"], &["west", "grid", "paris"]),
        (with("- profile: west\n", "- profile: ¦\n"), &["west"], &["east", "paris", "sweep"]),
        (with("\"a100:8\"]", "¦]"), &["a100:8", "v100:8"], &["h100:8", "h100:3"]),
        (with("us-west-2a", "¦"), &["us-west-2a", "us-west-2b"], &["us-east-1a", "1"]),
        (
            with("          availabilityZone: us-west-2a\n", "          ¦\n"),
            &["region", "vmType", "spot"],
            &["extends", "image"],
        ),
        (
            with("          availabilityZone: us-west-2a\n", "          region: ¦\n"),
            &["us-east-1"],
            &["nowhere"],
        ),
        (with("diskTier: high", "diskTier: ¦"), &["medium", "ultra"], &["us-east-1"]),
        (
            with("      - profile: west\n", "      - profile: west\n        ¦\n"),
            &["env", "gpuType"],
            &["profile", "cloudConfig", "fanOut", "matrix"],
        ),
        (
            with("profile: [west, east]\n", "profile: [west, east]\n      ¦\n"),
            &["env", "id"],
            &["profile", "gpuType", "deployment", "extends"],
        ),
        (with("    image: ghcr", "    deployment: x\n    ¦\n    x-image: ghcr"), &["timeLimit"], &["image"]),
        (with("{LR: \"0.1\"}", "{}\n    dockerOptions: {¦}"), &["shmSize"], &["LR"]),
        // What the matrix has: anything else would exclude nothing.
        (
            with("  sweep:\n", "    exclude:\n      - {¦}\n  sweep:\n"),
            &["profile", "gpuType"],
            &["env", "id"],
        ),
        (
            with("  sweep:\n", "    exclude:\n      - {profile: east, gpuType: ¦}\n  sweep:\n")
                .replace("  far:\n    extends: grid\n", "  far:\n    extends: .train\n"),
            &["h100:8", "a100:8"],
            &["t4", "v100:8"],
        ),
        (
            with("  sweep:\n", "    exclude:\n      - profile: ¦\n  sweep:\n"),
            &["west", "east"],
            &["paris", ".aws"],
        ),
        // Lines below that belong to the key must be right for another one.
        (
            with("    matrix:\n      profile: [west", "    ¦matrix:\n      profile: [west"),
            &["matrix"],
            &["fanOut", "image"],
        ),
        (
            with("    fanOut:\n      - profile: west\n", "    ¦fanOut:\n      - profile: west\n"),
            &["fanOut"],
            &["command", "env"],
        ),
    ];
    let mut wrong = Vec::new();
    for (text, expected, unwanted) in cases {
        let labels = labels(&mut editor, &text);
        let is_there = |label: &&&str| labels.iter().any(|known| known == **label);
        let lacking: Vec<_> = expected.iter().filter(|label| !is_there(label)).collect();
        let present: Vec<_> = unwanted.iter().filter(is_there).collect();
        if !lacking.is_empty() || !present.is_empty() {
            let line = text.lines().find(|line| line.contains('¦')).unwrap().to_owned();
            wrong.push(format!("{line}: lacks {lacking:?}, has {present:?}: {labels:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn hover_shows_jobs() {
    let mut editor = Editor::new();
    let uri = editor.open(FILE);
    let mut shown = |piece: &str| {
        let hover = editor.at("textDocument/hover", &uri, &at(piece));
        hover["contents"]["value"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(
        shown("  swe¦ep:\n"),
        "**submission `sweep`**, 2 jobs\n\n```yaml\n\
        sweep-1:\n  image: ghcr.io/acme/train:1.4\n  env: {LR: \"0.1\"}\n  cloudConfig:\n    \
        region: us-west-2  # from west, line 6\n    availabilityZone: us-west-2a  # line 22\n    \
        credentials: my-aws  # from .aws, line 2, through west\n    spot: true  # from .aws, line 2, through west\n\
        sweep-2:\n  image: ghcr.io/acme/train:1.4\n  env: {LR: \"0.1\"}\n  cloudConfig:\n    \
        region: us-east-1  # from east, line 5\n    credentials: my-aws  # from .aws, line 2, through east\n    \
        spot: false  # line 23\n    diskTier: high  # line 23\n```\n"
    );
    let grid = shown("extends: gr¦id");
    assert!(grid.starts_with("**submission `grid`**, 4 jobs\n") && grid.contains("# and 1 more\n"), "{grid}");
    assert_eq!(shown("extends: .tr¦ain"), "**template `.train`**, for submissions to extend");
    assert!(shown("profile: we¦st").starts_with("**profile `west`**, resolved\n"));
    assert!(shown("us-west-2¦a").starts_with("**`us-west-2a`**, a zone of `us-west-2` at AWS"));
    assert!(shown("\"h10¦0:8\"").starts_with("**H100**, NVIDIA"));
    assert!(shown("    mat¦rix:").starts_with("**`matrix`**\n"));
    assert!(shown("{spo¦t: false").starts_with("**`spot`**\n"));
}

#[test]
fn names_in_jobs_lead_somewhere_and_can_be_changed() {
    let mut editor = Editor::new();
    let uri = editor.open(FILE);
    let found = editor.at("textDocument/definition", &uri, &at("profile: [we¦st"));
    assert_eq!(found[0]["range"]["start"], json!({"line": 5, "character": 2}));
    let params = json!({"textDocument": {"uri": uri}, "position": at("  we¦st: {"), "newName": "oregon"});
    let edit = editor.request("textDocument/rename", params);
    let after = edited(FILE, &edits_of(&json!({"edit": edit}), &uri));
    assert_eq!(after, FILE.replace(" west", " oregon").replace("[west", "[oregon"));
    let params = json!({"textDocument": {"uri": uri}, "position": at("  gr¦id:"), "newName": "wide"});
    let edit = editor.request("textDocument/rename", params);
    assert_eq!(edited(FILE, &edits_of(&json!({"edit": edit}), &uri)), FILE.replace("grid", "wide"));
}

#[test]
fn the_outline_and_lenses_count_jobs() {
    let mut editor = Editor::new();
    let uri = editor.open(FILE);
    let whole = json!({"textDocument": {"uri": uri}});
    let symbols = editor.request("textDocument/documentSymbol", whole.clone());
    let details: Vec<&Value> =
        symbols[1]["children"].as_array().unwrap().iter().map(|symbol| &symbol["detail"]).collect();
    let expected = [
        json!(null),
        json!("extends .train, 4 jobs"),
        json!("extends .train, 2 jobs"),
        json!("extends grid"),
    ];
    assert_eq!(details, expected.iter().collect::<Vec<_>>());
    let lenses = editor.request("textDocument/codeLens", whole);
    let titles: Vec<&str> =
        lenses.as_array().unwrap().iter().map(|lens| lens["command"]["title"].as_str().unwrap()).collect();
    let expected = [
        "2 profiles extend this",
        "2 submissions use it",
        "2 submissions use it",
        "1 submission uses it",
        "4 jobs",
        "2 jobs",
        "1 job",
    ];
    assert_eq!(titles, expected);
    let command = &lenses[4]["command"];
    let params = json!({"command": "anycloud-lint.resolveProfile", "arguments": command["arguments"]});
    let text = editor.request("workspace/executeCommand", params);
    assert!(text.as_str().unwrap().starts_with("grid-1:\n  image: ghcr.io/acme/train:1.4\n"), "{text}");
    let template =
        json!({"command": "anycloud-lint.resolveProfile", "arguments": [uri, ".train", "submissions"]});
    assert_eq!(editor.request("workspace/executeCommand", template), "# no jobs are known\n");
}

#[test]
fn jobs_of_a_name_that_is_a_secret_are_shown_under_its_mask() {
    let mut editor = Editor::new();
    let text = "profiles:\n  a: {credentials: {cloudProvider: Lambda, apiKey: Zq7vX9kLm2Wp}}\nsubmissions:\n  Zq7vX9kLm2Wp: {image: i, profile: a}\n";
    let uri = editor.open(text);
    let lenses = editor.request("textDocument/codeLens", json!({"textDocument": {"uri": uri}}));
    let arguments = &lenses[1]["command"]["arguments"];
    let params = json!({"command": "anycloud-lint.resolveProfile", "arguments": arguments});
    let text = editor.request("workspace/executeCommand", params).to_string();
    assert!(
        text.contains("image: i") && !text.contains("Zq7v") && !arguments.to_string().contains("Zq7v"),
        "{text}"
    );
}

#[test]
fn what_is_wrong_in_a_job_can_be_fixed() {
    let mut editor = Editor::new();
    let text = FILE.replace("profile: west\n", "profile: wset\n");
    let uri = editor.open(&text);
    let found = editor.pulled(&uri);
    assert_eq!(found[0]["code"], "AC701");
    let actions = editor.actions(&uri, &found[0]["range"]["start"], &found[0]["range"]["end"], json!(null));
    let titles: Vec<&str> = actions.iter().map(|action| action["title"].as_str().unwrap()).collect();
    assert!(titles.iter().any(|title| title.starts_with("Ignore `unknown-profile` here")), "{titles:?}");
}
