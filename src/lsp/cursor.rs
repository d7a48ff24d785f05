//! Where the cursor is in a text that may be half typed: by lines, indentation and brackets, without a tree.

use crate::source::{Span, to_u32};

/// What can be typed at the cursor, and where it would go.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each with a name")]
pub struct Cursor {
    /// The keys above, outermost first.
    pub path: Vec<String>,
    /// What belongs here.
    pub slot: Slot,
    /// The word under the cursor, without its quotes.
    pub word: Span,
    /// What of it stands before the cursor.
    pub typed: String,
    /// The quotes that it stands in.
    pub quote: Option<Quote>,
    /// Whether this is an item of a list.
    pub is_item: bool,
    /// Whether a colon follows the word.
    pub has_colon: bool,
    /// Whether a space has to come first, as behind a colon.
    pub needs_space: bool,
    /// Whether a comment follows without a space.
    pub is_before_comment: bool,
}

/// What belongs at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// A key of the mapping whose keys are above.
    Key,
    /// A value of the key above.
    Value,
    /// The rest of a comment, which begins here.
    Comment(u32),
    /// Nothing that we know of.
    Nothing,
}

/// Quotes around a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    /// `"` or `'`.
    pub mark: char,
    /// Whether the second one is there.
    pub is_closed: bool,
}

/// Finds out where an offset is.
pub fn read(text: &str, offset: u32) -> Cursor {
    let mut reader =
        Reader { text, cursor: offset as usize, at: 0, frames: Vec::new(), is_beside_key: false };
    if text.starts_with('\u{feff}') {
        reader.at = 3;
    }
    reader.read().unwrap_or_else(|| reader.cursor(Slot::Nothing, offset as usize, offset as usize))
}

/// Something that is open above the cursor.
#[derive(Debug)]
enum Frame {
    /// A key of a block mapping, by the column that it starts in.
    Key(usize, String),
    /// An item of a block list, by the column of its dash.
    Item(usize),
    /// `{`, with the key whose value is next.
    FlowMap(Option<String>),
    /// `[`
    FlowList,
}

