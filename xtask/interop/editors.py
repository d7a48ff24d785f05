"""Real editors, headless, with the settings that docs/editors.md gives: Neovim and Emacs.

They are taken from Debian's packages where they are missing. Where that can't be done, they are not checked.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from common import arguments, failed, run

program, root = (Path(argument) for argument in arguments("PROGRAM", "ROOT"))
PACKAGES = {"nvim": ["neovim"], "emacs": ["emacs-nox", "elpa-eglot", "elpa-yaml-mode"]}
LIMIT = 180


def is_there(editor):
    if shutil.which(editor) is None:
        return False
    # An Emacs of Debian's keeps its packages apart.
    return editor != "emacs" or run("emacs", "--batch", "--eval",
                                    "(progn (package-initialize) (require 'eglot) (require 'yaml-mode))").returncode == 0


def install(packages):
    if shutil.which("apt-get") is None:
        return "there is no apt-get"
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    sudo = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    for command in (["update", "--quiet"], ["install", "--yes", "--quiet", "--no-install-recommends", *packages]):
        try:
            result = subprocess.run([*sudo, "apt-get", *command], capture_output=True, text=True, env=environment)
        except OSError as error:
            return str(error)
        if result.returncode != 0:
            return (result.stderr.strip().splitlines() or ["apt-get failed"])[-1]
    return None


def try_out(editor, command):
    if not is_there(editor):
        reason = install(PACKAGES[editor])
        if not is_there(editor):
            print(f"not checked: {editor} is not here and can't be installed: {reason}", flush=True)
            return
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
            "DOCS": str(root / "docs/editors.md"),
            "FOLDER": folder,
            "HOME": folder,
        }
        try:
            result = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, env=environment)
        except subprocess.TimeoutExpired:
            return failed(f"{editor} did not end within {LIMIT} s")
    lines = [line for line in (result.stdout + "\n" + result.stderr).splitlines() if line.startswith(("ok ", "FAILED "))]
    print("\n".join(lines), flush=True)
    if len(lines) < 6:
        failed(f"{editor} broke off: {(result.stdout + result.stderr)[-2000:]}")


scripts = Path(sys.argv[0]).parent / "editors"
try_out("nvim", ["nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", f"luafile {scripts / 'neovim.lua'}"])
try_out("emacs", ["emacs", "--batch", "-l", scripts / "emacs.el"])
