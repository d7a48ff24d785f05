//! `cargo xtask catalog`: checks the catalog's tables, and compares those of AWS with their source.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

#[allow(dead_code, reason = "shared with the build script, which uses all of it")]
#[path = "../../build/tables.rs"]
mod tables;

/// The release of `cfn-lint` that the AWS table was made from.
const CFN_LINT: &str = "1.58.0";

/// Where that release keeps its table of EC2 instance types per region.
const INSTANCE_TYPES: &str = "cfnlint/data/schemas/extensions/aws_ec2_instance/instancetype_enum.json";

/// Prints the table as lines of an instance type and a region. Python is there anyway, for pip.
const PRINT_PAIRS: &str = "
import json, sys, zipfile
table = json.loads(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))
for region, types in table.items():
    if isinstance(types, dict):
        for name in types.get('enum', []):
            print(name, region)
";

/// A VM type and a region that offers it.
type Pair = (String, String);

pub(crate) fn run() -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let tables = tables::read(&root.join("src/catalog/data")).map_err(|problems| problems.join("\n"))?;
    println!(
        "{} regions, {} VM types and {} GPUs are consistent",
        tables.regions.len(),
        tables.vm_types.len(),
        tables.gpus.len()
    );

    let ours: BTreeSet<Pair> = tables
        .vm_types
        .iter()
        .filter(|row| row.provider == "AWS")
        .flat_map(|row| row.regions.iter().map(|region| (row.vm_type.clone(), region.clone())))
        .collect();
    let theirs = cfn_lint_pairs(&root.join("target/cfn-lint"))?;
    for (vm_type, region) in theirs.difference(&ours) {
        println!("+ {vm_type} {region}");
    }
    for (vm_type, region) in ours.difference(&theirs) {
        println!("- {vm_type} {region}");
    }
    if ours != theirs {
        return Err(format!(
            "vm-types/aws.csv differs from cfn-lint {CFN_LINT}: `+` is missing, `-` is gone there"
        ));
    }
    println!("vm-types/aws.csv has the {} pairs of VM type and region of cfn-lint {CFN_LINT}", ours.len());
    Ok(())
}

/// The pairs in the pinned release, which is downloaded once into `folder`.
fn cfn_lint_pairs(folder: &Path) -> Result<BTreeSet<Pair>, String> {
    let wheel: PathBuf = folder.join(format!("cfn_lint-{CFN_LINT}-py3-none-any.whl"));
    if !wheel.exists() {
        let package = format!("cfn-lint=={CFN_LINT}");
        let download =
            ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", &package, "--dest"];
        output(Command::new("python3").args(download).arg(folder))?;
    }
    let pairs = output(Command::new("python3").args(["-c", PRINT_PAIRS]).arg(&wheel).arg(INSTANCE_TYPES))?;
    let pairs: BTreeSet<_> = pairs
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(vm_type, region)| (vm_type.to_owned(), region.to_owned()))
        .collect();
    if pairs.is_empty() { Err(format!("no instance types in {}", wheel.display())) } else { Ok(pairs) }
}

/// What a Python command prints; an error where it fails.
fn output(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("python3: {error}"))?;
    if !output.status.success() {
        return Err(format!("python3: {}", String::from_utf8_lossy(&output.stderr)));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("python3: {error}"))
}
