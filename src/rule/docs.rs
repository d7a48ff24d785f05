//! Reads the documentation of a rule: Markdown, with the examples in fenced blocks.

/// The documentation of a rule, taken apart.
///
/// It is written as prose and three kinds of blocks behind it: `` ```yaml bad `` and `` ```yaml good `` for the
/// examples, and `` ```toml `` for the configuration that they need, if they need one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs<'d> {
    /// What the rule does, why it matters and what to do instead, in Markdown: a line for each paragraph.
    pub explanation: String,
    /// A file that triggers the rule and nothing else.
    pub bad: &'d str,
    /// The same file put right.
    pub good: &'d str,
    /// The configuration that the examples need.
    pub configuration: Option<&'d str>,
}

impl<'d> Docs<'d> {
    /// Takes a documentation apart.
    ///
    /// # Errors
    ///
    /// In words, if a block is of another kind or has no end, or if the explanation or an example is missing.
    pub fn read(text: &'d str) -> Result<Self, String> {
        let (mut prose, mut bad, mut good, mut configuration) = (String::new(), None, None, None);
        let mut open: Option<(&str, usize)> = None;
        let mut end = 0;
        for line in text.split_inclusive('\n') {
            let start = end;
            end += line.len();
            match open {
                Some((info, from)) if line.trim_end() == FENCE => {
                    let block = match info {
                        "yaml bad" => &mut bad,
                        "yaml good" => &mut good,
                        "toml" => &mut configuration,
                        _ => return Err(format!("what is a block of `{info}`?")),
                    };
                    if block.replace(text.get(from..start).unwrap_or_default()).is_some() {
                        return Err(format!("there are two blocks of `{info}`"));
                    }
                    open = None;
                }
                Some(_) => {}
                None => match line.strip_prefix(FENCE) {
                    Some(info) => open = Some((info.trim(), end)),
                    None => prose.push_str(line),
                },
            }
        }
        if let Some((info, _)) = open {
            return Err(format!("the block of `{info}` has no end"));
        }
        let explanation = unwrapped(&prose);
        if explanation.is_empty() {
            return Err("there is no explanation".into());
        }
        let bad = bad.ok_or("there is no bad example")?;
        let good = good.ok_or("there is no good example")?;
        Ok(Self { explanation, bad, good, configuration })
    }
}

const FENCE: &str = "```";

/// Prose with each paragraph, and each item of a list, on a line of its own.
fn unwrapped(prose: &str) -> String {
    let mut text = String::with_capacity(prose.len());
    let mut gap = "";
    for line in prose.lines().map(str::trim) {
        if line.is_empty() {
            gap = if text.is_empty() { "" } else { "\n\n" };
            continue;
        }
        let is_item = line.starts_with("- ") && gap == " ";
        text.push_str(if is_item { "\n" } else { gap });
        text.push_str(line);
        gap = " ";
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\nOne paragraph\nof two lines.\n\nAnother:\n- one\n  item\n- two\n\n```toml\n[credentials]\n```\n\n\
        ```yaml bad\nprofiles:\n\n  a: \"```\"\n```\n\n```yaml good\n```\n";

    #[test]
    fn blocks_are_as_they_are_written_and_prose_is_unwrapped() {
        let docs = Docs::read(TEXT).unwrap_or_default();
        assert_eq!(docs.explanation, "One paragraph of two lines.\n\nAnother:\n- one item\n- two");
        assert_eq!(docs.bad, "profiles:\n\n  a: \"```\"\n");
        assert_eq!(docs.good, "");
        assert_eq!(docs.configuration, Some("[credentials]\n"));
    }

    #[test]
    fn what_is_written_otherwise_is_told() {
        for (text, expected) in [
            ("```yaml bad\n```\n```yaml good\n```\n", "there is no explanation"),
            ("Why.\n```yaml good\n```\n", "there is no bad example"),
            ("Why.\n```yaml bad\n```\n", "there is no good example"),
            ("Why.\n```yaml bad\n", "the block of `yaml bad` has no end"),
            ("Why.\n```yaml\n```\n", "what is a block of `yaml`?"),
            ("Why.\n```yaml bad\n```\n```yaml bad\n```\n", "there are two blocks of `yaml bad`"),
        ] {
            assert_eq!(Docs::read(text), Err(expected.into()), "{text}");
        }
    }
}
