//! `anycloud job IMAGE …`: a profile as the arguments of the command line that it stands for.

use super::datum::{self, Datum};
use super::{Refusal, Wanted};
use crate::profile::Field;

/// Which command line is spoken to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// `anycloud job IMAGE`, as today.
    #[default]
    Job,
    /// `anycloud submit IMAGE`, as before SDK 0.1.63.
    Submit,
}

impl Dialect {
    const fn command(self) -> &'static str {
        match self {
            Self::Job => "job",
            Self::Submit => "submit",
        }
    }
}

/// A command that starts a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The profile that it stands for.
    pub name: String,
    /// The program and its arguments.
    pub words: Vec<Word>,
    /// What is left out, and why that makes no difference.
    pub notes: Vec<String>,
}

/// An argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The argument as the program gets it.
    pub text: String,
    /// The field that it comes from.
    field: &'static str,
}

/// The fields that have a flag, in the order in which the flags are printed.
const FLAGS: [(Field, &str); 14] = [
    (Field::Credentials, "--credentials"),
    (Field::Region, "--region"),
    (Field::AvailabilityZone, "--zone"),
    (Field::VmType, "--vm-type"),
    (Field::GpuType, "--gpu-type"),
    (Field::Spot, "--spot"),
    (Field::DiskSizeGb, "--disk-size"),
    (Field::InputBucket, "--input-bucket"),
    (Field::OutputBucket, "--output-bucket"),
    (Field::InputStorageCredentials, "--input-storage-credentials"),
    (Field::OutputStorageCredentials, "--output-storage-credentials"),
    (Field::InputStorageRegion, "--input-storage-region"),
    (Field::OutputStorageRegion, "--output-storage-region"),
    // The credential tells it.
    (Field::CloudProvider, ""),
];

/// The Docker options that have a flag.
const DOCKER_FLAGS: [(&str, &str); 5] = [
    ("shmSize", "--shm-size"),
    ("memory", "--memory"),
    ("cpus", "--cpus"),
    ("ipc", "--ipc"),
    ("runtime", "--runtime"),
];

/// The commands that start `image` with each of the wanted profiles.
///
/// # Errors
/// What has no flag, in all of them.
pub fn profiles(wanted: &Wanted<'_>, dialect: Dialect, image: &str) -> Result<Vec<Command>, Vec<Refusal>> {
    all(wanted.profiles().iter().map(|id| {
        let mut line = Line::new(wanted.name(*id), dialect, image);
        line.config(&datum::fields(wanted, *id));
        line
    }))
}

/// The commands of the wanted jobs.
///
/// # Errors
/// What has no flag, in all of them.
pub fn jobs(wanted: &Wanted<'_>, dialect: Dialect) -> Result<Vec<Command>, Vec<Refusal>> {
    all(wanted.jobs().iter().map(|job| {
        let body = datum::job(wanted, job);
        let image = body.iter().find(|(name, _)| name == "image").and_then(|(_, image)| image.text());
        let mut line = Line::new(wanted.names.shown(&job.name), dialect, image.unwrap_or_default());
        line.job(&body);
        line
    }))
}

/// The commands if nothing of any was refused, else all that was.
fn all(lines: impl Iterator<Item = Line>) -> Result<Vec<Command>, Vec<Refusal>> {
    let mut commands = Vec::new();
    let mut refusals = Vec::new();
    for mut line in lines {
        commands.push(line.command);
        refusals.append(&mut line.refusals);
    }
    if refusals.is_empty() { Ok(commands) } else { Err(refusals) }
}

/// A command in the making.
struct Line {
    command: Command,
    refusals: Vec<Refusal>,
}

impl Line {
    fn new(name: &str, dialect: Dialect, image: &str) -> Self {
        let command = Command { name: name.to_owned(), words: Vec::new(), notes: Vec::new() };
        let mut line = Self { command, refusals: Vec::new() };
        for word in ["anycloud", dialect.command(), image] {
            line.word("image", word.to_owned());
        }
        line
    }

    fn config(&mut self, fields: &[(String, Datum)]) {
        for (field, flag) in FLAGS {
            let Some((_, value)) = fields.iter().find(|(name, _)| name == field.name()) else { continue };
            match (field, value) {
                (Field::CloudProvider, _) => self.command.notes.push(format!(
                    "`{}`: `cloudProvider` is left out: no flag says it, the credential does",
                    self.command.name
                )),
                (_, Datum::Map(_)) => {
                    self.refuse(field.name(), "is a credential object, and no flag takes one");
                }
                (Field::GpuType, pool) => self.gpus(pool),
                (Field::Spot, Datum::Bool(spot)) => {
                    if *spot {
                        self.word(field.name(), flag.to_owned());
                    }
                }
                (_, pool) => {
                    for value in pool.pool() {
                        self.value(field.name(), flag, value);
                    }
                }
            }
        }
        let has_flag = |name: &str| FLAGS.iter().any(|(field, _)| field.name() == name);
        for (name, _) in fields.iter().filter(|(name, _)| !has_flag(name)) {
            self.refuse(name, "has no flag");
        }
    }

