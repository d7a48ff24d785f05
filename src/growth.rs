//! No shape of file takes more than work in proportion to its length: reading, checking, masking, reporting, fixing,
//! silencing and resolving. Work is counted, not timed.

use std::fmt::Write as _;

use crate::emit::Wanted;
use crate::emit::args::{self, Dialect};
use crate::emit::python::{self, Generation};
use crate::facts::Facts;
use crate::report::{self, Checked, Format, Run};
use crate::secret::Secrets;
use crate::source::Source;
use crate::submission::Job;
use crate::{Settings, analyse, fix, resolve, silence, work};

/// How much of what there is: the second has four times as much as the first.
const SMALL: usize = 60;
const LARGE: usize = 4 * SMALL;

/// The most work for a byte: what is linear can still take too long.
const MOST: usize = 3_000;

/// A shape with some of everything that is not the same in it.
type Shape = (&'static str, fn(usize) -> String);

/// As many lines as there are of something.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(|number| line(number) + "\n").collect()
}

fn profiles(count: usize, line: impl Fn(usize) -> String) -> String {
    "profiles:\n".to_owned() + &lines(count, |number| format!("  {}", line(number)))
}

fn list(count: usize, item: impl Fn(usize) -> String) -> String {
    format!("[{}]", (0..count).map(item).collect::<Vec<_>>().join(", "))
}

