//! The published schemas: what the code generates, and what the program writes and reads.

use crate::harness::{FOLDERS, Sandbox, fixtures, root, run};
use serde_json::Value;

fn published(name: &str) -> Value {
    let path = root().join("schemas").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert!(text.ends_with("}\n"), "{name} ends with a line break");
    serde_json::from_str(&text).unwrap()
}

#[test]
fn the_published_schemas_are_the_codes() {
    let generated = [
        ("anycloud.schema.json", anycloud_lint::schema::schema()),
        ("anycloud-lint.schema.json", anycloud_lint::config::schema()),
        ("findings.schema.json", anycloud_lint::report::findings_schema()),
    ];
    for (name, schema) in generated {
        assert!(published(name) == schema, "{name} has changed: run `cargo xtask generate`");
        assert!(jsonschema::meta::is_valid(&schema), "{name} is no schema");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert!(schema["$id"].as_str().unwrap().ends_with(name));
    }
}

#[test]
fn the_command_prints_the_published_schemas() {
    let sandbox = Sandbox::new(&[]);
    let printed = |args: &[&str]| -> Value { serde_json::from_str(&sandbox.run(args).out).unwrap() };
    assert!(printed(&["schema"]) == published("anycloud.schema.json"));
    assert!(printed(&["schema", "--for", "profiles"]) == published("anycloud.schema.json"));
    assert!(printed(&["schema", "--for", "config"]) == published("anycloud-lint.schema.json"));
    assert!(printed(&["schema", "--for", "findings"]) == published("findings.schema.json"));
}

#[test]
fn json_output_follows_its_schema() {
    let validator = jsonschema::validator_for(&published("findings.schema.json")).unwrap();
    let files: Vec<String> =
        fixtures(&FOLDERS).iter().map(|file| file.to_string_lossy().into_owned()).collect();
    let mut args = vec!["--format", "json", "--no-config"];
    args.extend(files.iter().map(String::as_str));
    let output: Value = serde_json::from_str(&run(&args).out).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&output).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(errors, [""; 0]);
    assert!(output["findings"].as_array().unwrap().len() > 100);

    let sandbox = Sandbox::new(&[("anycloud.yaml", "profiles: {a: {}}")]);
    let clean: Value = serde_json::from_str(&sandbox.run(&["--format", "json"]).out).unwrap();
    assert!(validator.is_valid(&clean));
    assert!(!validator.is_valid(&serde_json::json!({"version": 2})));
    // Closed sets are closed.
    for (pointer, word) in [("/severity", "fatal"), ("/fix/applicability", "maybe")] {
        let mut changed = output.clone();
        let mut findings = changed["findings"].as_array_mut().unwrap().iter_mut();
        *findings.find_map(|finding| finding.pointer_mut(pointer)).unwrap() = word.into();
        assert!(!validator.is_valid(&changed), "{pointer}");
    }
}

/// The schema and the reader accept and refuse the same configurations.
#[test]
fn the_configuration_schema_agrees_with_the_reader() {
    let validator = jsonschema::validator_for(&published("anycloud-lint.schema.json")).unwrap();
    let contract = "[lint]\nselect = ['AC']\nignore = ['redundant-override']\n[lint.severity]\n\
        plaintext-secret = 'error'\n[files]\ninclude = ['deploy/*.yaml']\nexclude = ['fixtures/**']\n[credentials]\n\
        azure2 = 'Azure'\ngcp-prod = 'GCP'\nr2 = 'Cloudflare'\n[catalog.AWS]\nregions = ['us-central-9']\n\
        vm-types = ['p9.48xlarge']\n";
    let configs = [
        (contract, true),
        ("", true),
        ("[lint]\n[files]\n[credentials]\n[catalog.GCP]\n", true),
        ("[lint.severity]\nAC3 = 'note'\nAC301 = 'warning'\n", true),
        ("[lint]\nselect = []\n", false),
        ("[lint]\nselect = ['AC777']\n", false),
        ("[lint]\nselect = 'AC'\n", false),
        ("[lint]\nselct = ['AC']\n", false),
        ("[lint.severity]\nAC301 = 'off'\n", false),
        ("[lint.severity]\nno-such-rule = 'note'\n", false),
        ("[files]\ninclude = [1]\n", false),
        ("[credentials]\na = 'aws'\n", false),
        ("[credentials]\na = 'Local'\n", false),
        ("[catalog.Vast]\nregions = []\n", false),
        ("[catalog.AWS]\nvm_types = []\n", false),
    ];
    for (text, is_sound) in configs {
        let value = serde_json::to_value(toml::from_str::<toml::Value>(text).unwrap()).unwrap();
        assert_eq!(validator.is_valid(&value), is_sound, "schema: {text}");
        let read = anycloud_lint::config::Config::read("anycloud-lint.toml", text);
        assert_eq!(read.is_ok(), is_sound, "reader: {text}: {read:?}");
    }
}
