"""Find the words in a slot of a verb: what a frame calls ``obj``, ``prep:on`` or ``clause``, whatever the voice."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.clauses import (
    child_of,
    find_agent_phrase,
    find_objects,
    find_prepositional,
    find_subjects,
    is_caused,
    is_passive,
)
from kg.extract.complements import find_clauses
from kg.kb.lexicon import load_words

_OTHERS_DEEDS = ("undoing", "handling", "speech", "citing")  # words about measures of others

Found = list[tuple[Token, str]]
"""Heads, each with how it was found."""


def find_actor_words(verb: Token, slots: tuple[str, ...], passive: bool) -> Found:
    """Find who acts: the subject, the *by* phrase of a passive, or the prepositions that the frame names instead."""
    if slots != ("subj",):
        return [(t, slot) for slot in slots for t, _ in find_prepositional(verb, {slot.removeprefix("prep:")})]
    return _find_agent(verb) if passive else find_subjects(verb)


def find_target_words(verb: Token, slot: str, passive: bool) -> Found:
    """Find the words that fill a target's slot."""
    if slot == "subj":
        tokens = find_subjects(verb)
        if verb.dep_ == "xcomp" and verb.head.pos_ == "VERB" and not tokens:
            tokens = find_subjects(verb.head)
        return tokens
    if slot == "favor":
        return [
            (token, "favor")
            for favor, _ in find_prepositional(verb, {"in"})
            if favor.lemma_.lower() in {"favor", "favour"}
            for token, _ in find_prepositional(favor, {"of"})
        ]
    if slot == "obj":
        if passive:
            return [(token, "passive") for token, _ in find_subjects(verb)]
        return [(token, "object") for token in find_objects(verb)]
    if slot == "iobj":
        return [(token, "dative") for token in _find_datives(verb)]
    if slot.startswith("prep:"):
        prepositions = {slot[5:]}
        found = list(find_prepositional(verb, prepositions))
        for obj in find_objects(verb) if not found else ():
            found += find_prepositional(obj, prepositions)
        return [(token, f"prep:{preposition}") for token, preposition in found]
    if slot.startswith("deep:"):  # "posted a video of the attack on Acme", whatever the parser hangs it on
        preposition = slot[5:]
        return [
            (token, f"prep:{preposition}")
            for word in verb.subtree
            if word.dep_ == "prep" and word.lower_ == preposition and word.i > verb.i
            for token in [child_of(word, "pobj")]
            if token is not None
        ]
    if slot.startswith("below:"):  # "will stop showing news in Canada"
        prepositions = {slot[6:]}
        holders = [w for c in verb.children if c.dep_ == "xcomp" for w in (c, *find_objects(c))]
        return [(token, f"below:{p}") for holder in holders for token, p in find_prepositional(holder, prepositions)]
    if slot == "clause":
        return [
            (token, "clause")
            for clause in find_clauses(verb)
            for token, how in find_subjects(clause)
            if how == "subject"
        ]
    if slot in {"clause-deed", "clause-duty"}:  # "said that the ruling was wrong", "said that Acme must pay"
        deeds = load_words("deed")
        found = find_target_words(verb, "clause", passive)
        return [(token, how) for token, how in found if (token.lemma_.lower() in deeds) == (slot == "clause-deed")]
    return _find_in_clauses(verb) if slot == "xclause" else []


def find_light_words(verb: Token, slot: str, passive: bool, noun: Token) -> Found:
    """Find the words in a slot of a light verb; the action noun that it carries fills none."""
    if slot == "subj":
        if passive:
            return _find_agent(verb)
        found = find_subjects(verb)
    elif slot == "obj":
        found = find_subjects(verb) if passive else [(token, "object") for token in find_objects(verb)]
    elif slot == "iobj":
        found = [(child, "dative") for child in _find_datives(verb)]
        if passive and child_of(verb, "dobj", "oprd") is not None:  # "Acme was sent a letter"
            found = find_subjects(verb)
    else:
        found = list(find_prepositional(verb, {slot.removeprefix("prep:")}))
    return [(token, f"light-{how}") for token, how in found if token != noun]


