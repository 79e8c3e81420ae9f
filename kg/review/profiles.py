"""Read from a store what is known of its agents: names, countries, whom they act with, what relates them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.errors import StoreError
from kg.rdf import Store
from kg.rdf.iris import Iris
from kg.review.name_parts import is_proper

_PREFIXES = """
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX plr: <https://w3id.org/platform-regulation#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_AGENTS = """SELECT ?agent ?name ?type ?known ?code WHERE {
  ?agent a plr:Agent , ?type ; rdfs:label ?name ; plr:inKnowledgeBase ?known . FILTER ( ?type != plr:Agent )
  OPTIONAL { ?agent plr:countryCode ?code } }"""
_NAMES = """SELECT DISTINCT ?agent ?name WHERE { ?agent plr:inKnowledgeBase ?known .
  { ?agent skos:altLabel ?name } UNION { ?agent plr:namedAs ?name } }"""
_PARTS = """SELECT ?agent ?other ?how WHERE {
  VALUES (?predicate ?how) { (plr:owner "owner") (plr:operator "operator") (plr:partOf "part_of") }
  ?agent plr:inKnowledgeBase ?known ; ?predicate ?other }"""
_CLAIMS = """SELECT ?actor ?target ?type ?document ?quote WHERE {
  ?claim a plr:Claim ; plr:statedActor ?actor ; plr:statedTarget ?target ; plr:statedType ?type ;
    prov:wasDerivedFrom ?document ; plr:evidence/oa:exact ?quote }"""
_FACTS = """SELECT ?subject ?object ?relation ?document ?quote WHERE {
  ?fact a plr:Fact ; plr:subject ?subject ; plr:object ?object ; plr:relation ?relation ;
    prov:wasDerivedFrom ?document ; plr:evidence/oa:exact ?quote }"""


@dataclass(slots=True)
class Profile:
    """What a store tells of an agent.

    ``names`` are all by which it goes, the label first; ``neighbours`` counts, by agent, what they did to one another,
    as ``fine`` (done to the neighbour) or ``fine by`` (done by it); ``related`` maps those that a fact relates it to.
    ``quote`` is the shortest that tells of it, ``near`` counts the countries of its neighbours, claim by claim.
    """

    id: str
    name: str
    type: str
    known: bool
    countries: set[str] = field(default_factory=set)
    names: list[str] = field(default_factory=list)
    neighbours: dict[str, Counter[str]] = field(default_factory=dict)
    related: dict[str, str] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)
    mentions: int = 0
    quote: str = ""
    near: Counter[str] = field(default_factory=Counter)

    def add_mention(self, document: str, quote: str) -> None:
        """Count a claim or a fact of a document that names the agent."""
        self.documents.add(document)
        self.mentions += 1
        self.quote = min(filter(None, (self.quote, quote)), key=lambda text: (len(text), text), default="")


def read_profiles(store: Store) -> dict[str, Profile]:
    """Read the profiles of all agents of a store, by id.

    Raises
    ------
    StoreError
        If the store holds what no build wrote.
    """
    iris = Iris(store.base)
    profiles = _read_agents(store, iris)
    for agent, other, how in _select(store, _PARTS, iris, "agent", "other", "how"):
        if agent in profiles:
            profiles[agent].related.setdefault(other, how)
    # In order, so that nothing hangs on how a store answers.
    claims = sorted(_select(store, _CLAIMS, iris, "actor", "target", "type", "document", "quote"))
    for actor, target, kind, document, quote in claims:
        action = kind.rpartition("#")[2].lower()
        for agent, other, what in ((actor, target, action), (target, actor, f"{action} by")):
            if (profile := profiles.get(agent)) is not None:
                profile.neighbours.setdefault(other, Counter())[what] += 1
                profile.near.update(sorted(profiles[other].countries) if other in profiles else ())
                profile.add_mention(document, quote)
    facts = sorted(_select(store, _FACTS, iris, "subject", "object", "relation", "document", "quote"))
    for subject, other, relation, document, quote in facts:
        _add_fact(profiles, subject, other, relation.rpartition("#")[2], document, quote)
    return profiles


def _read_agents(store: Store, iris: Iris) -> dict[str, Profile]:
    profiles: dict[str, Profile] = {}
    for agent, name, kind, known, code in sorted(
        _select(store, _AGENTS, iris, "agent", "name", "type", "known", "code")
    ):
        profile = profiles.setdefault(agent, Profile(agent, name, kind.rpartition("#")[2], known == "true"))
        profile.names.append(name)
        if code:
            profile.countries.add(code)
    for agent, name in sorted(_select(store, _NAMES, iris, "agent", "name")):
        if agent in profiles:
            profiles[agent].names.append(name)
    for profile in profiles.values():
        profile.names = list(dict.fromkeys(profile.names))
    return profiles


def _add_fact(profiles: dict[str, Profile], subject: str, other: str, relation: str, document: str, quote: str) -> None:
    for agent, opposite in ((subject, other), (other, subject)):
        if (profile := profiles.get(agent)) is not None:
            profile.related.setdefault(opposite, relation)
            profile.add_mention(document, quote)
    place = profiles.get(other)
    if relation in ("nationality", "basedIn") and subject in profiles and place is not None:
        profiles[subject].countries |= place.countries


def _select(store: Store, sparql: str, iris: Iris, *columns: str) -> Iterator[tuple[str, ...]]:
    rows: Any = store.query(_PREFIXES + sparql)
    start = f"{iris.base}agent/"
    for row in rows:
        cells = (row[column] for column in columns)
        texts = ("" if cell is None else str(cell.value) for cell in cells)
        try:
            yield tuple(iris.read("agent", text) if text.startswith(start) else text for text in texts)
        except ValueError as error:
            raise StoreError(f"the store holds {error}") from error


def is_candidate(profile: Profile) -> bool:
    """Tell whether the knowledge base may want the agent: it is new, and named rather than described."""
    return not profile.known and profile.type != "Group" and is_proper(profile.names)


def list_candidates(profiles: Iterable[Profile]) -> list[Profile]:
    """List the candidates for the knowledge base, those of most mentions first."""
    return sorted((one for one in profiles if is_candidate(one)), key=lambda one: (-one.mentions, one.id))
