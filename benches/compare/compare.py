"""Measures whole processes side by side: the linter, other programs that check such files, and the floors.

usage: compare.py ROOT FOLDER [--rounds N] [--program FILE]

All corpora are made here, with a fixed seed, and have nothing wrong in them. In each round every program runs once on every
corpus, so that what else the machine does hits all of them; the table has the medians. What can't be installed is left out,
and said. Writes docs/speed.md and docs/speed.svg.
"""

import argparse
import datetime
import os
import pathlib
import platform
import random
import shutil
import signal
import statistics
import subprocess
import sys
import threading

PYTHON = ["check-jsonschema==0.39.0", "yamllint==1.38.0", "ryl==0.26.1"]
NODE = ["ajv@8.20.0", "yaml@2.9.1"]
BOON = "boon-cli@0.6.2"
SEED = 12
# What is not measured anew each time, as it takes a machine of one's own or a profiler.
THREADS = """\
Folders are searched, and files are checked, by as many threads as there are processors; `taskset` and the like take some away.
Of the samples of a profiler in a run over the 2,000 files, 5% fall to what one thread does alone, 2% to the search, and the rest to two
threads in equal parts: on two processors that nobody else uses it is over 1.8 times as fast as on one. What is printed does not depend on them.
Of files that nothing is said of no text is kept."""
# A program that takes longer on a corpus is left out there: it would not change the picture.
PATIENCE = 20.0


def profiles(count: int, seed: int) -> str:
    """Profiles as teams write them: a base, variants of it, and others that stand alone."""
    chance = random.Random(seed)
    lines = ["version: 1", "profiles:", "  .base:", "    credentials: aws-prod", "    diskSizeGb: 400", "    spot: true"]
    for index in range(count - 1):
        lines.append(f"  job-{index}:")
        kind = chance.randrange(4)
        if kind == 0:
            lines += ["    extends: .base", "    vmType: g6e.xlarge # L40S", "    region: us-east-2"]
        elif kind == 1:
            lines += ["    extends: [.base]", "    region: us-west-2", f"    maxVmCount: {chance.randrange(2, 9)}"]
        elif kind == 2:
            lines += ["    credentials: gcp-prod", "    gpuType: [h100:8, a100:8]", "    region: us-central1"]
        else:
            lines += ["    credentials: azure-team", "    vmType: Standard_NC16as_T4_v3", "    region: westus2", f"    diskSizeGb: {chance.randrange(100, 900)}"]
    return "\n".join(lines) + "\n"


def corpora(folder: pathlib.Path) -> dict[str, list[str]]:
    """The files of each corpus, by what the table calls it."""
    folder.mkdir(parents=True, exist_ok=True)

    def write(name: str, count: int, seed: int) -> str:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(profiles(count, seed))
        return str(path)

    return {
        "5 profiles": [write("five/anycloud.yaml", 5, SEED)],
        "10,000 profiles": [write("many/anycloud.yaml", 10_000, SEED)],
        "500,000 profiles": [write("huge/anycloud.yaml", 500_000, SEED)],
        "2,000 files of 10": [write(f"files/{index}.anycloud.yaml", 10, SEED + index) for index in range(2_000)],
    }


