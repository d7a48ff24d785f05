"""The schemas are schemas, and two other validators say of every fixture what our rules about shape say: AC1, and those about
submissions that speak of a type or a key.

Not compared, and counted: files that are no single readable YAML document (AC001 to AC005 say so). `Cloudflare` as
the cloud that computes is AC504 here and just another invalid value to a validator.
"""

import json
import os
import sqlite3
import tempfile
from pathlib import Path

from common import arguments, check, failed, run

program, root, tools, node, readings_file = arguments("PROGRAM", "ROOT", "TOOLS", "NODE_FOLDER", "READINGS")
root = Path(root)
readings = json.loads(Path(readings_file).read_text())
UNREADABLE = {"AC001", "AC002", "AC003", "AC004", "AC005"}
SHAPE = {"AC006", "AC101", "AC102", "AC103", "AC104", "AC105", "AC504", "AC706", "AC707", "AC709"}

profile_schema = root / "schemas/anycloud.schema.json"
schemas = [profile_schema] + sorted(set((root / "schemas").glob("*.json")) - {profile_schema})
check_jsonschema = Path(tools, "bin/check-jsonschema")
here = Path(__file__).parent
answer = run("node", here / "ajv.mjs", node, readings_file, *schemas)
if answer.returncode != 0:
    failed(f"ajv: {answer.stderr.strip()}")
    raise SystemExit
answer = json.loads(answer.stdout)
for schema in schemas:
    label = schema.relative_to(root)
    result = run(check_jsonschema, "--check-metaschema", schema)
    check(result.returncode == 0, f"check-jsonschema accepts {label}", result.stdout.strip())
    reason = answer["schemas"][str(schema)]
    check(reason is None, f"ajv accepts {label}", reason)

for schema, files in {"github-workflows": (root / ".github/workflows").glob("*.yml"),
                      "github-actions": [root / "action.yml"]}.items():
    for file in sorted(files):
        result = run(check_jsonschema, "--builtin-schema", f"vendor.{schema}", file)
        check(result.returncode == 0, f"{file.relative_to(root)} fits its schema", result.stdout)

# The catalog's own schema, from the package's cache of answers, of which only the text is read.
cache = next(Path(tools).glob("lib/python*/site-packages/schemastore/cache.sqlite"))
with sqlite3.connect(cache) as answers:
    bodies = [body for (body,) in answers.execute("SELECT value FROM responses") if b"schema-catalog.json" in body]
start = b'{\r\n  "title": "JSON schema for SchemaStore.org catalog files"'
catalog = next(body[body.index(start):].decode(errors="replace") for body in bodies if start in body)
entry = json.loads((root / "editors/schemastore.json").read_text())
with tempfile.TemporaryDirectory() as folder:
    Path(folder, "schema.json").write_text(json.dumps(json.JSONDecoder().raw_decode(catalog)[0]))
    address = "https://json.schemastore.org/schema-catalog.json"
    for name, schemas_in_it, expected in [("catalog.json", [entry], 0), ("wrong.json", [entry | {"fileMatch": 1}], 1)]:
        Path(folder, name).write_text(json.dumps({"$schema": address, "version": 1, "schemas": schemas_in_it}))
        result = run(check_jsonschema, "--schemafile", Path(folder, "schema.json"), Path(folder, name))
        what = "SchemaStore's catalog takes our entry" if expected == 0 else "and would not take a wrong one"
        check(result.returncode == expected, what, result.stdout[:1000])
check(entry["url"] == json.loads(profile_schema.read_text())["$id"], "the entry leads to the schema's own address")

with tempfile.TemporaryDirectory() as folder:
    instances = {}
    for number, (file, reading) in enumerate(readings.items()):
        if "value" in reading:
            path = Path(folder, f"{number}.json")
            path.write_text(json.dumps(reading["value"]))
            instances[str(path)] = file
    result = run(check_jsonschema, "--output-format", "json", "--schemafile", profile_schema, *instances)
    report = json.loads(result.stdout)
    if report.get("parse_errors"):
        failed(f"check-jsonschema could not read {len(report['parse_errors'])} instances")
    theirs = {instances[os.path.normpath(error["filename"])] for error in report["errors"]}

linted = json.loads(run(program, "check", "--format", "json", *readings).stdout)
codes = {}
for finding in linted["findings"]:
    if finding["code"] == "AC709" and not finding["message"].startswith("there is no Docker option"):
        continue  # a size is text to a schema
    codes.setdefault(os.path.normpath(finding["file"]), set()).add(finding["code"])
with tempfile.NamedTemporaryFile("w", suffix=".json") as report:
    json.dump(linted, report)
    report.flush()
    result = run(check_jsonschema, "--schemafile", root / "schemas/findings.schema.json", report.name)
    check(result.returncode == 0, f"{len(linted['findings'])} findings as JSON fit findings.schema.json",
          result.stdout[:2000])


def sets_both(value):
    """Whether a profile itself sets what excludes each other: the schema says so, and we have a rule for it."""
    profiles = value.get("profiles") if isinstance(value, dict) else None
    bodies = profiles.values() if isinstance(profiles, dict) else []
    return any(isinstance(body, dict) and None not in (body.get("gpuType"), body.get("vmType")) for body in bodies)


compared, unreadable, folders = 0, 0, {}
for file, reading in readings.items():
    label = Path(file).relative_to(root)
    ours = codes.get(file, set())
    if ours & UNREADABLE:
        unreadable += 1
        continue
    if "error" in reading:
        failed(f"{label}: the other reader can't read it, and we report no AC0: {reading['error']}")
        continue
    compared += 1
    is_wrong = bool(ours & SHAPE) or sets_both(reading["value"])
    reason = answer["values"][file]
    disagreement = []
    if (reason is not None) != is_wrong:
        disagreement.append(f"ajv says {reason or 'valid'}")
    if (file in theirs) != is_wrong:
        disagreement.append(f"check-jsonschema says {'invalid' if file in theirs else 'valid'}")
    folders.setdefault(label.parent, []).append((label, disagreement, sorted(ours & SHAPE)))
for folder, results in folders.items():
    wrong = [f"{label}: we say {ours or 'valid'}, {', '.join(others)}" for label, others, ours in results if others]
    check(not wrong, f"{folder}: ajv and check-jsonschema agree with us on {len(results)} files", "; ".join(wrong))
print(f"   {compared} files compared, {unreadable} not: they are not readable as one YAML document")
