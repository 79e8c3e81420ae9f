"""Keep what benchmarks found, and write it into docs/performance.md: what ``make performance`` ends with.

    python benchmarks/results.py            # say which tables of docs/performance.md no benchmark has kept yet
    python benchmarks/results.py --write    # write those that were kept into the page

A benchmark that is called with ``--save`` keeps its table in ``benchmarks/results/NAME.md``, with the day and the load.
On the page a table stands between ``<!-- results: NAME -->`` and ``<!-- end -->``; the text around it is written by
people, and stays.
"""

from __future__ import annotations

import argparse
import datetime
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

TREE = Path(__file__).resolve().parent.parent
FOLDER = TREE / "benchmarks" / "results"
PAGE = TREE / "docs" / "performance.md"
_PLACE = re.compile(r"(<!-- results: (?P<name>[a-z0-9-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


class Table:
    """A table that is printed row by row as it is found, and kept if it is to be.

    Parameters
    ----------
    name
        Its name on the page.
    columns
        The heads of its columns; the first is of text, the others of numbers.
    save
        Whether to keep it.
    """

    def __init__(self, name: str, columns: Sequence[str], *, save: bool) -> None:
        self._name, self._save = name, save
        self._lines = [f"| {' | '.join(columns)} |", f"|---|{'--:|' * (len(columns) - 1)}"]
        self._load = os.getloadavg()[0]
        print("\n".join(self._lines), flush=True)

    def add(self, *cells: str) -> None:
        """Add a row."""
        self._lines.append(f"| {' | '.join(cells)} |")
        print(self._lines[-1], flush=True)

    def close(self, *notes: str) -> None:
        """Add what is to stand under the table, and keep it."""
        day = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
        loads = sorted((self._load, os.getloadavg()[0]))
        python = f"Python {sys.version_info.major}.{sys.version_info.minor}"
        said = " ".join([*notes, f"({day}, {python}, load {loads[0]:.0f} to {loads[1]:.0f}.)"])
        print(f"\n{said}", flush=True)
        if self._save:
            FOLDER.mkdir(exist_ok=True)
            (FOLDER / f"{self._name}.md").write_text("\n".join([*self._lines, "", said, ""]), encoding="utf-8")


def write_page(*, write: bool) -> list[str]:
    """Write the tables into the page, if it is to be, and give the names of those that no benchmark has kept."""
    missing: list[str] = []

    def replace(place: re.Match[str]) -> str:
        file = FOLDER / f"{place['name']}.md"
        if not file.is_file():
            missing.append(place["name"])
            return place.group()
        return f"{place[1]}\n{file.read_text(encoding='utf-8')}\n{place[3]}"

    page = _PLACE.sub(replace, PAGE.read_text(encoding="utf-8"))
    if write:
        PAGE.write_text(page, encoding="utf-8")
    return missing


def main() -> None:
    """Write the page, or say what it lacks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the tables into the page")
    for name in write_page(write=parser.parse_args().write):
        print(f"{name}: no benchmark has kept this table yet (--save)", file=sys.stderr)


if __name__ == "__main__":
    main()
