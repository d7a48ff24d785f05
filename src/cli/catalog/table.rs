//! Aligned tables that fit 80 columns.

use std::fmt::Write as _;

use crate::cli::output::wrapped;

const GAP: &str = "  ";

/// Which side of its column a cell keeps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
}

/// A table with a head line, each line indented by two columns. The last column is wrapped between words where it is
/// too wide. Without rows: nothing.
pub(super) fn table<const N: usize>(
    head: [(&str, Align); N],
    rows: impl Iterator<Item = [String; N]>,
) -> String {
    let body: Vec<_> = rows.collect();
    if body.is_empty() {
        return String::new();
    }
    let mut widths = head.map(|(title, _)| title.len());
    for row in &body {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.len());
        }
    }
    let indent: usize = widths.iter().take(N - 1).map(|width| width + GAP.len()).sum::<usize>() + GAP.len();

    let mut out = String::new();
    for row in std::iter::once(&head.map(|(title, _)| title.to_owned())).chain(&body) {
        let mut line = String::new();
        for (place, ((cell, width), (_, align))) in row.iter().zip(widths).zip(head).enumerate() {
            line.push_str(GAP);
            let last = place + 1 == N;
            match align {
                Align::Left if last => line.push_str(&wrapped(cell, indent)),
                Align::Left => {
                    let _ = write!(line, "{cell:<width$}");
                }
                Align::Right => {
                    let _ = write!(line, "{cell:>width$}");
                }
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// A sentence below a table, wrapped and indented like its rows.
pub(super) fn paragraph(text: &str) -> String {
    format!("{GAP}{}\n", wrapped(text, GAP.len()))
}

#[cfg(test)]
mod tests {
    use super::{Align, table, wrapped};

    #[test]
    fn columns_are_aligned() {
        let rows = [["a".to_owned(), "10".to_owned()], ["long".to_owned(), "9".to_owned()]];
        let text = table([("NAME", Align::Left), ("N", Align::Right)], rows.into_iter());
        assert_eq!(text, "  NAME   N\n  a     10\n  long   9\n");
    }

    #[test]
    fn long_texts_are_wrapped() {
        let wrapped = wrapped(&"zone-a ".repeat(20), 30);
        assert!(
            wrapped.lines().enumerate().all(|(line, text)| text.len() + if line == 0 { 30 } else { 0 } <= 80)
        );
        assert!(wrapped.lines().skip(1).all(|text| text.starts_with(&" ".repeat(30))));
    }
}
