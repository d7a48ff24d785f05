//! What `anycloud-lint resolve` prints.

use crate::harness::{FOLDERS, expectations, root, run};

#[test]
fn fixtures_resolve_to_the_expected_bytes() {
    let mut wrong = Vec::new();
    for expected in expectations(&FOLDERS, ".resolved.json") {
        let file = expected.to_string_lossy().replace(".resolved.json", ".yaml");
        let run = run(&["resolve", &file]);
        let wanted = std::fs::read_to_string(&expected).unwrap();
        if run.out != wanted {
            wrong.push(format!("{file}\n{}\nwanted\n{wanted}{}", run.out, run.err));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_file_with_errors_resolves_to_nothing() {
    let file = root().join("fixtures/wrong/ac301-both-set.yaml");
    let run = run(&["resolve", file.to_str().unwrap()]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("error[AC301]"));
}
