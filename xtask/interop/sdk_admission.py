"""With anycloud-sdk 0.1.70: the API's admission body takes every `resolve --emit submission`: that of a profile once it
has an image, that of a job as it is."""

import copy
import json

from anycloud.models import WorkloadAdmissionInput
from common import arguments, check, failed, resolvable, resolve

program, root = arguments("PROGRAM", "ROOT")


def refusal(body):
    """Why the SDK refuses a body; empty if it takes it."""
    try:
        WorkloadAdmissionInput.from_json(json.dumps(body))
        return ""
    except Exception as error:  # pydantic's, and the generated client's own
        return " ".join(str(error).split())


def breakages(body):
    """The body with one thing wrong with it."""
    for name, value in {"region": 7, "spot": "yes", "diskSizeGb": "400", "vmType": {"name": "t3"}}.items():
        broken = copy.deepcopy(body)
        broken["cloudConfig"][name] = value
        yield f"{name}: {json.dumps(value)}", broken


def job_breakages(body):
    """The body of a job with one thing wrong with it, as the rules about submissions know it."""
    wrong = {
        "command": "python train.py", "env": {"LR": 0.1}, "id": "", "launch": "Distributed", "nodes": 0, "mounts": [{"name": "data", "path": "x"}],
        "dockerOptions": {"shm_size": "8g"}, "timeLimit": "3600", "secrets": "hf-token", "nodePool": "", "image": "", "profile": "west",
    }
    for name, value in wrong.items():
        yield f"{name}: {json.dumps(value)}", body | {name: value}
    yield "neither `image` nor `deployment`", {key: value for key, value in body.items() if key not in ("image", "deployment")}
    yield "both `image` and `deployment`", body | {"image": "acme/train:1", "deployment": "trainers"}


accepted, jobs, controls = 0, 0, {}
for path in resolvable(root):
    label = str(path.relative_to(root))
    submissions = resolve(program, path, "--emit", "submission")
    if submissions is None:
        failed(f"{label}: it does not resolve")
        continue
    problems = []
    for name, body in submissions["profiles"].items():
        body = body | {"image": "registry.example/train:1"}
        reason = refusal(body)
        if reason:
            problems.append(f"`{name}` is refused: {reason}")
        accepted += not reason
        for what, broken in breakages(body):
            controls.setdefault(what, []).append(bool(refusal(broken)))
    for name, bodies in submissions.get("submissions", {}).items():
        for number, body in enumerate(bodies, 1):
            reason = refusal(body)
            if reason:
                problems.append(f"`{name}`, job {number}, is refused: {reason}")
            jobs += not reason
            for what, broken in job_breakages(body):
                controls.setdefault(what, []).append(bool(refusal(broken)))
    check(not problems, f"{label}: all bodies are accepted", "; ".join(problems))
print(f"   {accepted} bodies of profiles and {jobs} of jobs accepted")
check(jobs > 20, "there are jobs in the fixtures")
for what, refused in controls.items():
    check(all(refused), f"control: {len(refused)} bodies with `{what}` are refused",
          f"{refused.count(False)} were accepted")
