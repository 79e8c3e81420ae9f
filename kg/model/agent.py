"""An agent of the knowledge base."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agent:
    """A row of the knowledge base.

    ``country`` is an ISO 3166-1 alpha-2 code in lower case (or ``eu``, ``un``); ``owner``, ``operator`` and
    ``part_of`` are ids of other agents; ``external`` holds (scheme, id) pairs that ``source`` vouches for.
    ``metonyms`` (Kremlin, Brussels, Paris) stand for the agent only where the grammar makes them act;
    ``adjectives`` are its demonyms (German, French). ``descriptors`` are definite descriptions that fit it
    ("the Chinese-owned app" is built from them and its country).
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    owner: str | None = None
    operator: str | None = None
    part_of: str | None = None
    adjectives: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    descriptors: tuple[str, ...] = ()
    external: tuple[tuple[str, str], ...] = ()
    source: str = ""
