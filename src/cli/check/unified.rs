//! A unified diff, as `patch` and `git apply` read it.

use std::fmt::{self, Write};

use imara_diff::{Algorithm, Diff, InternedInput, Interner, Token, UnifiedDiffConfig, UnifiedDiffPrinter};

/// The unified diff of two texts of one name, with three lines around each change; empty where they are the same.
pub(super) fn diff(name: &str, before: &str, after: &str) -> String {
    let input = InternedInput::new(before, after);
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    let hunks = diff.unified_diff(&Lines(&input.interner), UnifiedDiffConfig::default(), &input).to_string();
    if hunks.is_empty() { hunks } else { format!("--- a/{name}\n+++ b/{name}\n{hunks}") }
}

/// The lines of both texts, each with its end.
struct Lines<'l>(&'l Interner<&'l str>);

impl Lines<'_> {
    fn write(&self, out: &mut impl Write, sign: char, lines: &[Token]) -> fmt::Result {
        for line in lines {
            let line = self.0[*line];
            write!(out, "{sign}{line}")?;
            if !line.ends_with('\n') {
                out.write_str("\n\\ No newline at end of file\n")?;
            }
        }
        Ok(())
    }
}

impl UnifiedDiffPrinter for Lines<'_> {
    fn display_header(
        &self,
        mut out: impl Write,
        before: u32,
        after: u32,
        before_length: u32,
        after_length: u32,
    ) -> fmt::Result {
        writeln!(out, "@@ -{} +{} @@", Range(before, before_length), Range(after, after_length))
    }

    fn display_context_token(&self, mut out: impl Write, token: Token) -> fmt::Result {
        self.write(&mut out, ' ', &[token])
    }

    fn display_hunk(&self, mut out: impl Write, before: &[Token], after: &[Token]) -> fmt::Result {
        self.write(&mut out, '-', before)?;
        self.write(&mut out, '+', after)
    }
}

/// From which line on, counted from zero, and how many. A single line needs no number, and none at all stand behind
/// the line before them.
struct Range(u32, u32);

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self(start, 0) => write!(f, "{start},0"),
            Self(start, 1) => write!(f, "{}", start + 1),
            Self(start, length) => write!(f, "{},{length}", start + 1),
        }
    }
}
