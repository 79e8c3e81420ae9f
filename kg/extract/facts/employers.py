"""Find the organisation of a title: the one that stands with it, or the one that the text implies."""

from __future__ import annotations

from kg.extract.facts.agents import BUSINESSES, ORGANISATIONS, STATES, agent_of, type_of
from kg.extract.facts.beside import TitleReader
from kg.extract.facts.scene import Scene
from kg.extract.facts.titles import Title
from kg.kb import read_table
from kg.model import AgentRef
from kg.model.mention import Mention
from kg.resources import find_data

_REACH = 60  # tokens; further back a title's organisation is not sought
_COMMISSION = "european-commission"
# Where to look for the organisation of a bare title, by its kind.
_NEAR = {
    "court": frozenset({"Court"}),
    "member": frozenset({"Legislature"}),
    "justice": frozenset({"Ministry", "LawEnforcement"}),
    "business": ORGANISATIONS - STATES,
}


class EmployerFinder:
    """Find for whom a person with a title works."""

    def __init__(self, reader: TitleReader) -> None:
        self._reader = reader
        file = find_data() / "kb" / "lexicon" / "role_bodies.csv"
        rows = read_table(file, ("title", "state", "body"))
        self._bodies = {(row["title"], row["state"]): row["body"] for row in rows}

    def find(self, scene: Scene, person: Mention, title: Title, stated: Mention | None) -> tuple[AgentRef | None, str]:
        """Find the organisation, and name the source it is known from.

        Parameters
        ----------
        scene, person, title
            The text, the person and the title.
        stated
            The organisation that stands with the title, if it may be the person's.
        """
        joined = self._reader.read_joined(scene, person) if title.where.startswith("before") else None
        if joined is not None:
            if stated is None and type_of(joined) not in STATES:
                return agent_of(joined), "joined"
            if title.kind in {"court", "justice"} and type_of(joined) == "Court":
                return agent_of(joined), "joined"
        if stated is None:
            return self._imply(scene, person, title)
        agent = agent_of(stated)
        court = _find_court(scene) if title.head == "judge" and agent.id == "united-states" else None
        if court is not None and "district" in title.text(scene).lower():
            return court, "court"
        if stated.kind == "name" and self._reader.titles.kind_of(scene.doc[stated.last - 1]):
            return self._leave_office(scene, agent, title.kind), "office"
        if stated.kind == "adjective" and (body := self._bodies.get((title.head, agent.id))) is not None:
            return scene.kb.refer_to(body), "body"
        return agent, "stated" if stated.kind in {"name", "adjective", "metonym"} else "referred"

    def _leave_office(self, scene: Scene, agent: AgentRef, kind: str = "") -> AgentRef:
        """Find of what an agent is an office that is one itself ("Ohio Attorney General")."""
        known = scene.kb.agents.get(agent.id)
        if kind == "government" and (country := scene.find_country(agent.country)) is not None:
            return country  # "Germany's interior minister" is Germany's, by whatever name the ministry goes
        if known is None or known.part_of is None or not self._reader.titles.is_title(known.name.split()[-1]):
            return agent
        return scene.kb.refer_to(known.part_of)

    def _imply(self, scene: Scene, person: Mention, title: Title) -> tuple[AgentRef | None, str]:
        """Find the organisation of a bare title: of the known person, or the nearest that has such a role."""
        known = scene.kb.agents.get(agent_of(person).id)
        kind = title.kind
        if title.head == "general" and (department := _find_justice(scene)) is not None:
            return department, "department"
        if known is not None and known.part_of in scene.kb.agents and kind not in {"lawyer", "trade"}:
            whole = self._leave_office(scene, scene.kb.refer_to(known.part_of))
            if kind not in {"government", "president"} or whole.type in STATES | {"Ministry"}:
                return whole, "known"
        if kind == "president" and (title.where != "before" or "vice" in title.text(scene).lower()):
            kind = "business"  # "Brad Smith, the president": of a company, unless a country stands with it
        country = scene.find_country(known.country if known is not None else None)
        if kind in {"government", "president"}:
            if country is not None:
                return country, "country"
            near = _find_near(scene, person, frozenset({"Government"}), names=False) or scene.main_state
            return (agent_of(near), "near") if near is not None else (None, "")
        if kind == "commission":
            named = any(agent_of(mention).id == _COMMISSION for mention in scene.named)
            return (scene.kb.refer_to(_COMMISSION), "near") if named else (None, "")
        if kind not in _NEAR:
            return None, ""
        near = _find_near(scene, person, BUSINESSES if title.head == "ceo" else _NEAR[kind])
        if near is None and kind == "justice":
            near = scene.main_state
        if near is None and kind == "court":
            return country, "country"
        return (agent_of(near), "near") if near is not None else (None, "")


def _find_court(scene: Scene) -> AgentRef | None:
    """Find the court of a US district judge, if the text names it."""
    named = (agent_of(mention) for mention in scene.named if type_of(mention) == "Court")
    return next((agent for agent in named if "district court" in agent.name.lower()), None)


def _find_justice(scene: Scene) -> AgentRef | None:
    """Find the ministry of justice that a text names: its attorneys general are of it."""
    named = (agent_of(mention) for mention in scene.named if type_of(mention) == "Ministry")
    return next((agent for agent in named if "justice" in agent.name.lower()), None)


def _find_near(scene: Scene, person: Mention, types: frozenset[str], names: bool = True) -> Mention | None:
    """Find the nearest mention of these types before a person, else the nearest behind in the sentence."""
    end = min(len(scene.doc), scene.doc[person.head].sent.end)
    before = range(person.first - 1, max(0, person.first - _REACH) - 1, -1)
    for index in (*before, *range(person.last, end)):
        mention = scene.at.get(index)
        if mention is not None and type_of(mention) in types and (not names or mention.kind == "name"):
            return mention
    return None
