"""Roles and nationalities from the titles that stand beside people's names."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.facts.proposal import Proposal, cover
from kg.extract.facts.scene import BUSINESSES, ORGANISATIONS, STATES, Scene, agent_of, first_of, type_of
from kg.extract.facts.titles import Title, TitleReader
from kg.model import AgentRef
from kg.model.mention import Mention

_STATE_KINDS = frozenset({"government", "member", "president", "justice", "court", "commission", "leader"})
_TRAIT_KINDS = frozenset({"trait"})
_FREE_KINDS = frozenset({"business", "trade", "lawyer", "leader"})
_REACH = 60  # tokens; further back a title's organisation is not sought
_COMMISSION = "european-commission"


class RoleFinder:
    """Propose the roles of people, with the organisation that the text names or implies."""

    def __init__(self, titles: TitleReader) -> None:
        self._titles = titles

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
        elif first >= 1 and (owner := scene.at.get(first - 1)) is not None and owner.kind == "adjective" and type_of(owner) == "Government":
            yield Proposal("nationality", agent_of(person), agent_of(owner), None, cover(owner, person), "adjective-name")
        joined = self._titles.read_joined(scene, person)
        if joined is not None and joined.kind == "name":
            if type_of(joined) == "Government" and doc[person.last].lower_ in {"of", "from"}:
                yield Proposal("nationality", agent_of(person), agent_of(joined), None, cover(person, joined), "of-country")
            elif type_of(joined) not in STATES:
                yield Proposal("role", agent_of(person), agent_of(joined), None, cover(person, joined), "of-organisation", (f"org:{type_of(joined)}",))

    def propose(self, scene: Scene, person: Mention, title: Title, how: str = "") -> Iterator[Proposal]:
        """Propose what a person's title says: a role, a nationality, or the role that the text implies."""
        how = how or title.where
        stated = title.organisation
        tokens = cover(person, title.first, title.last - 1)
        agent = agent_of(person)
        if stated is not None:
            tokens = cover(stated, person, title.first, title.last - 1)
            if stated.kind == "adjective" and title.kind not in _STATE_KINDS and type_of(stated) == "Government":
                yield Proposal("nationality", agent, agent_of(stated), None, tokens, how, (f"kind:{title.kind}",))
                stated = None
        organisation, source = self._find_organisation(scene, person, title, stated)
        if organisation is None or title.kind in _TRAIT_KINDS and source != "stated":
            return
        if title.kind in _TRAIT_KINDS and organisation.type in STATES:
            return
        hints = [f"kind:{title.kind}", f"org:{organisation.type}", f"source:{source}", f"kind+source:{title.kind}+{source}", f"head:{title.head}"]
        if organisation.id in scene.wholes_of(agent):
            hints.append("kb:part")
        for value in title.values(scene):
            yield Proposal("role", agent, organisation, value, tokens, how, tuple(hints))

    def _find_organisation(self, scene: Scene, person: Mention, title: Title, stated: Mention | None) -> tuple[AgentRef | None, str]:
        joined = self._titles.read_joined(scene, person) if title.where.startswith("before") else None
        if joined is not None and (stated is None and type_of(joined) not in STATES or title.kind in {"court", "justice"} and type_of(joined) == "Court"):
            return agent_of(joined), "joined"
        if title.where.endswith("-office") and stated is not None:
            known = scene.kb.agents.get(agent_of(stated).id)
            return (scene.kb.refer_to(known.part_of) if known is not None and known.part_of else agent_of(stated)), "office"
        if stated is not None:
            return agent_of(stated), "stated" if stated.kind in {"name", "adjective", "metonym"} else "referred"
        return self._imply_organisation(scene, person, title)

    def _imply_organisation(self, scene: Scene, person: Mention, title: Title) -> tuple[AgentRef | None, str]:
        """The organisation of a bare title: of the known person, or the nearest that has such a role."""
        known = scene.kb.agents.get(agent_of(person).id)
        kind = title.kind
        if known is not None and known.part_of is not None and known.part_of in scene.kb.agents and kind not in {"lawyer", "trade"}:
            whole = scene.kb.refer_to(known.part_of)
            if kind in {"government", "president"} and whole.type not in STATES and whole.type != "Ministry":
                pass
            else:
                return whole, "known"
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
            return (agent_of(near), "near") if near is not None else (None, "")
        if kind == "commission":
            if any(agent_of(m).id == _COMMISSION for m in scene.named):
                return scene.kb.refer_to(_COMMISSION), "near"
            return None, ""
        if kind == "member":
            near = self._find_near(scene, person, frozenset({"Legislature"}))
            return (agent_of(near), "near") if near is not None else (None, "")
        if kind == "justice":
            near = self._find_near(scene, person, frozenset({"Ministry", "Regulator", "LawEnforcement"}))
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
