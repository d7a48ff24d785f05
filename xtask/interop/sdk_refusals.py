"""What the rules about submissions refuse, the SDK refuses too, or it passes it on without a word: that is why it is refused.

Each row is a job with one thing wrong with it, the rule that says so, and what 0.1.60's `Submission` and 0.1.70's
`WorkloadAdmissionInput` do with the same: `refuses` or `takes`. A row where both refuse spares a failed start, one where
a version takes it spares a job that does not do what it should.
"""

import json
import tempfile
from pathlib import Path

from common import arguments, check, run

program, _root, version = arguments("PROGRAM", "ROOT", "VERSION")

IMAGE = {"image": "acme/train:1"}
REFUSES, TAKES = "refuses", "takes"
# The job, the rule, 0.1.60, 0.1.70. `None` where a version has no such field.
ROWS = [
    ({}, "AC702", REFUSES, REFUSES),
    (IMAGE | {"deployment": "trainers"}, "AC702", None, REFUSES),
    ({"deployment": "trainers", "command": ["python"]}, "AC703", None, REFUSES),
    ({"deployment": "trainers", "env": {"A": "1"}}, "AC703", None, REFUSES),
    ({"image": "Acme/train:1"}, "AC704", TAKES, TAKES),
    ({"image": "acme/train 1"}, "AC704", TAKES, TAKES),
    ({"image": "https://ghcr.io/acme/train"}, "AC704", TAKES, TAKES),
    ({"image": ""}, "AC103", TAKES, REFUSES),
    (IMAGE | {"command": "python train.py"}, "AC706", TAKES, REFUSES),
    (IMAGE | {"command": ["python", 1]}, "AC102", TAKES, REFUSES),
    (IMAGE | {"env": {"LR": 0.1}}, "AC707", TAKES, REFUSES),
    (IMAGE | {"env": {"LR": True}}, "AC707", TAKES, REFUSES),
    (IMAGE | {"env": {"my-name": "x"}}, "AC708", TAKES, TAKES),
    (IMAGE | {"env": {"1A": "x"}}, "AC708", TAKES, TAKES),
    (IMAGE | {"dockerOptions": {"shm_size": "8g"}}, "AC709", TAKES, REFUSES),
    (IMAGE | {"dockerOptions": {"shmSize": "lots"}}, "AC709", TAKES, TAKES),
    (IMAGE | {"dockerOptions": {"cpus": "four"}}, "AC709", TAKES, TAKES),
    (IMAGE | {"dockerOptions": {"shmSize": 8}}, "AC102", TAKES, REFUSES),
    (IMAGE | {"mounts": [{"name": "data", "path": "/mnt"}]}, "AC711", None, REFUSES),
    (IMAGE | {"mounts": [{"name": "state", "path": "mnt"}]}, "AC711", None, REFUSES),
    (IMAGE | {"mounts": [{"name": "state"}]}, "AC104", None, REFUSES),
    (IMAGE | {"nodes": 4}, "AC712", None, TAKES),
    (IMAGE | {"nodes": 0}, "AC103", None, REFUSES),
    (IMAGE | {"launch": "Distributed"}, "AC103", None, REFUSES),
    (IMAGE | {"timeLimit": "3600"}, "AC102", None, REFUSES),
    (IMAGE | {"timeLimit": 9007199254740992}, "AC103", None, REFUSES),
    (IMAGE | {"resumable": "yes"}, "AC102", None, REFUSES),
    (IMAGE | {"secrets": "hf-token"}, "AC102", TAKES, REFUSES),
    (IMAGE | {"nodePool": ""}, "AC103", None, REFUSES),
    (IMAGE | {"id": ""}, "AC103", TAKES, REFUSES),
    (IMAGE | {"comand": ["python"]}, "AC101", REFUSES, REFUSES),
    (IMAGE | {"cloudConfig": {"vm_type": "t3.medium"}}, "AC101", TAKES, REFUSES),
    (IMAGE | {"cloudConfig": {"spot": "yes"}}, "AC102", TAKES, REFUSES),
    # Two jobs, each of which is fine by itself.
    (IMAGE | {"id": "x", "fanOut": [{"env": {"A": "1"}}, {"env": {"A": "2"}}]}, "AC710", TAKES, TAKES),
    (IMAGE | {"fanOut": [{}, {}]}, "AC715", TAKES, TAKES),
]


def told(job):
    """The rules that speak of a job."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "anycloud.yaml")
        file = {"profiles": {"west": {"credentials": "azure2", "region": "westus2"}}, "submissions": {"one": job}}
        if "deployment" not in job:
            job = {"profile": "west"} | job
            file["submissions"]["one"] = job
        path.write_text(json.dumps(file))
        report = json.loads(run(program, "check", "--format", "json", path).stdout)
        return {finding["code"] for finding in report["findings"]}


def bodies(job):
    """The jobs as their author means them: the fields of each, with the configuration."""
    job = dict(job)
    for variant in job.pop("fanOut", [{}]):
        one = job | variant
        if "deployment" not in one or "image" in one:
            one["cloudConfig"] = {"region": "westus2"} | one.get("cloudConfig", {})
        yield one


def by_submission(job):
    """0.1.60: the same fields by their Python names; `cloudConfig` is a `replace()`."""
    from anycloud.types import CloudConfig, Submission

    names = {"dockerOptions": "docker_options", "id": "deployment_id", "gpuType": "gpu"}
    config = CloudConfig(region="westus2").replace(**job.pop("cloudConfig"))
    Submission(cloud_config=config, **{names.get(name, name): value for name, value in job.items()})


def by_admission(job):
    from anycloud.models import WorkloadAdmissionInput

    WorkloadAdmissionInput.from_json(json.dumps(job))


start = by_submission if version == "0.1.60" else by_admission
for job, code, *reactions in ROWS:
    what, wanted = json.dumps(job), reactions[version == "0.1.70"]
    codes = told(job)
    check(code in codes, f"{code} tells of {what}", f"only {sorted(codes)} do")
    if wanted is None:
        continue
    try:
        for body in bodies(job):
            start(body)
        actual = TAKES
    except Exception:  # each of the SDK's layers has its own
        actual = REFUSES
    check(actual == wanted, f"{version} {wanted} {what}", f"it {actual} it")

# A camelCase name in `replace()` sets nothing: the reason why keys are checked against the format's own names.
if version == "0.1.60":
    from anycloud.types import CloudConfig

    replaced = CloudConfig(region="westus2").replace(vmType="t3.medium")
    check(replaced.vm_type is None, "0.1.60: a camelCase name in `replace()` is ignored without a word")
