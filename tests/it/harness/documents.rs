//! Documents as nobody would write them and somebody will: merges, anchors, nulls, several bases and mistakes, mixed.

use super::{Random, submissions};

/// Names that are one edit apart, that look like numbers, and that are templates.
const NAMES: [&str; 10] = ["base", ".clear", ".t", "mid", "low", "west", "\"10\"", "b2", "east-1", ".base"];

/// Values of each field, right and wrong, some of them equal however they are written.
const FIELDS: [(&str, &[&str]); 17] = [
    (
        "region",
        &[
            "us-east-1",
            "us-east-1",
            "\"us-east-1\"",
            "us-west-2",
            "US-EAST-1",
            "null",
            "~",
            "",
            "NULL",
            "eastus",
            "East US",
        ],
    ),
    ("region", &["us-east-1", "null", "us-east-1", "*region", "*none"]),
    (
        "spot",
        &[
            "true",
            "true",
            "false",
            "null",
            "\"true\"",
            "'false'",
            "yes",
            "No",
            "on",
            "!!str yes",
            "\"yes\"",
            "True",
        ],
    ),
    ("spot", &["true", "null", "false"]),
    (
        "minVmCount",
        &[
            "1",
            "2",
            "2.0",
            "\"2\"",
            "\"010\"",
            "'10'",
            "010",
            "\"0\"",
            "\"00\"",
            "1_000",
            "\"1_000\"",
            "null",
            "\"1e3\"",
            "0o10",
            "\"0x1F\"",
            "\"+1\"",
            "!!int \"2\"",
            "12:30:45",
            "\"12:30:45\"",
        ],
    ),
    ("maxVmCount", &["4", "\"4\"", "null", "4", "*count", "*text"]),
    ("diskSizeGb", &["100", "\"100\"", "\"0100\"", "100.0", "*count", "\"true\""]),
    ("diskTier", &["high", "HIGH", "\"Ultra\"", "null", "'medium'", "high", ">-\n      HIGH"]),
    ("cloudProvider", &["AWS", "aws", "GCP", "Azure", "\"azure\"", "null", "AWS"]),
    ("availabilityZone", &["1", "\"1\"", "us-east-1a", "0x1F", "1e3", "010", "null", "!!int 1", "2001"]),
    (
        "gpuType",
        &[
            "h100:8",
            "[a100-40gb, a100]",
            "[a100, a100-40gb]",
            "[a100:8, A100-40GB:8, a100-80gb:8]",
            "[t4, t4:1, T4]",
            "[h100, H100, h100-mega]",
            "H100:ALL",
            "null",
            "*pool",
            "[v100-16gb, V100, v100-32gb]",
            "[t4, t4, t4]",
        ],
    ),
    (
        "gpuType",
        &[
            "[*gpu, t4]",
            "[rtxa6000, a6000]",
            "h100:8",
            "[&gpu2 t4, l4, t4]",
            "\"T4:All\"",
            "[a100-40gb, a100, a100-40gb]",
        ],
    ),
    (
        "vmType",
        &[
            "g5.xlarge",
            "[g5.xlarge, g6.xlarge]",
            "[g5.xlarge, G5.XLARGE]",
            "[g5.xlarge, g5.xlarge]",
            "null",
            "*pool",
            "G5.xlarge",
            "[Standard_NC16as_T4_v3, standard_nc16as_t4_v3]",
        ],
    ),
    ("inputBucket", &["data", "123", "null", "data", "\"data\"", "0o17"]),
    (
        "credentials",
        &[
            "team",
            "null",
            "123",
            "{cloudProvider: aws, accessKeyId: 1, secretAccessKey: 0x2}",
            "{cloudProvider: Lambda, api_key: k}",
            "*login",
            "{apiKey: k, cloudProvider: Lambda}",
        ],
    ),
    ("inputStorageRegion", &["us-east-1", "null", "us-east-1"]),
    ("x-note", &["1", "*region", "*pool", "{a: 1}"]),
];

/// Spellings of keys that the linter puts right, or must not.
const MISSPELT: [(&str, &[&str]); 9] = [
    ("region", &["Region", "regin", "\"REGION\""]),
    ("spot", &["Spot", "spt"]),
    ("minVmCount", &["min_vm_count", "minVMCount"]),
    ("vmType", &["vm_type", "vm-type", "vmtype"]),
    ("gpuType", &["gpu_type", "gpuTyp"]),
    ("diskTier", &["disk_tier"]),
    ("diskSizeGb", &["disk_size_gb", "diskSizeGB"]),
    ("cloudProvider", &["cloud_provider"]),
    ("availabilityZone", &["availability_zone"]),
];

