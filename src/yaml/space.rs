//! Characters that look like a space, or like nothing, and are ordinary text to YAML.

/// What such a character is called, with its code; nothing for any other character.
pub fn stray_space(character: char) -> Option<String> {
    let name = match character {
        '\u{a0}' | '\u{202f}' | '\u{2007}' => "non-breaking space",
        '\u{3000}' => "full-width space",
        '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200a}' | '\u{205f}' => "typographic space",
        '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' => "zero-width character",
        '\u{feff}' => "byte order mark",
        _ => return None,
    };
    Some(format!("a {name} (U+{:04X})", u32::from(character)))
}

/// The first such character of a text, by its name.
pub fn stray_space_in(text: &str) -> Option<String> {
    if text.is_ascii() { None } else { text.chars().find_map(stray_space) }
}
