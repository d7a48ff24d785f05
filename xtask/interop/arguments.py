"""`resolve --emit args`, read back by an argument parser that knows only the table of flags.

Each command is split as a shell does it, parsed, and turned into a profile again; that must be the resolved one.
What has no flag must be refused by its name.
"""

import argparse
import json
import shlex

from common import arguments, check, resolvable, run

program, root = arguments("PROGRAM", "ROOT")
NO_FLAG = {"diskTier", "checkpointBucket", "checkpointStorageCredentials", "checkpointStorageRegion", "minVmCount", "maxVmCount"}
FLAGS = {
    "--credentials": "credentials",
    "--region": "region",
    "--zone": "availabilityZone",
    "--disk-size": "diskSizeGb",
    "--input-bucket": "inputBucket",
    "--output-bucket": "outputBucket",
    "--input-storage-credentials": "inputStorageCredentials",
    "--output-storage-credentials": "outputStorageCredentials",
    "--input-storage-region": "inputStorageRegion",
    "--output-storage-region": "outputStorageRegion",
}
parser = argparse.ArgumentParser(exit_on_error=False, allow_abbrev=False)
parser.add_argument("image")
for flag, field in FLAGS.items():
    parser.add_argument(flag, dest=field)
parser.add_argument("--vm-type", dest="vmType", action="append")
parser.add_argument("--gpu-type", dest="gpuType", action="append")
parser.add_argument("--gpus")
parser.add_argument("--spot", action="store_true")


def one_or_many(values):
    return values[0] if len(values) == 1 else values


def parsed(words):
    """The profile that a command stands for."""
    options = vars(parser.parse_args(words))
    options.pop("image")
    count = options.pop("gpus")
    profile = {name: value for name, value in options.items() if value not in (None, False)}
    if "diskSizeGb" in profile:
        profile["diskSizeGb"] = int(profile["diskSizeGb"])
    if "gpuType" in profile:
        profile["gpuType"] = one_or_many([gpu if count is None else f"{gpu}:{count}" for gpu in profile["gpuType"]])
    if "vmType" in profile:
        profile["vmType"] = one_or_many(profile["vmType"])
    return profile


def sayable(profile):
    gpus = profile.get("gpuType", [])
    gpus = [gpus] if isinstance(gpus, str) else gpus
    counts = {gpu.partition(":")[2] for gpu in gpus}
    return not (NO_FLAG & set(profile)) and len(counts) <= 1 and not any(isinstance(value, dict) for value in profile.values())


commands, refusals = 0, 0
for path in resolvable(root):
    label = str(path.relative_to(root))
    problems = []
    for name, profile in json.loads(run(program, "resolve", path).stdout)["profiles"].items():
        result = run(program, "resolve", "--emit", "args", "--image", "acme/train:1", "--profile", name, path)
        if not sayable(profile):
            refusals += 1
            if result.returncode != 2 or result.stdout or "--emit submission" not in result.stderr:
                problems.append(f"`{name}` is not refused")
            continue
        commands += 1
        words = shlex.split(result.stdout)
        if words[:3] != ["anycloud", "job", "acme/train:1"]:
            problems.append(f"`{name}`: {result.stdout}{result.stderr}")
            continue
        # `spot: false` is what a command says without a word; the credential tells the provider.
        wanted = {key: value for key, value in profile.items() if key != "cloudProvider" and value is not False}
        actual = parsed(words[2:])
        if actual != wanted:
            problems.append(f"`{name}` reads back as {json.dumps(actual)}, not {json.dumps(wanted)}")
    check(not problems, f"{label}: the commands say what the profiles say", "; ".join(problems))
print(f"   {commands} commands, {refusals} refused")
