"""Forget persons: what a store says of them goes, now and in all later builds."""

from __future__ import annotations

import difflib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from kg.errors import SourceError, StoreError
from kg.kb import KnowledgeBase, load_knowledge_base
from kg.pipeline.build_graph import load_judgements
from kg.pipeline.changes import ActionChange
from kg.pipeline.remove_documents import remove
from kg.privacy import FILE_NAME, append_forgotten, make_forgotten
from kg.privacy.withhold import list_named, list_parties
from kg.rdf import Iris, LocalStore, Store, open_folder, terms
from kg.rdf.decode import decode_reading
from kg.rdf.graph_reader import GraphReader
from kg.rdf.namespaces import PLR

_NEAR = 3
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class ForgetSummary:
    """What went with the persons, and what the store then holds.

    ``agents`` are the ids of the persons, those included that were judged to be one with them; ``claims_removed`` and
    ``facts_removed`` were of them. ``documents`` are the ids of those that told of them, and whose text no longer names
    them; ``actions_changed`` are as in `kg.pipeline.RemoveSummary`.
    """

    agents: tuple[str, ...]
    documents: tuple[str, ...]
    claims_removed: int
    facts_removed: int
    actions_changed: tuple[ActionChange, ...]
    claims: int
    facts: int
    actions: int
    seconds: float


def forget(
    persons: Sequence[str],
    store_url: str | Path,
    *,
    by: str,
    when: str,
    why: str = "",
    judgements: str | Path | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> ForgetSummary:
    """Forget persons: their claims and facts go, their names are masked in the texts, and both hold in later builds.

    The decision is a line of ``forgotten.jsonl`` in the store's folder, which holds digests and no name. All files of
    the store are written anew, so that no byte of what went is left in them.

    Parameters
    ----------
    persons
        Ids of agents, or the names that the store has for them.
    store_url
        The folder of a store.
    by, when, why
        Who decided that, when (a day) and why.
    judgements
        As for `kg.pipeline.build`.
    clock
        Tells the seconds for the summary.

    Raises
    ------
    SourceError
        If the store has no such person, or several of one name.
    KgError
        If there is no store, or it can't be written.
    """
    start = clock()
    if "://" in str(store_url):
        raise StoreError(f"{store_url} is an endpoint, which can't keep who is forgotten: want the folder of a store")
    folder, kb = Path(store_url), load_knowledge_base()
    canonical = load_judgements(folder, judgements, kb).identity.canonical
    with closing(open_folder(folder)) as store:
        known = list_persons(store)
        chosen = {_choose(person, known, store) for person in persons}
        same = {agent for agent, other in canonical.items() if other in chosen}
        agents = tuple(sorted(chosen | same))
        names = {agent: {*known.get(agent, ()), *_list_names(agent, kb)} for agent in agents}
        documents, claims, facts = [], 0, 0
        for document, told in _count_told(store, agents, names):
            documents.append(document)
            claims, facts = claims + told[0], facts + told[1]
    append_forgotten(
        folder / FILE_NAME,
        [make_forgotten(agent, sorted(names[agent]), by=by, when=when, why=why) for agent in agents],
    )
    summary = remove((), folder, judgements=judgements)
    return ForgetSummary(
        agents=agents,
        documents=tuple(documents),
        claims_removed=claims,
        facts_removed=facts,
        actions_changed=summary.actions_changed,
        claims=summary.claims,
        facts=summary.facts,
        actions=summary.actions,
        seconds=clock() - start,
    )


def list_persons(store: Store) -> dict[str, tuple[str, ...]]:
    """Map the ids of the persons that a store knows to their names."""
    iris, found = Iris(store.base), dict[str, set[str]]()
    query = f"""SELECT ?agent ?name {{ ?agent a <{PLR}Person> ;
        <http://www.w3.org/2000/01/rdf-schema#label>|<http://www.w3.org/2004/02/skos/core#altLabel> ?name }}"""
    for row in store.query(query):  # type: ignore[union-attr]
        found.setdefault(iris.read("agent", row["agent"].value), set()).add(row["name"].value)
    return {agent: tuple(sorted(names)) for agent, names in sorted(found.items())}


def _choose(person: str, known: dict[str, tuple[str, ...]], store: LocalStore) -> str:
    if person in known:
        return person
    named = [agent for agent, names in known.items() if person.casefold() in {name.casefold() for name in names}]
    if len(named) == 1:
        return named[0]
    shown = repr(person[:_SHOWN])
    if named:
        raise SourceError(f"{shown} is the name of {len(named)} persons: want an id of {', '.join(named[:5])}")
    if next(store.oxigraph.quads_for_pattern(Iris(store.base).make("agent", person), terms.TYPE, None, None), None):
        raise SourceError(f"{shown} is no person: only persons are forgotten; kg remove takes documents back")
    words = {word: agent for agent, names in known.items() for word in (agent, *names)}
    near = [words[word] for word in difflib.get_close_matches(person, sorted(words), n=_NEAR, cutoff=0.6)]
    hint = f"; near are {', '.join(map(repr, dict.fromkeys(near)))}" if near else f"; it has {len(known):,} others"
    raise SourceError(f"the store has no person {shown}{hint}")


def _list_names(agent: str, kb: KnowledgeBase) -> Iterator[str]:
    if agent in kb.agents:
        yield kb.agents[agent].name
        yield from kb.agents[agent].aliases


def _count_told(
    store: LocalStore, agents: Sequence[str], names: dict[str, set[str]]
) -> Iterator[tuple[str, tuple[int, int]]]:
    """Count the claims and facts of agents in each document that has any, and note how the document names them."""
    iris = Iris(store.base)
    nodes = [iris.make("agent", agent) for agent in agents]
    found = (quad.graph_name for node in nodes for quad in store.oxigraph.quads_for_pattern(None, None, node, None))
    graphs = {graph.value for graph in found if isinstance(graph, NamedNode) and iris.is_document(graph.value)}
    for graph in sorted(graphs):
        reader = GraphReader(iris, store.quads(iris.make("doc", iris.read("doc", graph))))
        reading = decode_reading(graph, reader)
        for party in list_named(reading):
            if party.id in names:
                names[party.id].add(party.name)
        counts = [
            sum(any(party.id in agents for party in list_parties(one)) for one in said)
            for said in (reading.claims, reading.facts)
        ]
        yield iris.read("doc", graph), (counts[0], counts[1])
