"""Let a store follow what reviewers decided since it was built, and report what became of their judgements."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from kg.errors import StoreError
from kg.judge import Judgements
from kg.kb import load_knowledge_base
from kg.model import ClaimJudgement
from kg.pipeline.build_graph import load_judgements
from kg.pipeline.former import Former
from kg.pipeline.ledger import FILE_NAME, Ledger
from kg.pipeline.remove_documents import RemoveSummary, remove
from kg.pipeline.update import list_named
from kg.rdf.folder import VERSIONS, open_folder, read_current
from kg.review.report import Report, list_agents, report_judgements


def rejudge(store_url: str | Path, *, judgements: str | Path | None = None) -> RemoveSummary:
    """Work out a store anew by the judgements of now, from what was read before; no source is needed.

    Parameters
    ----------
    store_url
        The folder of a store.
    judgements
        As for `build`.

    Raises
    ------
    KgError
        If there is no store, or the judgements are unfit.
    """
    _refuse_address(store_url)
    return remove((), store_url, judgements=judgements, erase=False)


def report_review(store_url: str | Path, *, judgements: str | Path | None = None) -> Report:
    """Report what became of judgements: which of them mean something that was read.

    Parameters
    ----------
    store_url, judgements
        As for `rejudge`.

    Raises
    ------
    KgError
        If there is no store, or the judgements are unfit.
    """
    _refuse_address(store_url)
    folder, judged = Path(store_url), load_judgements(store_url, judgements, load_knowledge_base())
    with closing(open_folder(folder)) as store:
        path = folder / VERSIONS / (read_current(folder) or "") / FILE_NAME
        if not path.is_file():
            raise StoreError(f"store {folder}: it does not keep what was read; build it again with kg build --fresh")
        with closing(Ledger(path)) as ledger:
            former = Former(store, ledger)
            used = _find_used(former, ledger, judged)
            agents = list_agents(store) | _list_replaced(former, ledger)
    return report_judgements(judged, agents=agents, used=used)


def _list_replaced(former: Former, ledger: Ledger) -> set[str]:
    """List the agents that documents name, and that others may stand for in the graph."""
    judged = (id for id in ledger.list_documents() if (entry := ledger.find(id)) and entry.unjudged)
    readings = (former.read_reading(id) for id in judged)
    return {party.id for reading in readings for party in list_named(reading)}


def _find_used(former: Former, ledger: Ledger, judged: Judgements) -> set[str]:
    keys = [one.key for one in judged.judgements if isinstance(one, ClaimJudgement)]
    documents = {key.document for key in keys if ledger.find(key.document)}
    documents.update(document for key in keys for document in ledger.find_text(key.text))
    read = ((former.read_document(id), former.read_reading(id)) for id in sorted(documents))
    return {identifier for document, reading in read for identifier in judged.find_used(document, reading)}


def _refuse_address(store_url: str | Path) -> None:
    if "://" in str(store_url):
        raise StoreError(f"{store_url} is an endpoint, which does not keep what was read: want the folder of a store")
