"""Print the entries of one lock file that another has not: what an extra adds to what is installed anyhow."""

from __future__ import annotations

import re
import sys
from pathlib import Path


def read_entries(path: Path) -> dict[str, list[str]]:
    """Read the lines of each entry (a package, in one version for one kind of Python), without comments."""
    entries: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if re.match(r"[A-Za-z0-9]", line):
            lines = entries.setdefault(line.rstrip(" \\"), [])
        if not line.strip().startswith("#"):
            lines.append(line)
    return entries


def name_entry(entry: str) -> str:
    """Name the package of an entry."""
    return re.split(r"[=\[ ;]", entry, maxsplit=1)[0].lower()


def main() -> None:
    """Take the paths of two lock files, and print the difference."""
    whole, part = (read_entries(Path(path)) for path in sys.argv[1:3])
    known = {name_entry(entry) for entry in part}
    for entry, lines in sorted(whole.items()):
        if name_entry(entry) not in known:
            print("\n".join(lines))


if __name__ == "__main__":
    main()
