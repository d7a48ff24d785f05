"""What the scripts of `cargo xtask interop` share. A line that begins with `ok` or `FAILED` is a check."""

import json
import subprocess
import sys
from pathlib import Path


def ok(text):
    print(f"ok {text}", flush=True)


def failed(text):
    print(f"FAILED {text}", flush=True)


def check(passes, text, reason=""):
    ok(text) if passes else failed(f"{text}{': ' if reason else ''}{reason}")


def run(*command, **options):
    """Runs a command and captures what it prints; it may fail."""
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)


def resolve(program, path, *options):
    """The resolved profiles of a file, or `None` where it has errors."""
    result = run(program, "resolve", "--show-secrets", *options, path)
    return json.loads(result.stdout) if result.returncode == 0 else None


def resolvable(root):
    """The fixtures that resolve: valid ones, and wrong ones with warnings only."""
    return sorted(path.with_name(path.name.replace(".resolved.json", ".yaml"))
                  for path in Path(root, "fixtures").glob("*/*.resolved.json"))


def arguments(*names):
    if len(sys.argv) != len(names) + 1:
        sys.exit(f"usage: {sys.argv[0]} {' '.join(names)}")
    return sys.argv[1:]