def installed(root: pathlib.Path, folder: pathlib.Path, program: pathlib.Path | None):
    """Each program: its version, and the command that the files are added to; and the command that walks folders."""
    schema = str(root / "schemas/anycloud.schema.json")
    cargo = os.environ.get("CARGO", "cargo")
    programs: dict[str, tuple[str, list[str]]] = {}
    walk: list[str] = []

    def attempt(name: str, make) -> None:
        try:
            programs.update(make())
        except (subprocess.CalledProcessError, OSError, LookupError) as error:
            print(f"left out: {name}: {error}", file=sys.stderr)

    def run(*command: object, **options: object) -> str:
        done = subprocess.run([str(part) for part in command], check=True, text=True, capture_output=True, **options)
        return done.stdout

    def ours():
        binary = program or root / "target/dist/anycloud-lint"
        if program is None:
            run(cargo, "build", "--quiet", "--profile", "dist", "--bin", "anycloud-lint", cwd=root)
        version = run(binary, "--version").split()[-1]
        return {"anycloud-lint": (version, [str(binary), "--no-config", "--quiet"])}

    def floors():
        target = folder / "floors"
        manifest = root / "benches/compare/floors/Cargo.toml"
        run(cargo, "build", "--quiet", "--release", "--manifest-path", manifest, "--target-dir", target)
        read, events = target / "release/read", target / "release/events"
        walk.append(str(target / "release/walk"))
        return {"reading alone": ("", [str(read)]), "granit-parser's events": ("2.2", [str(events)])}

    def python():
        place = folder / "python"
        if not (place / "bin/ryl").exists():
            run(sys.executable, "-m", "venv", place)
            run(place / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PYTHON)
        freeze = run(place / "bin/python", "-m", "pip", "freeze").splitlines()
        versions = dict(line.split("==") for line in freeze if "==" in line)
        rules = "{extends: relaxed, rules: {line-length: disable}}"
        return {
            "check-jsonschema": (versions["check-jsonschema"], [str(place / "bin/check-jsonschema"), "--schemafile", schema]),
            "yamllint": (versions["yamllint"], [str(place / "bin/yamllint"), "-d", rules]),
            "ryl": (versions["ryl"], [str(place / "bin/ryl"), "check", "--no-cache", "-d", rules]),
        }

    def node():
        place = folder / "node"
        if not (place / "node_modules/ajv").exists():
            place.mkdir(parents=True, exist_ok=True)
            (place / "package.json").write_text('{"private": true}\n')
            run("npm", "install", "--silent", "--no-audit", "--no-fund", *NODE, cwd=place)
        return {"ajv": (NODE[0].split("@")[1], ["node", str(root / "benches/compare/ajv.mjs"), str(place), schema])}

    def boon():
        place = folder / "boon"
        if not (place / "bin/boon").exists():
            run(cargo, "install", "--quiet", "--root", place, BOON)
        version = run(cargo, "install", "--list", "--root", place).split()[1].strip("v:")
        return {"boon": (version, [str(place / "bin/boon"), "--quiet", schema])}

    for name, make in [("anycloud-lint", ours), ("the floors", floors), ("Python", python), ("ajv", node), ("boon", boon)]:
        attempt(name, make)
    return programs, walk


def measure(command: list[str]) -> float:
    """The time of the processors from start to exit, in seconds."""
    null = os.open(os.devnull, os.O_RDWR)
    redirect = [(os.POSIX_SPAWN_DUP2, null, stream) for stream in (1, 2)]
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=redirect)
    impatience = threading.Timer(PATIENCE, os.kill, (child, signal.SIGKILL))
    impatience.start()
    _, status, usage = os.wait4(child, 0)
    impatience.cancel()
    os.close(null)
    code = os.waitstatus_to_exitcode(status)
    if code != 0:
        raise RuntimeError(f"{command[0]} ended with {code}")
    return usage.ru_utime + usage.ru_stime


def measured(programs, files_of, rounds: int):
    """Medians of each program on each corpus."""
    taken: dict[tuple[str, str], list[float]] = {}
    given_up: set[tuple[str, str]] = set()
    for number in range(rounds):
        for corpus, files in files_of.items():
            for name, (_, command) in programs.items():
                key = (name, corpus)
                if key in given_up:
                    continue
                try:
                    result = measure([*command, *files])
                except (RuntimeError, OSError) as error:
                    print(f"left out: {name} on {corpus}: {error}", file=sys.stderr)
                    given_up.add(key)
                    continue
                taken.setdefault(key, []).append(result)
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
    return {key: statistics.median(runs) for key, runs in taken.items()}


