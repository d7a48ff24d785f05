"""SARIF against the official schema, JUnit through a real parser; as far as the program has these formats."""

import json
import os
import tempfile
from pathlib import Path

import yaml
from common import arguments, check, run
from junitparser import JUnitXml

program, root, tools, node = arguments("PROGRAM", "ROOT", "TOOLS", "NODE_FOLDER")
SCHEMA = Path(node, "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json")
help_text = run(program, "check", "--help").stdout
inputs = [Path(root, "examples/anycloud.yaml"), *sorted(Path(root, "fixtures").glob("*/*.yaml"))]
findings = json.loads(run(program, "check", "--format", "json", *inputs).stdout)["findings"]


def offers(name):
    has = f"- {name}:" in help_text or f"- {name}\n" in help_text
    if not has:
        print(f"   not checked: the program has no `--format {name}`")
    return has


def against_schema(file):
    # The schema has a pattern with a `]` by itself, which only some kinds of regular expression allow.
    return run(Path(tools, "bin/check-jsonschema"), "--regex-variant", "python", "--schemafile", SCHEMA, file)


with tempfile.TemporaryDirectory() as folder:
    if offers("sarif"):
        file = Path(folder, "findings.sarif")
        result = run(program, "check", "--format", "sarif", "--output-file", file, *inputs)
        check(result.returncode == 1, "sarif: exit code 1 for findings", f"{result.returncode}: {result.stderr}")
        log = json.loads(file.read_text())
        count = sum(len(entry["results"]) for entry in log["runs"])
        check(count == len(findings), f"sarif: all {len(findings)} findings are in it", f"{count} are")
        valid = against_schema(file)
        check(valid.returncode == 0, "sarif: fits the official 2.1.0 schema", (valid.stdout + valid.stderr)[:2000])
        log["runs"][0]["results"] = 7
        file.write_text(json.dumps(log))
        broken = against_schema(file)
        check(broken.returncode == 1 and "$.runs[0].results" in broken.stdout, "control: the schema refuses a log without a list of results")
        # The GitHub action's own script, as a runner would call it.
        steps = yaml.safe_load(Path(root, "action.yml").read_text())["runs"]["steps"]
        script = next(step["run"] for step in steps if step.get("id") == "check")
        path = os.pathsep.join([str(Path(program).parent), os.environ["PATH"]])
        for name, options, expected in [("examples/anycloud.yaml", "", "1"), ("fixtures/valid/lambda.yaml", "", "0"),
                                        ("examples fixtures/valid/lambda.yaml", "--ignore AC0,AC1,AC2,AC3", "0")]:
            outputs, log = Path(folder, "outputs"), Path(folder, "action.sarif")
            outputs.write_text("")
            log.unlink(missing_ok=True)
            result = run("bash", "-e", "-o", "pipefail", "-c", script, cwd=root, env=os.environ | {
                "PATH": path, "LINT_PATHS": name, "LINT_ARGS": options, "SARIF": str(log), "GITHUB_OUTPUT": str(outputs)})
            is_right = result.returncode == 0 and f"code={expected}\n" in outputs.read_text() and log.exists()
            check(is_right, f"action.yml: `{name}` {options} gives code {expected} and a log",
                  f"{result.returncode}, {outputs.read_text()!r}, {result.stderr}")
    if offers("junit"):
        file = Path(folder, "findings.xml")
        run(program, "check", "--format", "junit", "--output-file", file, *inputs)
        report = JUnitXml.fromfile(str(file))
        cases = [case for suite in report for case in suite]
        failures = sum(1 for case in cases for entry in case.result)
        check(failures == len(findings), f"junit: a parser finds all {len(findings)} findings", f"{failures} failures")
