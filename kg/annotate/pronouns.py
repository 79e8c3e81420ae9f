"""Find whom a pronoun means."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.history import BUSINESSES, SUBJECTS, THING_PRONOUNS, History
from kg.kb.lexicon import load_lexicon, load_words
from kg.model import Span
from kg.model.mention import Mention
from kg.model.vocabulary import AUTHORITIES

_PERSON = frozenset({"he", "she", "him", "her", "his", "hers"})
_PLURAL = frozenset({"they", "them", "their", "theirs"})
_SPEAKING = frozenset({"i", "me", "my", "we", "us", "our", "ours", "mine"})
_ORGANISATIONS = AUTHORITIES | {"Platform", "Company", "CivilSociety", "Media", "ArmedGroup"}
_REGULATING = frozenset({"ban", "fine", "investigate", "search"})
_PEOPLE = frozenset({"Person"})
_OFFICIAL = frozenset({"fine", "order", "ban", "investigate", "search", "charge", "designate"})
_BY_MANY = frozenset({"accuse", "sue"})
_ARGUMENTS = SUBJECTS | {"dobj", "pobj"}
_REACH = 3  # sentences
_CLIMB = 3  # clauses


def refer_by_pronoun(token: Token, history: History) -> Mention | None:
    """Make the mention of a pronoun that goes back to an agent; the first person goes back to who speaks."""
    word = token.lower_
    if word == "both" and token.dep_ in _ARGUMENTS:
        pair = history.find_coordinated(token)
        return _make_mention(token, pair, plural=True) if pair is not None else None
    plural = word in _PLURAL
    if word in _PERSON:
        types = _PEOPLE
    elif word in THING_PRONOUNS:
        types = _ORGANISATIONS
        if word == "it" and token.dep_ in SUBJECTS and token.head.lemma_ in {"be", "seem", "appear", "remain"}:
            return None
    elif plural:
        types = _ORGANISATIONS | {"Group", "Person"}
    elif word in _SPEAKING:
        speaker = history.find_speaker(token)
        return _make_mention(token, speaker, plural=False) if speaker is not None else None
    else:
        return None

    hitting = _OFFICIAL | _BY_MANY if plural else _OFFICIAL
    if types is not _PEOPLE and token.dep_ == "nsubj" and _hits_business(token.head, hitting):
        types = types - BUSINESSES  # "It ordered the company": an authority did
    own = _find_own_subject(token, history)
    of_suit = token.dep_ == "poss" and token.head.lemma_.lower() in load_words("suit")

    def fits(mention: Mention) -> bool:
        if of_suit and mention.type == "Court":
            return False  # "a jury found for Acme in its lawsuit"
        if own is not None and mention.agent == own.agent:
            return False  # "Ethiopia unblocked Facebook months after blocking it": nobody blocks itself
        several = mention.plural or (plural and history.is_listed(mention))
        return mention.type in types and (not plural or mention.type != "Person" or several)

    likely = BUSINESSES if word == "it" and _is_regulated(token) else frozenset()
    antecedent = history.find_antecedent(token, fits, reach=_REACH, plural=plural, likely=likely)
    if antecedent is None and plural:  # the singular *they*
        antecedent = history.find_antecedent(token, lambda mention: mention.type == "Person", reach=1)
    return _make_mention(token, antecedent, plural=plural) if antecedent is not None else None


def _hits_business(verb: Token, actions: frozenset[str]) -> bool:
    """Tell whether a verb says what authorities do to firms and its object is one by its noun ("fined the company")."""
    lexicon = load_lexicon()
    frames = lexicon.verbs.get(lexicon.verb_forms.get(verb.lower_, verb.lemma_.lower()), ())
    if not any(frame.action in actions and not frame.complement for frame in frames):
        return False
    kinds = lexicon.noun_classes["company"].keys() | lexicon.noun_classes["platform"].keys()
    return any(child.dep_ == "dobj" and child.tag_ == "NN" and child.lemma_.lower() in kinds for child in verb.children)


def _is_regulated(token: Token) -> bool:
    """Tell whether a pronoun is the object of what befalls platforms ("banned it"): a country it hardly means."""
    lexicon = load_lexicon()
    frames = lexicon.verbs.get(lexicon.verb_forms.get(token.head.lower_, token.head.lemma_.lower()), ())
    return token.dep_ in {"dobj", "nsubjpass"} and any(frame.action in _REGULATING for frame in frames)


def _make_mention(token: Token, antecedent: Mention, *, plural: bool) -> Mention:
    span = Span(token.idx, token.idx + len(token.text), token.text)
    at = (span, token.i, token.i + 1, token.i)
    return Mention(*at, "pronoun", antecedent.type, antecedent.agent, antecedent, plural)


def _find_own_subject(token: Token, history: History) -> Mention | None:
    """The subject of the clause whose object a pronoun is, which it cannot mean (principle B of binding)."""
    verb = token.head.head if token.dep_ == "pobj" and token.head.dep_ in {"prep", "dative"} else token.head
    if token.dep_ not in {"dobj", "dative", "pobj"}:
        return None
    for _ in range(_CLIMB):
        if verb.pos_ not in {"VERB", "AUX"}:
            return None
        for child in verb.children:
            if child.dep_ == "nsubj":
                return history.find(child)
        if verb.dep_ == "pcomp":
            verb = verb.head.head
            verb = verb.head if verb.dep_ == "npadvmod" else verb
        elif verb.dep_ in {"advcl", "conj", "xcomp"}:
            verb = verb.head
        else:
            return None
    return None
