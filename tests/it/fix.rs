//! What `--fix` leaves behind.

use std::path::Path;

use anycloud_lint::{Settings, fix, yaml};

use crate::harness::{FOLDERS, expectations, fixtures, read};

#[test]
fn fixtures_are_fixed_to_the_expected_bytes() {
    let mut wrong = Vec::new();
    for expected in expectations(&FOLDERS, ".fixed.yaml") {
        let file = expected.to_string_lossy().replace(".fixed.yaml", ".yaml");
        let fixed = fix::apply(read(Path::new(&file)), &Settings::default(), false);
        let wanted = String::from_utf8(std::fs::read(&expected).unwrap()).unwrap();
        if fixed.source.text() != wanted {
            wrong.push(format!("{file}\n{}\nwanted\n{wanted}", fixed.source.text()));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn fixes_of_every_fixture_come_to_an_end_and_leave_text_that_can_be_read() {
    for file in fixtures(&FOLDERS) {
        let source = read(&file);
        if source.flaw().is_some() || yaml::parse(&source).0.is_none() {
            continue;
        }
        for with_unsafe in [false, true] {
            let fixed = fix::apply(read(&file), &Settings::default(), with_unsafe);
            assert!(yaml::parse(&fixed.source).0.is_some(), "{}", file.display());
            let text = fixed.source.text().to_owned();
            let again = fix::apply(fixed.source, &Settings::default(), with_unsafe);
            assert_eq!((again.count, again.source.text()), (0, text.as_str()), "{}", file.display());
        }
    }
}
