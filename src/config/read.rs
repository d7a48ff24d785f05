//! Reads a configuration, and says of everything in it that means nothing what was probably meant.

use std::collections::BTreeMap;
use std::ops::Range;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use toml::Spanned;

use super::mask;
use super::model::{ConfigFile, credential_providers};
use super::{Config, ConfigError, Mistake};
use crate::catalog::{Catalog, Provider};
use crate::finding::Severity;
use crate::sdk::Sdk;
use crate::secret::Secrets;
use crate::source::{Source, Span, to_u32};
use crate::{rules, shown, suggest};

const NO_PROVIDER: &str = "there is no provider";
const MAYBE_SECRET: &str = "this is no provider, and may be a secret";

/// What serde calls a sequence.
const LIST: &str = "a list of texts";

pub(super) fn read(name: &str, text: &str) -> Result<Config, ConfigError> {
    let mut reader = Reader { source: Source::new(name, text), shown: None, mistakes: Vec::new() };
    let config = match toml::from_str::<ConfigFile>(text) {
        Ok(file) => reader.check(file),
        Err(error) => {
            reader.misshapen(&error);
            Config::default()
        }
    };
    if reader.mistakes.is_empty() {
        return Ok(config);
    }
    reader.mistakes.sort_by_key(|mistake| mistake.span.start);
    Err(ConfigError { name: name.to_owned(), mistakes: reader.mistakes })
}

struct Reader {
    source: Source,
    /// The secrets of the text and how it may be shown, made for the first mistake.
    shown: Option<(Secrets, Source)>,
    mistakes: Vec<Mistake>,
}

impl Reader {
    fn check(&mut self, file: ConfigFile) -> Config {
        let select = file.lint.select.map_or_else(Vec::new, |list| {
            if list.get_ref().is_empty() {
                let help = "leave `select` out to run every rule; `ignore` turns rules off";
                self.add(list.span(), "`select` is empty: no rule would run", "nothing here", help);
            }
            self.selectors(list.into_inner())
        });
        let ignore = self.selectors(file.lint.ignore);
        let severity = self.severities(file.lint.severity);
        let include = self.globs(&file.files.include);
        let exclude = self.globs(&file.files.exclude);
        let credentials = file.credentials.map(|names| self.credentials(names));
        let mut additions = Vec::new();
        for (name, added) in file.catalog {
            if let Some(provider) = self.provider(&name, Provider::ALL.into_iter(), NO_PROVIDER) {
                additions.push((provider, added));
            }
        }
        let catalog = Catalog::with_additions(additions);
        let sdk = file.target.sdk.and_then(|version| self.sdk(&version));
        Config { select, ignore, severity, include, exclude, credentials, catalog, sdk }
    }

    fn sdk(&mut self, version: &Spanned<String>) -> Option<Sdk> {
        let sdk = Sdk::read(version.get_ref());
        if sdk.is_none() {
            let message = format!("`{}` is no version of the SDK", version.get_ref());
            self.add(version.span(), message, "no version", "write it as `pip` does: `0.1.60` or `0.1.70`");
        }
        sdk
    }

    fn selectors(&mut self, words: Vec<Spanned<String>>) -> Vec<String> {
        words.into_iter().filter_map(|word| self.selector(word)).collect()
    }

    fn selector(&mut self, word: Spanned<String>) -> Option<String> {
        if rules::selects_any(word.get_ref()) {
            return Some(word.into_inner());
        }
        let help = match rules::closest(word.get_ref()) {
            Some(closest) => format!("did you mean `{closest}`?"),
            None => "`anycloud-lint rules` lists them; a prefix such as `AC3` means a group".into(),
        };
        self.add(word.span(), format!("there is no rule `{}`", word.get_ref()), "no such rule", help);
        None
    }

    /// The severities, those of whole groups first: the last one that fits a rule counts.
    fn severities(&mut self, table: BTreeMap<Spanned<String>, Spanned<String>>) -> Vec<(String, Severity)> {
        let mut severities = Vec::new();
        for (selector, word) in table {
            let severity = Severity::ALL.into_iter().find(|severity| severity.name() == word.get_ref());
            if severity.is_none() {
                let help = match word.get_ref().to_lowercase().as_str() {
                    "off" | "ignore" | "allow" | "none" => {
                        "to turn a rule off, name it in `ignore` of `[lint]`".into()
                    }
                    "err" | "fatal" | "deny" | "critical" => "did you mean `error`?".into(),
                    "warn" => "did you mean `warning`?".into(),
                    "info" | "hint" | "information" => "did you mean `note`?".into(),
                    other => match suggest::closest(other, Severity::ALL.map(Severity::name)) {
                        Some(closest) => format!("did you mean `{closest}`?"),
                        None => "it is `error`, `warning` or `note`".into(),
                    },
                };
                self.add(
                    word.span(),
                    format!("there is no severity `{}`", word.get_ref()),
                    "no severity",
                    help,
                );
            }
            let selector = self.selector(selector);
            severities.extend(selector.zip(severity));
        }
        severities.sort_by_key(|(selector, _)| match rules::find(selector) {
            Some(_) => usize::MAX,
            None => selector.len(),
        });
        severities
    }

