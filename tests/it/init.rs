//! `init`, `completions` and `man`.

use crate::harness::Sandbox;

#[test]
fn the_starter_file_has_nothing_wrong() {
    let sandbox = Sandbox::new(&[]);
    assert_eq!(sandbox.run(&["init"]).code, 0);
    let run = sandbox.run(&["--deny-warnings", "--format", "short", "-q"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert_eq!(sandbox.run(&["resolve"]).code, 0);
    let schema = anycloud_lint::schema::SCHEMA_ID;
    assert!(
        sandbox.read("anycloud.yaml").starts_with(&format!("# yaml-language-server: $schema={schema}\n"))
    );
}

#[test]
fn nothing_is_overwritten() {
    let sandbox = Sandbox::new(&[("anycloud.yaml", "mine"), ("sub/x", "")]);
    let run = sandbox.run(&["init"]);
    assert_eq!((run.code, sandbox.read("anycloud.yaml").as_str()), (2, "mine"));
    assert!(run.err.contains("anycloud.yaml is there already"), "{}", run.err);
    assert_eq!(sandbox.run(&["init", "sub"]).code, 0);
    assert_eq!(sandbox.run(&["sub"]).code, 0);
    assert_eq!(sandbox.run(&["init", "sub"]).code, 2);
    let run = sandbox.run(&["init", "missing/anycloud.yaml"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("no such file or folder"), "{}", run.err);
    assert_eq!(std::fs::read_dir(sandbox.path(".")).unwrap().count(), 2, "nothing half-written is left");
}

#[test]
fn the_other_ending_stands_for_the_same() {
    let sandbox = Sandbox::new(&[("anycloud.yml", "mine"), ("sub/b.anycloud.yaml", "mine")]);
    for args in [&["init"][..], &["init", "."], &["init", "sub/b.anycloud.yml"]] {
        let run = sandbox.run(args);
        assert_eq!(run.code, 2, "{args:?}");
        assert!(run.err.contains(" is there already"), "{}", run.err);
    }
    assert_eq!(sandbox.run(&["init", "c.anycloud.yaml"]).code, 0);
    assert_eq!(sandbox.names(), ["anycloud.yml", "c.anycloud.yaml", "sub"]);
    assert_eq!(sandbox.read("anycloud.yml"), "mine");
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_is_not_followed() {
    let sandbox = Sandbox::new(&[]);
    std::os::unix::fs::symlink("elsewhere.yaml", sandbox.path("anycloud.yaml")).unwrap();
    assert_eq!(sandbox.run(&["init"]).code, 2);
    assert!(!sandbox.path("elsewhere.yaml").exists());
}

#[test]
fn completions_and_the_man_page_know_the_options() {
    let sandbox = Sandbox::new(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = sandbox.run(&["completions", shell]);
        assert_eq!(run.code, 0);
        assert!(run.out.contains("stdin-filename") && run.out.contains("resolve"), "{shell}");
    }
    assert_eq!(sandbox.run(&["completions", "tcsh"]).code, 2);
    let man = sandbox.run(&["man"]);
    assert!(man.out.contains(r"\-\-stdin\-filename") && man.out.contains(r"\-\-provenance"));
    assert!(man.out.contains("EXIT STATUS"));
}
