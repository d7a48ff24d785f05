//! What runs for us elsewhere: actions are pinned by hash, and no step leaves a token lying about.

use crate::harness::root;

#[test]
fn actions_are_pinned_and_keep_no_credentials() {
    let mut files = vec![root().join("action.yml")];
    files.extend(
        std::fs::read_dir(root().join(".github/workflows")).unwrap().map(|entry| entry.unwrap().path()),
    );
    assert!(files.len() > 2);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let value: serde_json::Value = serde_yaml::from_str(&text).unwrap();
        let jobs = value["jobs"].as_object().into_iter().flat_map(|jobs| jobs.values());
        let lists = jobs.map(|job| &job["steps"]).chain([&value["runs"]["steps"]]);
        for step in lists.filter_map(|steps| steps.as_array()).flatten() {
            let Some(action) = step["uses"].as_str() else { continue };
            let (name, version) = action.split_once('@').unwrap();
            let is_hash = version.len() == 40 && version.bytes().all(|byte| byte.is_ascii_hexdigit());
            assert!(is_hash || name.starts_with("./"), "{}: {action}", file.display());
            let tag = text.lines().find(|line| line.contains(version)).unwrap();
            assert!(tag.contains(&format!("{version} # v")), "{tag}: say which version that is");
            if name == "actions/checkout" {
                assert_eq!(step["with"]["persist-credentials"], false, "{}", file.display());
            }
        }
    }
}
