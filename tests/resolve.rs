//! What `anycloud-lint resolve` prints.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::format_push_string,
    clippy::format_collect,
    reason = "tests"
)]

mod common;

use common::{code, fixtures, root, run, stderr, stdout};

#[test]
fn fixtures_resolve_to_the_expected_bytes() {
    let mut wrong = Vec::new();
    let expectations = ["valid", "wrong"].iter().flat_map(|folder| fixtures(folder, ".resolved.json"));
    for expected in expectations {
        let file = expected.to_string_lossy().replace(".resolved.json", ".yaml");
        let output = run(["resolve", &file]);
        let wanted = std::fs::read_to_string(&expected).unwrap();
        if stdout(&output) != wanted {
            wrong.push(format!("{file}\n{}\nwanted\n{wanted}{}", stdout(&output), stderr(&output)));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_file_with_errors_resolves_to_nothing() {
    let file = root().join("fixtures/wrong/ac301-both-set.yaml");
    let output = run(["resolve".as_ref(), file.as_os_str()]);
    assert_eq!((code(&output), stdout(&output)), (1, String::new()));
    assert!(stderr(&output).contains("error[AC301]"));
}