const SHAPES: [Shape; 81] = [
    ("unknown bases", |n| profiles(n, |i| format!("p{i}: {{extends: nobody{:05}}}", i * 7919 % 99991))),
    ("bases one edit away", |n| {
        profiles(n, |i| format!("profile-{i:05}: {{extends: profil-{:05}}}", i * 31 % n))
    }),
    ("merged keys", |n| {
        let (a, b) = (lines(n, |i| format!("  k{i}: 1")), lines(n, |i| format!("  j{i}: 1")));
        format!("x-a: &a\n{a}x-b:\n  <<: *a\n{b}profiles: {{a: {{}}}}\n")
    }),
    ("merges of one mapping", |n| {
        "profiles:\n  a: &a {spot: true, region: us-nowhere-1}\n".to_owned()
            + &lines(n, |i| format!("  p{i}: {{<<: *a}}"))
    }),
    ("unknown fields", |n| "profiles:\n  a:\n".to_owned() + &lines(n, |i| format!("    field{i}: 1"))),
    ("a long name", |n| {
        let (name, other) = ("nobody-".repeat(n), "somebody".repeat(n));
        format!("profiles:\n  ? {name}\n  : {{extends: {name}x}}\n  ? {other}\n  : {{extends: {name}y}}\n")
    }),
    ("a long anchor", |n| {
        let name = "anchor-".repeat(n);
        format!("profiles:\n  a: &{name} {{spot: *{name}x}}\n")
    }),
    ("the same key", |n| "profiles:\n  a:\n".to_owned() + &lines(n, |_| "    region: us-east-1".into())),
    ("the same profile", |n| profiles(n, |_| "a: {}".into())),
    ("findings in one line", |n| {
        format!("profiles: {{{}}}\n", list(n, |i| format!("p{i}: {{spt: true}}")).trim_matches(['[', ']']))
    }),
    ("unknown VM types in a list", |n| {
        format!("profiles: {{a: {{vmType: {}}}}}\n", list(n, |i| format!("g5.xlarg{i}")))
    }),
    ("unknown VM types", |n| profiles(n, |i| format!("p{i}: {{vmType: g5x.{i}xlarge}}"))),
    ("GPUs in the wrong field", |n| profiles(n, |i| format!("p{i}: {{vmType: \"h100:{i}\"}}"))),
    ("unknown GPUs", |n| profiles(n, |i| format!("p{i}: {{gpuType: h{i}00}}"))),
    ("unknown regions", |n| profiles(n, |i| format!("p{i}: {{region: us-east-{i}x}}"))),
    ("unknown zones", |n| {
        profiles(n, |i| {
            format!("p{i}: {{cloudProvider: AWS, region: us-east-1, availabilityZone: us-east-1{i}}}")
        })
    }),
    ("a chain", |n| {
        "profiles:\n  p0: {spot: true}\n".to_owned()
            + &lines(n, |i| format!("  p{}: {{extends: p{i}}}", i + 1))
    }),
    ("a chain that repeats itself", |n| {
        "profiles:\n  p0: {spot: true}\n".to_owned()
            + &lines(n, |i| format!("  p{}: {{extends: p{i}, spot: true}}", i + 1))
    }),
    ("heirs of a long pool", |n| {
        let pool = list(n, |i| format!("g5.xlarge, x{i}"));
        format!("profiles:\n  b: {{vmType: {pool}}}\n")
            + &lines(n, |i| format!("  p{i}: {{extends: b, vmType: [x, y]}}"))
    }),
    ("bases in a list", |n| {
        profiles(n, |i| format!("b{i}: {{spot: true}}"))
            + &format!("  a: {{extends: {}}}\n", list(n, |i| format!("b{i}")))
    }),
    ("the same base", |n| {
        format!("profiles:\n  b: {{spot: true}}\n  a: {{extends: {}}}\n", list(n, |_| "b".into()))
    }),
    ("unknown bases in a list", |n| {
        format!("profiles:\n  a: {{extends: {}}}\n", list(n, |i| format!("b{i}")))
    }),
    ("the same entry of a pool", |n| {
        format!("profiles:\n  a: {{vmType: {}}}\n", list(n, |_| "g5.xlarge".into()))
    }),
    ("heirs that conflict", |n| {
        "profiles:\n  b: {vmType: g5.xlarge}\n".to_owned()
            + &lines(n, |i| format!("  p{i}: {{extends: b, gpuType: h100}}"))
    }),
    ("conflicts", |n| profiles(n, |i| format!("p{i}: {{cloudProvider: AWS, region: westus2}}"))),
    ("diamonds", |n| {
        "profiles:\n  d0: {spot: true}\n".to_owned()
            + &lines(n, |i| {
                format!(
                    "  l{i}: {{extends: d{i}}}\n  r{i}: {{extends: d{i}}}\n  d{}: {{extends: [l{i}, r{i}]}}",
                    i + 1
                )
            })
    }),
    ("a circle", |n| profiles(n, |i| format!("p{i}: {{extends: p{}}}", (i + 1) % n))),
    ("circles of one", |n| profiles(n, |i| format!("p{i}: {{extends: p{i}}}"))),
    ("suppressions", |n| profiles(n, |i| format!("p{i}: {{}} # anycloud-lint: ignore[gpu-vm-conflict]"))),
    ("suppressions of the file", |n| {
        lines(n, |_| "# anycloud-lint: ignore-file[gpu-vm-conflict]".into())
            + &profiles(n, |i| format!("p{i}: {{spt: true}}"))
    }),
    ("unknown rules", |n| profiles(n, |i| format!("p{i}: {{}} # anycloud-lint: ignore[gpu-vm-conflic{i}]"))),
    ("unused templates", |n| profiles(n, |i| format!(".p{i}: {{}}"))),
    ("misspelt templates", |n| {
        profiles(n, |i| format!(".tmpl{i:05}: {{}}"))
            + &lines(n, |i| format!("  a{i}: {{extends: .tmp{i:05}}}"))
    }),
    ("aliases", |n| "x: &x us-nowhere-1\n".to_owned() + &profiles(n, |i| format!("p{i}: {{region: *x}}"))),
    ("anchors", |n| {
        profiles(n, |i| format!("p{i}: {{region: &r{i} us-east-1, diskSizeGb: &d{i} \"{i}\", spot: null}}"))
    }),
    ("undefined aliases", |n| profiles(n, |i| format!("p{i}: {{region: *r{i}}}"))),
    ("wrong types", |n| profiles(n, |i| format!("p{i}: {{diskSizeGb: \"{i}1\", spot: yes}}"))),
    ("secrets", |n| {
        profiles(n, |i| {
            format!(
                "p{i}: {{credentials: {{cloudProvider: AWS, accessKeyId: a{i}, secretAccessKey: secret{i}secret}}}}"
            )
        })
    }),
    ("secrets, each in a finding elsewhere", |n| {
        profiles(n, |i| {
            format!(
                "p{i}: {{credentials: {{cloudProvider: Lambda, apiKey: hunter{i}x}}, region: hunter{i}x}}"
            )
        })
    }),
    ("secrets that begin and end alike", |n| {
        profiles(n, |i| {
            format!(
                "p{i}: {{credentials: {{cloudProvider: Lambda, apiKey: tail{i}head}}, regin: head{i}tail{i}}}"
            )
        })
    }),
    ("unknown keys of credentials", |n| {
        format!(
            "profiles:\n  a:\n    credentials:\n      cloudProvider: AWS\n{}",
            lines(n, |i| format!("      what{i}: hunter{i}"))
        )
    }),
    ("one secret in all findings", |n| {
        "password: hunter2hunter2\n".to_owned()
            + &profiles(n, |i| format!("p{i}: {{region: x-hunter2hunter2-{i}}}"))
    }),
    ("key ids", |n| profiles(n, |i| format!("p{i}: {{inputBucket: AKIA{i:016}}}"))),
    ("private keys without an end", |n| {
        profiles(n, |i| format!("p{i}: '-----BEGIN PRIVATE KEY-----\n    MII{i}'"))
    }),
    ("addresses", |n| {
        profiles(n, |i| format!("p{i}: {{inputBucket: 'https://me{i}:pass{i}@host/?sig={i}'}}"))
    }),
    ("anchors of secrets", |n| {
        lines(n, |i| format!("x-{i}: &a{i} hunter{i}hunter"))
            + &profiles(n, |i| format!("p{i}: {{credentials: {{apiKey: *a{i}}}}}"))
    }),
    ("anchors of secrets behind each other", |n| {
        "x-0: &a0 {b: c}\n".to_owned()
            + &lines(n, |i| format!("x-{}: &a{} {{<<: *a{i}}}", i + 1, i + 1))
            + &format!("profiles: {{a: {{credentials: *a{n}}}}}\n")
    }),
    ("escapes", |n| {
        profiles(n, |i| format!("p{i}: {{password: \"\\x68unter{i}hunter\", region: hunter{i}hunter}}"))
    }),
    ("comments with secrets", |n| profiles(n, |i| format!("p{i}: {{spt: 1}} # token: hunter{i}hunter{i}"))),
    ("buckets", |n| profiles(n, |i| format!("p{i}: {{inputBucket: Bad_{i}, outputBucket: 's3://x{i}/y'}}"))),
    ("names that are none", |n| profiles(n, |i| format!("'bad {i}': {{}}"))),
    ("keys of the root", |n| "profiles: {a: {}}\n".to_owned() + &lines(n, |i| format!("k{i}: 1"))),
    ("a long text", |n| {
        format!(
            "profiles: {{a: {{region: {}, inputBucket: \"{}\"}}}}\n",
            "x".repeat(9 * n),
            "\\n".repeat(9 * n)
        )
    }),
    ("submissions", |n| submissions(n, |i| format!("j{i}: {{profile: a, image: x, spt: true}}"))),
    ("misspelt fields", |n| format!("profiles: {{a: {{{}}}}}\n", misspelt("availabilityZone", n, "b"))),
    ("misspelt axes", |n| {
        submissions(1, |_| {
            format!("j: {{image: \"a:1\", profile: a, matrix: {{{}}}}}", misspelt("deployment", n, "[b]"))
        })
    }),
    ("misspelt Docker options", |n| {
        submissions(1, |_| format!("j: {{dockerOptions: {{{}}}}}", misspelt("privileged", n, "true")))
    }),
    ("unknown bases of submissions", |n| {
        submissions(n, |i| format!("j{i}: {{extends: nobody{:05}}}", i * 7919 % 99991))
    }),
    ("unknown bases of one submission", |n| {
        submissions(1, |_| format!("j: {{extends: {}}}", list(n, |i| format!("b{i}"))))
    }),
    ("a chain of submissions", |n| {
        submissions(1, |_| "j0: {image: \"a:1\", profile: a}".into())
            + &lines(n, |i| format!("  j{}: {{extends: j{i}, env: {{A: b}}}}", i + 1))
    }),
    ("unknown profiles of jobs", |n| submissions(n, |i| format!("j{i}: {{image: \"a:1\", profile: b{i}}}"))),
    ("jobs of a fan-out", |n| {
        submissions(n / 40, |i| {
            let entries = list(40, |k| format!("{{env: {{A: \"{k}\"}}, gpuType: \"h100:3\"}}"));
            format!("j{i}: {{image: \"a:1\", profile: a, fanOut: {entries}}}")
        })
    }),
    ("entries of `exclude`", |n| {
        let axis = list(20, |i| (i + 1).to_string());
        let exclude = list(n, |i| format!("{{nodes: {i}, timeLimit: {i}}}"));
        submissions(1, |_| format!("j: {{matrix: {{nodes: {axis}, timeLimit: {axis}}}, exclude: {exclude}}}"))
    }),
    ("heirs of one matrix", |n| {
        let axis = list(20, |i| (i + 1).to_string());
        let exclude = list(19, |i| format!("{{nodes: {}}}", i + 1));
        submissions(1, |_| {
            format!(
                ".t: {{image: \"a:1\", matrix: {{nodes: {axis}, timeLimit: {axis}}}, exclude: {exclude}}}"
            )
        }) + &lines(n, |i| format!("  j{i}: {{extends: .t, exclude: null, matrix: null}}"))
            + &lines(n, |i| format!("  k{i}: {{extends: .t}}"))
    }),
    ("bases of submissions, one edit away", |n| {
        submissions(n, |i| format!("sub-{i:05}: {{extends: sb-{:05}}}", i * 31 % n))
    }),
    ("a circle of submissions", |n| submissions(n, |i| format!("j{i}: {{extends: j{}}}", (i + 1) % n))),
    ("heirs of a matrix that is too large", |n| {
        let axis = list(20, |i| (i + 1).to_string());
        submissions(1, |_| format!(".t: {{image: \"a:1\", matrix: {{nodes: {axis}, timeLimit: {axis}}}}}"))
            + &lines(n, |i| format!("  j{i}: {{extends: .t}}"))
    }),
    ("jobs of one template with one mistake", |n| {
        submissions(1, |_| {
            ".t: {image: \"a:1\", profile: a, cloudConfig: {vmType: g5.xlarge, region: westus2}}".into()
        }) + &lines(n, |i| format!("  j{i}: {{extends: .t, matrix: {{gpuType: [h100, t4], nodes: [1, 2]}}}}"))
    }),
    ("jobs of one matrix", |n| {
        let axis = |name: &str, length: usize| format!("{name}: {}", list(length, |i| format!("x{i}")));
        submissions(n / 20, |i| {
            let axes = [axis("nodePool", 4), axis("id", 5), axis("gpuType", 2)].join(", ");
            format!("j{i}: {{image: \"a:1\", profile: a, matrix: {{{axes}}}}}")
        })
    }),
    ("the same job in a fan-out", |n| {
        submissions(n / 40, |i| {
            format!("j{i}: {{image: \"a:1\", profile: a, fanOut: {}}}", list(40, |_| "{env: {A: b}}".into()))
        })
    }),
    ("jobs of one name", |n| submissions(n, |_| "j: {image: \"a:1\", profile: a, id: k}".into())),
    ("submissions that repeat what they inherit", |n| {
        submissions(1, |_| "j0: {image: \"a:1\", profile: a, env: {A: b}, cloudConfig: {spot: true}}".into())
            + &lines(n, |i| {
                format!("  j{}: {{extends: j{i}, env: {{A: b}}, cloudConfig: {{spot: true}}}}", i + 1)
            })
    }),
    ("nulls of submissions", |n| {
        submissions(n, |i| {
            format!("j{i}: {{image: \"a:1\", profile: a, env: null, cloudConfig: {{region: null}}}}")
        })
    }),
    ("jobs that write to one bucket", |n| {
        submissions(n, |i| {
            format!(
                "j{i}: {{image: \"a:1\", cloudConfig: {{outputBucket: b}}, fanOut: [{{nodes: 1}}, {{}}]}}"
            )
        })
    }),
    ("commands", |n| {
        submissions(n, |i| {
            format!(
                "j{i}: {{image: \"a:1\", profile: a, command: [python, \"a b$c'd\", {i}], env: {{A: \"{i}\"}}}}"
            )
        })
    }),
    ("a long command", |n| {
        submissions(1, |_| {
            let words = list(n, |i| format!("\"--word={i} $x\""));
            format!("j: {{image: \"a:1\", profile: a, command: {words}}}")
        })
    }),
    ("commands that are no lists", |n| {
        submissions(n, |i| format!("j{i}: {{image: \"a:1\", profile: a, command: python train.py {i}}}"))
    }),
    ("variables and options", |n| {
        let env = list(n, |i| format!("A{i}: {i}"));
        let options = list(n, |i| format!("option{i}: {i}"));
        let map = |list: &str| list.trim_matches(['[', ']']).to_owned();
        submissions(1, |_| {
            format!(
                "j: {{image: \"a:1\", profile: a, env: {{{}}}, dockerOptions: {{{}}}}}",
                map(&env),
                map(&options)
            )
        })
    }),
    ("images", |n| submissions(n, |i| format!("j{i}: {{image: Acme/x{i}, profile: a}}"))),
    ("mounts", |n| {
        submissions(1, |_| {
            format!(
                "j: {{image: \"a:1\", profile: a, mounts: {}}}",
                list(n, |i| format!("{{name: x{i}, path: y}}"))
            )
        })
    }),
    ("secrets of jobs", |n| {
        submissions(n, |i| {
            format!("j{i}: {{env: {{TOKEN: hunter{i}hunter}}, command: [--password, swordfish{i}]}}")
        })
    }),
];