def find_forbidden_words(verb: Token) -> Found:
    """Find what somebody is kept from using ("bars officials from using the app")."""
    clauses = [clause for clause, _ in find_prepositional(verb, {"from"}) if clause.pos_ in {"VERB", "AUX"}]
    using, trading = load_words("using"), load_words("trading")
    used = [token for clause in clauses if clause.lemma_.lower() in using for token in find_objects(clause)]
    partners = [  # "from doing business with Acme", "from transacting with it"
        token
        for clause in clauses
        for holder in (clause, *find_objects(clause))
        if holder.lemma_.lower() in trading
        for token, _ in find_prepositional(clause, {"with"}) or find_prepositional(holder, {"with"})
    ]
    return [(token, "forbidden") for token in (*used, *partners)]


def find_publishers(verb: Token) -> Found:
    """Find who published the paper that a participle says something of ("X issued a report accusing …")."""
    paper = verb.head
    if paper.head.lemma_.lower() in load_words("withdrawing"):
        return []  # "removed a post condemning …": another's
    if paper.dep_ == "dobj" and paper.head.pos_ in {"VERB", "AUX"}:
        return [(token, "publisher") for token, _ in find_subjects(paper.head)]
    if paper.dep_ == "nsubjpass":
        agent = find_agent_phrase(paper.head)
        return [(agent, "publisher")] if agent is not None else []
    return []


def find_blamed(noun: Token) -> Found:
    """Find who is blamed by what a noun of blame says ("allegations that Acme sold data")."""
    if noun.lemma_.lower() not in load_words("blaming"):
        return []
    for clause in noun.children:
        if clause.dep_ in {"acl", "relcl", "ccomp"} and clause.pos_ in {"VERB", "AUX"}:
            subject = child_of(clause, "nsubj", "nsubjpass")
            if subject is not None and subject.tag_ not in {"WDT", "WP"} and subject.lower_ != "that":
                return [(subject, "noun-clause")]
    saying = (  # "filed a complaint with the regulator, alleging that Acme sold data"
        c
        for holder in (noun, noun.head)
        for c in holder.children
        if c.dep_ in {"advcl", "acl"} and c.tag_ == "VBG" and c.lemma_.lower() in load_words("stating") and c.i > noun.i
    )
    for verb in saying:
        for clause in verb.children:
            subject = child_of(clause, "nsubj", "nsubjpass") if clause.dep_ == "ccomp" else None
            if subject is not None:
                return [(subject, "noun-clause")]
    return []


def find_bound(order: Token) -> Found:
    """Find whom an order binds by the clause on it ("an injunction that prevents Acme from selling")."""
    return [
        (token, "noun-clause")
        for clause in order.children
        if clause.dep_ in {"relcl", "acl"} and clause.lemma_.lower() in load_words("binding")
        for token in find_objects(clause)
        if token != order and clause.tag_ != "VBN"
    ]


def find_denying(noun: Token) -> Found:
    """Find who denies what a noun of blame says, if it is said whose it is ("rejected the claim of Acme")."""
    verb = noun.head
    owned = any(c.dep_ == "poss" for c in noun.children) or any(find_prepositional(noun, {"by", "from", "of"}))
    if not owned or noun.dep_ != "dobj" or verb.lemma_.lower() not in load_words("denying"):
        return []
    return [(token, "denier") for token, _ in find_subjects(verb)]


