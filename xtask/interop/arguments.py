"""`resolve --emit args`, read back by an argument parser that knows only the table of flags.

Each command is split as a shell does it, parsed, and turned into a profile or a job again; that must be the resolved
one. What has no flag must be refused by its name.
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
parser = argparse.ArgumentParser(add_help=False, exit_on_error=False, allow_abbrev=False)
parser.add_argument("image")
for flag, field in FLAGS.items():
    parser.add_argument(flag, dest=field)
parser.add_argument("--vm-type", dest="vmType", action="append")
parser.add_argument("--gpu-type", dest="gpuType", action="append")
parser.add_argument("--gpus")
parser.add_argument("--spot", action="store_true")
DOCKER = {"--shm-size": "shmSize", "--memory": "memory", "--cpus": "cpus", "--ipc": "ipc", "--runtime": "runtime"}
JOB_WORDS = {"image", "command", "env", "secrets", "id", "dockerOptions", "gpuType", "cloudConfig"}
job_parser = argparse.ArgumentParser(parents=[parser], add_help=False, exit_on_error=False, allow_abbrev=False)
job_parser.add_argument("--id")
job_parser.add_argument("-e", dest="env", action="append")
job_parser.add_argument("--secret", dest="secrets", action="append")
for flag, field in DOCKER.items():
    job_parser.add_argument(flag, dest=f"dockerOptions.{field}")


def one_or_many(values):
    return values[0] if len(values) == 1 else values


def parsed(words):
    """The profile that a command stands for."""
    options = vars(parser.parse_args(words))
    options.pop("image")
    return profile_of(options)


def profile_of(options):
    count = options.pop("gpus")
    profile = {name: value for name, value in options.items() if value not in (None, False)}
    if "diskSizeGb" in profile:
        profile["diskSizeGb"] = int(profile["diskSizeGb"])
    if "gpuType" in profile:
        profile["gpuType"] = one_or_many([gpu if count is None else f"{gpu}:{count}" for gpu in profile["gpuType"]])
    if "vmType" in profile:
        profile["vmType"] = one_or_many(profile["vmType"])
    return profile


def parsed_job(words):
    """The job that a command stands for."""
    # What follows `--` is the command, whatever it looks like.
    end = words.index("--") if "--" in words else len(words)
    options = vars(job_parser.parse_args(words[:end]))
    job = {"image": options.pop("image")}
    if "--" in words:
        job["command"] = words[end + 1:]
    docker = {name.partition(".")[2]: options.pop(name) for name in list(options) if name.startswith("dockerOptions.")}
    docker = {name: value for name, value in docker.items() if value is not None}
    job |= {"dockerOptions": docker} if docker else {}
    env = options.pop("env")
    job |= {"env": dict(variable.split("=", 1) for variable in env)} if env else {}
    job |= {name: value for name in ("id", "secrets") if (value := options.pop(name)) is not None}
    config = profile_of(options)
    job |= {"gpuType": config.pop("gpuType")} if "gpuType" in config else {}
    return job | {"cloudConfig": config}


def said(config):
    """`spot: false` is what a command says without a word; the credential tells the provider."""
    return {key: value for key, value in config.items() if key != "cloudProvider" and value is not False}


def sayable_job(job):
    options = set(job.get("dockerOptions", {})) - set(DOCKER.values())
    config = job.get("cloudConfig", {}) | ({"gpuType": job["gpuType"]} if "gpuType" in job else {})
    return "image" in job and not set(job) - JOB_WORDS and not options and sayable(config)


def sayable(profile):
    gpus = profile.get("gpuType", [])
    gpus = [gpus] if isinstance(gpus, str) else gpus
    counts = {gpu.partition(":")[2] for gpu in gpus}
    return not (NO_FLAG & set(profile)) and len(counts) <= 1 and not any(isinstance(value, dict) for value in profile.values())


commands, refusals, jobs = 0, 0, 0
for path in resolvable(root):
    label = str(path.relative_to(root))
    problems = []
    resolved = json.loads(run(program, "resolve", path).stdout)
    for name, profile in resolved["profiles"].items():
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
        actual = parsed(words[2:])
        if actual != said(profile):
            problems.append(f"`{name}` reads back as {json.dumps(actual)}, not {json.dumps(said(profile))}")
    for name, group in resolved.get("submissions", {}).items():
        for number, job in enumerate(group, 1):
            title = f"{name}-{number}"
            result = run(program, "resolve", "--emit", "args", "--job", title, path)
            if not sayable_job(job):
                refusals += 1
                if result.returncode != 2 or result.stdout or "--emit submission" not in result.stderr:
                    problems.append(f"`{title}` is not refused: {result.stdout}")
                continue
            jobs += 1
            words = shlex.split(result.stdout)
            wanted = job | {"cloudConfig": said(job["cloudConfig"])}
            # Nothing is what a command says of an empty list or mapping.
            wanted = {key: value for key, value in wanted.items() if value or key in ("cloudConfig", "command")}
            actual = parsed_job(words[2:]) if words[:2] == ["anycloud", "job"] else result.stderr
            if actual != wanted:
                problems.append(f"`{title}` reads back as {json.dumps(actual)}, not {json.dumps(wanted)}")
    check(not problems, f"{label}: the commands say what the profiles and jobs say", "; ".join(problems))
print(f"   {commands} commands of profiles, {jobs} of jobs, {refusals} refused")
check(jobs > 10, "there are jobs in the fixtures")
