"""With anycloud-sdk 0.1.60: `[target] sdk = "0.1.60"` reports a file just where that SDK refuses what it resolves to.

A profile's `gpuType` is reported, too: `CloudConfig` has no such field.
"""

import json
import tempfile
from pathlib import Path

from anycloud.types import CloudConfig
from common import arguments, check, failed, resolvable, resolve, run
from pydantic import ValidationError

program, root = arguments("PROGRAM", "ROOT")


def refusals(name, profile):
    """What of a profile the SDK refuses, or drops without a word."""
    try:
        dumped = CloudConfig(**profile).model_dump(mode="json", by_alias=True, exclude_none=True)
    except ValidationError as error:
        return {f"{name}.{part['loc'][0]}" for part in error.errors()}
    return {f"{name}.{field}.{key}" for field, value in profile.items() if isinstance(value, dict)
            for key in set(value) - set(dumped.get(field) or {})}


with tempfile.TemporaryDirectory() as folder:
    config = Path(folder, "anycloud-lint.toml")
    config.write_text('[target]\nsdk = "0.1.60"\n')
    reported, silent = 0, 0
    for path in resolvable(root):
        label = str(path.relative_to(root))
        resolved = resolve(program, path)
        if resolved is None:
            failed(f"{label}: it does not resolve")
            continue
        # Templates show in their heirs; where none uses them, the SDK never sees them.
        result = run(program, "--config", config, "--select", "AC106", "--format", "json", path)
        findings = [finding for finding in json.loads(result.stdout)["findings"] if finding["path"].startswith("/profiles/")]
        wrong = set().union(*(refusals(name, profile) for name, profile in resolved["profiles"].items()))
        told = ", ".join(finding["message"] for finding in findings)
        check(bool(wrong) == bool(findings), f"{label}: reported as 0.1.60 refuses it", f"refused {sorted(wrong)}, reported: {told}")
        reported, silent = reported + bool(findings), silent + (not findings)
    print(f"   {reported} files reported, {silent} silent")
    check(reported and silent, "some files are for both generations, and some are not")
