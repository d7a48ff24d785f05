//! What `--fix` leaves behind.

use std::path::Path;

use anycloud_lint::source::Source;
use anycloud_lint::{Settings, analyse, fix, yaml};

use crate::harness::{FOLDERS, expectations, fixtures, read};

/// How many fixes are applied, and the text then.
fn fix(source: &Source, with_unsafe: bool) -> (usize, Source) {
    let fixed = fix::apply(&analyse(source, &Settings::default()), with_unsafe);
    fixed.map_or((0, source.clone()), |fixed| (fixed.count, fixed.analysis.source().clone()))
}

#[test]
fn fixtures_are_fixed_to_the_expected_bytes() {
    let mut wrong = Vec::new();
    for expected in expectations(&FOLDERS, ".fixed.yaml") {
        let file = expected.to_string_lossy().replace(".fixed.yaml", ".yaml");
        let (_, fixed) = fix(&read(Path::new(&file)), false);
        let wanted = String::from_utf8(std::fs::read(&expected).unwrap()).unwrap();
        if fixed.text() != wanted {
            wrong.push(format!("{file}\n{}\nwanted\n{wanted}", fixed.text()));
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
            let (_, fixed) = fix(&source, with_unsafe);
            assert!(yaml::parse(&fixed).0.is_some(), "{}", file.display());
            assert_eq!(fix(&fixed, with_unsafe).0, 0, "{}", file.display());
        }
    }
}

#[test]
fn what_is_put_in_has_the_line_breaks_of_the_file() {
    let text = "profiles:\n  base:\n    vmType: g5.xlarge\n  train:\n    extends: base\n    gpuType: h100\n";
    for newline in ["\n", "\r\n", "\r"] {
        let source = Source::new("anycloud.yaml", text.replace('\n', newline));
        let fixed = fix::apply(&analyse(&source, &Settings::default()), true).unwrap();
        let wanted = text.replace("    gpuType", "    vmType: null\n    gpuType").replace('\n', newline);
        assert_eq!(fixed.analysis.source().text(), wanted);
    }
}
