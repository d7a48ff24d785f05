"""With anycloud-sdk 0.1.60: the jobs that `resolve` prints are what chains of `Submission.replace()` give.

The files are made by chance and written as JSON. What a submission comes to is worked out here by the SDK's own classes,
one `replace()` a step: bases, the submission itself, an entry of `fanOut` or a combination of `matrix`, then
`CloudConfig.replace()` for what `cloudConfig` says. Beside the SDK's fields are kept those that it has by another name
or not at all: `profile` and `cloudConfig`, which make its `cloud_config`, and the GPU of the profile.
"""

import itertools
import json
import random
import tempfile
from pathlib import Path

from anycloud.types import CloudConfig, Submission
from common import arguments, check, run

program, _root = arguments("PROGRAM", "ROOT")
FILES = 400
CONFIG = {field.alias or name: name for name, field in CloudConfig.model_fields.items()}
WIRE = {"image": "image", "command": "command", "env": "env", "secrets": "secrets", "dockerOptions": "docker_options",
        "id": "deployment_id", "gpuType": "gpu"}
PROFILE_VALUES = {
    "region": ["us-east-1", "us-west-2"], "spot": [True, False], "diskSizeGb": [100, 400], "credentials": ["team", "other"],
    "inputBucket": ["eval-data"], "minVmCount": [1], "maxVmCount": [4], "availabilityZone": ["us-east-1a"], "gpuType": ["h100:8", "t4"],
}
VALUES = {
    "image": ["acme/train:1", "acme/train:2"], "command": [["python", "train.py"], ["sh", "-c", "a && b"], []],
    "env": [{"LR": "0.1"}, {"LR": "0.2", "N": "1"}, {}], "secrets": [["hf-token"], ["a", "b"], []],
    "dockerOptions": [{"shmSize": "8g"}, {"memory": "64g", "binds": ["/a:/b"]}], "gpuType": ["t4", "l4:1"],
}


class Chance(random.Random):
    """What a file may say."""

    def some(self, values, most):
        """Some of the fields, each with one of its values, or `null`."""
        names = self.sample(sorted(values), self.randint(0, min(most, len(values))))
        return {name: None if self.random() < 0.2 else self.choice(values[name]) for name in names}

    def fields(self, profiles):
        fields = self.some(VALUES, 3)
        if self.random() < 0.5:
            fields["profile"] = self.choice([*profiles, None])
        if self.random() < 0.4:
            fields["cloudConfig"] = self.choice([None, self.some(PROFILE_VALUES, 3)])
        return fields

    def things(self, names, own):
        """Things by name that extend some of those before."""
        things = {}
        for name in names:
            body = own()
            bases = self.sample(sorted(things), self.randint(0, min(2, len(things))))
            if bases:
                body = {"extends": bases[0] if len(bases) == 1 and self.random() < 0.5 else bases} | body
            things[name] = body
        return things

    def submission(self, profiles):
        body = self.fields(profiles)
        kind = self.random()
        if kind < 0.35:
            body["fanOut"] = [self.fields(profiles) for _ in range(self.randint(1, 4))]
            body["matrix"] = None
        elif kind < 0.6:
            axes = {name: self.sample(values, self.randint(1, len(values))) + [None] * self.randint(0, 1)
                    for name, values in VALUES.items() if self.random() < 0.3}
            axes["profile"] = self.sample([*profiles, None], 2)
            names = self.sample(sorted(axes), len(axes))
            body |= {"matrix": {name: axes[name] for name in names}, "fanOut": None}
            if self.random() < 0.5:
                body["exclude"] = [{name: self.choice(axes[name]) for name in self.sample(names, 1)}]
        elif kind < 0.7:
            body |= {"fanOut": None, "matrix": None}
        return body

    def file(self):
        profiles = self.things(["a", "b", ".c", "d"], lambda: self.some(PROFILE_VALUES, 4))
        names = [".base", "one", ".other", "two", "three"]
        return {"profiles": profiles, "submissions": self.things(names, lambda: self.submission(list(profiles)))}


def listed(bases):
    return [bases] if isinstance(bases, str) else bases or []


