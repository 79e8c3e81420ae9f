"""List the licences of all that a lock file installs, as a page of Markdown; run with the Python it is installed in."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

TREE = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "supply/ftm.lock")
_MOST = 60


def list_pinned(path: Path) -> dict[str, set[str]]:
    """Map the packages of a lock file to their versions: several, where one Python gets another."""
    found: dict[str, set[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;]+)", line):
            found.setdefault(match[1].lower(), set()).add(match[2])
    return found


def find_licence(name: str) -> str:
    """Find what a package that is installed says of its licence, in few words."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return "not installed here"
    if expression := about.get("License-Expression"):
        return str(expression)
    named = [
        value.rpartition(" :: ")[2] for value in about.get_all("Classifier") or () if value.startswith("License ::")
    ]
    named = [one for one in named if one != "OSI Approved"]
    first = next(iter((about.get("License") or "").strip().splitlines()), "")
    said = ", ".join(sorted(set(named))) or (first if len(first) <= _MOST else "")
    return said.replace("|", "/") or "see the package"


def main() -> None:
    """Print the page."""
    print("# Licences of the dependencies")
    print()
    print("Made by `make lock` from requirements.lock, supply/ftm.lock and what the packages say of themselves.")
    for lock in LOCKS:
        print(f"\n## {lock}\n\n| package | version | licence |\n|---|---|---|")
        for name, versions in sorted(list_pinned(TREE / lock).items()):
            print(f"| {name} | {', '.join(sorted(versions))} | {find_licence(name)} |")


if __name__ == "__main__":
    main()
