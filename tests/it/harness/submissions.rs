//! Submissions made by chance, for the documents that are.

/// Names that are one edit apart, and templates.
pub const NAMES: [&str; 8] = [".train", ".smoke", "sweep", "sweeps", "grid", "one", "\"7\"", ".clear"];

/// Values of each field, right and wrong, some of them equal however they are written.
pub const FIELDS: [(&str, &[&str]); 20] = [
    ("profile", &["west", "base", "mid", "west", "wst", "bsae", "null", "\"10\"", "10", "*profile", ".base"]),
    ("profile", &["west", "mid", "low", "null"]),
    (
        "image",
        &[
            "ghcr.io/acme/train:1.4",
            "ghcr.io/acme/train:1.4",
            "ghcr.io/Acme/Train:V1",
            "\"ubuntu:24.04\"",
            "ubuntu",
            "null",
            "*image",
        ],
    ),
    ("deployment", &["null", "trainers"]),
    (
        "command",
        &[
            "[python, train.py]",
            "python train.py",
            "\"python  train.py --lr 0.1\"",
            "[python, 1, true]",
            "sh -c 'a && b'",
            "A=1 python",
            "null",
            "*command",
            "no",
            "[*word, x]",
        ],
    ),
    (
        "env",
        &[
            "{LR: \"0.1\"}",
            "{LR: 0.10, N: 010}",
            "{LR: 0x1F, ON: yes, OFF: no}",
            "{LR: true, X: null}",
            "{LR: \"0.1\"}",
            "null",
            "{}",
            "*env",
            "{<<: *env, LR: 2}",
            "{LR: *count, T: *text}",
        ],
    ),
    ("secrets", &["[hf-token]", "[hf-token, 1]", "null", "[]"]),
    (
        "dockerOptions",
        &[
            "{shmSize: 8g}",
            "{shm_size: 8g}",
            "{shmSize: 8, privileged: \"true\"}",
            "{cpus: 4, memry: 1g}",
            "null",
            "{shmSize: 8g}",
        ],
    ),
    ("id", &["a", "1", "\"1\"", "null", "A"]),
    ("gpuType", &["t4", "[t4, T4]", "H100:ALL", "null", "*pool", "T4", "[*gpu, l4]"]),
    ("gpuType", &["t4", "null", "l4:1"]),
    ("mounts", &["[{name: state, path: /mnt/state}]", "[{name: state, path: /mnt, ro: yes}]", "null"]),
    ("nodes", &["2", "\"2\"", "1", "null", "2.0", "\"02\""]),
    ("launch", &["distributed", "Distributed", "single", "null", "SINGLE"]),
    ("timeLimit", &["3600", "\"3600\"", "null", "3600.0"]),
    ("resumable", &["true", "yes", "\"true\"", "null", "false"]),
    ("nodePool", &["a", "1", "null"]),
    ("cloudConfig", &["null", "{}", "{spot: true}", "{spot: \"true\"}", "{region: null}", "{spt: true}"]),
    ("cloudConfig", &["*config", "{<<: *config, spot: yes}", "{gpuType: [t4, T4]}", "{vm_type: g5.xlarge}"]),
    ("x-note", &["1", "*env"]),
];

/// Spellings of keys that the linter puts right, or must not.
pub const MISSPELT: [(&str, &[&str]); 9] = [
    ("profile", &["Profile", "profil"]),
    ("image", &["imge", "Image"]),
    ("command", &["comand"]),
    ("cloudConfig", &["cloud_config", "cloudconfig"]),
    ("gpuType", &["gpu_type"]),
    ("dockerOptions", &["docker_options"]),
    ("timeLimit", &["time_limit"]),
    ("nodes", &["node", "Nodes"]),
    ("env", &["Env"]),
];

/// What values refer to.
pub const NOTES: &str = "\
x-profile: &profile west
x-image: &image ghcr.io/acme/Train:2
x-command: &command [python, train.py]
x-word: &word 1
x-env: &env {LR: \"0.1\", N: 1}
x-config: &config {spot: true, diskTier: HIGH}
";
