//! The two ways of reading a text can't be told apart: tree, spans, comments and problems are the same.

use anycloud_lint::source::Source;
use anycloud_lint::yaml::ways;

use crate::harness::{FOLDERS, Random, fixtures};

/// Compares the two ways where the fast one takes the text; says whether it did.
fn compare(text: &str) -> bool {
    let source = Source::new("anycloud.yaml", text);
    let Some(fast) = ways::fast(&source) else { return false };
    let (fast, general) = (format!("{fast:?}"), format!("{:?}", ways::general(&source)));
    assert!(fast == general, "{text:?}\nfast:    {fast}\ngeneral: {general}");
    true
}

/// What YAML is made of, rightly and wrongly put together.
const PIECES: [&str; 58] = [
    "a",
    "b",
    "key",
    ": ",
    ":",
    "\n",
    "\n  ",
    "\n    ",
    "\n",
    " ",
    "  ",
    "- ",
    "-",
    "# c",
    " # c",
    "{",
    "}",
    "[",
    "]",
    ", ",
    ",",
    "\"q\"",
    "'s'",
    "\"",
    "'",
    "''",
    "1",
    "true",
    "null",
    "~",
    "---\n",
    "...",
    "?",
    "|",
    ">",
    "&x ",
    "*x",
    "!t ",
    "<<",
    "é",
    "—",
    "%",
    "@",
    "`",
    "x:y",
    "a#b",
    "h100:8",
    "\\",
    "-1",
    ":x",
    "\n- ",
    "\n  - ",
    "k: v\n",
    "k:\n  ",
    "{a: b}",
    "[1, 2]",
    "k: {a: [b, {c: d}]}\n",
    "- k: v\n  l: w\n",
];

#[test]
fn of_every_fixture_and_every_beginning_of_it() {
    let (mut fast, mut all) = (0, 0);
    for file in fixtures(&FOLDERS) {
        let Ok(text) = std::fs::read_to_string(file) else { continue };
        all += 1;
        fast += usize::from(compare(&text));
        let ends = text.char_indices().map(|(at, _)| at).filter(|_| text.len() < 4000);
        for end in ends {
            compare(&text[..end]);
        }
    }
    // Most files are plain; if they were not read so, the fast way would be of no use.
    assert!(fast * 4 > all * 3, "{fast} of {all}");
}

#[test]
fn of_pieces_put_together_at_random() {
    let mut random = Random::new(11);
    let mut fast = 0;
    for _ in 0..60_000 {
        let text: String = (0..=random.below(14)).map(|_| PIECES[random.below(PIECES.len())]).collect();
        fast += usize::from(compare(&text));
    }
    assert!(fast > 1000, "only {fast}");
}

#[test]
fn of_damaged_fixtures() {
    let mut random = Random::new(12);
    let mut fast = 0;
    for file in fixtures(&FOLDERS) {
        let Ok(text) = std::fs::read_to_string(file) else { continue };
        if text.len() > 4000 {
            continue;
        }
        for _ in 0..40 {
            let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
            for _ in 0..=random.below(3) {
                damage(&mut lines, &mut random);
            }
            fast += usize::from(compare(&lines.concat()));
        }
    }
    assert!(fast > 1000, "only {fast}");
}

/// Changes one thing about some lines, as an editor or a merge would.
fn damage(lines: &mut Vec<String>, random: &mut Random) {
    let at = random.below(lines.len().max(1));
    let Some(line) = lines.get_mut(at) else { return };
    let boundaries: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
    let place = boundaries.get(random.below(boundaries.len().max(1))).copied().unwrap_or_default();
    match random.below(6) {
        0 => line.insert_str(place, PIECES[random.below(PIECES.len())]),
        1 => drop(lines.remove(at)),
        2 => line.insert_str(0, &" ".repeat(1 + random.below(4))),
        3 => *line = line.trim_start().to_owned(),
        4 => line.truncate(place),
        _ => {
            let copy = line.clone();
            lines.insert(random.below(lines.len()), copy);
        }
    }
}