/// A profile, and submissions.
fn submissions(count: usize, line: impl Fn(usize) -> String) -> String {
    format!("profiles: {{a: {{}}}}\nsubmissions:\n{}", lines(count, |number| format!("  {}", line(number))))
}

/// Keys that may all mean one name, each with the same value.
fn misspelt(name: &str, count: usize, value: &str) -> String {
    let (head, tail) = (name.get(..2).unwrap_or_default(), name.get(4..).unwrap_or_default());
    let letter = |number: usize| char::from(b'a' + u8::try_from(number % 26).unwrap_or_default());
    let key = |i: usize| format!("{head}{}{}{tail}: {value}", letter(i), letter(i / 26));
    (0..count).map(key).collect::<Vec<_>>().join(", ")
}

/// How much there is to print as commands and as code.
fn emitted(facts: &Facts, secrets: &Secrets) -> usize {
    let names = resolve::names(facts, Some(secrets));
    let profiles = resolve::Options::default().profiles(facts.subjects());
    let jobs: Vec<&Job> = facts.submissions().jobs().iter().collect();
    let wanted = Wanted { facts, secrets, names: &names, profiles: Some(&profiles), jobs: Some(&jobs) };
    let commands = args::jobs(&wanted, Dialect::Job).unwrap_or_default();
    let commands = commands.iter().filter_map(|command| command.shell().ok()).map(|text| text.len());
    let modules = [Generation::Dictionaries, Generation::Classes]
        .map(|generation| python::module(&wanted, generation).map_or(0, |text| text.len()));
    commands.sum::<usize>() + modules.iter().sum::<usize>()
}

