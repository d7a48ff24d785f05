"""The VS Code extension: its client code against the real server, and the package that `vsce` makes of it."""

import shutil
import zipfile
from pathlib import Path

from common import arguments, check, failed, run

program, root, folder = (Path(argument) for argument in arguments("PROGRAM", "ROOT", "FOLDER"))
source = root / "editors/vscode"
stamp = folder / "package.json"
manifest = (source / "package.json").read_text()
if not (folder / "node_modules").exists() or not stamp.exists() or stamp.read_text() != manifest:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    stamp.write_text(manifest)
    print("installing what the extension needs", flush=True)
    result = run("npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", cwd=folder)
    if result.returncode != 0:
        stamp.unlink()
        failed(f"npm install: {result.stdout}{result.stderr}")
        raise SystemExit
for part in ("src", "test"):
    shutil.rmtree(folder / part, ignore_errors=True)
    shutil.copytree(source / part, folder / part)
for part in ("tsconfig.json", "README.md", ".vscodeignore"):
    shutil.copy(source / part, folder / part)
shutil.copy(root / "LICENSE-MIT", folder / "LICENSE")

package = folder / "anycloud-lint.vsix"
package.unlink(missing_ok=True)
result = run("npx", "vsce", "package", "--no-dependencies", "--out", package, cwd=folder)
check(package.exists(), "`vsce package` builds the extension", result.stdout + result.stderr)
names = set(zipfile.ZipFile(package).namelist())
wanted = {"extension/package.json", "extension/dist/extension.js", "extension/readme.md", "extension/LICENSE.txt"}
check(wanted <= names and len(names) <= 8, "the package holds what it needs and no more", sorted(names))
print(run("node", "test/server.test.mjs", program, cwd=folder).stdout, end="", flush=True)
