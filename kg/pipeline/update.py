"""What becomes of a graph when documents come and go: only what rests on them is worked out again.

A document's own quads depend on it alone. The rest is made in units: a block of claims with its actions and cases, an
agent that the knowledge base has not, a run, the judgements. A unit is worked out anew when something that it rests on
comes or goes, and its former lines are held against its new ones. A graph that is built afresh is one where all units
are new: there is no other way to make one, and so the graph of the same documents is the same however they came.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain, repeat

from pyoxigraph import NamedNode, Quad

from kg.judge import Judgements
from kg.kb import KnowledgeBase
from kg.model import Action, AgentRef, Claim, ClaimJudgement, Document, Reading
from kg.model.ids import make_digest
from kg.pipeline.changes import ActionChange, compare_actions
from kg.pipeline.ledger import Entry, Ledger
from kg.pipeline.runs import Run, digest_document
from kg.pipeline.spool import Spool
from kg.pipeline.units import UnitChanges
from kg.privacy import Withheld
from kg.rdf import (
    Iris,
    LocalStore,
    decode_actions,
    encode_actions,
    encode_agents,
    encode_cases,
    encode_document,
    encode_judgements,
    encode_knowledge_base,
    encode_ontology,
    encode_run,
    open_store,
)
from kg.rdf.decode import decode_reading
from kg.rdf.graph_content import Content, ContentTally, format_lines, parse_lines, read_lines
from kg.rdf.graph_links import encode_group, encode_links, encode_use
from kg.rdf.graph_reader import GraphReader
from kg.resolve import name_case_block, resolve_cases, resolve_claims
from kg.sources import CopySigner

_REMEMBERED = 2048  # documents whose claims are kept while blocks that share them are worked out


class GraphUpdate:
    """Takes documents in and out, and then gives the change of the graph.

    Parameters
    ----------
    ledger
        What was read and what rests on it; it follows the change.
    former
        The quads as they are, and their content; None to begin afresh, with an empty ledger.
    kb
        The knowledge base.
    judgements
        What reviewers decided: which of the judgements are told depends on the documents that there are.
    spool
        Where the quads of documents wait.
    withheld
        Who is left out; nobody if None.
    """

    def __init__(
        self,
        ledger: Ledger,
        former: tuple[LocalStore, Content] | None,
        kb: KnowledgeBase,
        judgements: Judgements,
        spool: Spool[bytes],
        withheld: Withheld | None = None,
    ) -> None:
        self.ledger = ledger
        self.store: LocalStore | None = former[0] if former else None
        content = former[1] if former else None
        self.iris = Iris(self.store.base) if self.store else Iris()
        self.kb = withheld.filter_knowledge() if withheld else kb
        self.judgements = judgements
        self.tally = ContentTally(content)
        self.wiped: dict[str, NamedNode] = {}
        self.added: dict[str, int] = {}
        self.changes: list[ActionChange] = []
        self.units = UnitChanges(ledger, self.store, self.iris)
        self._spool = spool
        self._withheld = withheld
        self._signer = CopySigner()
        self._claims: dict[str, list[Claim]] = {}
        self._blocks: set[str] = set()
        self._agents: set[str] = set()
        self._runs: dict[str, Run | None] = {}
        self._former_actions: dict[str, list[Action]] | None = None
        self._read_former = lru_cache(_REMEMBERED)(self._decode_former)

    def compare_with(self, store: LocalStore) -> None:
        """Tell, in ``changes``, what becomes of the actions of a store, though the graph begins afresh."""
        self._former_actions = {}
        for action in decode_actions(store):
            self._former_actions.setdefault(name_case_block(action, self.kb), []).append(action)
        self._blocks |= self._former_actions.keys()

    def add(self, document: Document, reading: Reading, run: Run, *, digest: str | None = None) -> None:
        """Take in a document with what was read from it, in place of what was read from it before.

        Here persons are left out, and then judgements are applied: this is where what claims say may be changed, before
        they are resolved. ``digest`` is that of the document as its source has it, where that is another.
        """
        self.drop(document.id)
        document = replace(document, group=None)  # which depends on the others, and is settled with them
        digest = digest or digest_document(document)
        if self._withheld:
            document, reading = self._withheld.apply(document, reading)
        judged = self.judgements.apply(document, reading)
        unjudged = None if judged == reading else self._pack(document, reading, run)
        quads = self._encode(document, judged, run)
        # What is resolved is what the graph says, to the last digit, for so it is when a later build reads it there.
        told = decode_reading(self.iris.make("doc", document.id).value, GraphReader(self.iris, quads))
        lines = format_lines(quads)
        self.tally.add(lines)
        self.added[document.id] = self._spool.append(zlib.compress(b"".join(lines), 1))
        # The rows of one tracker are one source, however unlike they are.
        signature = self._signer.sign(run.tracker or document.text)
        counts = (len(told.claims), len(told.facts))
        self.ledger.put(document.id, Entry(digest, run.name, signature, *counts, unjudged))
        self.ledger.note_text(document.id, make_digest(document.text))
        blocks: dict[str, list[Claim]] = {}
        for claim in told.claims:
            blocks.setdefault(name_case_block(claim, self.kb), []).append(claim)
        for block, claims in blocks.items():
            self._claims.setdefault(block, []).extend(claims)
        self.ledger.add_blocks(document.id, blocks)
        self._blocks |= blocks.keys()
        named = Counter(party for party in list_named(told) if party.id not in self.kb.agents)
        self._agents |= self.ledger.replace_parties(f"d|{document.id}", named.items())
        self._runs[run.name] = run

    def drop(self, document: str) -> None:
        """Take a document out, if it is there and was not put in by this update."""
        entry = self.ledger.find(document)
        if entry is None:
            return
        self.wiped[document] = self.iris.make("doc", document)
        self._blocks.update(self.ledger.list_blocks(document))
        self._agents |= self.ledger.replace_parties(f"d|{document}", ())
        self._runs.setdefault(entry.run, None)
        self.ledger.drop(document)

    def settle(self) -> None:
        """Work out all that rests on what came and went."""
        wiped = {str(graph).encode() for graph in self.wiped.values()}
        if self.store:
            for graph in self.wiped.values():
                self.tally.subtract(read_lines(self.store, graph))
        self._settle_groups()
        for block in sorted(self._blocks):
            self._settle_block(block, wiped)
        for agent in sorted(self._agents - self.kb.agents.keys()):
            named = chain.from_iterable(repeat(ref, times) for ref, times in self.ledger.list_parties(agent))
            quads = encode_agents(named, known=(), government_of=self.kb.government_of, base=self.iris.base)
            self.units.replace(f"a|{agent}", format_lines(quads), wiped)
        counts = self.ledger.count_runs()
        for name, run in sorted(self._runs.items()):
            if run is not None or name not in counts:
                quads = encode_run(extractor=name, components=run.components if run else (), base=self.iris.base)
                self.units.replace(f"r|{name}", format_lines(quads) if name in counts else [], wiped)
        self._settle_judgements(wiped)
        self.units.settle_shared()
        self.tally.subtract(self.units.deleted)
        self.tally.graphs = len(self.ledger.list_documents()) + 2 + self.ledger.count_graphs()

    def list_quads(self) -> Iterator[Quad]:
        """List the quads that go in, and count them; after `settle`, and once."""
        if self.store is None:
            static = chain(encode_ontology(base=self.iris.base), encode_knowledge_base(self.kb, base=self.iris.base))
            quads = list(dict.fromkeys(static))
            self.tally.add(format_lines(quads))
            yield from quads
        for lines in self.units.list_inserted():
            self.tally.add(lines)
            yield from parse_lines(lines)

    def list_documents(self) -> Iterator[list[Quad]]:
        """List the quads of each document that came in; they are counted already."""
        for position in self.added.values():
            yield parse_lines([zlib.decompress(self._spool.read(position))])

    def list_deleted(self) -> list[Quad]:
        """List the quads that go out, but for those of whole documents."""
        return parse_lines(sorted(self.units.deleted))

    def list_remaining(self) -> Iterator[Quad]:
        """List the former quads that stay."""
        assert self.store is not None
        deleted = set(self.list_deleted())
        wiped = set(self.wiped.values())
        return (quad for quad in self.store.quads() if quad.graph_name not in wiped and quad not in deleted)

    def list_changed(self) -> Iterator[Quad]:
        """List the quads of all that was worked out anew, those included that are as they were."""
        for quads in self.list_documents():
            yield from quads
        for unit in self.units.replaced:
            yield from parse_lines(self.ledger.read_unit(unit))

    def _encode(self, document: Document, reading: Reading, run: Run) -> list[Quad]:
        base = self.iris.base
        quads = encode_document(document, reading, {}, base=base, extractor=run.name)
        return [*quads, encode_use(document.id, run.name, base=base)]

    def _pack(self, document: Document, reading: Reading, run: Run) -> bytes:
        return zlib.compress(b"".join(format_lines(self._encode(document, reading, run))))

    def _settle_groups(self) -> None:
        for document, (former, group) in self.ledger.regroup().items():
            base = self.iris.base
            self.units.inserted.update(format_lines([encode_group(document, group, base=base)]))
            if document not in self.added and former is not None:
                self.units.deleted.update(format_lines([encode_group(document, former, base=base)]))
                self._blocks.update(self.ledger.list_blocks(document))

    def _settle_block(self, block: str, wiped: set[bytes]) -> None:
        claims = list(self._claims.get(block, ()))
        for document in self.ledger.list_members(block):
            if document not in self.added:
                claims += [claim for claim in self._read_former(document) if name_case_block(claim, self.kb) == block]
        groups = {claim.document_id: self.ledger.find_group(claim.document_id) for claim in claims}
        actions = resolve_claims(claims, groups)
        if self.store is not None:
            former = _decode_lines(self.ledger.read_unit(f"b|{block}"), self.iris.base)
            self.changes += compare_actions(former, actions)
        elif self._former_actions is not None:
            self.changes += compare_actions(self._former_actions.get(block, ()), actions)
        document_of = {claim.id: claim.document_id for claim in claims}
        base = self.iris.base
        quads = chain(
            encode_actions(actions, base=base),
            encode_cases(resolve_cases(actions), base=base),
            encode_links(actions, document_of, base=base),
        )
        self.units.replace(f"b|{block}", format_lines(quads), wiped, actions=len(actions))
        parties = Counter(party for action in actions for party in (action.actor, action.target))
        self._agents |= self.ledger.replace_parties(f"b|{block}", parties.items())

    def _settle_judgements(self, wiped: set[bytes]) -> None:
        told = [
            judgement
            for judgement in self.judgements.judgements
            if not isinstance(judgement, ClaimJudgement)
            or self.ledger.find(judgement.key.document)
            or self.ledger.find_text(judgement.key.text)
        ]
        canonical = self.judgements.identity.canonical
        if self._withheld:
            told = [judgement for judgement in told if not self._withheld.is_about_forgotten(judgement)]
            gone = self._withheld.has_forgotten
            canonical = {agent: other for agent, other in canonical.items() if not (gone(agent) or gone(other))}
        quads = encode_judgements(told, canonical, base=self.iris.base)
        self.units.replace("j|", format_lines(quads), wiped)

    def _decode_former(self, document: str) -> tuple[Claim, ...]:
        assert self.store is not None
        graph = self.iris.make("doc", document)
        return decode_reading(graph.value, GraphReader(self.iris, self.store.quads(graph))).claims


def _decode_lines(lines: list[bytes], base: str) -> list[Action]:
    store = open_store("memory:", base=base)
    assert isinstance(store, LocalStore)
    store.load(parse_lines(lines))
    return list(decode_actions(store))


def list_named(reading: Reading) -> Iterable[AgentRef]:
    """List the agents that a reading names, as often as it does."""
    for claim in reading.claims:
        yield from (party for party in (claim.actor, claim.target, claim.speaker) if party)
    for fact in reading.facts:
        yield from (party for party in (fact.subject, fact.object) if party)
