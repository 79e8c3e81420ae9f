"""One normalised predicate-argument form for what the grammar writes in many ways.

The logical subject and object of a verb are found through voice, control, relative and participle clauses,
coordination and reduced headlines; the arguments of a noun through its possessive, its modifiers, its prepositions and
the light verb that governs it.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.measures import is_money, is_named
from kg.kb.lexicon import load_words

_SUBJECTS = frozenset({"nsubj", "csubj"})
_PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
_EMBEDDED = frozenset({"xcomp", "ccomp", "advcl", "acl", "conj"})
_MISTAKEN = frozenset({"npadvmod", "ccomp"})  # what a parser makes of an object that is a long name
_ADDRESSING = frozenset({"against", "at", "before", "in", "to", "with"})
_MAX_DEPTH = 6
_MAX_BELOW = 12
_DECIDING_REACH = 4  # tokens


def child_of(token: Token, *labels: str) -> Token | None:
    """The first child with one of these labels."""
    for child in token.children:
        if child.dep_ in labels:
            return child
    return None


def is_passive(verb: Token) -> bool:
    """Tell whether a verb is passive, reduced relatives and coordinated participles included."""
    for child in verb.children:
        if child.dep_ in {"auxpass", "nsubjpass", "csubjpass"}:
            # "She's fined the firm": what only looks like a passive
            return not (child.text in {"'s", "’s"} and child_of(verb, "dobj") is not None)
        if child.dep_ == "agent" and verb.tag_ in {"VBN", "VBD"}:
            return True
    if verb.tag_ not in {"VBN", "VBD"}:
        return False
    if is_caused(verb):
        return True
    if any(child.dep_ in {"nsubj", "aux"} for child in verb.children):
        return False
    if verb.dep_ == "acl" or (verb.dep_ == "advcl" and verb.tag_ == "VBN" and child_of(verb, "dobj", "mark") is None):
        return verb.tag_ == "VBN"
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        return verb.tag_ == "VBN" and is_passive(verb.head)
    return verb.dep_ == "amod" and _find_name_beside(verb) is None


def is_caused(verb: Token) -> bool:
    """Tell whether a participle says what somebody had done ("had the network taken offline")."""
    having = verb.dep_ == "ccomp" and verb.head.lemma_ == "have" and verb.head.i < verb.i
    return having and verb.tag_ in {"VBN", "VBD"}


def find_subjects(verb: Token, depth: int = 0) -> list[tuple[Token, str]]:
    """Find the grammatical subject of a clause, with how it was found.

    Parameters
    ----------
    verb
        The head of the clause.

    Returns
    -------
    list of (token, how)
        Heads of the subject; empty where the clause has none.
    """
    if depth > _MAX_DEPTH:
        return []
    for child in verb.children:
        if child.dep_ in _SUBJECTS or child.dep_ in _PASSIVE_SUBJECTS:
            if child.lower_ in _RELATIVES and verb.dep_ == "relcl":
                return [(verb.head, "relative")]
            if child.lower_ in {"what", "whether"}:
                continue
            return [(child, "subject")]
    beside = _find_name_beside(verb)
    if beside is not None:
        return [(beside, "subject")]
    head = verb.head
    if head == verb:
        return []
    if verb.dep_ == "conj":
        while verb.tag_ in {"VBD", "VBN", "VBZ"} and head.tag_ == "VB" and head.dep_ in _EMBEDDED:
            head = head.head  # "ordered Acme to stop and opened …": no infinitive goes on in the past tense
        if head.pos_ in {"VERB", "AUX"}:
            return [(token, how if how != "subject" else "shared") for token, how in find_subjects(head, depth + 1)]
        return []
    if verb.dep_ in {"xcomp", "ccomp"}:
        if head.lemma_.lower() in load_words("object_control"):
            target = child_of(head, "dobj", "dative", "nsubjpass")
            if target is not None:
                return [(target, "control")]
        called = _find_called_on(head)
        if called is not None:
            return [(called, "control")]
        if head.pos_ in {"VERB", "AUX", "ADJ"} and (verb.dep_ == "xcomp" or verb.tag_ in {"VBG", "VBN"}):
            source = head if head.pos_ != "ADJ" else head.head
            return [(token, "control") for token, _ in find_subjects(source, depth + 1)]
        return []
    if verb.dep_ == "advcl":
        called = _find_called_on(head)
        if called is not None:
            return [(called, "control")]
        deciding = find_deciding_noun(verb)
        if deciding is not None:
            return _find_noun_owner(deciding, depth + 1)
        return (
            [(token, "adverbial") for token, _ in find_subjects(head, depth + 1)]
            if head.pos_ in {"VERB", "AUX"}
            else []
        )
    if verb.dep_ == "relcl":
        if any(child.tag_ == "TO" for child in verb.children):
            described = _find_described(head, depth + 1)
            if described:
                return described
        return (
            [(head, "relative")]
            if not any(c.lower_ in _RELATIVES and c.dep_ in {"dobj", "pobj"} for c in verb.children)
            else []
        )
    if verb.dep_ == "acl":
        if verb.tag_ == "VBG" and verb.lemma_.lower() in load_words("stating") and not _may_state(head):
            governor = find_governor(head)  # "filed complaints with two regulators alleging that …"
            return [(token, "adverbial") for token, _ in find_subjects(governor, depth + 1)] if governor else []
        if verb.tag_ in {"VBG", "VBN"}:
            return [(head, "participle")]
        return _find_noun_owner(head, depth + 1)  # "its plan to ban"
    if verb.dep_ == "pcomp":
        governor = head.head
        if governor.pos_ in {"VERB", "AUX"}:
            if governor.lemma_.lower() in load_words("reproach"):
                target = child_of(governor, "dobj", "nsubjpass")
                if target is not None:
                    return [(target, "control")]
            if head.lower_ == "from":  # "blocks the ministry from imposing limits"
                target = child_of(governor, "dobj", "nsubjpass")
                if target is not None:
                    return [(target, "control")]
            if head.lower_ == "for":  # "sued Meta for breaking", "action against Meta for not complying"
                target = _find_reproached(governor)
                if target is not None:
                    return [(target, "reproached")]
            return [(token, "adverbial") for token, _ in find_subjects(governor, depth + 1)]
        if governor.pos_ == "ADJ" and governor.head.pos_ in {"VERB", "AUX"}:  # "is close to filing a suit"
            return [(token, "control") for token, _ in find_subjects(governor.head, depth + 1)]
        if governor.pos_ in {"NOUN", "PROPN"}:
            if head.lower_ == "for":
                target = _find_reproached(governor)
                if target is not None:
                    return [(target, "reproached")]
            return _find_noun_owner(governor, depth + 1)
    if verb.dep_ in {"prep", "dep", "parataxis"} and head.pos_ in {"VERB", "AUX"}:
        return [(token, "adverbial") for token, _ in find_subjects(head, depth + 1)]
    return []


def _find_described(noun: Token, depth: int) -> list[tuple[Token, str]]:
    """Who is said to be what a noun says ("Ohio became the first state to sue", "Italy, the first country to ban")."""
    if noun.dep_ == "attr" and noun.head.pos_ in {"VERB", "AUX"}:
        return [(token, "control") for token, _ in find_subjects(noun.head, depth)]
    if noun.dep_ == "appos" and noun.head.pos_ == "PROPN":
        return [(noun.head, "control")]
    return []


def find_counted_among(noun: Token) -> list[Token]:
    """Who is said to be one of several ("Acme was among the apps that …", "is one of the firms that …")."""
    if noun.dep_ != "pobj":
        return []
    place = noun.head
    if place.lower_ == "of" and place.head.lower_ == "one":
        place = place.head
        if place.dep_ != "attr":
            return []
    elif place.lower_ != "among":
        return []
    verb = place.head
    return [token for token, _ in find_subjects(verb)] if verb.lemma_ == "be" else []


def _find_name_beside(verb: Token) -> Token | None:
    """The subject of a headline or a list's verb that the parser takes for a modifier ("Malaysia sues Acme")."""
    if verb.tag_ not in {"VBZ", "VBD", "VBN"} or verb.dep_ not in {"ROOT", "amod", "ccomp", "conj"}:
        return None
    if any(child.dep_ in {"aux", "auxpass", "agent"} for child in verb.children):
        return None
    named = [c for c in verb.lefts if c.dep_ in {"compound", "npadvmod", "nmod"} and c.pos_ == "PROPN" and is_named(c)]
    return named[-1] if named and named[-1].i == verb.i - 1 else None


