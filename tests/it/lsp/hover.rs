//! Hover: what is known about the thing under the pointer.

use serde_json::json;

use super::editor::{Editor, marked};
use crate::harness::Sandbox;

const FILE: &str = "\
profiles:
  .base:
    region: us-east-1
    spot: true
    diskTier: high
  mid:
    extends: .base
    minVmCount: 1
  west:
    extends: mid
    region: us-west-2
    spot: null
    vmType: g6e.xlarge
    availabilityZone: us-west-2a
  gpu:
    extends: .base
    gpuType: h100:8
  paid:
    credentials: azure2
    cloudProvider: Azure
  inline:
    credentials: {cloudProvider: Lambda, apiKey: sk-very-secret-value}
    # anycloud-lint: ignore[plaintext-secret]
    inputStorageRegion: eu-west-1
";

/// What is shown at the first place where a piece of the file stands, at its mark.
fn shown(editor: &mut Editor, uri: &str, piece: &str) -> String {
    let plain = piece.replacen('¦', "", 1);
    let (_, position) = marked(&FILE.replacen(&plain, piece, 1));
    let hover = editor.at("textDocument/hover", uri, &position);
    if hover.is_null() {
        return String::new();
    }
    assert_eq!(hover["contents"]["kind"], "markdown");
    assert!(hover["range"].is_object());
    hover["contents"]["value"].as_str().unwrap().to_owned()
}

#[test]
fn hover_tells_what_is_known() {
    let sandbox = Sandbox::new(&[("anycloud-lint.toml", "[credentials]\nazure2 = 'Azure'\n")]);
    let mut editor = Editor::within(sandbox, json!({}), json!({}));
    let uri = editor.open(FILE);
    let cases: [(&str, &[&str]); 16] = [
        ("prof¦iles:", &["The profiles by name"]),
        ("    reg¦ion: us-east-1", &["The region to run in", "`.base` has `us-east-1` (line 3)"]),
        (
            "    reg¦ion: us-west-2",
            &["`west` has `us-west-2` (line 11), in place of `us-east-1` from `.base`"],
        ),
        ("    sp¦ot: null", &["`west` has none: `null` clears it"]),
        ("us-east¦-1", &["a region of AWS", "us-east-1a", "as of 20"]),
        ("vmType: g6e¦.xlarge", &["4 vCPUs", "32 GiB", "L40S", "`us-west-2`", "as of 20"]),
        ("h100¦:8", &["H100", "AWS:", "us-east-1", "as of 20"]),
        ("us-west-2a¦\n", &["a zone of `us-west-2` at AWS"]),
        ("Az¦ure\n", &["regions", "VM types", "as of 20"]),
        ("hi¦gh", &["A fast disk"]),
        ("azu¦re2", &["Saved credentials for Azure"]),
        ("apiK¦ey", &["The API key"]),
        ("inputStorageRegion: eu¦-west-1", &["a place for buckets of AWS"]),
        ("ignore[plain¦text-secret]", &["AC502", "anycloud credentials new"]),
        (
            "we¦st:",
            &[
                "profile `west`",
                "region: us-west-2  # line 11",
                "diskTier: high  # from .base, line 5, through mid",
                "Runs on AWS",
            ],
        ),
        ("extends: m¦id", &["profile `mid`", "minVmCount: 1  # line 8", "spot: true  # from .base, line 4"]),
    ];
    for (piece, expected) in cases {
        let text = shown(&mut editor, &uri, piece);
        for words in expected {
            assert!(text.contains(words), "{piece}: {words} is not in\n{text}");
        }
    }
    for nothing in ["minVmCount: ¦1", "spot: t¦rue", "sk-very¦-secret-value", "  ¦  minVmCount"] {
        assert_eq!(shown(&mut editor, &uri, nothing), "", "{nothing}");
    }
    assert!(!editor.log.contains("sk-very-secret-value"));
    // A file that can't be read has nothing to tell but its comments.
    editor.change_all(&uri, "profiles: {\n");
    assert!(editor.at("textDocument/hover", &uri, &json!({"line": 0, "character": 2})).is_null());
}

#[test]
fn the_resolved_profile_is_shown_on_command() {
    let mut editor = Editor::new();
    let uri = editor.open(FILE);
    let resolve = |name: &str| json!({"command": "anycloud-lint.resolveProfile", "arguments": [uri, name]});
    let text = editor.request("workspace/executeCommand", resolve("west"));
    let expected = "west:\n  region: us-west-2  # line 11\n  availabilityZone: us-west-2a  # line 14\n  \
        vmType: g6e.xlarge  # line 13\n  minVmCount: 1  # from mid, line 8\n  \
        diskTier: high  # from .base, line 5, through mid\n";
    assert_eq!(text, expected);
    assert!(
        editor
            .request("workspace/executeCommand", resolve("inline"))
            .as_str()
            .unwrap()
            .contains("<redacted>")
    );
    let show = json!({"command": "anycloud-lint.showResolvedProfile", "arguments": [uri, "west"]});
    editor.request("workspace/executeCommand", show);
    let message = editor.heard(|said| said["method"] == "window/showMessage");
    assert_eq!(message["params"], json!({"type": 3, "message": expected}));
    assert_eq!(editor.refused("workspace/executeCommand", resolve("nobody")).0, -32803);
    for wrong in [
        json!({"command": "x", "arguments": [uri, "west"]}),
        json!({"command": "anycloud-lint.resolveProfile"}),
    ] {
        assert_eq!(editor.refused("workspace/executeCommand", wrong).0, -32602);
    }
    assert!(!editor.log.contains("sk-very-secret-value"));
}
