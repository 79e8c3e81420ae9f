"""Take documents back: exactly what rested on them alone goes."""

from __future__ import annotations

import difflib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SourceError, StoreError
from kg.kb import load_knowledge_base
from kg.pipeline.build_graph import load_judgements, write_update
from kg.pipeline.changes import ActionChange
from kg.pipeline.former import Former
from kg.pipeline.plan import Plan
from kg.pipeline.read import Progress, tell_nobody
from kg.pipeline.runs import describe_run
from kg.pipeline.spool import Spool
from kg.pipeline.target import open_target
from kg.pipeline.update import GraphUpdate
from kg.pipeline.withheld import describe_withheld, find_withheld, load_withheld
from kg.rdf.folder import read_current

_NEAR = 3
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class RemoveSummary:
    """What went with the documents, and what the store then holds.

    ``removed`` are the documents' ids; ``claims_removed`` and ``facts_removed`` were theirs. ``actions_changed`` are
    the actions that are gone or rest on fewer sources; rarely one that had been taken for another comes apart from it.
    ``documents`` to ``agents`` count what the store holds.
    """

    removed: tuple[str, ...]
    claims_removed: int
    facts_removed: int
    actions_changed: tuple[ActionChange, ...]
    documents: int
    claims: int
    facts: int
    actions: int
    agents: int
    seconds: float


def remove(
    ids: Sequence[str],
    store_url: str | Path,
    *,
    judgements: str | Path | None = None,
    erase: bool = True,
    progress: Progress | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> RemoveSummary:
    """Take documents back; the graph is then the same, to the byte, as if they had never been there.

    Parameters
    ----------
    ids
        The ids of the documents.
    store_url
        The folder of a store, or the http(s) address of a SPARQL endpoint.
    judgements
        As for `build`.
    erase
        Write the files of a folder anew, so that no byte of the documents is left in them; without, they can be asked
        for no more, but their words stay in the files until these are written anew.
    progress
        Hears how far it is.
    clock
        Tells the seconds for the summary.

    Raises
    ------
    SourceError
        If the store has no document of one of the ids.
    StoreError
        If there is no store.
    """
    start = clock()
    if "://" not in str(store_url) and read_current(Path(store_url)) is None:
        raise StoreError(f"{store_url} is no store: it has no file CURRENT; build one there first")
    kb = load_knowledge_base()
    judged = load_judgements(store_url, judgements, kb)
    withheld = load_withheld(store_url, None, kb)
    removed = tuple(dict.fromkeys(ids))
    with open_target(store_url, erase=erase) as target, Spool[bytes](target.folder) as spool:
        former = target.former
        if former is None:
            raise StoreError(f"{store_url} holds no documents")
        _refuse_unknown(removed, former)
        readings = [former.read_reading(id) for id in removed]
        plan = Plan(
            former,
            describe_run(),
            judged,
            target.details.get("judgements"),
            lambda refusal: None,
            withheld=withheld.digest,
            withheld_before=find_withheld(target.details, withheld),
        )
        continues = not plan.rejudges and target.keep()
        update = GraphUpdate(target.ledger, target.kept, kb, judged, spool, withheld)
        if continues:
            for id in removed:
                update.drop(id)
        else:
            update.compare_with(former.store)
            for told in plan.list_kept(removed):
                update.add(*told, digest=plan.find_digest(told[0].id))
        details = {**target.details, "judgements": judged.digest, **describe_withheld(withheld)}
        totals = write_update(update, target, details, progress or tell_nobody)
    return RemoveSummary(
        removed=removed,
        claims_removed=sum(len(reading.claims) for reading in readings),
        facts_removed=sum(len(reading.facts) for reading in readings),
        actions_changed=tuple(update.changes),
        **totals,
        seconds=clock() - start,
    )


def _refuse_unknown(ids: Iterable[str], former: Former) -> None:
    known = former.list_documents()
    there = frozenset(known)
    unknown = [id for id in ids if id not in there]
    if not unknown:
        return
    first = unknown[0]
    near = difflib.get_close_matches(first, known, n=_NEAR, cutoff=0.6) or [id for id in known if first in id][:_NEAR]
    hint = f"; near are {', '.join(map(repr, near))}" if near else f"; it has {len(known):,} others"
    more = f" (and {len(unknown) - 1} more)" if len(unknown) > 1 else ""
    raise SourceError(f"the store has no document {first[:_SHOWN]!r}{more}{hint}")
