"""With anycloud-sdk 0.1.60: what `resolve` prints is what `CloudConfig(...).replace(...)` gives.

The profiles come from another reading of the file (`read.mjs`); inheritance is done here by the SDK itself.

What 0.1.60 does not have, or spells otherwise, is mapped before comparing:

- `gpuType` is no field of `CloudConfig`: the SDK takes it as the argument `gpu` of `submit()`. It is kept beside
  the configuration and follows the same `replace()` rule.
- Lists for `vmType` came with 0.1.70. The SDK's `replace()` does not validate, so such a profile is built with
  `model_construct()` and its list compared as it is.
- Names of saved credentials for storage, Cloudflare's credentials, `sessionToken`, `billingExportDataset` and
  `jurisdiction` came with 0.1.70: built and compared in the same way.
- Normalisation, which the SDK leaves to the API: a list of one is its entry, a repeated entry goes, GPU names are in
  lower case. Azure sizes ignore case, so they are compared in lower case.
- Names that begin with `.` are templates and not in the output; keys that begin with `x-` are ours alone.
"""

import json
from pathlib import Path

from anycloud.types import CloudConfig
from common import arguments, check, failed, ok, resolvable, resolve
from pydantic import BaseModel, ValidationError

program, root, readings = arguments("PROGRAM", "ROOT", "READINGS")
readings = json.loads(Path(readings).read_text())

NAMES = {field.alias or name: name for name, field in CloudConfig.model_fields.items()}
counts = {"by the SDK as it is": 0, "gpuType beside it": 0, "built without the SDK's validation": 0}
reasons = {}


def apply(config, gpu, settings):
    """`config.replace(settings)`; the SDK's names, and the GPU beside them."""
    changes = {NAMES[name]: value for name, value in settings.items() if name != "gpuType"}
    return config.replace(**changes), settings.get("gpuType", gpu)


def expand(name, profiles, done):
    """All that a profile says about its fields, with its nulls: as a later base it clears what an earlier one set."""
    if name in done:
        return done[name]
    profile = profiles[name] or {}
    bases = profile.get("extends") or []
    settings = {}
    for base in [bases] if isinstance(bases, str) else bases:
        settings.update(expand(base, profiles, done))
    own = {key: value for key, value in profile.items() if key != "extends" and not key.startswith("x-")}
    settings.update(own)
    done[name] = settings
    return settings


def by_replace(name, profiles):
    """The profile by the SDK: the first base, then `replace()` for each other one and for the profile itself."""
    profile = profiles[name] or {}
    bases = profile.get("extends") or []
    first, *others = [bases] if isinstance(bases, str) else bases or [None]
    config, gpu = (CloudConfig(), None) if first is None else by_replace(first, profiles)
    for base in others:
        config, gpu = apply(config, gpu, expand(base, profiles, {}))
    own = {key: value for key, value in profile.items() if key != "extends" and not key.startswith("x-")}
    return apply(config, gpu, own)


def plain(value):
    """A value as JSON has it."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_none=True)
    return value


def folded(name, value):
    """An Azure size in lower case."""
    if isinstance(value, list):
        return [folded(name, entry) for entry in value]
    is_size = name == "vmType" and isinstance(value, str) and value.lower().startswith(("standard_", "basic_"))
    return value.lower() if is_size else value


def spelled(name, value):
    """A value as the linter spells it."""
    value = folded(name, plain(value))
    if name == "gpuType":
        value = [entry.lower() for entry in value] if isinstance(value, list) else value.lower()
    if isinstance(value, list):
        value = list(dict.fromkeys(value))
        return value[0] if len(value) == 1 else value
    return value


def normal(settings):
    return {name: spelled(name, value) for name, value in settings.items() if value is not None}


def validated(settings):
    """The settings as the SDK reads them, or why it can't."""
    try:
        config = CloudConfig(**{name: value for name, value in settings.items() if name != "gpuType"})
    except ValidationError as error:
        return None, sorted({str(part["loc"][0]) for part in error.errors()})
    dumped = config.model_dump(mode="json", by_alias=True, exclude_none=True)
    # The SDK drops keys of credential objects that it does not know.
    for name, value in settings.items():
        lost = isinstance(value, dict) and set(value) - set(dumped.get(name) or {})
        if lost:
            return None, [f"{name}.{key}" for key in sorted(lost)]
    return dumped, []


for path in resolvable(root):
    label = str(path.relative_to(root))
    reading = readings.get(str(path), {"error": "it was not read"})
    if "error" in reading:
        failed(f"{label}: the other reader says: {reading['error']}")
        continue
    profiles = reading["value"]["profiles"]
    resolved = resolve(program, path)
    if resolved is None:
        failed(f"{label}: it does not resolve")
        continue
    wanted = [name for name in profiles if not name.startswith(".")]
    problems = []
    if list(resolved["profiles"]) != wanted:
        problems.append(f"profiles {list(resolved['profiles'])}, not {wanted}")
    for name in wanted:
        config, gpu = by_replace(name, profiles)
        replaced = {alias: getattr(config, field) for alias, field in NAMES.items()} | {"gpuType": gpu}
        settings = {key: value for key, value in replaced.items() if value is not None}
        dumped, missing = validated(settings)
        if dumped is None:
            counts["built without the SDK's validation"] += 1
            for field in missing:
                reasons[field] = reasons.get(field, 0) + 1
            expected = normal(settings)
        else:
            counts["by the SDK as it is" if gpu is None else "gpuType beside it"] += 1
            expected = normal(dumped | ({} if gpu is None else {"gpuType": gpu}))
        actual = {key: folded(key, value) for key, value in resolved["profiles"].get(name, {}).items()}
        if actual != expected:
            problems.append(f"`{name}` is {json.dumps(actual)}, the SDK says {json.dumps(expected)}")
    check(not problems, f"{label}: {len(wanted)} profiles equal the SDK's", "; ".join(problems))

for what, count in counts.items():
    print(f"   {count} profiles {what}")
for field, count in sorted(reasons.items()):
    print(f"   {count} times 0.1.60 does not take this `{field}`")
check(counts["by the SDK as it is"] + counts["gpuType beside it"] > counts["built without the SDK's validation"],
      "most profiles are checked by the SDK's own types")
try:
    CloudConfig(vm_typo="t3.medium")
    failed("control: the SDK refuses an unknown field")
except ValidationError:
    ok("control: the SDK refuses an unknown field")
