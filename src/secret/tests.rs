use super::*;

fn secrets(text: &str) -> (Source, Secrets) {
    let source = Source::new("a", text);
    let tree = crate::yaml::parse(&source).0;
    let secrets = Secrets::find(&source, tree.as_ref());
    (Source::new("a", text), secrets)
}

fn mask(text: &str) -> String {
    let (source, secrets) = secrets(text);
    secrets.masked(&source)
}

#[test]
fn masks_by_the_tree() {
    let text = "c: {secretAccessKey: \"abc\", accessKeyID: x}\nd: AKIAIOSFODNN7EXAMPLE # apiKey: zzz\n";
    let masked = "c: {secretAccessKey: *****, accessKeyID: x}\nd: ******************** # apiKey: ***\n";
    assert_eq!(mask(text), masked);
}

#[test]
fn masks_what_can_not_be_read() {
    let text = "a:\n  secret_acess_key: \"abc\n  privateKey: |\n    one\n    two\n  region: x\n";
    let masked = "a:\n  secret_acess_key: ****\n  privateKey: *\n    ***\n    ***\n  region: x\n";
    let source = Source::new("a", text.replace("\"abc", "'abc'"));
    assert_eq!(Secrets::find(&source, None).masked(&source), masked.replace("****\n", "*****\n"));
    let source = Source::new("a", text);
    let shown = Secrets::find(&source, None).masked(&source);
    assert!(!shown.contains("abc") && !shown.contains("one") && !shown.contains("two"), "{shown}");
}

#[test]
fn in_a_credential_object_only_the_harmless_is_shown() {
    let text = "profiles:\n  a:\n    credentials: {cloudProvider: AWS, token: abc, what: [b, {c: d}], region: eu-west-1}\n";
    let masked = "profiles:\n  a:\n    credentials: {cloudProvider: AWS, token: ***, what: [*, {c: *}], region: eu-west-1}\n";
    assert_eq!(mask(text), masked);
    // What a merge brings in, and what stands behind a mark.
    let text = "x: &x {foo: abc}\ncreds: {<<: *x, apiKey: *hunter2, b: !tag e, c: &f null, accountId: g}\n";
    let masked = "x: &x {foo: ***}\ncreds: {<<: *x, apiKey: ********, b: **** *, c: ** null, accountId: g}\n";
    assert_eq!(mask(text), masked);
}

#[test]
fn a_profile_is_no_credential_object() {
    let text = "profiles:\n  token: {image: abc, password: abc, spot: true}\n";
    let masked = "profiles:\n  token: {image: abc, password: ***, spot: true}\n";
    assert_eq!(mask(text), masked);
}

#[test]
fn what_is_secret_in_one_place_is_so_in_another() {
    let text = "a: {apiKey: Hunter2_x}\nb: \"hunter2_x \\x48unter2_x\"\nhunter2_X: c\n";
    let masked = "a: {apiKey: *********}\nb: ********** *************\n*********: c\n";
    assert_eq!(mask(text), masked);
}

#[test]
fn words_of_the_catalog_stay() {
    let text = "a: {apiKey: abcdef, where: us-east-1, vm: g6e.xlarge}\nregion: us-east-1\n";
    assert_eq!(mask(text), text.replace("abcdef", "******"));
}

#[test]
fn the_longest_secret_counts() {
    let (_, secrets) = secrets("a: {apiKey: hunter2, apiToken: hunter2SUPERSECRET}\n");
    assert_eq!(secrets.redact("`hunter2SUPERSECRET` and `hunter2`"), "`<redacted>` and `<redacted>`");
    assert_eq!(secrets.redact("at https://me:pw@host"), "at https://<redacted>@host");
}

#[test]
fn a_second_document_is_masked_too() {
    let text = "a: b\n---\ncredentials:\n  foo: abc\n  apiKey: def\n  accountId: g\n";
    let masked = "a: b\n---\ncredentials:\n  foo: ***\n  apiKey: ***\n  accountId: g\n";
    assert_eq!(mask(text), masked);
}

#[test]
fn a_long_secret_is_found_again_whole() {
    for length in [255, 256, 261, 262, 600] {
        let secret: String =
            ('a'..='z').cycle().take(length).map(|c| if c == 'q' { 'é' } else { c }).collect();
        let text = format!("a: {{apiKey: {secret}}}\nb: x-{secret}-x\n");
        let shown = mask(&text);
        let (_, again) = shown.split_once("b: ").unwrap_or_default();
        assert_eq!(again, format!("x-{}-x\n", "*".repeat(secret.len())), "{length}");
    }
}

#[test]
fn an_image_can_hold_a_password_and_a_command_too() {
    for (text, masked) in [
        ("image: me:hunter2@ghcr.io/x:1\n", "image: me:*******@ghcr.io/x:1\n"),
        (
            "image: x:1@sha256:0123456789abcdef0123456789abcdef\n",
            "image: x:1@sha256:0123456789abcdef0123456789abcdef\n",
        ),
        ("image: ghcr.io/x:1\n", "image: ghcr.io/x:1\n"),
        ("command: [a, --password, hunter2]\n", "command: [a, --password, *******]\n"),
        ("command: [a, --password, hunter2\n", "command: [a, --password, *******\n"),
        ("command: [a, --token, $TOKEN]\n", "command: [a, --token, $TOKEN]\n"),
        ("command: [a, --token, \"${TOKEN}\"]\n", "command: [a, --token, \"${TOKEN}\"]\n"),
        ("command: [a, --token, $(cat token)]\n", "command: [a, --token, $(cat token)]\n"),
        ("command: [a, --password, $ecr3t!]\n", "command: [a, --password, *******]\n"),
        ("command: [a, --password, $ecr3t!\n", "command: [a, --password, *******\n"),
        (
            "command: [a, --sort-key, accuracy, --tokenizer, gpt2]\n",
            "command: [a, --sort-key, accuracy, --tokenizer, gpt2]\n",
        ),
        ("secrets: [hf-token]\n", "secrets: [hf-token]\n"),
        ("env: [{name: HF_TOKEN, value: hunter2}]\n", "env: [{name: HF_TOKEN, value: *******}]\n"),
    ] {
        assert_eq!(mask(text), masked);
    }
}
