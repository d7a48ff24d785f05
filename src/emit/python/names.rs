//! Names for Python: of variables, and of what is read from the environment.

use rustc_hash::FxHashSet;

/// Words that can't be variables, and names that the module needs itself.
const TAKEN: [&str; 57] = [
    "False",
    "None",
    "True",
    "and",
    "as",
    "assert",
    "async",
    "await",
    "break",
    "case",
    "class",
    "continue",
    "def",
    "del",
    "elif",
    "else",
    "except",
    "finally",
    "for",
    "from",
    "global",
    "if",
    "import",
    "in",
    "is",
    "lambda",
    "match",
    "nonlocal",
    "not",
    "or",
    "pass",
    "print",
    "raise",
    "return",
    "try",
    "type",
    "while",
    "with",
    "yield",
    "AWSCredentials",
    "AzureCredentials",
    "Client",
    "CloudConfig",
    "CloudType",
    "DiskTier",
    "GCPCredentials",
    "LambdaCredentials",
    "Submission",
    "client",
    "dict",
    "list",
    "os",
    "profiles",
    "str",
    "submissions",
    "submit",
    "anycloud",
];

/// Longer names are cut: beside two of them a line of code still has room.
const LONGEST: usize = 32;

/// Gives out names, each once.
#[derive(Debug, Default)]
pub(super) struct Names {
    used: FxHashSet<String>,
}

impl Names {
    /// A variable for something of that name. The names that begin with it and end with a suffix are its own too.
    pub(super) fn variable(&mut self, name: &str, suffixes: &[String]) -> String {
        let mut variable = word(name);
        if variable.starts_with(|c: char| c.is_ascii_digit()) {
            variable.insert(0, '_');
        }
        variable.truncate(LONGEST);
        if TAKEN.contains(&variable.as_str()) {
            variable.push('_');
        }
        self.claim(variable, suffixes)
    }

    /// The name itself, or with a number behind it if it is taken.
    pub(super) fn free(&mut self, name: String) -> String {
        self.claim(name, &[])
    }

    fn claim(&mut self, name: String, suffixes: &[String]) -> String {
        let family = |name: &str| {
            let beside = suffixes.iter().map(|suffix| self::beside(name, suffix));
            std::iter::once(name.to_owned()).chain(beside).collect::<Vec<_>>()
        };
        let numbered = (2..).map(|number| format!("{}_{number}", name.trim_end_matches('_')));
        let mut names = std::iter::once(name.clone()).chain(numbered);
        let free =
            names.find(|name| family(name).iter().all(|name| !self.used.contains(name))).unwrap_or(name);
        self.used.extend(family(&free));
        free
    }
}

/// A name with nothing in it that a variable can't have.
pub(super) fn word(name: &str) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.chars().map(|c| if is_word(c) { c } else { '_' }).collect()
}

/// The variable that stands beside another.
pub(super) fn beside(variable: &str, suffix: &str) -> String {
    format!("{}_{suffix}", variable.trim_end_matches('_'))
}

/// `secretAccessKey` as `secret_access_key`.
pub(super) fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        if character.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_becomes_a_variable_of_its_own() {
        let mut names = Names::default();
        let wanted = ["9", ".t", "my-profile", "class", "a.b", "a-b", "os", ".9", "a_b_2"];
        let variables = wanted.map(|name| names.variable(name, &["gpu".to_owned()]));
        assert_eq!(variables, ["_9", "_t", "my_profile", "class_", "a_b", "a_b_2", "os_", "_9_2", "a_b_2_2"]);
        assert_eq!(names.variable("a_b_gpu", &[]), "a_b_gpu_2");
        assert_eq!(snake_case("secretAccessKey"), "secret_access_key");
        assert_eq!(snake_case("diskSizeGb"), "disk_size_gb");
    }
}
