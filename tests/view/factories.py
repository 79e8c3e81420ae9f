"""Stores for the viewer's tests, written as N-Quads by hand in the vocabulary of the graph."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import RdfFormat, Store

from kg.model.vocabulary import ACTION_GROUPS, AGENT_TYPES, GROUP_OF
from kg.view import ViewAction, ViewAgent, ViewClaim, ViewData, ViewDocument

BASE = "https://w3id.org/platform-regulation/id/"
PREFIXES = {
    "plr": "https://w3id.org/platform-regulation#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True)
class Saying:
    """One claim of an action: the document that makes it, and the words."""

    document: str
    quote: str
    prefix: str = ""
    suffix: str = ""
    speaker: str | None = None
    confidence: float = 0.9


@dataclass(frozen=True)
class Deed:
    """An action with what is said of it."""

    actor: str
    action: str
    target: str
    sayings: tuple[Saying, ...]
    status: str = "actual"
    date: str | None = None
    amount: tuple[str, str] | None = None
    charges: tuple[str, ...] = ()
    law: str | None = None
    case: str | None = None
    confidence: float = 0.9


@dataclass
class StoreBuilder:
    """Collect N-Quads, then load them into a store in memory."""

    lines: list[str] = field(default_factory=list)

    def add(self, graph: str, subject: str, predicate: str, value: str) -> None:
        """Add a quad: names are ``prefix:local`` or paths under the base, ``value`` may be a term of N-Quads too."""
        term = value if value[:1] in '"<' else expand(value)
        self.lines.append(f"{expand(subject)} {expand(predicate)} {term} {expand(graph)} .")

    def add_agent(self, id: str, name: str, type: str, aliases: Iterable[str] = (), **links: str) -> None:
        """Describe an agent in the graph of the knowledge base."""
        for kind in ("plr:Agent", f"plr:{type}"):
            self.add("graph/kb", f"agent/{id}", "rdf:type", kind)
        self.add("graph/kb", f"agent/{id}", "rdfs:label", quote(name))
        for alias in aliases:
            self.add("graph/kb", f"agent/{id}", "skos:altLabel", quote(alias))
        for link, other in links.items():
            self.add("graph/kb", f"agent/{id}", f"plr:{link}", f"agent/{other}")

    def add_document(self, id: str, title: str, url: str | None, date: str, publisher: str) -> None:
        """Describe a document in its own graph, its text too."""
        graph = subject = f"doc/{id}"
        self.add(graph, subject, "rdf:type", "plr:Document")
        self.add(graph, subject, "dcterms:title", quote(title))
        if url is not None:
            self.add(graph, subject, "schema:url", quote(url))
        self.add(graph, subject, "dcterms:issued", quote(date))
        self.add(graph, subject, "dcterms:publisher", quote(publisher))
        self.add(graph, subject, "schema:text", quote("THE WHOLE TEXT, WHICH THE PAGE DOES NOT CARRY"))

    def add_fact(
        self, id: str, document: str, relation: str, subject: str, object: str, value: str, words: str
    ) -> None:
        """State a fact in the graph of a document."""
        graph, fact = f"doc/{document}", f"fact/{id}"
        self.add(graph, fact, "rdf:type", "plr:Fact")
        self.add(graph, fact, "plr:relation", f"plr:{relation}")
        self.add(graph, fact, "plr:subject", f"agent/{subject}")
        self.add(graph, fact, "plr:object", f"agent/{object}")
        self.add(graph, fact, "plr:value", quote(value))
        self._add_evidence(graph, fact, f"evidence/{id}", document, Saying(document, words))

    def add_deed(self, id: str, deed: Deed) -> None:
        """Add an action, and its claims in the graphs of their documents."""
        graph, action = "graph/actions", f"action/{id}"
        for kind in (deed.action.capitalize(), GROUP_OF[deed.action].capitalize(), "Action"):
            self.add(graph, action, "rdf:type", f"plr:{kind}")
        self.add(graph, action, "plr:actor", f"agent/{deed.actor}")
        self.add(graph, action, "plr:target", f"agent/{deed.target}")
        self.add(graph, action, "plr:status", f"plr:{deed.status}")
        self.add(graph, action, "plr:confidence", f'"{deed.confidence:.4f}"^^{expand("xsd:decimal")}')
        count = len({saying.document for saying in deed.sayings})
        self.add(graph, action, "plr:sourceCount", f'"{count}"^^{expand("xsd:integer")}')
        if deed.date:
            kind = {4: "gYear", 7: "gYearMonth", 10: "date"}[len(deed.date)]
            self.add(graph, action, "plr:date", f'"{deed.date}"^^{expand("xsd:" + kind)}')
        if deed.case:
            self.add(graph, action, "plr:partOfCase", f"case/{deed.case}")
        self._add_terms(graph, action, f"penalty/{id}", deed, ("charge", "legalBasis", "penalty"))
        for number, saying in enumerate(deed.sayings):
            claim, home = f"claim/{id}-{number}", f"doc/{saying.document}"
            self.add(graph, action, "plr:claim", claim)
            self.add(home, claim, "rdf:type", "plr:Claim")
            self.add(home, claim, "plr:about", action)
            self.add(home, claim, "prov:wasDerivedFrom", home)
            self.add(home, claim, "plr:statedStatus", f"plr:{deed.status}")
            self.add(home, claim, "plr:confidence", f'"{saying.confidence:.4f}"^^{expand("xsd:decimal")}')
            if saying.speaker:
                self.add(home, claim, "prov:wasAttributedTo", f"agent/{saying.speaker}")
            if deed.date:
                self.add(home, claim, "plr:statedDate", quote(deed.date))
            names = ("statedCharge", "statedLaw", "statedPenalty")
            self._add_terms(home, claim, f"penalty/{id}-{number}", deed, names)
            self._add_evidence(home, claim, f"evidence/{id}-{number}", saying.document, saying)

    def _add_terms(self, graph: str, subject: str, penalty: str, deed: Deed, names: tuple[str, str, str]) -> None:
        for charge in deed.charges:
            self.add(graph, subject, f"plr:{names[0]}", f"charge/{charge}")
        if deed.law:
            self.add(graph, subject, f"plr:{names[1]}", f"law/{deed.law}")
        if deed.amount:
            value, currency = deed.amount
            self.add(graph, subject, f"plr:{names[2]}", penalty)
            self.add(graph, penalty, "rdf:type", "plr:MonetaryAmount")
            self.add(graph, penalty, "schema:value", f'"{value}"^^{expand("xsd:decimal")}')
            self.add(graph, penalty, "schema:currency", quote(currency))

    def _add_evidence(self, graph: str, subject: str, evidence: str, document: str, saying: Saying) -> None:
        self.add(graph, subject, "plr:evidence", evidence)
        self.add(graph, evidence, "oa:hasSource", f"doc/{document}")
        self.add(graph, evidence, "oa:exact", quote(saying.quote))
        self.add(graph, evidence, "oa:prefix", quote(saying.prefix))
        self.add(graph, evidence, "oa:suffix", quote(saying.suffix))

    def build(self) -> Store:
        """Load the quads."""
        store = Store()
        store.load("\n".join(self.lines).encode(), format=RdfFormat.N_QUADS)
        return store


def expand(name: str) -> str:
    """Write a name as an IRI of N-Quads."""
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>" if prefix in PREFIXES else f"<{BASE}{name}>"


def quote(text: str) -> str:
    """Write a string as a literal of N-Quads (JSON's escapes are a subset of its own)."""
    return json.dumps(text, ensure_ascii=False).replace("\\/", "/").replace("\x7f", "\\u007F")


def build_large_data(agent_count: int, edge_count: int, seed: int = 5) -> ViewData:
    """Make the data of so many agents, in communities, and so many edges, each told once."""
    rng = random.Random(seed)
    types, kinds = sorted(AGENT_TYPES), [kind for group in ACTION_GROUPS.values() for kind in group]
    pairs: set[tuple[int, int, str]] = set()
    while len(pairs) < edge_count:
        # A few agents meet many, as platforms and governments do; most meet those of their community.
        actor = rng.randrange(agent_count)
        if rng.random() < 0.8:
            target = (actor // 50) * 50 + int(50 * rng.random() ** 3)
        else:
            target = int(agent_count * rng.random() ** 3)
        if target < agent_count and target != actor:
            pairs.add((actor, target, rng.choice(kinds)))
    told = {actor for actor, _, _ in pairs} | {target for _, target, _ in pairs}
    actions = []
    for number, (actor, target, kind) in enumerate(sorted(pairs)):
        claim = ViewClaim(f"x{number}-0", "d", f"Agent {actor} did this to agent {target}.", confidence=0.9)
        ends, dates = (f"a{actor}", f"a{target}"), (f"20{10 + number % 15}",)
        actions.append(ViewAction(f"x{number}", kind, *ends, "actual", (claim,), 0.9, 1, dates=dates))
    return ViewData(
        agents=tuple(ViewAgent(f"a{number}", f"Agent {number}", types[number % len(types)]) for number in sorted(told)),
        actions=tuple(actions),
        documents=(ViewDocument("d", "Report", "https://example.org/d", "2024-05-01", "Example"),),
    )
