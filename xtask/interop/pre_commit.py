"""The hooks of `.pre-commit-hooks.yaml` in a sample repository: good files pass, bad ones fail, others are left alone.

`pre-commit try-repo` builds this repository as pre-commit would for a user; the environment makes that build a quick
one. The documented hook that installs a wheel is tried with the wheel that was just built.
"""

import json
import os
import re
import shutil
import tempfile
from pathlib import Path

from common import arguments, check, failed, run

root, tools, wheel = arguments("ROOT", "TOOLS", "WHEEL")
root = Path(root)
pre_commit = Path(tools, "bin/pre-commit")
GOOD = "profiles:\n  train:\n    credentials: my-aws\n    gpuType: h100:8\n"
BAD = "profiles:\n  train:\n    vm_type: g6e.xlarge\n"

hooks = json.loads(run(Path(tools, "bin/python"), "-c",
                       "import json,sys,yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))",
                       root / ".pre-commit-hooks.yaml").stdout)
for hook in hooks:
    names = {"anycloud.yaml": True, "anycloud.yml": True, "deploy/anycloud.yaml": True, "prod.anycloud.yaml": True,
             "deploy/prod.anycloud.yml": True, "myanycloud.yaml": False, "anycloud.yaml.j2": False,
             "anycloud/values.yaml": False, "anycloud-lint.yaml": False}
    wrong = [name for name, expected in names.items() if bool(re.search(hook["files"], name)) != expected]
    check(not wrong, f"pre-commit: `files` of {hook['id']} matches the names that are searched for", wrong)
result = run(pre_commit, "validate-manifest", root / ".pre-commit-hooks.yaml")
check(result.returncode == 0, "pre-commit: the manifest is valid", result.stdout + result.stderr)

with tempfile.TemporaryDirectory() as folder:
    sample = Path(folder, "sample")
    sample.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
        "PRE_COMMIT_HOME": str(Path(tools).parent / "pre-commit-home"), "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "sample", "GIT_AUTHOR_EMAIL": "sample@example.com", "GIT_COMMITTER_NAME": "sample",
        "GIT_COMMITTER_EMAIL": "sample@example.com"}
    shutil.rmtree(environment["PRE_COMMIT_HOME"], ignore_errors=True)

    def there(*command):
        return run(*command, cwd=sample, env=environment)

    there("git", "init", "--quiet")
    (sample / "values.yaml").write_text(BAD)

    def files(text):
        (sample / "deploy").mkdir(exist_ok=True)
        (sample / "anycloud.yaml").write_text(GOOD)
        (sample / "deploy/west.anycloud.yml").write_text(text)
        there("git", "add", "--all")

    def try_hook(what, *command):
        files(GOOD)
        good = there(*command)
        check(good.returncode == 0 and "Passed" in good.stdout, f"pre-commit: {what} passes good files",
              good.stdout[-3000:] + good.stderr[-1000:])
        files(BAD)
        bad = there(*command)
        is_right = bad.returncode == 1 and "AC101" in bad.stdout and "deploy/west.anycloud.yml" in bad.stdout
        check(is_right and "values.yaml" not in bad.stdout, f"pre-commit: {what} fails the bad file alone",
              bad.stdout[-3000:] + bad.stderr[-1000:])

    if (root / ".git").exists():
        for hook in hooks:
            try_hook(hook["id"], pre_commit, "try-repo", root, hook["id"], "--all-files")
    else:
        failed("pre-commit: this is no git repository, so `try-repo` can't clone it")

    recipes = re.findall(r"```yaml pre-commit\n(.*?)```", (root / "docs/ci.md").read_text(), re.DOTALL)
    recipe = next(recipe for recipe in recipes if "repo: local" in recipe)
    (sample / ".pre-commit-config.yaml").write_text(re.sub(r"anycloud-lint==[0-9.]+", wheel, recipe))
    try_hook("the documented hook with a wheel", pre_commit, "run", "--all-files")