impl Frame {
    const fn column(&self) -> Option<usize> {
        match self {
            Self::Key(column, _) | Self::Item(column) => Some(*column),
            Self::FlowMap(_) | Self::FlowList => None,
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    cursor: usize,
    at: usize,
    frames: Vec<Frame>,
    /// Whether the line stands right below a key of the same mapping.
    is_beside_key: bool,
}

impl Reader<'_> {
    /// Reads line by line up to the cursor.
    fn read(&mut self) -> Option<Cursor> {
        while self.at <= self.text.len() {
            if let Some(found) = self.line() {
                return Some(found);
            }
            if self.at >= self.text.len() {
                return None;
            }
            self.at = self.next_line(self.at);
        }
        None
    }

    fn line(&mut self) -> Option<Cursor> {
        let (start, end) = (self.at, self.line_end(self.at));
        let line = self.text.get(start..end)?;
        let indent = line.len() - line.trim_start_matches(' ').len();
        let rest = line.get(indent..)?;
        let is_here = self.cursor <= end;
        if rest.trim().is_empty() {
            if !is_here {
                return None;
            }
            let column = self.cursor.saturating_sub(start).min(indent);
            self.close(column, false);
            let slot = if self.is_item() && !self.is_beside_key { Slot::Value } else { Slot::Key };
            return Some(self.cursor(slot, self.cursor, self.cursor));
        }
        if is_here && self.cursor < start + indent {
            return Some(self.cursor(Slot::Nothing, self.cursor, self.cursor));
        }
        if rest.starts_with('#') {
            return is_here.then(|| self.comment(start + indent));
        }
        // Before `? key` or `: value` nothing can stand.
        if is_here && self.cursor == start + indent && rest.starts_with(['?', ':']) {
            return Some(self.cursor(Slot::Nothing, self.cursor, self.cursor));
        }
        if rest.starts_with("---") || rest.starts_with("...") {
            self.frames.clear();
            return is_here.then(|| self.cursor(Slot::Nothing, self.cursor, self.cursor));
        }
        let mut at = start + indent;
        self.close(indent, is_dash(rest));
        while self.text.get(at..end).is_some_and(is_dash) {
            self.is_beside_key = false;
            self.frames.push(Frame::Item(at - start));
            let after = self.text.get(at + 1..end)?;
            let gap = after.len() - after.trim_start_matches([' ', '\t']).len();
            let is_empty = after.trim().is_empty();
            if is_here && (self.cursor < at + 1 + gap || is_empty) {
                let slot = if is_empty && self.cursor > at { Slot::Value } else { Slot::Nothing };
                let mut found = self.cursor(slot, self.cursor, self.cursor);
                found.needs_space = self.cursor == at + 1;
                return Some(found);
            }
            at += 1 + gap;
        }
        self.at = at;
        self.entry(at - start, end)
    }

    /// A key with its value, or what may become one.
    fn entry(&mut self, column: usize, end: usize) -> Option<Cursor> {
        let start = self.at;
        let rest = self.text.get(start..end)?;
        let Some((key_end, colon)) = key(rest) else { return self.value(start, true) };
        let (key_end, colon) = (start + key_end, start + colon);
        if self.cursor <= colon {
            let (start, key_end, quote) = self.unquoted(start, key_end);
            if self.cursor > key_end + usize::from(quote.is_some()) {
                return Some(self.cursor(Slot::Nothing, self.cursor, self.cursor));
            }
            let mut found = self.cursor(Slot::Key, start, key_end);
            found.quote = quote;
            found.has_colon = true;
            return Some(found);
        }
        let (from, to, _) = self.unquoted(start, key_end);
        let name = self.text.get(from..to)?.to_owned();
        self.frames.push(Frame::Key(column, name));
        let found = self.value(colon + 1, false);
        found.map(|mut found| {
            found.needs_space |= self.cursor == colon + 1 && found.slot == Slot::Value;
            found
        })
    }

    /// A value from an offset on; one that stands alone on its line may become a key.
    fn value(&mut self, from: usize, is_alone: bool) -> Option<Cursor> {
        let end = self.line_end(from);
        let mut at = from;
        let slot = if is_alone && (!self.is_item() || self.is_beside_key) { Slot::Key } else { Slot::Value };
        loop {
            let rest = self.text.get(at..end)?;
            let start = at + rest.len() - rest.trim_start_matches([' ', '\t']).len();
            let rest = self.text.get(start..end)?;
            let is_comment = rest.starts_with('#') && start > from;
            if rest.trim().is_empty() || is_comment {
                if self.cursor <= end && is_comment && self.cursor > start {
                    return Some(self.comment(start));
                }
                self.at = end;
                let slot = if slot == Slot::Value && self.goes_on_below(end) { Slot::Nothing } else { slot };
                return (self.cursor <= end).then(|| self.cursor(slot, self.cursor, self.cursor));
            }
            if self.cursor < start {
                return Some(self.cursor(Slot::Nothing, self.cursor, self.cursor));
            }
            match rest.chars().next()? {
                '&' | '!' => {
                    at = start + rest.find([' ', '\t']).unwrap_or(rest.len());
                    if self.cursor <= at {
                        return Some(self.cursor(Slot::Nothing, self.cursor, self.cursor));
                    }
                }
                '*' => {
                    self.at = end;
                    return (self.cursor <= end).then(|| self.after(start, end));
                }
                '|' | '>' => return self.block_scalar(end),
                '{' | '[' => {
                    self.at = start;
                    let depth = self.frames.len();
                    let found = self.flow(depth);
                    self.frames.truncate(depth);
                    return found;
                }
                mark @ ('"' | '\'') => return self.quoted(start, mark, slot),
                _ => {
                    let length = plain_end(rest);
                    self.at = end;
                    if self.cursor <= start + length {
                        return Some(self.cursor(slot, start, start + length));
                    }
                    return (self.cursor <= end).then(|| self.after(start + length, end));
                }
            }
        }
    }

    /// Whether the value of the innermost key stands on the lines below its own.
    fn goes_on_below(&self, end: usize) -> bool {
        let Some(Frame::Key(column, _)) = self.frames.last() else { return false };
        let below = self.text.get(end..).unwrap_or_default().lines().skip(1);
        let mut below = below.filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
        below.next().is_some_and(|line| {
            let rest = line.trim_start_matches(' ');
            let indent = line.len() - rest.len();
            indent > *column || (indent == *column && is_dash(rest))
        })
    }

    /// Behind a value: in a comment, or nowhere.
    fn after(&self, from: usize, end: usize) -> Cursor {
        let rest = self.text.get(from..end).unwrap_or_default();
        match rest.find(" #") {
            Some(comment) if self.cursor > from + comment + 1 => self.comment(from + comment + 1),
            _ => self.cursor(Slot::Nothing, self.cursor, self.cursor),
        }
    }

    /// The lines that are indented deeper than the key of a block scalar.
    fn block_scalar(&mut self, header_end: usize) -> Option<Cursor> {
        if self.cursor <= header_end {
            return Some(self.cursor(Slot::Nothing, self.cursor, self.cursor));
        }
        let column = self.frames.iter().rev().find_map(Frame::column);
        self.at = header_end;
        while self.at < self.text.len() {
            let start = self.next_line(self.at);
            let end = self.line_end(start);
            let line = self.text.get(start..end)?;
            let indent = line.len() - line.trim_start_matches(' ').len();
            if !line.trim().is_empty() && column.is_some_and(|column| indent <= column) {
                return None;
            }
            if self.cursor <= end && !line.trim().is_empty() {
                return Some(self.cursor(Slot::Nothing, self.cursor, self.cursor));
            }
            // A line that is still empty may be the next key's.
            if self.cursor <= end {
                return None;
            }
            self.at = end;
        }
        None
    }

    /// A quoted text, which may go on over several lines.
    fn quoted(&mut self, start: usize, mark: char, slot: Slot) -> Option<Cursor> {
        let line_end = self.line_end(start);
        let close = closing(self.text, start, mark);
        // Without its second quote the text would go on to the end of the file: the line is what is meant.
        let (inner_end, is_closed) = match close {
            Some(close) if close <= line_end || self.cursor > line_end => (close, true),
            _ => (line_end, false),
        };
        if self.cursor <= start {
            return Some(self.cursor(Slot::Nothing, self.cursor, self.cursor));
        }
        if self.cursor <= inner_end {
            let inner = self.text.get(start + 1..inner_end)?;
            let inner_end = if is_closed { inner_end } else { start + 1 + inner.trim_end().len() };
            let mut found = self.cursor(slot, start + 1, inner_end.max(self.cursor));
            found.quote = Some(Quote { mark, is_closed });
            if inner.contains('\n') {
                found.slot = Slot::Nothing;
            }
            return Some(found);
        }
        self.at = inner_end;
        let end = self.line_end(inner_end);
        (self.cursor <= end).then(|| self.after(inner_end + 1, end))
    }

    /// Inside brackets, until those above `depth` are closed.
    fn flow(&mut self, depth: usize) -> Option<Cursor> {
        loop {
            let rest = self.text.get(self.at..)?;
            let gap = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
            let start = self.at + gap;
            let is_open = self.frames.len() > depth;
            if is_open && self.cursor >= self.at && (self.cursor < start || start >= self.text.len()) {
                let mut found = self.cursor(self.flow_slot(), self.cursor, self.cursor);
                found.needs_space = self.text.get(..self.cursor).is_some_and(|before| before.ends_with(':'));
                return Some(found);
            }
            if self.frames.len() == depth && self.at > 0 && gap == 0 && rest.is_empty() {
                return None;
            }
            let next = self.text.get(start..)?.chars().next()?;
            match next {
                '{' => self.frames.push(Frame::FlowMap(None)),
                '[' => self.frames.push(Frame::FlowList),
                '}' | ']' => {
                    if self.cursor == start {
                        let mut found = self.cursor(self.flow_slot(), self.cursor, self.cursor);
                        found.needs_space =
                            self.text.get(..start).is_some_and(|before| before.ends_with(':'));
                        return Some(found);
                    }
                    self.frames.pop();
                    if self.frames.len() <= depth {
                        self.at = start + 1;
                        let end = self.line_end(self.at);
                        return (self.cursor <= end && self.cursor > start).then(|| self.after(self.at, end));
                    }
                }
                ',' => {
                    if self.cursor == start {
                        return Some(self.cursor(self.flow_slot(), self.cursor, self.cursor));
                    }
                    if let Some(Frame::FlowMap(key)) = self.frames.last_mut() {
                        *key = None;
                    }
                }
                ':' => {}
                '#' if gap > 0 => {
                    let end = self.line_end(start);
                    if self.cursor > start && self.cursor <= end {
                        return Some(self.comment(start));
                    }
                    self.at = end;
                    continue;
                }
                _ => {
                    if let Some(found) = self.flow_word(start) {
                        return Some(found);
                    }
                    continue;
                }
            }
            self.at = start + 1;
        }
    }

    /// A word inside brackets: a key if a mapping waits for one.
    fn flow_word(&mut self, start: usize) -> Option<Cursor> {
        let rest = self.text.get(start..)?;
        let mark = rest.chars().next().filter(|first| matches!(first, '"' | '\''));
        let (from, to, after, quote) = if let Some(mark) = mark {
            let line_end = self.line_end(start);
            let close = closing(self.text, start, mark).filter(|close| *close <= line_end);
            let to = close.unwrap_or(line_end);
            let quote = Quote { mark, is_closed: close.is_some() };
            (start + 1, to, to + usize::from(close.is_some()), Some(quote))
        } else {
            let length = flow_plain_end(rest).max(1);
            (start, start + length, start + length, None)
        };
        let colon = self.text.get(after..)?.trim_start_matches([' ', '\t']).starts_with(':');
        if quote.is_some() && self.cursor == start {
            return Some(self.cursor(Slot::Nothing, start, start));
        }
        if self.cursor >= start && self.cursor <= to {
            let mut found = self.cursor(self.flow_slot(), from, to);
            found.quote = quote;
            found.has_colon = colon;
            return Some(found);
        }
        if let Some(Frame::FlowMap(key @ None)) = self.frames.last_mut() {
            *key = Some(self.text.get(from..to)?.to_owned());
        }
        self.at = after.max(start + 1);
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        None
    }

    fn flow_slot(&self) -> Slot {
        match self.frames.last() {
            Some(Frame::FlowMap(None)) => Slot::Key,
            _ => Slot::Value,
        }
    }

    fn comment(&self, start: usize) -> Cursor {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let (before, after) = self.text.split_at_checked(self.cursor).unwrap_or_default();
        let from = before.trim_end_matches(is_word).len();
        let to = self.cursor + after.len() - after.trim_start_matches(is_word).len();
        self.cursor(Slot::Comment(to_u32(start)), from.max(start), to)
    }

    fn cursor(&self, slot: Slot, from: usize, to: usize) -> Cursor {
        let key = |frame: &Frame| match frame {
            Frame::Key(_, key) | Frame::FlowMap(Some(key)) => Some(key.clone()),
            _ => None,
        };
        Cursor {
            path: self.frames.iter().filter_map(key).collect(),
            slot,
            word: Span::new(to_u32(from), to_u32(to)),
            typed: self.text.get(from..self.cursor).unwrap_or_default().to_owned(),
            quote: None,
            is_item: self.is_item(),
            has_colon: false,
            needs_space: false,
            is_before_comment: from == to && self.text.get(to..).is_some_and(|rest| rest.starts_with('#')),
        }
    }

    fn is_item(&self) -> bool {
        matches!(self.frames.last(), Some(Frame::Item(_) | Frame::FlowList))
    }

    /// Closes what a line that starts in a column is no part of. Below a key in the same column there can only be another.
    fn close(&mut self, column: usize, is_dash: bool) {
        self.is_beside_key = false;
        while let Some(last) = self.frames.last() {
            let stays = match last {
                // A list may stand right below its key.
                Frame::Key(open, _) => *open < column || (*open == column && is_dash),
                Frame::Item(open) => *open < column,
                Frame::FlowMap(_) | Frame::FlowList => false,
            };
            if stays {
                return;
            }
            self.is_beside_key = matches!(last, Frame::Key(open, _) if *open == column);
            self.frames.pop();
        }
    }

    /// The inside of a key's quotes.
    fn unquoted(&self, start: usize, end: usize) -> (usize, usize, Option<Quote>) {
        match self.text.get(start..).and_then(|rest| rest.chars().next()) {
            Some(mark @ ('"' | '\'')) if end > start + 1 => {
                (start + 1, end - 1, Some(Quote { mark, is_closed: true }))
            }
            _ => (start, end, None),
        }
    }

    fn line_end(&self, from: usize) -> usize {
        let rest = self.text.get(from..).unwrap_or_default();
        from + rest.find(['\n', '\r']).unwrap_or(rest.len())
    }

    fn next_line(&self, from: usize) -> usize {
        let end = self.line_end(from);
        let is_pair = self.text.get(end..).is_some_and(|rest| rest.starts_with("\r\n"));
        (end + 1 + usize::from(is_pair)).min(self.text.len())
    }
}

fn is_dash(text: &str) -> bool {
    text == "-" || text.starts_with("- ") || text.starts_with("-\t")
}

/// The end of a key and its colon, if a line begins with a key.
fn key(line: &str) -> Option<(usize, usize)> {
    let first = line.chars().next()?;
    if matches!(first, '{' | '[' | '|' | '>' | '&' | '!' | '*') {
        return None;
    }
    let (end, search) = match first {
        '"' | '\'' => {
            let close = closing(line, 0, first)? + 1;
            let rest = line.get(close..)?;
            let gap = rest.len() - rest.trim_start().len();
            return rest.get(gap..)?.starts_with(':').then_some((close, close + gap));
        }
        _ => (plain_end(line), line),
    };
    let colon = search.get(..end)?.char_indices().find(|(at, c)| {
        *c == ':' && search.get(at + 1..).is_none_or(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    })?;
    Some((search.get(..colon.0)?.trim_end().len(), colon.0))
}

/// The end of a plain text on its line: before a comment, without the white space.
fn plain_end(line: &str) -> usize {
    let comment = line.match_indices('#').map(|(at, _)| at);
    let mut comment =
        comment.filter(|at| line.get(..*at).is_some_and(|before| before.ends_with([' ', '\t'])));
    line.get(..comment.next().unwrap_or(line.len())).unwrap_or_default().trim_end().len()
}

/// The end of a plain text inside brackets.
fn flow_plain_end(rest: &str) -> usize {
    let mut end = 0;
    for (at, c) in rest.char_indices() {
        let next = rest.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
        let is_colon = c == ':' && next.is_none_or(|next| next.is_whitespace() || ",[]{}".contains(next));
        let is_comment = c == '#' && end < at;
        if is_colon || is_comment || matches!(c, ',' | '[' | ']' | '{' | '}' | '\n' | '\r') {
            break;
        }
        if !c.is_whitespace() {
            end = at + c.len_utf8();
        }
    }
    end
}

/// The quote that ends the text which begins with one.
fn closing(text: &str, start: usize, mark: char) -> Option<usize> {
    let rest = text.get(start + 1..)?;
    let mut characters = rest.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        if c == '\\' && mark == '"' {
            characters.next();
        } else if c == mark {
            if mark == '\'' && characters.peek().is_some_and(|(_, next)| *next == '\'') {
                characters.next();
            } else {
                return Some(start + 1 + at);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found at the `|` of a text.
    fn at(text: &str) -> (String, Slot, String, bool) {
        let offset = text.find('|').unwrap_or(text.len());
        let text = text.replacen('|', "", 1);
        let cursor = read(&text, to_u32(offset));
        let word = text.get(cursor.word.range()).unwrap_or("?").to_owned();
        (cursor.path.join("/"), cursor.slot, word, cursor.is_item)
    }

    #[test]
    fn keys_and_values_are_told_apart() {
        for (text, path, slot, word, is_item) in [
            ("|", "", Slot::Key, "", false),
            ("pro|", "", Slot::Key, "pro", false),
            ("profiles:\n  |", "profiles", Slot::Key, "", false),
            ("profiles:\n  a:\n    |\n  b:\n", "profiles/a", Slot::Key, "", false),
            ("profiles:\n  a:\n    reg|ion\n", "profiles/a", Slot::Key, "region", false),
            ("profiles:\n  a:\n    reg|ion: x\n", "profiles/a", Slot::Key, "region", false),
            ("profiles:\n  a:\n    region: |\n", "profiles/a/region", Slot::Value, "", false),
            (
                "profiles:\n  a:\n    region: us-|east # c\n",
                "profiles/a/region",
                Slot::Value,
                "us-east",
                false,
            ),
            (
                "profiles:\n  a:\n    region: \"us-|\n    spot: true\n",
                "profiles/a/region",
                Slot::Value,
                "us-",
                false,
            ),
            ("profiles:\n  a:\n    region: 'us-|e' # x\n", "profiles/a/region", Slot::Value, "us-e", false),
            ("profiles:\n  a:\n    vmType:\n      - |\n", "profiles/a/vmType", Slot::Value, "", true),
            (
                "profiles:\n  a:\n    vmType:\n    - x\n    - y|\n",
                "profiles/a/vmType",
                Slot::Value,
                "y",
                true,
            ),
            ("s:\n  a:\n    fanOut:\n      - id: x\n        |\n", "s/a/fanOut", Slot::Key, "", true),
            ("s:\n  a:\n    fanOut:\n      - id: x\n        en|v\n", "s/a/fanOut", Slot::Key, "env", true),
            ("s:\n  a:\n    fanOut:\n      - id: x\n      - |\n", "s/a/fanOut", Slot::Value, "", true),
            ("profiles:\n  a:\n    vmType: [x, |]\n", "profiles/a/vmType", Slot::Value, "", true),
            ("profiles:\n  a:\n    vmType: [x, y|\n", "profiles/a/vmType", Slot::Value, "y", true),
            ("profiles:\n  a: {region: |}\n", "profiles/a/region", Slot::Value, "", false),
            ("profiles:\n  a: {region: u|s, spot: true}\n", "profiles/a/region", Slot::Value, "us", false),
            ("profiles:\n  a: {spot: true, |}\n", "profiles/a", Slot::Key, "", false),
            ("profiles:\n  a: {spot: true, re|}\n", "profiles/a", Slot::Key, "re", false),
            ("profiles: {a: {gpuType: [h100:8, a1|", "profiles/a/gpuType", Slot::Value, "a1", true),
            ("profiles:\n  a: &x\n    |", "profiles/a", Slot::Key, "", false),
            ("profiles:\n  a:\n    x: |-\n      text\n    re|", "profiles/a", Slot::Key, "re", false),
            ("profiles:\n  \"a b\":\n    're|': 1\n", "profiles/a b", Slot::Key, "re", false),
            ("profiles:\r\n  a:\r\n    re|\r\n", "profiles/a", Slot::Key, "re", false),
            ("a: 1\n# x\nb: |", "b", Slot::Value, "", false),
        ] {
            let (text, bar) = match text.strip_prefix("profiles:\n  a:\n    x: |-") {
                Some(rest) => (format!("profiles:\n  a:\n    x: >-{rest}"), true),
                None => (text.to_owned(), false),
            };
            assert_eq!(at(&text), (path.into(), slot, word.into(), is_item), "{text:?} {bar}");
        }
    }

    #[test]
    fn comments_are_found() {
        for (text, word) in [
            ("a: 1 # anycloud-lint: ignore[gpu-|", "gpu-"),
            ("# anycloud-lint: ignore[|]\na: 1\n", ""),
            ("a: {b: 1} # anycloud-lint: ignore[AC1, gpu|]\n", "gpu"),
            ("a: 'x' # ig|n\n", "ign"),
        ] {
            let (_, slot, found, _) = at(text);
            assert!(matches!(slot, Slot::Comment(_)), "{text:?} {slot:?}");
            assert_eq!(found, word, "{text:?}");
        }
    }

    /// No place of any text is too odd, and the word is always around the cursor, on one line.
    #[test]
    fn every_place_has_an_answer() {
        let texts = [
            "profiles:\n  a: {region: [x, 'y\n z', \"q\\\"\"], b: {c: }}\n  - - x\n  ? k\n  : v\n",
            "a: |\n  text\n\n b: >+\n  é😀\nc: *x\nd: !!str &y z\n---\n# c\n...\n",
            "{a: [b, {c: d}], 'e': \"f\n",
            "\t- x\n- \n-\n - - a: 1\n   b: # x\n",
        ];
        for text in texts {
            for end in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                let prefix = text.get(..end).unwrap_or_default();
                for at in (0..=end).filter(|at| text.is_char_boundary(*at)) {
                    let cursor = read(prefix, to_u32(at));
                    let word = prefix.get(cursor.word.range());
                    assert!(word.is_some(), "{prefix:?} {at} {cursor:?}");
                    assert!(
                        cursor.word.start as usize <= at && at <= cursor.word.end as usize,
                        "{prefix:?} {at} {cursor:?}"
                    );
                    if cursor.slot != Slot::Nothing {
                        assert!(!word.is_some_and(|word| word.contains('\n')), "{prefix:?} {at} {cursor:?}");
                    }
                }
            }
        }
    }
}
