"""Ask the vulnerability service of PyPI about the packages of a lock file, and say plainly what it could not tell."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Audit the lock file that is named; 1 if a hole is known, 0 if none is or the service can't be asked."""
    program = str(Path(sys.executable).with_name("pip-audit"))
    command = [program, "--disable-pip", "--require-hashes", "--progress-spinner=off", "-f", "json", "-r", sys.argv[1]]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(f"not audited: {(done.stderr.strip().splitlines() or ['pip-audit says nothing'])[-1]}")
        return 0
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    holes = [(package, hole) for package in packages for hole in package.get("vulns", ())]
    for package, hole in holes:
        fixed = ", ".join(hole.get("fix_versions", ())) or "no version"
        print(f"{package['name']} {package['version']}: {hole['id']}, mended in {fixed}")
    print(f"{len(packages) - len(skipped)} packages audited, {len(holes)} known holes")
    if skipped:
        print(f"{len(skipped)} packages are NOT audited: the service that knows of holes does not answer for them here")
    return 1 if holes else 0


if __name__ == "__main__":
    sys.exit(main())
