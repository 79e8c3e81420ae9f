"""Who decided, sued or prosecuted last: papers speak for them, and answers are for them."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kg.extract.candidate import Party
from kg.kb.lexicon import Lexicon, load_words
from kg.model.vocabulary import AUTHORITIES

_AUTHORS = {
    "sue": "plaintiff",
    "ban": "decider",
    "investigate": "decider",
    "search": "decider",
    "convict": "decider",
    "order": "decider",
    "release": "decider",
    "fine": "decider",
    "charge": "prosecutor",
}
_MEASURES = ("ban", "fine", "order", "designate", "restrict", "convict")
_GUESSED = frozenset({"previous"})
_DECIDING = AUTHORITIES | {"Person"}


class AuthorMemory:
    """Remember, through one text, who last acted as its decider, plaintiff and prosecutor."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._authors: dict[str, Party] = {}
        self._accusers: dict[str, Party] = {}
        self._doers: dict[str, list[tuple[Party, str]]] = {}
        self._hit: dict[str, tuple[int, list[Party]]] = {}
        self._actions = lexicon.noun_actions
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

    def recall_doer(self, deed: Token, replying: Iterable[Party] = ()) -> Party | None:
        """Who did last what a noun tells ("the ban": who banned), to those who reply if to anybody of them."""
        done = [told for a in self._actions.get(deed.lemma_.lower(), ()) for told in self._doers.get(a, ())]
        ids = {party.mention.agent.id for party in replying if party.mention.agent is not None}
        own = [party for party, target in done if target in ids]
        public = [
            party for party, _ in done if party.mention.agent is not None and party.mention.agent.type in _DECIDING
        ]
        if not own and deed.lemma_.lower() in load_words("blaming"):
            return None  # "denies the allegations": those against itself
        return max(own or public, key=lambda party: party.mention.head, default=None)

    def recall_hit(self, deed: Token) -> list[Party]:
        """Whom last what a noun tells was done to ("the fine": who was fined)."""
        found = [self._hit[a] for a in self._actions.get(deed.lemma_.lower(), ()) if a in self._hit]
        return max(found, key=lambda hit: hit[0], default=(0, []))[1]

    def recall_last_hit(self) -> list[Party]:
        """Whom the last measure of the text hit: what "lifted it" is about."""
        found = [self._hit[action] for action in _MEASURES if action in self._hit]
        return max(found, key=lambda hit: hit[0], default=(0, []))[1]

    def remember(self, action: str, actor: Party | None, target: Party, trigger: Token, status: str) -> None:
        """Take note of who acted; only who may decide or prosecute is remembered as having done so."""
        if target.how not in _GUESSED and target.mention.kind in {"name", "description", "pronoun"}:
            at, hit = self._hit.get(action, (-1, []))
            self._hit[action] = (trigger.i, [*hit, target] if at == trigger.i else [target])
        if actor is not None and actor.how not in _GUESSED and trigger.pos_ == "VERB" and status == "actual":
            agent = target.mention.agent
            self._doers.setdefault(action, []).append((actor, agent.id if agent is not None else ""))
        if actor is not None and action == "accuse" and target.mention.agent is not None:
            self._accusers[target.mention.agent.id] = actor
        if actor is None or action not in _AUTHORS or actor.how in _GUESSED:
            return
        agent = actor.mention.agent
        if action == "sue" or (agent is not None and agent.type in _DECIDING):
            self._authors[_AUTHORS[action]] = actor

    def recall_writer(self, paper: Token) -> Party | None:
        """Who wrote a suit, a ruling or an indictment, if the text told."""
        return self._authors.get(self._writers.get(paper.lemma_.lower(), ""))