/// What other values and mappings refer to.
const NOTES: &str = "\
x-region: &region us-east-1
x-none: &none null
x-count: &count 4
x-text: &text \"4\"
x-gpu: &gpu T4
x-pool: &pool [t4, l4, t4]
x-login: &login {cloudProvider: Lambda, apiKey: k}
";

/// A document made by chance. Most can be read, and have many mistakes.
pub fn document(random: &mut Random) -> String {
    let mut writer = Writer { random, merges: Vec::new(), names: Vec::new(), submissions: Vec::new() };
    let text = writer.document();
    let newline = *random.pick(&[&"\n", &"\n", &"\n", &"\r\n", &"\r"]);
    let mark = if random.below(12) == 11 { "\u{feff}" } else { "" };
    format!("{mark}{}", text.replace('\n', newline))
}

/// A table of fields with their values.
type Fields<'t> = &'t [(&'static str, &'static [&'static str])];

struct Writer<'r> {
    random: &'r mut Random,
    /// The anchors of mappings written so far.
    merges: Vec<String>,
    names: Vec<&'static str>,
    submissions: Vec<&'static str>,
}

impl Writer<'_> {
    /// What is rare is the last of the numbers: where all of them are 0, the document is a simple one.
    fn chance(&mut self, one_in: usize) -> bool {
        self.random.below(one_in) == one_in - 1
    }

    /// So many of some names, each once.
    fn some_of(&mut self, names: &[&'static str], count: usize) -> Vec<&'static str> {
        let mut left = names.to_vec();
        (0..count).map(|_| left.remove(self.random.below(left.len()))).collect()
    }

    fn document(&mut self) -> String {
        let mut text = String::new();
        if self.chance(6) {
            text.push_str("# what runs where\n\n");
        }
        if self.chance(4) {
            text.push_str(self.random.pick(&["version: 1\n", "version: \"1\"\n", "version: '01'\n"]));
        }
        text.push_str(NOTES);
        for index in 0..self.random.below(3) {
            let mut entries = self.fields(2);
            entries.extend(self.merge(5));
            let name = format!("m{index}");
            text.push_str(&format!("x-{name}: &{name} {{{}}}\n", flow(&entries)));
            self.merges.push(name);
        }
        text.push_str(self.random.pick(&[
            "profiles:\n",
            "profiles:\n",
            "profiles:\n",
            "profiles:\n",
            "Profiles:\n",
        ]));
        let count = 2 + self.random.below(5);
        self.names = self.some_of(&NAMES, count);
        for index in 0..count {
            text.push_str(&self.profile(index));
        }
        if !self.chance(3) {
            text.push_str(&self.section());
        }
        text
    }

    fn section(&mut self) -> String {
        let heads = ["submissions:\n", "submissions:\n", "submissions:\n", "submission:\n", "Submissions:\n"];
        let mut text = submissions::NOTES.to_owned() + heads[self.random.below(heads.len())];
        let count = 1 + self.random.below(4);
        self.submissions = self.some_of(&submissions::NAMES, count);
        // Anchors of profiles are no submissions.
        self.merges.clear();
        for index in 0..count {
            text.push_str(&self.submission(index));
        }
        text
    }

    fn submission(&mut self, index: usize) -> String {
        let name = self.submissions[index];
        if index > 0 && self.chance(15) && !self.merges.is_empty() {
            let of = self.random.below(self.merges.len());
            return format!("  {name}: *{}\n", self.merges[of]);
        }
        let mut entries = Vec::new();
        let among = if self.chance(6) { self.submissions.len() } else { index };
        if among > 0 && !self.chance(3) {
            let base = self.submissions[self.random.below(among)];
            let base = if self.chance(10) { "swep" } else { base };
            let other = self.submissions[self.random.below(among)];
            let list = format!("[{base}, {other}]");
            entries.push(("extends".to_owned(), if self.chance(3) { list } else { base.to_owned() }));
        }
        let count = self.random.below(6);
        entries.extend(self.entries(&submissions::FIELDS, &submissions::MISSPELT, count));
        entries.extend(self.fan_out());
        if self.chance(4) && !self.merges.is_empty() {
            let of = self.random.below(self.merges.len());
            entries.push(("<<".into(), format!("*{}", self.merges[of])));
        }
        let anchored = self.chance(3).then(|| format!("s{index}"));
        let anchor = anchored.as_ref().map_or(String::new(), |name| format!(" &{name}"));
        self.merges.extend(anchored);
        if self.chance(4) || entries.is_empty() {
            return format!("  {name}:{anchor} {{{}}}{}\n", flow(&entries), self.comment());
        }
        let mut text = format!("  {name}:{anchor}{}\n", self.comment());
        for (key, value) in entries {
            let items = value.strip_prefix("[{").and_then(|rest| rest.strip_suffix("}]"));
            let inner = value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
            match (items, inner) {
                (Some(items), _) if self.chance(2) => {
                    text.push_str(&format!("    {key}:\n"));
                    for item in items.split("}, {") {
                        text.push_str(&format!("      - {{{item}}}{}\n", self.comment()));
                    }
                }
                (_, Some(inner)) if !inner.is_empty() && !inner.contains(['{', '[']) && self.chance(2) => {
                    text.push_str(&format!("    {key}:\n"));
                    for entry in inner.split(", ") {
                        text.push_str(&format!("      {entry}{}\n", self.comment()));
                    }
                }
                _ => text.push_str(&format!("    {key}: {value}{}\n", self.comment())),
            }
        }
        text
    }

    /// What makes several jobs of one submission.
    fn fan_out(&mut self) -> Vec<(String, String)> {
        let variants = |writer: &mut Self| {
            let count = 1 + writer.random.below(3);
            let variant = |_| {
                let count = writer.random.below(3);
                format!("{{{}}}", flow(&writer.entries(&submissions::FIELDS, &submissions::MISSPELT, count)))
            };
            format!("[{}]", (0..count).map(variant).collect::<Vec<_>>().join(", "))
        };
        let mut entries = Vec::new();
        if self.chance(3) {
            let key = if self.chance(20) { "fan_out" } else { "fanOut" };
            let value = match self.random.below(15) {
                0 => "null".to_owned(),
                1 => "[]".to_owned(),
                _ => variants(self),
            };
            entries.push((key.to_owned(), value));
        }
        if self.chance(if entries.is_empty() { 3 } else { 20 }) {
            let mut axes: Vec<(String, String)> = Vec::new();
            for _ in 0..=self.random.below(2) {
                let (field, values) = submissions::FIELDS[self.random.below(submissions::FIELDS.len() - 1)];
                let count = 1 + self.random.below(3);
                let items: Vec<&str> = (0..count).map(|_| values[self.random.below(values.len())]).collect();
                let misspelt = submissions::MISSPELT.iter().find(|(right, _)| *right == field);
                let key = misspelt.filter(|_| self.chance(12)).map_or(field, |(_, wrong)| wrong[0]);
                if !axes.iter().any(|(known, _)| known == key) {
                    axes.push((key.into(), format!("[{}]", items.join(", "))));
                }
            }
            if self.chance(3) {
                // Mostly a value that is there.
                let (key, list) = &axes[self.random.below(axes.len())];
                let is_one = !list.contains(['{', ' ']);
                let item = if is_one { list.trim_matches(['[', ']']).to_owned() } else { "t4".to_owned() };
                let item = format!("[{{{key}: {item}}}]");
                let item = if self.chance(3) { variants(self) } else { item };
                entries.push(("exclude".into(), item));
            }
            entries.push(("matrix".into(), format!("{{{}}}", flow(&axes))));
        }
        entries
    }

    fn profile(&mut self, index: usize) -> String {
        let name = self.names[index];
        let anchored = self.chance(3).then(|| format!("p{index}"));
        if index > 0 && self.chance(15) && !self.merges.is_empty() {
            let of = self.random.below(self.merges.len());
            return format!("  {name}: *{}\n", self.merges[of]);
        }
        let mut entries = Vec::new();
        entries.extend(self.extends(index));
        let count = self.random.below(6);
        entries.extend(self.fields(count));
        entries.extend(self.merge(3));
        if entries.len() > 1 && self.chance(2) {
            let last = entries.len() - 1;
            entries.swap(0, last);
        }
        let anchor = anchored.as_ref().map_or(String::new(), |name| format!(" &{name}"));
        self.merges.extend(anchored);
        if self.chance(3) || entries.is_empty() {
            return format!("  {name}:{anchor} {{{}}}{}\n", flow(&entries), self.comment());
        }
        let mut text = format!("  {name}:{anchor}{}\n", self.comment());
        for (key, value) in entries {
            if self.chance(25) {
                text.push_str("    # a note\n");
            }
            let comment = if value.starts_with('>') { String::new() } else { self.comment() };
            let items = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            match items {
                Some(items) if self.chance(2) => {
                    text.push_str(&format!("    {key}:{comment}\n"));
                    for item in items.split(", ") {
                        text.push_str(&format!("      - {item}{}\n", self.comment()));
                    }
                }
                _ => text.push_str(&format!("    {key}: {value}{comment}\n")),
            }
        }
        text
    }

    /// Up to three bases, some of them misspelt, in every way to write them.
    fn extends(&mut self, index: usize) -> Option<(String, String)> {
        let count = [0, 1, 1, 2, 2, 3][self.random.below(6)];
        let mut bases = Vec::new();
        for _ in 0..count {
            // Mostly those before, so that circles are rare.
            let among = if self.chance(6) || index == 0 { self.names.len() } else { index };
            let base = self.names[self.random.below(among)];
            let misspelt = match base {
                "base" => self.random.pick(&["bsae", "bas"]),
                "mid" => self.random.pick(&["mit", "md"]),
                "\"10\"" => self.random.pick(&["I0", "10"]),
                "b2" => "B-2",
                _ => "wst",
            };
            bases.push(if self.chance(10) { misspelt } else { base });
        }
        let key = if self.chance(30) { "extend" } else { "extends" };
        match bases.as_slice() {
            [] => None,
            [one] if self.chance(2) => Some((key.into(), (*one).into())),
            bases => Some((key.into(), format!("[{}]", bases.join(", ")))),
        }
    }

    fn fields(&mut self, count: usize) -> Vec<(String, String)> {
        self.entries(&FIELDS, &MISSPELT, count)
    }

    fn entries(&mut self, table: Fields<'_>, misspelt: Fields<'_>, count: usize) -> Vec<(String, String)> {
        let mut entries: Vec<(String, String)> = Vec::new();
        for _ in 0..count {
            let (field, values) = table[self.random.below(table.len())];
            let value = *self.random.pick(&values.iter().collect::<Vec<_>>());
            let misspelt = misspelt.iter().find(|(right, _)| *right == field).filter(|_| self.chance(8));
            let key =
                misspelt.map_or(field, |(_, wrong)| *self.random.pick(&wrong.iter().collect::<Vec<_>>()));
            // The same key twice is possible, and rare.
            if !entries.iter().any(|(known, _)| known == key) || self.chance(12) {
                entries.push((key.into(), value.into()));
            }
        }
        entries
    }

    fn merge(&mut self, one_in: usize) -> Option<(String, String)> {
        if !self.chance(one_in) {
            return None;
        }
        let mut pick = || {
            let known = self.merges.len();
            if known == 0 || self.random.below(4) == 0 {
                let inline = self.fields(1);
                return format!("{{{}}}", flow(&inline));
            }
            format!("*{}", self.merges[self.random.below(known)])
        };
        let (one, other) = (pick(), pick());
        // An inline mapping in a list would be split where the list is written as a block.
        let is_list = self.chance(2) && !one.contains('{') && !other.contains('{');
        Some(("<<".into(), if is_list { format!("[{one}, {other}]") } else { one }))
    }

    fn comment(&mut self) -> String {
        match self.random.below(40) {
            39 => "  # why".into(),
            1 => "  # anycloud-lint: ignore[redundant-override]".into(),
            2 => "  # anycloud-lint: ignore[AC101, AC204]".into(),
            _ => String::new(),
        }
    }
}

fn flow(entries: &[(String, String)]) -> String {
    let one_line = |value: &String| if value.starts_with('>') { "HIGH".to_owned() } else { value.clone() };
    let entries: Vec<String> = entries
        .iter()
        .map(|(key, value)| format!("{key}: {}", one_line(value)).trim_end().to_owned())
        .collect();
    entries.join(", ")
}
