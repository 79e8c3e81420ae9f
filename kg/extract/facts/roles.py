"""Roles and nationalities from the titles that stand beside people's names."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.facts.agents import STATES, agent_of, type_of
from kg.extract.facts.beside import TitleReader
from kg.extract.facts.employers import EmployerFinder
from kg.extract.facts.proposal import Proposal, cover
from kg.extract.facts.scene import Scene
from kg.extract.facts.titles import Title
from kg.model.mention import Mention

_STATE_KINDS = frozenset({"government", "member", "president", "justice", "court", "commission", "leader"})
_PUBLIC = frozenset(
    {"government", "state", "army", "military", "police", "intelligence", "presidential", "parliamentary"}
)


class RoleFinder:
    """Propose the roles of people, with the organisation that the text names or implies."""

    def __init__(self, reader: TitleReader) -> None:
        self._reader = reader
        self._employers = EmployerFinder(reader)

    def find(self, scene: Scene) -> Iterator[Proposal]:
        """Yield a proposal for each title of each named person."""
        for person in scene.people:
            before = self._reader.read_before(scene, person)
            after = self._reader.read_after(scene, person)
            for title in (before, after):
                if title is not None:
                    yield from self.propose(scene, person, title)
                    for other in self._find_listed(scene, person, title):
                        yield from self.propose(scene, other, title, "listed")
            if before is None:
                yield from self._read_untitled(scene, person)

    def _find_listed(self, scene: Scene, person: Mention, title: Title) -> Iterator[Mention]:
        """The other names of a list that shares a title: "leaders Ann Lee and Bo Poe"."""
        if not title.plural or not title.where.startswith("before"):
            return
        index = person.last
        while index < len(scene.doc):
            token = scene.doc[index]
            mention = scene.at.get(index)
            if mention is not None and type_of(mention) == "Person":
                yield mention
                index = mention.last
            elif token.text == "," or token.lower_ == "and":
                index += 1
            else:
                return

    def _read_untitled(self, scene: Scene, person: Mention) -> Iterator[Proposal]:
        """Read "Acme's Ann Lee" (she is of Acme) and "Ann Lee of Norway" (she is Norwegian)."""
        doc, first = scene.doc, person.first
        if first >= 2 and doc[first - 1].text in {"'s", "’s"}:
            owner = scene.name_of(first - 2)
            if owner is not None:
                yield Proposal(
                    "role",
                    agent_of(person),
                    agent_of(owner),
                    None,
                    cover(owner, person),
                    "possessor",
                    (f"org:{type_of(owner)}",),
                )
        elif (
            first >= 1
            and (owner := scene.at.get(first - 1)) is not None
            and owner.kind == "adjective"
            and scene.is_country(agent_of(owner))
        ):
            yield Proposal(
                "nationality", agent_of(person), agent_of(owner), None, cover(owner, person), "adjective-name"
            )
        joined = self._reader.read_joined(scene, person)
        if joined is not None and joined.kind == "name":
            if scene.is_country(agent_of(joined)) and doc[person.last].lower_ in {"of", "from"}:
                yield Proposal(
                    "nationality", agent_of(person), agent_of(joined), None, cover(person, joined), "of-country"
                )
            elif type_of(joined) not in STATES and doc[person.last].lower_ in {"of", "from"}:
                yield Proposal(
                    "role",
                    agent_of(person),
                    agent_of(joined),
                    None,
                    cover(person, joined),
                    "of-organisation",
                    (f"org:{type_of(joined)}",),
                )

    def propose(self, scene: Scene, person: Mention, title: Title, how: str = "") -> Iterator[Proposal]:
        """Propose what a person's title says: a role, a nationality, or the role that the text implies."""
        how = how or title.where
        agent, stated = agent_of(person), title.organisation
        tokens = cover(person, title.first, title.last - 1)
        if stated is not None:
            tokens = cover(stated, person, title.first, title.last - 1)
        origin = title.state
        if stated is not None and self._is_origin(scene, stated, title):
            origin, stated = stated, None
        if stated is not None and type_of(stated) == "Person" and not _serves_people(title):
            stated = None
        for state in _list_origins(scene, origin):
            yield Proposal("nationality", agent, agent_of(state), None, tokens, how, (f"kind:{title.kind}",))
        organisation, source = self._employers.find(scene, person, title, stated)
        if organisation is None or organisation.id == agent.id or title.kind == "trait" and source != "stated":
            return
        if title.kind == "trait" and (organisation.type in STATES or organisation.type == "Platform"):
            return  # "an Instagram blogger" is nothing of Instagram's
        hints = [
            f"kind:{title.kind}",
            f"org:{organisation.type}",
            f"source:{source}",
            f"kind+source:{title.kind}+{source}",
            f"head:{title.head}",
        ]
        if organisation.id in scene.wholes_of(agent):
            hints.append("kb:part")
        values = list(title.values(scene))
        if len(values) > 1:
            values = [value for value in values if self._reader.titles.kind_of_phrase(value) != "trait"]
        for value in values:
            yield Proposal("role", agent, organisation, value, tokens, how, tuple(hints))

    def _is_origin(self, scene: Scene, stated: Mention, title: Title) -> bool:
        """Tell whether an adjective says where a person is from, not whom the person serves."""
        if stated.kind != "adjective" or title.kind in _STATE_KINDS or not scene.is_country(agent_of(stated)):
            return False
        return stated.last >= len(scene.doc) or scene.doc[stated.last].lower_ not in _PUBLIC


def _serves_people(title: Title) -> bool:
    return title.kind == "lawyer" or title.head.startswith("spokes")


def _list_origins(scene: Scene, state: Mention | None) -> Iterator[Mention]:
    """Yield a country of origin, and the one that a hyphen joins to it: "the French-Russian businessman"."""
    if state is None or not scene.is_country(agent_of(state)):
        return
    yield state
    if state.first >= 2 and scene.doc[state.first - 1].text == "-":
        other = scene.at.get(state.first - 2)
        if other is not None and other.kind == "adjective" and scene.is_country(agent_of(other)):
            yield other
