"""When: the date that belongs to an action."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract.clauses import find_subjects
from kg.model import PartialDate
from kg.normalize.dates import find_dates

_ITEM_TOKENS = 130  # a news item of one to three sentences tells what happened on its day
_PRESENT = frozenset({"VBZ", "VBP"})
_VERBAL = frozenset({"VERB", "AUX"})
_BOUNDS = frozenset({"by", "until", "till", "before", "after", "following", "through", "between", "than"})
_WORDS = frozenset({"accuse", "warn", "request", "support", "deny", "refuse"})  # what is done by saying so
_SAYING = frozenset(
    """say tell add state write argue claim allege note insist explain suggest believe think assert contend maintain estimate
    describe indicate report learn show hear see expect remind recall acknowledge""".split()
)  # fmt: skip
_DECLARING = frozenset(
    """announce confirm reveal disclose declare rule find decide conclude determine order agree vote urge warn demand
    call ask accuse request file launch open release publish send issue""".split()
)  # fmt: skip
_ITEMS_LATER = frozenset({"since", "after"})


@dataclass(frozen=True, slots=True)
class _Told:
    """A date, its head token and the preposition before it."""

    token: Token
    first: int
    date: PartialDate
    preposition: str


class Dates:
    """The dates in one text, resolved against its day of publication."""

    def __init__(self, doc: Doc, published: PartialDate | None) -> None:
        self._doc = doc
        self._published = published
        self._is_item = len(doc) <= _ITEM_TOKENS
        self._dates = list(self._find(doc))

    def _find(self, doc: Doc) -> list[_Told]:
        found = []
        for mention in find_dates(doc.text, self._published):
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is None:
                continue
            before = doc[span.start - 1].lower_ if span.start else ""
            if before in {"early", "late", "mid", "-", "than", "more"} and span.start > 1:
                before = doc[span.start - 2].lower_
            found.append(_Told(span.root, span.start, mention.date, before))
        return found

    def date_of(self, trigger: Token, status: str, light_verb: Token | None, action: str = "") -> PartialDate | None:
        """Return when the action that a trigger tells took place, or None if the text does not say.

        Parameters
        ----------
        trigger, light_verb
            The word that tells the action and the verb that lends it its arguments, if any.
        status, action
            The action's status and type: what is done by saying so has the date of the saying.
        """
        sentence = trigger.sent
        here = [
            told
            for told in self._dates
            if sentence.start <= told.token.i < sentence.end and told.preposition not in _BOUNDS and self._may_be(told.date, status)
        ]
        if here:
            for head in self._find_heads(trigger, light_verb, action):
                own = [told for told in here if _modifies(told, head)]
                if own:
                    return max(own, key=lambda told: (len(told.date.iso), -abs(told.first - trigger.i))).date
        if self._is_item and self._published is not None and status != "planned" and self._is_news(trigger, light_verb):
            return self._published
        return None

    def _may_be(self, date: PartialDate, status: str) -> bool:
        """What has happened did not happen after the day of publication."""
        if status != "actual" or self._published is None:
            return True
        size = min(len(date.iso), len(self._published.iso))
        return date.iso[:size] <= self._published.iso[:size]

    def _find_heads(self, trigger: Token, light_verb: Token | None, action: str) -> list[Token]:
        """The words whose date is the action's, nearest first: its own, its light verb, the clauses that it belongs to."""
        heads = [trigger]
        if light_verb is not None and light_verb.i != trigger.i:
            heads.append(light_verb)
        token = heads[-1]
        if token.pos_ not in _VERBAL:
            if trigger.dep_ in {"ROOT", "appos", "dobj", "nsubjpass", "attr"} and token.head.pos_ in _VERBAL and _brings_about(token.head):
                heads.append(token.head)
                token = token.head
            else:
                return heads
        for _ in range(5):
            head = token.head
            if head.i == token.i or head.pos_ not in _VERBAL:
                break
            if token.dep_ in {"xcomp", "auxpass", "aux"} or (token.dep_ == "conj" and _continues(token, head)):
                pass
            elif token.dep_ in {"ccomp", "parataxis"}:
                lemma = head.lemma_.lower()
                if not (lemma in _DECLARING or (action in _WORDS and lemma in _SAYING) or lemma not in _SAYING):
                    break
            elif token.dep_ == "advcl":
                if token.tag_ != "VBG" or any(child.dep_ in {"mark", "prep"} and child.lower_ in {"after", "before", "since", "for"} for child in token.children):
                    break
            else:
                break
            heads.append(head)
            token = head
        for child in heads[-1].children:  # "…, the attorney general announced Friday"
            if child.dep_ in {"ccomp", "parataxis"} and child.i > trigger.i and child.lemma_.lower() in _DECLARING | (_SAYING if action in _WORDS else frozenset()):
                heads.append(child)
        return heads

    def _is_news(self, trigger: Token, light_verb: Token | None) -> bool:
        """A main clause in the present tense, or a passive without a date, tells the day's news."""
        clause = light_verb if light_verb is not None else trigger
        while clause.pos_ not in _VERBAL and clause.head.i != clause.i:
            clause = clause.head
        if clause.dep_ == "ROOT" or (clause.dep_ == "conj" and clause.head.dep_ == "ROOT"):
            return clause.tag_ in _PRESENT or any(c.dep_ in {"aux", "auxpass"} and c.tag_ in _PRESENT for c in clause.children) or clause.dep_ == "conj"
        if clause.dep_ in {"ccomp", "xcomp"} and clause.head.dep_ == "ROOT":
            return clause.head.tag_ in _PRESENT
        if clause.dep_ == "advcl" and clause.tag_ == "VBG":
            return clause.head.dep_ == "ROOT" and clause.head.tag_ in _PRESENT
        return False


def _brings_about(verb: Token) -> bool:
    """Whether a verb makes its noun happen, so that its date is the noun's ("opened a probe", "hit with a fine")."""
    return verb.lemma_.lower() in {"open", "launch", "begin", "start", "announce", "file", "issue", "impose", "bring", "hand", "receive", "get", "face", "send", "slap", "hit", "lodge", "levy", "initiate", "make"}


def _continues(token: Token, head: Token) -> bool:
    """Whether a further verb of a list goes on in the first one's tense and without a subject of its own."""
    return token.tag_ == head.tag_ or not any(child.dep_ in {"nsubj", "nsubjpass"} for child in token.children)


def _modifies(told: _Told, head: Token) -> bool:
    """Whether a date hangs on a word, through prepositions and names of days only."""
    token = told.token
    for _ in range(5):
        if token.i == head.i:
            return True
        parent = token.head
        if parent.i == token.i:
            return False
        if parent.i == head.i:
            return token.dep_ not in {"nsubj", "dobj"} or token.ent_type_ == "DATE" or token.dep_ == "npadvmod"
        if parent.pos_ in _VERBAL and not (parent.dep_ in {"acl", "relcl"} and parent.head.i == head.i and head.pos_ == "NOUN"):
            return False
        token = parent
    return False