def walked(ours: list[str], walk: list[str], folder: pathlib.Path, rounds: int) -> str:
    """What it costs to find one file among a hundred thousand."""
    for index in range(5_000):
        place = folder / f"tree/{index % 10}/{index // 10 % 20}/{index}"
        place.mkdir(parents=True)
        for number in range(20):
            (place / f"file-{number}.txt").touch()
    (folder / "tree/anycloud.yaml").write_text(profiles(5, SEED))
    commands = {"ours": [option for option in ours if option != "--no-config"], "walk": walk}
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            taken[name].append(measure([*command, str(folder / "tree")]))
    found, walked = (time_text(statistics.median(taken[name])) for name in commands)
    return (
        f"To find the one `anycloud.yaml` among 100,000 files in 5,000 folders takes {found}; the walk alone, by the crate `ignore`\n"
        f"that does it, takes {walked}."
    )


def time_text(seconds: float) -> str:
    if seconds < 0.01:
        return f"{seconds * 1000:.1f} ms"
    return f"{seconds * 1000:,.0f} ms" if seconds < 10 else f"{seconds:,.1f} s"


def page(programs, files_of, medians, rounds: int, walk: str) -> str:
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    lines = [
        "# Speed",
        "",
        f"Whole processes from start to exit, all in one run, medians of {rounds} rounds; `cargo xtask compare` does it again and",
        "writes this page. Times are those of the processors, user and system: other work on the machine disturbs these least.",
        "",
        f"{datetime.date.today()}, {platform.system()} on {os.cpu_count()} cores of {cpu}. Corpora are generated with a fixed seed and",
        "have nothing wrong in them. Schema validators check less than the linter does, and `yamllint` and `ryl` check other things: they",
        f"are here to show what reading such files costs elsewhere. A dash: it took more than {PATIENCE:.0f} seconds, or could not.",
        "",
        "| | " + " | ".join(files_of) + " |",
        "|---|" + "--:|" * len(files_of),
    ]
    for name, (version, _) in programs.items():
        cells = []
        for corpus in files_of:
            found = medians.get((name, corpus))
            cells.append(time_text(found) if found else "–")
        title = f"**{name}** {version}" if name == "anycloud-lint" else f"{name} {version}".strip()
        lines.append(f"| {title} | " + " | ".join(cells) + " |")
    lines += ["", "## Many files", "", walk, "", THREADS]
    return "\n".join(lines) + "\n"


def plot(programs, medians, corpus: str) -> str:
    """A bar for each program, as long as it takes."""
    rows = [(name, medians[name, corpus]) for name in programs if (name, corpus) in medians]
    rows.sort(key=lambda row: row[1])
    longest = max(took for _, took in rows)
    height = 40 + 26 * len(rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="{height}" font-family="sans-serif" font-size="13">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        f'<text x="12" y="22" fill="#1f2328" font-weight="bold">Checking {corpus}: time of the processors</text>',
    ]
    for index, (name, took) in enumerate(rows):
        y = 36 + 26 * index
        width = max(1.0, 440 * took / longest)
        color = "#0969da" if name == "anycloud-lint" else "#8c959f"
        parts.append(f'<text x="170" y="{y + 14}" fill="#1f2328" text-anchor="end">{name}</text>')
        parts.append(f'<rect x="180" y="{y}" width="{width:.1f}" height="18" fill="{color}"/>')
        parts.append(f'<text x="{186 + width:.1f}" y="{y + 14}" fill="#1f2328">{time_text(took)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--program", type=pathlib.Path, help="a binary to measure instead of building the released one")
    args = parser.parse_args()
    programs, walk = installed(args.root, args.folder, args.program)
    files_of = corpora(args.folder / "corpora")
    medians = measured(programs, files_of, args.rounds)
    found = walked(programs["anycloud-lint"][1], walk, args.folder / "corpora", args.rounds)
    (args.root / "docs/speed.md").write_text(page(programs, files_of, medians, args.rounds, found))
    (args.root / "docs/speed.svg").write_text(plot(programs, medians, "10,000 profiles"))
    shutil.rmtree(args.folder / "corpora")


if __name__ == "__main__":
    main()