    /// The fields of a job: those of its configuration first, its command last.
    fn job(&mut self, body: &[(String, Datum)]) {
        let get = |name: &str| body.iter().find(|(key, _)| key == name).map(|(_, value)| value);
        if let Some(Datum::Map(config)) = get("cloudConfig") {
            let mut config = config.clone();
            config.extend(get("gpuType").map(|gpu| ("gpuType".to_owned(), gpu.clone())));
            self.config(&config);
        }
        if let Some(id) = get("id") {
            self.value("id", "--id", id);
        }
        if let Some(Datum::Map(variables)) = get("env") {
            for (name, value) in variables {
                self.variable(name, value);
            }
        }
        for secret in get("secrets").map(Datum::pool).unwrap_or_default() {
            self.value("secrets", "--secret", secret);
        }
        if let Some(Datum::Map(options)) = get("dockerOptions") {
            for (name, value) in options {
                match DOCKER_FLAGS.iter().find(|(option, _)| option == name) {
                    Some((_, flag)) => self.value("dockerOptions", flag, value),
                    None => self.refuse(&format!("dockerOptions.{name}"), "has no flag"),
                }
            }
        }
        for (name, _) in body {
            let is_said = matches!(
                name.as_str(),
                "image" | "cloudConfig" | "gpuType" | "id" | "env" | "secrets" | "dockerOptions" | "command"
            );
            if !is_said {
                self.refuse(name, "has no flag");
            }
        }
        let Some(command) = get("command") else { return };
        self.word("command", "--".into());
        for word in command.pool() {
            match word {
                Datum::Text(text) => self.word("command", text.clone()),
                _ => self.refuse("command", "has the shape of a secret, and a command is no place for one"),
            }
        }
    }

    /// `-e K=V`. Without a value the variable is read from the shell: so a secret need not be written.
    fn variable(&mut self, name: &str, value: &Datum) {
        self.word("env", "-e".into());
        if let Datum::Text(text) = value {
            self.word("env", format!("{name}={text}"));
        } else {
            self.word("env", name.to_owned());
            let job = &self.command.name;
            let note =
                format!("`{job}`: `{name}` is secret: set it in the shell, where `-e {name}` reads it");
            self.command.notes.push(note);
        }
    }

    /// `NAME`, `NAME:N` and `NAME:all`. The count is said once, so that it must be the same for the whole pool.
    fn gpus(&mut self, pool: &Datum) {
        let field = Field::GpuType.name();
        let texts: Vec<&str> = pool.pool().iter().filter_map(Datum::text).collect();
        if texts.len() < pool.pool().len() {
            return self.refuse(field, "has the shape of a secret");
        }
        let split = |text: &'_ str| match text.split_once(':') {
            Some((name, count)) => (name.to_owned(), Some(count.to_owned())),
            None => (text.to_owned(), None),
        };
        let gpus: Vec<(String, Option<String>)> = texts.into_iter().map(split).collect();
        let count = gpus.first().and_then(|(_, count)| count.clone());
        if gpus.iter().any(|(_, other)| *other != count) {
            return self.refuse(field, "is a pool with different counts, and `--gpus` is said once for all");
        }
        for (name, _) in gpus {
            self.push(field, "--gpu-type", &name);
        }
        if let Some(count) = count {
            self.push(field, "--gpus", &count);
        }
    }

    fn value(&mut self, field: &'static str, flag: &str, value: &Datum) {
        match value {
            Datum::Text(text) | Datum::Number(text) => self.push(field, flag, text),
            Datum::Secret => {
                self.refuse(field, "has the shape of a secret, and a command is no place for one");
            }
            _ => self.refuse(field, "has no flag in this form"),
        }
    }

    /// A flag and its value: in one word where the value would read as a flag itself.
    fn push(&mut self, field: &'static str, flag: &str, value: &str) {
        if value.starts_with('-') {
            self.word(field, format!("{flag}={value}"));
        } else {
            self.word(field, flag.to_owned());
            self.word(field, value.to_owned());
        }
    }

    fn word(&mut self, field: &'static str, text: String) {
        self.command.words.push(Word { text, field });
    }

    fn refuse(&mut self, field: &str, reason: &str) {
        let (subject, field) = (self.command.name.clone(), field.to_owned());
        self.refusals.push(Refusal { subject, field, reason: reason.to_owned() });
    }
}

impl Command {
    /// The command as a line for a POSIX shell.
    ///
    /// # Errors
    /// Where a word holds a character that has no place in a line of its own: a line break, a control character,
    /// or one that changes the direction in which the line is read.
    pub fn shell(&self) -> Result<String, Refusal> {
        let quoted = self.words.iter().map(|word| {
            let is_plain = !word.text.contains(breaks_a_line);
            shlex::try_quote(&word.text).ok().filter(|_| is_plain).ok_or_else(|| Refusal {
                subject: self.name.clone(),
                field: word.field.to_owned(),
                reason: "holds a line break or another control character, which a line of shell can't; \
                    `--format json` can"
                    .into(),
            })
        });
        Ok(quoted.collect::<Result<Vec<_>, _>>()?.join(" "))
    }
}

fn breaks_a_line(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}