/// Everything that is done with a text.
fn do_all(text: String) {
    let analysis = analyse(&Source::new("anycloud.yaml", text), &Settings::default());
    work::count(analysis.masked().len());
    if let Some(facts) = analysis.facts() {
        work::count(resolve::resolve(facts, &resolve::Options::default()).to_string().len());
        work::count(emitted(facts, analysis.secrets()));
    }
    for fixed in [
        fix::apply(&analysis, true).map(|fixed| fixed.analysis),
        silence::apply(&analysis).map(|s| s.analysis),
    ] {
        work::count(fixed.map_or(0, |fixed| fixed.masked().len()));
    }
    let checked = [Checked::from(analysis)];
    for format in [Format::Human, Format::Json, Format::Sarif] {
        let mut out = termcolor::NoColor::new(Vec::new());
        let written = report::write(format, &Run::new(&checked), &mut out);
        assert!(written.is_ok());
        work::count(out.into_inner().len());
    }
}

/// Whether work grows by more than the length, and half of that again for what is no proportion.
const fn is_more_than_linear((small, before): (usize, usize), (large, after): (usize, usize)) -> bool {
    after * small * 2 > before * large * 3
}

#[test]
fn a_look_at_all_for_each_would_be_seen() {
    let grown = [SMALL, LARGE].map(|count| {
        let text = profiles(count, |i| format!("p{i}: {{spot: true}}"));
        let source = Source::new("anycloud.yaml", text.as_str());
        let looks = || {
            let analysis = analyse(&source, &Settings::default());
            let Some(subjects) = analysis.subjects() else { return };
            for profile in subjects.profiles() {
                let others = subjects.profiles().iter();
                assert!(
                    others.filter(|other| subjects.name(other.id) == subjects.name(profile.id)).count() == 1
                );
            }
        };
        (text.len(), work::of(looks))
    });
    assert!(is_more_than_linear(grown[0], grown[1]), "{grown:?}");
}

#[test]
fn work_grows_with_the_length_of_the_file() {
    let mut wrong = String::new();
    for (name, shape) in SHAPES {
        // As it is, and with an end that makes it unreadable.
        for (kind, end) in [("", ""), (", broken", "\t: [\"")] {
            let grown = [SMALL, LARGE].map(|count| {
                let text = shape(count) + end;
                (text.len(), work::of(|| do_all(text)))
            });
            let [(small, before), (large, after)] = grown;
            if is_more_than_linear((small, before), (large, after)) || after > MOST * large {
                let _ = writeln!(wrong, "{name}{kind}: {small} to {large} bytes, work {before} to {after}");
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