def find_deciding_noun(verb: Token) -> Token | None:
    """The noun whose infinitive a verb is, where a parser hung that elsewhere ("its decision last week to block")."""
    if verb.tag_ != "VB" or not any(child.tag_ == "TO" for child in verb.children):
        return None
    for index in range(verb.left_edge.i - 1, max(verb.sent.start, verb.left_edge.i - _DECIDING_REACH) - 1, -1):
        token = verb.doc[index]
        if token.pos_ == "NOUN" and token.lemma_.lower() in load_words("deciding"):
            return token
        if token.pos_ in {"VERB", "AUX", "ADP", "PUNCT"}:
            return None
    return None


def _may_state(noun: Token) -> bool:
    """Tell whether what a participle of speech hangs on may say something: not whom a paper is sent to or where."""
    while noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN", "ADJ"}:
        noun = noun.head
    if noun.dep_ != "pobj" or noun.head.lower_ not in _ADDRESSING:
        return True
    governor = find_governor(noun)
    papers = load_words("paper") | load_words("suit")
    return governor is None or not any(c.dep_ == "dobj" and c.lemma_.lower() in papers for c in governor.children)


def find_governor(token: Token) -> Token | None:
    """The nearest verb that a word hangs under."""
    for _ in range(_MAX_DEPTH):
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            return token
    return None