    fn globs(&mut self, patterns: &[Spanned<String>]) -> GlobSet {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            let text = pattern.get_ref().trim_start_matches("./").trim_end_matches('/');
            match GlobBuilder::new(text).literal_separator(true).build() {
                Ok(glob) => drop(set.add(glob)),
                Err(error) => {
                    let message = format!("`{}` is no pattern for files", pattern.get_ref());
                    let label = error.kind().to_string();
                    self.add(pattern.span(), message, label, "such as `deploy/*.yaml` or `fixtures/**`");
                }
            }
        }
        set.build().unwrap_or_default()
    }

    fn credentials(
        &mut self,
        names: BTreeMap<Spanned<String>, Spanned<String>>,
    ) -> BTreeMap<String, Provider> {
        let mut credentials = BTreeMap::new();
        for (name, provider) in names {
            // A value that no provider's name could be may be a secret, and is not repeated.
            let message = if mask::is_showable(provider.get_ref()) { NO_PROVIDER } else { MAYBE_SECRET };
            if let Some(provider) = self.provider(&provider, credential_providers(), message) {
                credentials.insert(name.into_inner(), provider);
            }
        }
        credentials
    }

    fn provider(
        &mut self,
        word: &Spanned<String>,
        known: impl Iterator<Item = Provider> + Clone,
        message: &str,
    ) -> Option<Provider> {
        let name = word.get_ref();
        let found = known.clone().find(|provider| provider.name() == name);
        if found.is_some() {
            return found;
        }
        if message == MAYBE_SECRET {
            let help = "only the provider of a saved credential belongs here, such as `AWS`; if this is a secret, \
                take it out and replace it at its provider";
            self.add(word.span(), message, "no provider", help);
            return None;
        }
        let names = known.map(Provider::name);
        let help = match name.to_lowercase().as_str() {
            "local" => "your own machine needs no credentials".into(),
            "amazon" | "amazon web services" | "ec2" | "s3" => "did you mean `AWS`?".into(),
            "google" | "google cloud" | "gcloud" | "gcs" => "did you mean `GCP`?".into(),
            "microsoft" | "microsoft azure" => "did you mean `Azure`?".into(),
            "r2" => "did you mean `Cloudflare`?".into(),
            _ => match suggest::closest(name, names.clone()) {
                Some(closest) => format!("did you mean `{closest}`?"),
                None => format!("it is one of {}", listed(names)),
            },
        };
        self.add(word.span(), format!("{message} `{name}`"), "no such provider", help);
        None
    }

    /// Puts what the TOML parser and serde say into our words.
    fn misshapen(&mut self, error: &toml::de::Error) {
        let span = error.span().unwrap_or_default();
        let said = error.message();
        if let Some(rest) = said.strip_prefix("unknown field ") {
            let mut names = rest.split('`').skip(1).step_by(2);
            let unknown = names.next().unwrap_or_default().to_owned();
            let known: Vec<&str> = names.collect();
            let help = match suggest::closest(&unknown, known.iter().copied()) {
                Some(closest) => format!("did you mean `{closest}`?"),
                None => format!("it is one of {}", listed(known)),
            };
            let shown = if mask::is_showable(&unknown) || unknown.contains('-') {
                format!("there is no key `{unknown}` here")
            } else {
                "there is no such key here".into()
            };
            return self.add(span, shown, "unknown key", help);
        }
        if let Some(rest) = said.strip_prefix("invalid type: ") {
            let (found, expected) = rest.split_once(", expected ").unwrap_or((rest, "something else"));
            let (found, expected) = (kind(found), wanted(expected));
            let label = format!("{expected} belongs here");
            let help = if expected == LIST { "a list stands in brackets: `[\"one\", \"two\"]`" } else { "" };
            return self.add(span, format!("{expected} belongs here, not {found}"), label, help);
        }
        let said = said.lines().next().unwrap_or_default();
        self.add(span, format!("this is not well-formed TOML: {said}"), "here", "");
    }

    /// Notes a mistake; an empty help is none.
    fn add(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        let source = &self.source;
        let (secrets, text) = self.shown.get_or_insert_with(|| {
            let secrets = mask::secrets(source);
            let masked = secrets.masked(source);
            (secrets, Source::new(source.name(), masked))
        });
        // An empty span has no line to point with; what stands before it is close enough.
        let before = source.text().get(..span.start).and_then(|text| text.chars().next_back());
        let start = if span.is_empty() { span.start - before.map_or(0, char::len_utf8) } else { span.start };
        let redacted = |text: String| shown::line(&secrets.redact(&text)).into_owned();
        self.mistakes.push(Mistake {
            message: redacted(message.into()),
            source_code: text.clone(),
            span: Span::new(to_u32(start), to_u32(span.end)),
            label: redacted(label.into()),
            help: Some(redacted(help.into())).filter(|help| !help.is_empty()),
        });
    }
}

/// What serde calls a value that is there, as people call it. The value itself is left out: it may be a secret.
fn kind(found: &str) -> &'static str {
    match found.split_whitespace().next() {
        Some("string") => "a text",
        Some("integer" | "floating") => "a number",
        Some("boolean") => "`true` or `false`",
        Some("sequence") => "a list",
        Some("map") => "a table",
        _ => "this",
    }
}

/// What serde wants, as people call it.
fn wanted(expected: &str) -> &'static str {
    match expected {
        "a sequence" => LIST,
        "a string" | "string" => "a text",
        _ => "a table",
    }
}

fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
