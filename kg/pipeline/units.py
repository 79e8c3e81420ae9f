"""Hold the new lines of units against their former ones: what goes into the graph, and what goes out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from hashlib import blake2b

from kg.errors import StoreError
from kg.pipeline.ledger import Ledger
from kg.rdf import Iris, LocalStore
from kg.rdf.graph_content import parse_lines


class UnitChanges:
    """What becomes of the lines of units that are worked out anew.

    Most lines are one unit's own: what an action's or a claim's IRI is the subject of, and all that tells of an agent,
    a run, a judgement. Some may be said by several (the direct edge of two fines, a sum, a law): such a line goes only
    when the last unit that says it does.

    Parameters
    ----------
    ledger
        Keeps the lines of units.
    former
        The quads as they were; None where there were none.
    iris
        Where the things lie.
    """

    def __init__(self, ledger: Ledger, former: LocalStore | None, iris: Iris) -> None:
        self.deleted: set[bytes] = set()
        self.inserted: set[bytes] = set()
        self._ledger = ledger
        self._former = former
        self._owned = tuple(f"<{iris.base}{folder}/".encode() for folder in ("action", "claim"))
        self._delta: Counter[bytes] = Counter()
        self.replaced: list[str] = []
        self._new: list[str] = []

    def replace(self, unit: str, lines: list[bytes], wiped: Container[bytes], *, actions: int | None = None) -> None:
        """Put lines in the place of a unit's former ones.

        Parameters
        ----------
        unit
            The name of the unit.
        lines
            What it says now, sorted; nothing drops the unit.
        wiped
            The graphs, as in an N-Quads line, that lose all that they held before anything is put in.
        actions
            How many actions it has; its lines may then be said by other units too.
        """
        former = set(self._ledger.read_unit(unit))
        self._ledger.write_unit(unit, lines, actions or 0)
        self.replaced.append(unit)
        if actions is not None:
            self._delta.update(line for line in lines if not self._is_own(line))
            self._delta.subtract(line for line in former if not self._is_own(line))
        if not former:
            self._new += [unit] if lines else []
            return
        told = set(lines)
        for line in former | told:
            if actions is not None and not self._is_own(line):
                continue
            is_there = line in former and find_graph(line) not in wiped
            if is_there and line not in told:
                self.deleted.add(line)
            elif line in told and not is_there:
                self.inserted.add(line)

    def settle_shared(self) -> None:
        """Find which of the lines that several units may say have come or gone, when all units are replaced."""
        for line, change in sorted(self._delta.items()):
            if change == 0:
                continue
            key = blake2b(line, digest_size=16).digest()
            former = self._ledger.count_sharers(key) or int(self._is_in_former(line))
            now = former + change
            if now < 0:
                raise StoreError(f"the ledger does not fit its store: {line.decode('utf-8', 'replace').strip()[:200]}")
            self._ledger.write_sharers(key, now)
            if now == 0:
                self.deleted.add(line)
            elif former == 0:
                self.inserted.add(line)
        self._delta.clear()
        # A line that one unit lost and another got has not moved.
        moved = self.deleted & self.inserted
        self.deleted -= moved
        self.inserted -= moved

    def list_inserted(self) -> Iterator[list[bytes]]:
        """List the lines that go in, in lists of any length; call `settle_shared` first."""
        yield sorted(self.inserted)
        for unit in self._new:
            lines = self._ledger.read_unit(unit)
            yield [line for line in lines if self._is_own(line)] if unit.startswith("b|") else lines

    def _is_own(self, line: bytes) -> bool:
        return line.startswith(self._owned)

    def _is_in_former(self, line: bytes) -> bool:
        if self._former is None:
            return False
        (quad,) = parse_lines([line])
        return self._former.has(quad)


def find_graph(line: bytes) -> bytes:
    """Find the graph of an N-Quads line, in its angle brackets."""
    return line.rsplit(b" ", 2)[1]
