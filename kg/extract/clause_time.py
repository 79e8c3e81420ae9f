"""Which words happen when a word of a text does, and in what tense: a clause shares the date of the one above it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

VERBAL = frozenset({"VERB", "AUX"})
_WORDS = frozenset({"accuse", "warn", "request", "support", "deny", "refuse"})  # what is done by saying so
_SAYING = frozenset(
    {
        *("say", "tell", "add", "state", "write", "argue", "claim", "allege", "note", "insist", "explain", "suggest"),
        *("believe", "think", "assert", "contend", "maintain", "estimate", "describe", "indicate", "report", "learn"),
        *("show", "hear", "see", "expect", "remind", "recall", "acknowledge"),
    }
)
_BRINGING = frozenset(
    {
        *("open", "launch", "begin", "start", "announce", "file", "issue", "impose", "bring", "hand", "receive", "get"),
        *("face", "send", "slap", "hit", "lodge", "levy", "initiate", "make", "take", "give", "raise", "conduct"),
        *("deliver", "win", "lose", "grant"),
    }
)
"""Verbs that make their noun happen: "opened a probe", "was hit with a fine"."""
_HAVE = frozenset({"has", "have", "'s", "’s"})
_TENSES = {"VBZ": "present", "VBP": "present", "VBD": "past", "VBN": "participle", "VBG": "participle"}


def find_heads(trigger: Token, light_verb: Token | None, action: str) -> list[Token]:
    """Find the words whose date is the action's, nearest first.

    Parameters
    ----------
    trigger, light_verb
        The word that tells the action and the verb that lends it its arguments, if any.
    action
        The action's type: what is done by saying so has the date of the saying.
    """
    heads = [trigger]
    if light_verb is not None and light_verb.i != trigger.i:
        heads.append(light_verb)
    token = heads[-1]
    if token.pos_ not in VERBAL:
        head = token.head
        brings = head.lemma_.lower() in _BRINGING or token.dep_ == "nsubjpass"
        if head.i == token.i or head.pos_ not in VERBAL or not brings:
            return heads
        token = head
        heads.append(token)
    for _ in range(5):
        head = token.head
        if head.i == token.i or head.pos_ not in VERBAL or not _shares_time(token, head, action):
            break
        heads.append(head)
        token = head
    for child in heads[-1].children:  # "…, the attorney general announced Friday"
        says = action in _WORDS or child.lemma_.lower() not in _SAYING
        if child.dep_ in {"ccomp", "parataxis"} and child.i > trigger.i and says:
            heads.append(child)
    return heads


def _shares_time(token: Token, head: Token, action: str) -> bool:
    """Whether a clause happens when the one above it does."""
    if token.dep_ in {"xcomp", "auxpass", "aux"}:
        return True
    if token.dep_ == "conj":
        return token.tag_ == head.tag_ or not any(child.dep_ in {"nsubj", "nsubjpass"} for child in token.children)
    if token.dep_ in {"ccomp", "parataxis"}:
        return action in _WORDS or head.lemma_.lower() not in _SAYING
    if token.dep_ == "advcl" and token.tag_ == "VBG":
        openers = (child.lower_ for child in token.children if child.dep_ in {"mark", "prep"})
        return not any(opener in {"after", "before", "since"} for opener in openers)
    return False


def read_tense(heads: list[Token]) -> str:
    """Name the tense of the first verb: present, perfect, progressive, past, future, participle or none."""
    verb = next((head for head in heads if head.pos_ in VERBAL), None)
    if verb is None:
        return "none"
    auxiliaries = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    words, tags = {child.lower_ for child in auxiliaries}, {child.tag_ for child in auxiliaries}
    if "MD" in tags or "to" in words:
        return "future"
    if words & _HAVE:
        return "perfect"
    if tags & {"VBZ", "VBP"}:
        return "progressive" if verb.tag_ == "VBG" else "present"
    if "VBD" in tags:
        return "past"
    return _TENSES.get(verb.tag_, "none")


def climb(token: Token) -> Iterator[Token]:
    """Yield the words that a date hangs on, up to its verb."""
    for _ in range(4):
        if token.head.i == token.i:
            return
        token = token.head
        yield token
        if token.pos_ in VERBAL:
            return


def find_told_words(date: Token) -> Iterator[Token]:
    """Yield the words whose happening a date tells: what it hangs on, and the noun that its verb brings about.

    "The lawsuit, filed on Friday", "the lawsuit was filed on Friday", "they opened a probe on Friday".
    """
    for head in climb(date):
        yield head
        if head.pos_ in VERBAL and head.lemma_.lower() in _BRINGING:
            if head.dep_ in {"acl", "relcl"}:
                yield head.head
            yield from (child for child in head.children if child.dep_ in {"nsubjpass", "dobj"})


def is_modified_by(head: Token, date: Token) -> bool:
    """Tell whether a date hangs on a word: through no other verb but the word's own participle or relative clause."""
    token = date
    for _ in range(5):
        if token.i == head.i:
            return True
        parent = token.head
        if parent.i == token.i:
            return False
        own_clause = parent.dep_ in {"acl", "relcl"} and parent.head.i == head.i
        if parent.pos_ in VERBAL and parent.i != head.i and not own_clause:
            return False
        token = parent
    return False
