"""`resolve --emit python`, run against the SDK that it is written for: what it computes is what `resolve` prints.

Run once with each version of the SDK. The module is executed; each of its profiles and jobs is read by the SDK's own
types, and what they print is compared with `resolve --emit submission`. Secrets come from the environment under the names
that the module's documentation lists. The text itself must be as `ruff format` would leave it.
"""

import ast
import importlib.metadata
import json
import os
import random
import re
import subprocess
import tempfile
import warnings
from pathlib import Path

from common import arguments, check, failed, resolvable, resolve, run

program, root, ruff, version = arguments("PROGRAM", "ROOT", "RUFF", "VERSION")
warnings.filterwarnings("error")  # pydantic warns of what `replace()` lets through
check(importlib.metadata.version("anycloud-sdk") == version, f"the SDK is {version}")
SECRET = "from-the-environment"
compared = 0


def plain_60(config):
    return config.model_dump(mode="json", by_alias=True, exclude_none=True)


def plain_70(config):
    from anycloud_workflows.jobs import _cloud_config

    return _cloud_config(config).to_dict()


def masked(value):
    """A resolved value as the module has it: what is secret comes from the environment."""
    if isinstance(value, dict):
        return {key: masked(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [masked(entry) for entry in value]
    return SECRET if value == "<redacted>" else value


NAMED = {
    "credentialName": "credential_name",
    "inputStorageCredentialName": "input_storage_credential_name",
    "outputStorageCredentialName": "output_storage_credential_name",
    "checkpointStorageCredentialName": "checkpoint_storage_credential_name",
    "gpuType": "gpu",
}


def execute(text):
    for name in re.findall(r'os\.environ\[\s*"([A-Z0-9_]+)"', text):
        os.environ[name] = SECRET
    namespace = {"__name__": "module"}
    exec(compile(text, "module.py", "exec"), namespace)
    return namespace


def variables(text):
    """The variable of each profile, as the last statement of the module has it."""
    table = next(part.value for part in ast.parse(text).body if isinstance(part, ast.Assign) and part.targets[0].id == "profiles")
    return {key.value: value.id for key, value in zip(table.keys, table.values)}


def beside(namespace, variable):
    """What stands beside a profile."""
    name = variable.rstrip("_")
    return {wire: namespace[f"{name}_{suffix}"] for wire, suffix in NAMED.items() if f"{name}_{suffix}" in namespace}


def formatted(text):
    result = run(ruff, "format", "-", "--stdin-filename", "module.py", input=text)
    return result.stdout if result.returncode == 0 else result.stderr


def job_60(job):
    """A `Submission` as `resolve` prints a job."""
    fields = {"image": job.image, "command": job.command, "env": job.env, "secrets": job.secrets,
              "dockerOptions": job.docker_options, "id": job.deployment_id, "gpuType": job.gpu,
              "cloudConfig": job.cloud_config and plain_60(job.cloud_config)}
    return {name: value for name, value in fields.items() if value is not None}


class Recorder:
    """A client that sends nothing: it keeps the body that the SDK would send."""

    def submit(self, image=None, **options):
        from anycloud_workflows.jobs import _submission_input

        names = ["deployment", "cloud_config", "credential_name", "gpu", "env", "secrets", "docker_options", "command", "workload_id", "timeout"]
        body = _submission_input(image, wait=False, **({name: None for name in names} | options)).to_dict()
        body.pop("workloadType")
        return body


def wrong_jobs(namespace, path):
    """How the jobs of a module differ from those that the file resolves to."""
    if version == "0.1.60":
        actual = {name: [job_60(job) for job in jobs] for name, jobs in namespace["submissions"].items()}
        wanted = json.loads(run(program, "resolve", path).stdout)["submissions"]
    else:
        actual = namespace["submit"](Recorder())
        wanted = json.loads(run(program, "resolve", "--emit", "submission", path).stdout)["submissions"]
    global compared
    compared += sum(map(len, wanted.values()))
    if json.dumps(actual, sort_keys=True) != json.dumps(masked(wanted), sort_keys=True):
        yield f"the jobs are {actual}, not {masked(wanted)}"


def problems(path):
    """How the module of a file differs from what it resolves to; `None` where it can't be said."""
    result = run(program, "resolve", "--emit", "python", "--sdk", version, path)
    if result.returncode != 0:
        return (None, result.stderr)
    found = []
    text = result.stdout
    if formatted(text) != text:
        found.append("`ruff format` would change it")
    namespace = execute(text)
    whole = json.loads(run(program, "resolve", path).stdout)["profiles"]
    bodies = json.loads(run(program, "resolve", "--emit", "submission", path).stdout)["profiles"]
    if list(namespace["profiles"]) != list(whole):
        found.append(f"profiles {list(namespace['profiles'])}, not {list(whole)}")
    names = variables(text)
    for name, value in namespace["profiles"].items():
        if version == "0.1.60":
            wanted = masked(whole[name])
            actual = plain_60(value)
            gpu = f"{names[name].rstrip('_')}_gpu"
            if gpu in namespace:
                actual["gpuType"] = namespace[gpu]
        else:
            wanted = masked(bodies[name])
            actual = {"cloudConfig": plain_70(value)} | beside(namespace, names[name])
        if actual != wanted:
            found.append(f"`{name}` is {actual}, not {wanted}")
    if "submissions" in json.loads(run(program, "resolve", path).stdout):
        found += wrong_jobs(namespace, path)
    return (found, text)


said, unsaid = 0, 0
for path in resolvable(root):
    label = str(path.relative_to(root))
    found, text = problems(path)
    if found is None:
        unsaid += 1
        check(f"SDK {version}" in text, f"{label}: what {version} can't say is named", text)
    else:
        said += 1
        check(not found, f"{label}: the module computes what `resolve` prints", "; ".join(found))
print(f"   {said} files said, {unsaid} refused")
check(said > unsaid, "most files can be said")

# Chance: chains with several bases and nulls, and names that Python would not take.
NAMES = ["9", ".t", "my-profile", "class", "a.b", "a-b", "a_b", ".a_b", "os", "profiles", "A", "x" * 40, "x" * 40 + "y", "None",
         "CloudConfig", "a_b_gpu", ".gpu", "gpu", "1.5", "match", ".9", "_".join(["long"] * 9)]
TEXTS = ["plain", "it's", 'say "it"', "a\\b", "$(x)", "{y}", "é中\u202e", "tab\there", "line\nbreak", "'''", '"""', "%s", "y" * 90, "z" * 66]
chance = random.Random(7)


def profile(names):
    """A profile that may extend some of those before it."""
    fields = {}
    bases = chance.sample(names, min(len(names), chance.choice([0, 1, 1, 2, 3])))
    if bases:
        fields["extends"] = bases if len(bases) > 1 or chance.random() < 0.5 else bases[0]
    values = {
        "credentials": lambda: chance.choice(TEXTS),
        "spot": lambda: chance.random() < 0.5,
        "diskSizeGb": lambda: chance.randint(1, 900),
        "diskTier": lambda: chance.choice(["medium", "high", "ultra"]),
        "minVmCount": lambda: 1,
        "maxVmCount": lambda: chance.randint(2, 9),
        "inputBucket": lambda: chance.choice(["eval-data", "other-data"]),
        "gpuType": lambda: chance.choice(["h100:8", "a100"]),
    }
    for name, value in values.items():
        if chance.random() < 0.4:
            fields[name] = None if chance.random() < 0.3 else value()
    return fields


def submission(profiles, names):
    """A submission that may extend some of those before it."""
    fields = {}
    bases = chance.sample(names, min(len(names), chance.choice([0, 1, 1, 2])))
    if bases:
        fields["extends"] = bases if len(bases) > 1 or chance.random() < 0.5 else bases[0]
    fields |= variant(profiles)
    # What its bases say of jobs is not its own matter.
    fields |= {"fanOut": None, "matrix": None, "exclude": None, "image": chance.choice(["a:1", "ghcr.io/acme/train:1.4"])}
    kind = chance.choice(["one", "fan", "matrix"])
    if kind == "fan":
        fields["fanOut"] = [variant(profiles) | {"env": {"N": str(number)}} for number in range(chance.randint(1, 4))]
    if kind == "matrix":
        fields["matrix"] = {"profile": chance.sample(profiles, min(2, len(profiles))), "gpuType": ["h100:8", None, "t4"][:chance.randint(1, 3)]}
    return fields


def variant(profiles):
    """What a submission, or a part of a fan-out, may set."""
    values = {
        "profile": lambda: chance.choice(profiles),
        "cloudConfig": lambda: {key: value for key, value in profile([]).items() if key not in ("minVmCount", "maxVmCount")},
        "gpuType": lambda: "t4:2",
        "command": lambda: chance.sample(TEXTS, 2),
        "env": lambda: {"A": chance.choice(TEXTS), "API_TOKEN": "hf_abcdefghijklmnopqrstuvwxyzabcdefgh"},
        "secrets": lambda: ["hf-token", "other"][: chance.randint(1, 2)],
        "dockerOptions": lambda: {"shmSize": "8g", "memory": "16g"},
    }
    return {name: None if chance.random() < 0.2 else value() for name, value in values.items() if chance.random() < 0.4}


with tempfile.TemporaryDirectory() as folder:
    path = Path(folder, "anycloud.yaml")
    for number in range(60):
        chosen = chance.sample(NAMES, chance.randint(2, 9))
        document = {"profiles": {}}
        for index, name in enumerate(chosen):
            document["profiles"][name] = profile(chosen[:index])
        if number % 3:
            runs = [name for name in chosen if not name.startswith(".")]
            document["submissions"] = {}
            for index, name in enumerate(chosen if runs else []):
                document["submissions"][name] = submission(runs, chosen[:index])
        path.write_text(json.dumps(document))
        found, text = problems(path)
        if found is None or found:
            failed(f"file {number} of chance: {text if found is None else '; '.join(found)}\n{document}\n{text}")
            break
    else:
        check(compared > 200, f"60 files of chance compute what `resolve` prints, {compared} jobs among it")
