"""With anycloud-sdk 0.1.70: the API's admission body takes every `resolve --emit submission`, once it has an image."""

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


accepted, controls = 0, {}
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
    check(not problems, f"{label}: {len(submissions['profiles'])} bodies are accepted", "; ".join(problems))
print(f"   {accepted} bodies accepted")
for what, refused in controls.items():
    check(all(refused), f"control: {len(refused)} bodies with `{what}` are refused",
          f"{refused.count(False)} were accepted")
