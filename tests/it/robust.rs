//! Anything at all as bytes gives findings: never a panic, a place outside the text, or a secret.

use anycloud_lint::finding::Finding;
use anycloud_lint::report::{self, Checked, Format};
use anycloud_lint::source::Source;
use anycloud_lint::{Settings, analyse, fix, lint};
use clap::ValueEnum as _;

use crate::harness::{FOLDERS, Random, fixtures};

/// Lints and fixes a text, and looks at what is found.
fn check(bytes: Vec<u8>) -> Checked {
    let lossy = String::from_utf8_lossy(&bytes).into_owned();
    let source = Source::from_bytes("anycloud.yaml", bytes);
    let analysis = analyse(&source, &Settings::default());
    let length = u32::try_from(source.text().len()).unwrap();
    let is_sound = |finding: &Finding| {
        let labels = finding.labels.iter().map(|label| label.span);
        let edits = finding.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
        std::iter::once(finding.span).chain(labels).chain(edits).all(|span| {
            let text = source.text();
            let on_boundary = [span.start, span.end].into_iter().all(|at| text.is_char_boundary(at as usize));
            span.start <= span.end && span.end <= length && on_boundary
        })
    };
    for finding in analysis.findings() {
        assert!(is_sound(finding), "{finding:?}\n{lossy}");
    }
    fix::apply(&analysis, true);
    Checked::from(analysis)
}

/// Writes a report of every format.
fn report(checked: &[Checked]) {
    for format in Format::value_variants() {
        report::write(*format, &report::Run::new(checked), &mut termcolor::NoColor::new(Vec::new())).unwrap();
    }
}

#[test]
fn damaged_files_do_no_harm() {
    const PIECES: [&str; 24] = [
        "\t", "\n", "\r", "\"", "'", "{", "}", "[", "]", ": ", "- ", "#", "&a ", "*a", "<<: ", "|", ">",
        "\u{feff}", "\0", "\u{2028}", "é", "!!int ", "%", "---\n",
    ];
    let mut random = Random::new(7);
    for file in fixtures(&FOLDERS) {
        let bytes = std::fs::read(&file).unwrap();
        if bytes.len() > 20_000 {
            continue;
        }
        let damaged = (0..6).map(|_| {
            let mut damaged = bytes.clone();
            for _ in 0..=random.below(3) {
                let at = random.below(damaged.len() + 1);
                let end = (at + random.below(6)).min(damaged.len());
                match random.below(4) {
                    0 => drop(damaged.splice(at..end, PIECES[random.below(PIECES.len())].bytes())),
                    1 => drop(damaged.drain(at..end)),
                    2 => damaged.truncate(at),
                    _ => damaged.insert(at, u8::try_from(random.below(256)).unwrap()),
                }
            }
            check(damaged)
        });
        report(&damaged.collect::<Vec<_>>());
    }
}

#[test]
fn odd_texts_do_no_harm() {
    let deep =
        |open: &str, close: &str| format!("profiles: {}{}", open.repeat(100_000), close.repeat(100_000));
    let texts = [
        String::new(),
        "\u{feff}".into(),
        "\u{feff}\u{feff}profiles: {}".into(),
        "-".into(),
        ":".into(),
        "? :".into(),
        "? {a: b}\n: c\nprofiles: {}".into(),
        "<<: [".into(),
        "profiles: *profiles".into(),
        "profiles: &a {b: *a}".into(),
        "profiles: {a: {extends: [a, a, a]}, b: {extends: {}}}".into(),
        "profiles:\n  a:\n    <<: {<<: {<<: {region: 1}}}".into(),
        "profiles:\n  ? [x]\n  : {region: us-east-1}".into(),
        "profiles:\n  a: {? : x, : y}".into(),
        deep("[", "]"),
        deep("{a: ", "}"),
        deep("[", ""),
        format!(
            "profiles:\n{}",
            (0..5000).map(|n| format!("{}- \n", " ".repeat(n % 300))).collect::<String>()
        ),
        format!("{}: x", "k".repeat(200_000)),
        format!("profiles: {{a: {{region: {}}}}}", "x".repeat(200_000)),
        (0..200).map(|n| format!("# comment {n}\n")).collect::<String>()
            + "profiles:\n  a:\n    spot: true\n",
    ];
    report(&texts.map(|text| check(text.into_bytes())));
}

#[test]
fn many_comments_are_no_mistake() {
    let comments: String = (0..500).map(|n| format!("    # comment {n}\n")).collect();
    let source =
        Source::new("a", format!("profiles:\n  a:\n{comments}    spot: true\n{comments}  b: {{}}\n"));
    assert!(lint(&source, &Settings::default()).is_empty());
}

#[test]
fn aliases_that_explode_are_stopped() {
    let mut text = String::from("x-a: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("x-{level}: &a{level} [{aliases}]\n"));
    }
    text.push_str("profiles: {a: {}}\n");
    let findings = lint(&Source::new("a", text), &Settings::default());
    assert_eq!(findings.iter().map(|finding| finding.rule.code).collect::<Vec<_>>(), ["AC005"]);
}

#[test]
fn ten_thousand_in_a_chain_and_a_hundred_thousand_in_a_fan() {
    let chain: String = (0..10_000)
        .map(|n| {
            if n == 0 {
                "  p0: {region: us-east-1}\n".into()
            } else {
                format!("  p{n}: {{extends: p{}}}\n", n - 1)
            }
        })
        .collect();
    let backwards: String =
        (0..10_000).map(|n| format!("  p{n}: {{extends: p{}}}\n", n + 1)).collect::<String>()
            + "  p10000: {}\n";
    let fan: String = (0..100_000).map(|n| format!("  p{n}: {{extends: base}}\n")).collect();
    let fan = format!("  base: {{vmType: g6e.xlarge, gpuType: l40s}}\n{fan}");
    for (text, expected) in [(chain, 0), (backwards, 0), (fan, 1)] {
        let findings = lint(&Source::new("a", format!("profiles:\n{text}")), &Settings::default());
        assert_eq!(findings.len(), expected, "{:?}", findings.first());
    }
}

#[test]
fn a_broken_base_is_one_finding_whoever_extends_it() {
    let heirs: String = (0..500).map(|n| format!("  p{n}: {{extends: base, maxVmCount: {n}}}\n")).collect();
    let text = format!("profiles:\n  base:\n    region: 1\n    spot: yes\n    minVmCount: x\n{heirs}");
    let findings = lint(&Source::new("a", text), &Settings::default());
    let codes: Vec<&str> = findings.iter().map(|finding| finding.rule.code).collect();
    assert_eq!(codes, ["AC102", "AC006", "AC102"]);
}

#[test]
fn a_file_that_is_one_line_is_not_printed_for_each_finding() {
    let profiles: Vec<String> = (0..2000).map(|n| format!("p{n}: {{regoin: x}}")).collect();
    let source = Source::new("a", format!("profiles: {{{}}}", profiles.join(", ")));
    let checked = [Checked::from(analyse(&source, &Settings::default()))];
    let mut out = termcolor::NoColor::new(Vec::new());
    report::write(Format::Human, &report::Run::new(&checked), &mut out).unwrap();
    let text = String::from_utf8(out.into_inner()).unwrap();
    assert!(text.contains("= at a:1:17\n") && text.len() < 1_000_000, "{} bytes", text.len());
}