def _find_called_on(verb: Token) -> Token | None:
    """Who is to do what the infinitive under "call on" says."""
    if verb.lemma_.lower() != "call":
        return None
    return next((token for token, _ in find_prepositional(verb, {"on", "upon"})), None)


def _find_reproached(governor: Token) -> Token | None:
    """Whom a *for* phrase speaks of: the passive subject, the object, or what stands behind *against* or *on*."""
    passive = child_of(governor, "nsubjpass")
    if passive is not None:
        return passive
    holders = [governor, *(child for child in governor.children if child.dep_ in {"dobj", "nsubjpass"})]
    for holder in holders:
        for child in holder.children:
            if child.dep_ == "prep" and child.lower_ in {"against", "on"}:
                return child_of(child, "pobj")
    target = child_of(governor, "dobj")
    return target if target is not None and target.pos_ in {"PROPN", "PRON"} else None


def _find_noun_owner(noun: Token, depth: int) -> list[tuple[Token, str]]:
    owner = child_of(noun, "poss")
    if owner is not None:
        return [(owner, "possessive")]
    if noun.dep_ in {"dobj", "attr", "pobj"}:
        governor = noun.head if noun.dep_ != "pobj" else noun.head.head
        if governor.pos_ in {"VERB", "AUX"}:
            return [(token, "control") for token, _ in find_subjects(governor, depth)]
    return []


def find_agent_phrase(verb: Token) -> Token | None:
    """The *by* phrase of a passive, which a parser may hang on an active verb below it ("told to stop … by")."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return child_of(child, "pobj")
    for child in verb.children:  # "was fined a record €1.2 billion by …"
        if child.dep_ == "dobj" and (is_money(child) or any(c.ent_type_ == "MONEY" for c in child.children)):
            for grandchild in child.children:
                if grandchild.dep_ == "prep" and grandchild.lower_ == "by":
                    return child_of(grandchild, "pobj")
    below = [child for child in verb.children if child.dep_ in {"xcomp", "ccomp", "advcl", "pcomp"}]
    below += [c for child in verb.children if child.dep_ == "prep" for c in child.children if c.dep_ == "pcomp"]
    for clause in below:
        if clause.i < verb.i or clause.tag_ in {"VBN", "VBD"} or len(below) > _MAX_BELOW:
            continue
        below += [child for child in clause.children if child.dep_ in {"xcomp", "ccomp", "advcl", "pcomp", "prep"}]
        for child in clause.children:
            if child.dep_ in {"agent", "prep"} and child.lower_ == "by":
                found = child_of(child, "pobj")
                if found is not None and found.ent_type_ not in {"DATE", "TIME", "PERCENT", "MONEY"}:
                    return found
    return None


def find_objects(verb: Token) -> list[Token]:
    """The grammatical objects of a clause; a money amount or a date is none."""
    found = [child for child in verb.children if child.dep_ in {"dobj", "dative", "oprd"} and child.pos_ != "ADP"]
    if not found and verb.dep_ == "amod" and verb.head.i > verb.i and _find_name_beside(verb) is not None:
        found = [verb.head]  # "the KFTC fined Google", read as "fined Google"
    if not found:  # "sues Australia", which a parser may take for an adverbial, as it would a date
        found = [c for c in verb.rights if c.dep_ in _MISTAKEN and c.pos_ == "PROPN" and is_named(c)]
    if not found and child_of(verb, "ccomp", "xcomp", "prep", "prt") is None:
        for child in verb.children:  # "investigate and fine Google": the object stands with the last verb
            if (
                child.dep_ == "conj"
                and child.pos_ == "VERB"
                and child_of(child, "nsubj", "nsubjpass", "auxpass") is None
            ):
                found = [c for c in child.children if c.dep_ == "dobj"]
    if verb.dep_ == "relcl":
        subject = child_of(verb, "nsubj", "nsubjpass")
        if subject is not None and subject.lower_ not in _RELATIVES and not found:
            found.append(verb.head)
        found = [verb.head if token.lower_ in _RELATIVES else token for token in found]
    return found


def find_prepositional(token: Token, prepositions: frozenset[str] | set[str]) -> Iterator[tuple[Token, str]]:
    """Yield the objects of these prepositions below a token, those that the parser hung one level too low included."""
    for child in token.children:
        if child.dep_ in {"prep", "agent", "dative", "prt"} and child.lower_ in prepositions:
            for grandchild in child.children:
                if grandchild.dep_ in {"pobj", "pcomp"}:
                    yield grandchild, child.lower_
        elif child.dep_ == "prep" and child.lower_ != "according":
            for grandchild in child.children:  # "out of", "down on"
                if grandchild.dep_ == "prep" and grandchild.lower_ in prepositions:
                    target = child_of(grandchild, "pobj")
                    if target is not None:
                        yield target, grandchild.lower_
        elif child.dep_ in {"advmod", "prt"}:
            for grandchild in child.children:
                if grandchild.dep_ == "prep" and grandchild.lower_ in prepositions:
                    target = child_of(grandchild, "pobj")
                    if target is not None:
                        yield target, grandchild.lower_
