"""Builds the wheel, installs it in a clean virtual environment, and runs what is in it. Leaves it in WHEELS."""

import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

from common import arguments, check, failed, run

root, tools, wheels = arguments("ROOT", "TOOLS", "WHEELS")
root, wheels = Path(root), Path(wheels)
shutil.rmtree(wheels, ignore_errors=True)
# A Linux wheel for this machine only: the release builds the portable ones.
options = ["--compatibility", "linux"] if sys.platform == "linux" else []
result = run(Path(tools, "bin/maturin"), "build", "--release", "--locked", *options, "--out", wheels, cwd=root)
built = sorted(wheels.glob("*.whl"))
if result.returncode != 0 or len(built) != 1:
    failed(f"wheel: maturin builds it: {result.stderr[-3000:]}")
    raise SystemExit
names = zipfile.ZipFile(built[0]).namelist()
for end in ("/scripts/anycloud-lint", "LICENSE-MIT", "LICENSE-APACHE"):
    check(any(name.endswith((end, f"{end}.exe")) for name in names), f"wheel: it holds {end.split('/')[-1]}", names)

with tempfile.TemporaryDirectory() as folder:
    clean = Path(folder, "venv")
    run(sys.executable, "-m", "venv", clean, check=True)
    result = run(clean / "bin/pip", "install", "--quiet", "--no-index", built[0])
    check(result.returncode == 0, "wheel: it installs in a clean environment without an index", result.stderr)
    version = run(clean / "bin/anycloud-lint", "--version").stdout.split()
    check(version[:1] == ["anycloud-lint"] and f"-{version[-1]}-" in built[0].name,
          "wheel: the program runs, and its version is the wheel's", version)
    result = run(clean / "bin/anycloud-lint", root / "examples/anycloud.yaml")
    check(result.returncode == 1 and "AC301" in result.stdout, "wheel: the program lints", result.stderr)
    metadata = run(clean / "bin/python", "-c",
                   "from importlib.metadata import metadata; print(metadata('anycloud-lint')['License-Expression'])")
    check(metadata.stdout.strip() == "MIT OR Apache-2.0", "wheel: its metadata names the licence", metadata.stdout)