def find_asked(noun: Token) -> Found:
    """Find who is asked: who is to do what follows ("calls for Acme to pay"), or who rejects or grants it."""
    for clause in noun.children:
        subject = child_of(clause, "nsubj") if clause.dep_ in {"acl", "relcl"} and clause.tag_ == "VB" else None
        if subject is not None and subject.lower_ not in {"it", "that", "which", "who"}:
            return [(subject, "noun-prep:for")]
    for topic, _ in find_prepositional(noun, {"for"}):  # "requests for information to Acme"
        told = [(token, "noun-prep:to") for token, _ in find_prepositional(topic, {"to"}) if topic.pos_ == "NOUN"]
        if told and topic.lemma_.lower() in load_words("disclosed"):
            return told
    verb = noun.head
    if noun.dep_ in {"dobj", "nsubjpass"} and verb.lemma_.lower() in load_words("granting"):
        found = _find_agent(verb) if noun.dep_ == "nsubjpass" else find_subjects(verb)
        return [(token, "asked") for token, _ in found]
    return []


def find_governing_words(noun: Token) -> Found:
    """Find the subject of the verb that a noun hangs on, whatever verb it is."""
    governor = noun.head
    if any(governor.lemma_.lower() in load_words(name) for name in _OTHERS_DEEDS):
        return []  # "to nullify the penalty": another's
    if noun.dep_ in {"dobj", "attr"} and governor.pos_ in {"VERB", "AUX"} and not is_passive(governor):
        return [(token, "governor") for token, _ in find_subjects(governor)]
    if noun.dep_ == "nsubjpass":
        agent = find_agent_phrase(governor)
        return [(agent, "governor-by")] if agent is not None else []
    if noun.dep_ == "pobj" and governor.lower_ == "in" and any(child.lower_ == "of" for child in noun.rights):
        verb = governor.head  # "filed briefs in support of Acme", "went dark in protest of the law"
        while verb.dep_ in {"dobj", "pobj", "prep"} and verb.pos_ not in {"VERB", "AUX"}:
            verb = verb.head
        if verb.pos_ in {"VERB", "AUX"} and not is_passive(verb):
            return [(token, "adjunct") for token, _ in find_subjects(verb)]
    return []


def find_loose_words(noun: Token, prepositions: frozenset[str]) -> Found:
    """Find the object of a preposition behind an action noun that the parser hung on something between them."""
    for token in noun.doc[noun.i + 1 : min(noun.i + 14, noun.sent.end)]:
        if token.pos_ in {"VERB", "AUX"} and token.tag_ != "VBN":
            return []  # another clause's
        if token.lower_ in prepositions and token.dep_ == "prep":
            found = child_of(token, "pobj", "pcomp")
            return [(found, f"loose:{token.lower_}")] if found is not None else []
    return []


def _find_agent(verb: Token) -> Found:
    agent = find_agent_phrase(verb) or _find_shared_agent(verb)
    if agent is None:
        return [(token, "causer") for token, _ in find_subjects(verb.head)] if is_caused(verb) else []
    found = [(agent, "by")]
    for other in agent.head.conjuncts:  # "sued by 41 states and by the FTC"
        token = child_of(other, "pobj") if other.lower_ == "by" else None
        if token is not None:
            found.append((token, "by"))
    return found


def _find_shared_agent(verb: Token) -> Token | None:
    """The *by* phrase that only the last of coordinated passives has ("was arrested and questioned by the police")."""
    later = (conjunct for conjunct in verb.conjuncts if conjunct.i > verb.i and is_passive(conjunct))
    return next((agent for conjunct in later if (agent := find_agent_phrase(conjunct)) is not None), None)


def _find_datives(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ == "dative" and child.pos_ != "ADP"]


def _find_in_clauses(verb: Token) -> Found:
    found: list[Token] = []
    for clause in find_clauses(verb):
        found += find_objects(clause)
        found += [token for token, _ in find_prepositional(clause, {"with", "to", "by", "from", "before"})]
        for below in find_clauses(clause):  # "refused to help the FBI unlock it"
            found += [token for token, how in find_subjects(below) if how == "subject"]
    return [(token, "complement") for token in found]