def settings_of(name, things):
    """All that a thing says, its nulls too: as a later base it clears what an earlier one set."""
    body = dict(things[name])
    settings = {}
    for base in listed(body.pop("extends", None)):
        settings |= settings_of(base, things)
    return settings | body


def by_replace(start, replace, name, things):
    """The first base, then `replace()` for each other one and for the thing itself."""
    body = dict(things[name])
    first, *others = listed(body.pop("extends", None)) or [None]
    value = start if first is None else by_replace(start, replace, first, things)
    for base in others:
        value = replace(value, settings_of(base, things))
    return replace(value, body)


def config_replace(value, changes):
    """`CloudConfig.replace()`, with the GPU beside it."""
    config, gpu = value
    names = {CONFIG[name]: change for name, change in changes.items() if name != "gpuType"}
    return config.replace(**names), changes.get("gpuType", gpu)


def submission_replace(value, changes):
    """`Submission.replace()`, with what it has no field for beside it."""
    submission, beside = value
    names = {WIRE[name]: change for name, change in changes.items() if name in WIRE}
    # Whether the GPU was said, be it `null`: then the profile's is not asked for.
    return submission.replace(**names), beside | {name: change for name, change in changes.items() if name not in WIRE or name == "gpuType"}


def variants(beside):
    fan_out, matrix = beside.get("fanOut"), beside.get("matrix")
    if fan_out is not None:
        return fan_out
    if matrix is None:
        return [{}]
    every = [dict(zip(matrix, values)) for values in itertools.product(*matrix.values())]
    excluded = beside.get("exclude") or []
    return [one for one in every if not any(all(name in one and one[name] == value for name, value in item.items()) for item in excluded)]


def expected(submission, beside, profiles):
    """A job as `resolve` prints it."""
    start = (CloudConfig(), None)
    profile = beside.get("profile")
    config, gpu = start if profile is None else by_replace(start, config_replace, profile, profiles)
    config, gpu = config_replace((config, gpu), beside.get("cloudConfig") or {})
    gpu = submission.gpu if "gpuType" in beside else gpu
    submission = submission.replace(cloud_config=config, gpu=gpu)
    job = {name: getattr(submission, field) for name, field in WIRE.items()}
    job = {name: value for name, value in job.items() if value is not None}
    return job | {"cloudConfig": config.model_dump(mode="json", by_alias=True, exclude_none=True)}


def jobs_of(file):
    result = {}
    # Nothing at all but an image: the one field without a default.
    start = (Submission(image=None), {})
    for name in file["submissions"]:
        if name.startswith("."):
            continue
        submission, beside = by_replace(start, submission_replace, name, file["submissions"])
        jobs = []
        for variant in variants(beside):
            one, its = submission_replace((submission, beside), variant)
            jobs.append(expected(one, its, file["profiles"]))
        if jobs:
            result[name] = jobs
    return result


compared, deep, problems = 0, 0, []
with tempfile.TemporaryDirectory() as folder:
    # Only what the files come to is asked here, not whether it is sensible.
    rules = ", ".join(f'"AC{group}"' for group in (2, 3, 4, 5, 6, 7))
    Path(folder, "anycloud-lint.toml").write_text(f"[lint]\nignore = [{rules}]\n")
    for seed in range(FILES):
        file = Chance(seed).file()
        path = Path(folder, "anycloud.yaml")
        path.write_text(json.dumps(file, indent=1))
        result = run(program, "resolve", "--show-secrets", path, cwd=folder)
        wanted = jobs_of(file)
        actual = json.loads(result.stdout)["submissions"] if result.returncode == 0 else result.stderr
        compared += sum(map(len, wanted.values()))
        deep += any("extends" in body and "env" in body for body in file["submissions"].values())
        if actual != wanted or list(actual) != list(wanted):
            problems.append(f"file {seed}: {json.dumps(file)}\n  {json.dumps(actual)}\n  the SDK says {json.dumps(wanted)}")
check(not problems, f"{compared} jobs of {FILES} files equal the SDK's", "\n".join(problems[:3]))
check(compared > 5 * FILES and deep > FILES / 4, "the files have many jobs, and values that are replaced")
