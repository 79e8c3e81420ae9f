"""Roles and nationalities from the titles that stand beside people's names."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.facts.proposal import Proposal, cover
from kg.extract.facts.scene import BUSINESSES, ORGANISATIONS, STATES, Scene, agent_of, first_of, type_of
from kg.extract.facts.titles import Title, TitleReader
from kg.kb import read_table
from kg.model import AgentRef
from kg.model.mention import Mention
from kg.resources import find_data

_STATE_KINDS = frozenset({"government", "member", "president", "justice", "court", "commission", "leader"})
_TRAIT_KINDS = frozenset({"trait"})
_FREE_KINDS = frozenset({"business", "trade", "lawyer", "leader"})
_REACH = 60  # tokens; further back a title's organisation is not sought
_COMMISSION = "european-commission"
_PUBLIC = frozenset({"government", "state", "army", "military", "police", "intelligence", "presidential", "parliamentary"})


class RoleFinder:
    """Propose the roles of people, with the organisation that the text names or implies."""

    def __init__(self, titles: TitleReader) -> None:
        self._titles = titles
        file = find_data() / "kb" / "lexicon" / "role_bodies.csv"
        self._bodies = {(row["title"], row["state"]): row["body"] for row in read_table(file, ("title", "state", "body"))}

    def find(self, scene: Scene) -> Iterator[Proposal]:
        """Yield a proposal for each title of each named person."""
        for person in scene.people:
            before = self._titles.read_before(scene, person)
            after = self._titles.read_after(scene, person)
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
                yield Proposal("role", agent_of(person), agent_of(owner), None, cover(owner, person), "possessor", (f"org:{type_of(owner)}",))
        elif first >= 1 and (owner := scene.at.get(first - 1)) is not None and owner.kind == "adjective" and scene.is_country(agent_of(owner)):
            yield Proposal("nationality", agent_of(person), agent_of(owner), None, cover(owner, person), "adjective-name")
        joined = self._titles.read_joined(scene, person)
        if joined is not None and joined.kind == "name":
            if scene.is_country(agent_of(joined)) and doc[person.last].lower_ in {"of", "from"}:
                yield Proposal("nationality", agent_of(person), agent_of(joined), None, cover(person, joined), "of-country")
            elif type_of(joined) not in STATES and doc[person.last].lower_ in {"of", "from"}:
                yield Proposal("role", agent_of(person), agent_of(joined), None, cover(person, joined), "of-organisation", (f"org:{type_of(joined)}",))

    def propose(self, scene: Scene, person: Mention, title: Title, how: str = "") -> Iterator[Proposal]:
        """Propose what a person's title says: a role, a nationality, or the role that the text implies."""
        how = how or title.where
        stated = title.organisation
        tokens = cover(person, title.first, title.last - 1)
        agent = agent_of(person)
        if stated is not None:
            tokens = cover(stated, person, title.first, title.last - 1)
            public = scene.doc[stated.last].lower_ in _PUBLIC if stated.last < len(scene.doc) else False
            if stated.kind == "adjective" and title.kind not in _STATE_KINDS and not public and scene.is_country(agent_of(stated)):
                yield Proposal("nationality", agent, agent_of(stated), None, tokens, how, (f"kind:{title.kind}",))
                stated = None
        if stated is not None and type_of(stated) == "Person" and title.kind != "lawyer" and not title.head.startswith("spokes"):
            stated = None
        if title.state is not None and scene.is_country(agent_of(title.state)):
            yield Proposal("nationality", agent, agent_of(title.state), None, tokens, how, (f"kind:{title.kind}",))
        organisation, source = self._find_organisation(scene, person, title, stated)
        if organisation is None or organisation.id == agent.id or title.kind in _TRAIT_KINDS and source != "stated":
            return
        if title.kind in _TRAIT_KINDS and organisation.type in STATES:
            return
        hints = [f"kind:{title.kind}", f"org:{organisation.type}", f"source:{source}", f"kind+source:{title.kind}+{source}", f"head:{title.head}"]
        if organisation.id in scene.wholes_of(agent):
            hints.append("kb:part")
        values = list(title.values(scene))
        if len(values) > 1:
            values = [value for value in values if self._titles.kind_of_phrase(value) not in _TRAIT_KINDS]
        for value in values:
            yield Proposal("role", agent, organisation, value, tokens, how, tuple(hints))

    def _find_organisation(self, scene: Scene, person: Mention, title: Title, stated: Mention | None) -> tuple[AgentRef | None, str]:
        joined = self._titles.read_joined(scene, person) if title.where.startswith("before") else None
        if joined is not None and (stated is None and type_of(joined) not in STATES or title.kind in {"court", "justice"} and type_of(joined) == "Court"):
            return agent_of(joined), "joined"
        if stated is not None and stated.kind == "name" and self._titles.kind_of(scene.doc[stated.last - 1]):
            return self._leave_office(scene, agent_of(stated), title.kind), "office"
        if stated is not None and stated.kind == "adjective" and (body := self._bodies.get((title.head, agent_of(stated).id))) is not None:
            return scene.kb.refer_to(body), "body"
        if stated is not None:
            return agent_of(stated), "stated" if stated.kind in {"name", "adjective", "metonym"} else "referred"
        return self._imply_organisation(scene, person, title)

    def _leave_office(self, scene: Scene, agent: AgentRef, kind: str = "") -> AgentRef:
        """Of an agent that is itself an office ("Ohio Attorney General"), what it is an office of."""
        known = scene.kb.agents.get(agent.id)
        if kind == "government" and (country := scene.find_country(agent.country)) is not None:
            return country  # "Germany's interior minister" is Germany's, by whatever name the ministry goes
        if known is None or known.part_of is None or not self._titles.is_title(known.name.split()[-1]):
            return agent
        return scene.kb.refer_to(known.part_of)

    def _imply_organisation(self, scene: Scene, person: Mention, title: Title) -> tuple[AgentRef | None, str]:
        """The organisation of a bare title: of the known person, or the nearest that has such a role."""
        known = scene.kb.agents.get(agent_of(person).id)
        kind = title.kind
        if known is not None and known.part_of is not None and known.part_of in scene.kb.agents and kind not in {"lawyer", "trade"}:
            whole = self._leave_office(scene, scene.kb.refer_to(known.part_of))
            if kind not in {"government", "president"} or whole.type in STATES | {"Ministry"}:
                return whole, "known"
        if kind == "president" and (title.where != "before" or "vice" in scene.doc[title.first : title.last].text.lower()):
            kind = "business"  # "Brad Smith, the president": of a company, unless a country stands with it
        if kind in {"government", "president"}:
            country = scene.find_country(known.country if known is not None else None)
            if country is not None:
                return country, "country"
            near = self._find_near(scene, person, frozenset({"Government"}), names=False)
            if near is None and scene.main_state is not None:
                near = scene.main_state
            return (agent_of(near), "near") if near is not None else (None, "")
        if kind == "court":
            near = self._find_near(scene, person, frozenset({"Court"}))
            country = scene.find_country(known.country if known is not None else None)
            return (agent_of(near), "near") if near is not None else (country, "country")
        if kind == "commission":
            if any(agent_of(m).id == _COMMISSION for m in scene.named):
                return scene.kb.refer_to(_COMMISSION), "near"
            return None, ""
        if kind == "member":
            near = self._find_near(scene, person, frozenset({"Legislature"}))
            return (agent_of(near), "near") if near is not None else (None, "")
        if kind == "justice":
            near = self._find_near(scene, person, frozenset({"Ministry", "LawEnforcement"})) or scene.main_state
            return (agent_of(near), "near") if near is not None else (None, "")
        if kind == "business":
            near = self._find_near(scene, person, ORGANISATIONS - STATES if title.head != "ceo" else BUSINESSES)
            return (agent_of(near), "near") if near is not None else (None, "")
        return None, ""

    def _find_near(self, scene: Scene, person: Mention, types: frozenset[str], names: bool = True) -> Mention | None:
        """The nearest mention of these types before a person, names first of all, else the nearest behind."""
        def fits(index: int) -> Mention | None:
            mention = scene.at.get(index)
            return mention if mention is not None and type_of(mention) in types and (not names or mention.kind == "name") else None

        start = max(0, person.first - _REACH)
        before = first_of(fits(index) for index in range(person.first - 1, start - 1, -1))
        if before is not None:
            return before
        return first_of(fits(index) for index in range(person.last, min(len(scene.doc), scene.doc[person.head].sent.end)))
