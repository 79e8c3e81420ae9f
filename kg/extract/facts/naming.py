"""Name agents as the text does: the fullest name that it gives."""

from __future__ import annotations

from kg.extract.facts.agents import agent_of
from kg.extract.facts.proposal import FoundFact, Proposal
from kg.extract.facts.scene import Scene
from kg.model import AgentRef


class Naming:
    """The names of one text's agents."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._forms: dict[str, set[str]] = {}
        for mention in scene.named:
            if mention.kind == "name" and not (
                mention.type != "Person" and scene.is_title(scene.doc[mention.last - 1])
            ):
                form = " ".join(mention.span.text.split())
                self._forms.setdefault(agent_of(mention).id, set()).add(form)
        self._longer = self._find_longer_names()

    def make_fact(self, proposal: Proposal, confidence: float) -> FoundFact:
        """Make a fact of a proposal, in the names that the text uses."""
        subject, object_ = self.rename(proposal.subject), proposal.object
        named = self.rename(object_) if object_ is not None else None
        return FoundFact(proposal.relation, subject, named, proposal.value, proposal.tokens, confidence)

    def rename(self, agent: AgentRef) -> AgentRef:
        """Give an agent its usual name if the text uses that or a part of it, else the fullest that the text has."""
        forms = self._forms.get(agent.id)
        if agent.type == "Person" and not self._scene.is_known(agent) and (longer := self._longer.get(agent.id)):
            return AgentRef(agent.id, longer, agent.type, agent.country)
        if not forms or agent.type == "Government":
            return agent
        name = max(forms, key=lambda form: (len(form), form))
        usual, written = set(agent.name.casefold().split()), set(name.casefold().split())
        if usual <= written or written <= usual:
            return agent
        return AgentRef(agent.id, name, agent.type, agent.country)

    def _find_longer_names(self) -> dict[str, str]:
        """Names of people with the capitalised words that the recogniser left off at either end."""
        doc = self._scene.doc
        names: dict[str, str] = {}
        for person in self._scene.people:
            first, last = person.first, person.last
            while first > 0 and self._is_name_word(first - 1) and doc[first - 1].dep_ == "compound":
                first -= 1
            while last < len(doc) and self._is_name_word(last) and doc[last - 1].dep_ == "compound":
                last += 1
            if (first, last) != (person.first, person.last):
                names.setdefault(agent_of(person).id, doc[first:last].text)
        return names

    def _is_name_word(self, index: int) -> bool:
        token = self._scene.doc[index]
        if index in self._scene.at or self._scene.is_title(token):
            return False
        return token.pos_ == "PROPN" and token.text.istitle()
