"""Pair the things of one state of a graph with those of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from itertools import zip_longest
from typing import Any, TypeVar

Thing = TypeVar("Thing")


def pair_things(
    before: Mapping[str, Thing],
    after: Mapping[str, Thing],
    *,
    alike: Callable[[Thing], Hashable] | None = None,
    order: Callable[[Thing], Any] | None = None,
) -> Iterator[tuple[Thing | None, Thing | None]]:
    """Pair things by their ids, then those that are left by what makes them alike, in order; others stay alone.

    Parameters
    ----------
    before, after
        Things by their ids.
    alike
        Gives what two things share that are one in spite of their ids; None where only the id counts.
    order
        In which order things that are alike are paired; that of their ids if None.
    """
    for id in sorted(before.keys() & after.keys()):
        yield before[id], after[id]
    groups: dict[str, tuple[list[Thing], list[Thing]]] = defaultdict(lambda: ([], []))
    for place, (mine, theirs) in enumerate(((before, after), (after, before))):
        left = [mine[id] for id in sorted(mine.keys() - theirs.keys())]
        if alike is None:
            yield from ((None, thing) if place else (thing, None) for thing in left)
            continue
        for thing in sorted(left, key=order) if order else left:
            groups[repr(alike(thing))][place].append(thing)
    for key in sorted(groups):
        yield from zip_longest(*groups[key])
