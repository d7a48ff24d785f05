//! What people see: every wrong fixture as `anycloud-lint` prints it.

use crate::harness::{fixtures, root, run};

fn snapshots(folder: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("fixtures").join(folder).join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for file in fixtures(&[folder]) {
            let path = file.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            let name = path.rsplit('/').next().unwrap().trim_end_matches(".yaml");
            let run = run(&[path.as_str()]);
            assert!(run.code < 2, "{path}");
            insta::assert_snapshot!(name, run.out);
        }
    });
}

#[test]
fn wrong_files() {
    snapshots("wrong");
}

#[test]
fn files_with_impossible_places_and_hardware() {
    snapshots("catalog");
}
