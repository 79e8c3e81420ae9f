"""Join things pairwise into groups (disjoint sets)."""

from __future__ import annotations


class Unions:
    """Groups of ids, each named by its least member, whatever the order of the joins."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def join(self, first: str, second: str) -> None:
        """Put both into one group."""
        low, high = sorted((self._find_least(first), self._find_least(second)))
        self._above[high] = low
        self._above.setdefault(low, low)

    def groups(self) -> dict[str, str]:
        """Map every id that was joined to the least id of its group, sorted."""
        return {id: self._find_least(id) for id in sorted(self._above)}

    def _find_least(self, id: str) -> str:
        above = self._above
        while (up := above.get(id, id)) != id:
            above[id] = above.get(up, up)  # Halves the path for the next search.
            id = above[id]
        return id
