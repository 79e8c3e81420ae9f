"""Who decided, sued or prosecuted last: papers speak for them, and answers are for them."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kg.extract.candidate import Party
from kg.kb.lexicon import Lexicon
from kg.model.vocabulary import AUTHORITIES

_AUTHORS = {
    "sue": "plaintiff",
    "ban": "decider",
    "investigate": "decider",
    "convict": "decider",
    "order": "decider",
    "release": "decider",
    "fine": "decider",
    "charge": "prosecutor",
}
_DECIDING = AUTHORITIES | {"Person"}


class AuthorMemory:
    """Remember, through one text, who last acted as its decider, plaintiff and prosecutor."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._authors: dict[str, Party] = {}
        self._accusers: dict[str, Party] = {}
        self._writers = {
            word: author
            for author in ("plaintiff", "decider", "prosecutor")
            for word in lexicon.words[f"{author}_paper"]
        }

    @property
    def decider(self) -> Party | None:
        """Who decided last."""
        return self._authors.get("decider")

    @property
    def plaintiff(self) -> Party | None:
        """Who sued last."""
        return self._authors.get("plaintiff")

    def recall_accuser(self, accused: Iterable[Party]) -> Party | None:
        """Who accused one of these parties last."""
        agents = [party.mention.agent for party in accused]
        return next((self._accusers[a.id] for a in agents if a is not None and a.id in self._accusers), None)

    def remember(self, action: str, actor: Party | None, target: Party) -> None:
        """Take note of who acted; only who may decide or prosecute is remembered as having done so."""
        if actor is not None and action == "accuse" and target.mention.agent is not None:
            self._accusers[target.mention.agent.id] = actor
        if actor is None or action not in _AUTHORS:
            return
        agent = actor.mention.agent
        if action == "sue" or (agent is not None and agent.type in _DECIDING):
            self._authors[_AUTHORS[action]] = actor

    def recall_writer(self, paper: Token) -> Party | None:
        """Who wrote a suit, a ruling or an indictment, if the text told."""
        return self._authors.get(self._writers.get(paper.lemma_.lower(), ""))
