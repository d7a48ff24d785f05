//! Python expressions, and how they are laid out: as `ruff format` would.

use unicode_width::UnicodeWidthStr;

/// The columns of a line.
const WIDTH: usize = 88;
const STEP: usize = 4;

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Expression {
    /// A name, a number, a text: what is never broken.
    Atom(String),
    /// Something in brackets with commas between: a call, a list, a dictionary.
    Group {
        /// What stands before the items, the bracket included.
        open: String,
        /// The items: what stands before each, such as `region=`, and the item.
        items: Vec<(String, Expression)>,
        /// The closing bracket.
        close: char,
    },
    /// `of[key]`
    Index {
        /// What is looked into.
        of: &'static str,
        /// What for.
        key: String,
    },
}

impl Expression {
    /// A name, a number or the like.
    pub(super) fn atom(text: impl Into<String>) -> Self {
        Self::Atom(text.into())
    }

    /// A text in quotes.
    pub(super) fn text(text: &str) -> Self {
        Self::Atom(quote(text))
    }

    /// A dictionary; its keys are written with their colon.
    pub(super) fn dict(items: Vec<(String, Self)>) -> Self {
        Self::Group { open: "{".into(), items, close: '}' }
    }

    /// A list.
    pub(super) fn list(items: impl IntoIterator<Item = Self>) -> Self {
        let items = items.into_iter().map(|item| (String::new(), item)).collect();
        Self::Group { open: "[".into(), items, close: ']' }
    }

    /// A call; the names of its arguments are written with their equals sign.
    pub(super) fn call(function: &str, items: Vec<(String, Self)>) -> Self {
        Self::Group { open: format!("{function}("), items, close: ')' }
    }

    fn flat(&self) -> String {
        match self {
            Self::Atom(text) => text.clone(),
            Self::Group { open, items, close } => {
                let items: Vec<String> =
                    items.iter().map(|(before, item)| format!("{before}{}", item.flat())).collect();
                format!("{open}{}{close}", items.join(", "))
            }
            Self::Index { of, key } => format!("{of}[{key}]"),
        }
    }

    /// The expression behind `before` on a line with this indentation, and `behind` after it.
    fn laid_out(&self, indent: usize, before: &str, behind: &str) -> String {
        let flat = format!("{before}{}{behind}", self.flat());
        if indent + flat.width() <= WIDTH {
            return flat;
        }
        let (inner, outer) = (" ".repeat(indent + STEP), " ".repeat(indent));
        match self {
            Self::Group { open, items, close } if !items.is_empty() => {
                let lines = items
                    .iter()
                    .map(|(before, item)| format!("{inner}{}\n", item.laid_out(indent + STEP, before, ",")));
                format!("{before}{open}\n{}{outer}{close}{behind}", lines.collect::<String>())
            }
            Self::Index { of, key } => format!("{before}{of}[\n{inner}{key}\n{outer}]{behind}"),
            _ => flat,
        }
    }
}

/// `name = value`
pub(super) fn assignment(name: &str, value: &Expression) -> String {
    let line = value.laid_out(0, &format!("{name} = "), "");
    if let Expression::Atom(atom) = value
        && line.width() > WIDTH
        && STEP + atom.width() <= WIDTH
    {
        return format!("{name} = (\n    {atom}\n)");
    }
    line
}

/// `return value`, in a function.
pub(super) fn returned(value: &Expression) -> String {
    format!("{:STEP$}{}", "", value.laid_out(STEP, "return ", ""))
}

/// `from module import one, other`
pub(super) fn import(module: &str, names: Vec<(String, Expression)>) -> String {
    let flat = names.iter().map(|(_, name)| name.flat()).collect::<Vec<_>>().join(", ");
    let line = format!("from {module} import {flat}");
    if line.width() <= WIDTH {
        return line;
    }
    Expression::call(&format!("from {module} import "), names).laid_out(0, "", "")
}

/// A text as Python reads it: in double quotes, unless single ones need fewer backslashes.
pub(super) fn quote(text: &str) -> String {
    let count = |wanted: char| text.chars().filter(|c| *c == wanted).count();
    let mark = if count('"') > count('\'') { '\'' } else { '"' };
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push(mark);
    for character in text.chars() {
        match character {
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            _ if character == mark => quoted.extend(['\\', character]),
            _ if is_hidden(character) => quoted += &escape(u32::from(character)),
            _ => quoted.push(character),
        }
    }
    quoted.push(mark);
    quoted
}

fn escape(code: u32) -> String {
    match code {
        0..0x100 => format!("\\x{code:02x}"),
        0x100..0x1_0000 => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    }
}

/// Characters that nobody sees, some of which change how the rest is read.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted() {
        assert_eq!(quote("plain é"), "\"plain é\"");
        assert_eq!(quote("it's"), "\"it's\"");
        assert_eq!(quote("say \"it\""), "'say \"it\"'");
        assert_eq!(quote("a\\b\n\u{7}\u{202e}"), "\"a\\\\b\\n\\x07\\u202e\"");
    }

    #[test]
    fn what_does_not_fit_is_broken() {
        let long = "x".repeat(76);
        let value = Expression::list([Expression::text(&long), Expression::text("b")]);
        assert_eq!(assignment("names", &value), format!("names = [\n    \"{long}\",\n    \"b\",\n]"));
        assert_eq!(assignment("names", &Expression::list([])), "names = []");
        let name = "n".repeat(20);
        assert_eq!(assignment(&name, &Expression::text(&long)), format!("{name} = (\n    \"{long}\"\n)"));
    }
}
