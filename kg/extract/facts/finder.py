"""Find the six facts of the guidelines in one parsed text."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from kg.extract.facts.beside import TitleReader
from kg.extract.facts.deals import DealFinder
from kg.extract.facts.judge import FactJudge
from kg.extract.facts.known_owners import KnownOwnerFinder
from kg.extract.facts.owners import OwnerFinder
from kg.extract.facts.parts import PartFinder
from kg.extract.facts.predicates import PredicateFinder
from kg.extract.facts.proposal import FoundFact, Proposal
from kg.extract.facts.roles import RoleFinder
from kg.extract.facts.scene import Scene, index_countries
from kg.extract.facts.seats import SeatFinder
from kg.extract.facts.users import UserFinder
from kg.kb import KnowledgeBase, load_knowledge_base
from kg.kb.lexicon import Lexicon
from kg.model.mention import Mention


class FactFinder:
    """Propose facts by grammar and field vocabulary, and keep those that a careful reader would list."""

    def __init__(self, lexicon: Lexicon, kb: KnowledgeBase | None = None, judge: FactJudge | None = None) -> None:
        self._kb = kb or load_knowledge_base()
        self._countries = index_countries(self._kb)
        self._judge = judge
        reader = self._reader = TitleReader()
        self._roles = RoleFinder(reader)
        self._predicates = PredicateFinder(reader, self._roles)
        self._seats = SeatFinder(
            reader.titles, frozenset({*lexicon.noun_classes["company"], *lexicon.noun_classes["platform"]})
        )
        self._owners = (OwnerFinder(), DealFinder(), KnownOwnerFinder())
        self._parts = PartFinder()
        self._users = UserFinder()

    def find(self, doc: Doc, mentions: dict[int, Mention]) -> Iterator[FoundFact]:
        """Yield the facts of a text, each once."""
        if self._judge is None:
            self._judge = FactJudge()
        scene = self.look(doc, mentions)
        yield from self._judge.choose(scene, self.propose(scene))

    def look(self, doc: Doc, mentions: dict[int, Mention]) -> Scene:
        """Prepare a text for the finders."""
        return Scene(doc, mentions, self._kb, self._countries, self._reader.titles.kind_of)

    def propose(self, scene: Scene) -> Iterator[Proposal]:
        """Yield everything that the grammar suggests, before it is judged."""
        yield from self._roles.find(scene)
        yield from self._predicates.find(scene)
        yield from self._seats.find(scene)
        for owners in self._owners:
            yield from owners.find(scene)
        yield from self._parts.find(scene)
        yield from self._users.find(scene)
