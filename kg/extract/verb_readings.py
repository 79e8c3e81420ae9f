"""What the words about a verb make of it: a plea refused, a deal stopped, a command to others."""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Token

from kg.extract.candidate import Party
from kg.extract.clauses import find_objects, find_prepositional, find_subjects, is_passive
from kg.extract.complements import find_clauses
from kg.extract.measures import is_money
from kg.extract.slots import Found, find_actor_words
from kg.kb.lexicon import VerbFrame, load_lexicon, load_words

_MATTERS = ("deed", "suit", "contested")
_UNTOLD = frozenset({"disclose", "say", "specify", "identify", "name", "reveal"})  # to the press, of who declines it
_INFORMING = frozenset({"provide", "give", "offer", "supply"})


def tells_otherwise(verb: Token, frame: VerbFrame, passive: bool) -> bool:
    """Tell whether the words about a verb make it say something else than its frame."""
    if frame.lemma == "call" and frame.complement in {"prep:on", "prep:upon"}:
        # "called the move censorship on Twitter"
        return any(child.dep_ in {"oprd", "dobj"} for child in verb.children)
    if frame.lemma == "agree" and frame.action == "comply":  # "agreed to buy Umbrella", "agreed not to compete"
        buys = any(c.dep_ == "xcomp" and c.lemma_.lower() in load_words("dealing") for c in verb.children)
        return buys or _is_mutual(verb)
    if frame.action == "comply" and frame.lemma in _INFORMING and not passive:  # "provides cameras to the police"
        given = [c for c in verb.children if c.dep_ == "dobj" and c.pos_ == "NOUN"]
        return bool(given) and all(c.lemma_.lower() not in load_words("disclosed") for c in given)
    if frame.lemma == "fight" and not frame.complement:  # "fights apps of others", "is fighting for leniency"
        fought = find_objects(verb)
        return not fought or all(t.pos_ == "NOUN" and not _is_matter(t) for t in fought)
    objects = [t for t, _ in find_subjects(verb)] if passive else find_objects(verb)
    things = {token.lemma_.lower() for token in objects}
    if frame.action == "deny" and frame.lemma == "dismiss":  # who dismisses a suit judges it
        return bool(things & load_words("lawsuit"))
    if frame.action == "release" and _is_published(frame, objects):
        return True
    if frame.action == "deny" and things and things <= load_words("rumour"):
        return True  # nobody's in particular
    if frame.action == "ban" and things & {"ban", "block", "suspension"}:
        return True  # "the ban was blocked in court"
    if frame.action == "comply" and frame.lemma == "submit":  # "submitted a complaint to the agency"
        return bool(things & load_words("blaming"))
    if frame.action == "comply" and frame.lemma == "comply":
        return _is_of_laws(verb)
    if frame.lemma == "push" and frame.action == "deny":  # "pushed back tariffs"
        return bool(objects)
    if frame.action == "fine" and frame.complement == "inf:pay":  # "forces Acme to pay publishers"
        return _pays_others(verb)
    if frame.action == "designate":  # "declared a ban on Acme"
        return bool(things & load_words("deed"))
    if frame.action == "appeal" and frame.lemma == "appeal" and not frame.complement:
        return _appeals_to_taste(verb)
    if frame.action == "moderate" and (
        things & load_words("feature") or (frame.lemma == "limit" and "number" in things)
    ):
        return True  # "removed a feature": its own; "limited the number of partners"
    if frame.action in {"moderate", "ban"} and any(_is_own_service(token) for token in objects):
        return not passive  # "suspended its service": a withdrawal
    if frame.action == "moderate" and frame.complement == "prep:off":  # "was taken off the team"
        left = [token for token, _ in find_prepositional(verb, {"off"})]
        return not left or all(token.pos_ == "NOUN" and not _is_place_online(token) for token in left)
    return False


def _appeals_to_taste(verb: Token) -> bool:
    """Tell whether somebody only pleases those whom they appeal to ("the exchange appealed to young traders")."""
    kinds = load_lexicon().noun_classes["authority"]
    pleased = [token for token, _ in find_prepositional(verb, {"to"})]
    against = any(True for _ in find_prepositional(verb, {"against"})) or bool(find_objects(verb))
    return bool(pleased) and not against and all(t.pos_ == "NOUN" and t.lemma_.lower() not in kinds for t in pleased)


def _is_published(frame: VerbFrame, things: list[Token]) -> bool:
    """Tell whether what is released is a video or a report, and what is set aside no decision."""
    lemmas = {token.lemma_.lower() for token in things if token.pos_ == "NOUN"}
    if frame.lemma == "release":
        content = load_lexicon().noun_classes["content"]
        return any(lemma in content or lemma in load_words("paper") for lemma in lemmas)
    return frame.lemma == "set" and bool(lemmas & {"criticism", "difference", "concern", "doubt"})


def _is_mutual(verb: Token) -> bool:
    """Tell whether firms agreed among themselves ("agreed not to compete with each other")."""
    words = [token.lower_ for token in verb.subtree]
    return "mutually" in words or any(pair in {("each", "other"), ("one", "another")} for pair in pairwise(words))


def _is_of_laws(verb: Token) -> bool:
    """Tell whether one keeps to laws in general ("complying with laws")."""
    kept = [token for token, _ in find_prepositional(verb, {"with"})]
    return bool(kept) and all(
        t.tag_ == "NNS"
        and t.lemma_.lower() in load_words("law")
        and not any(c.dep_ in {"det", "poss"} for c in t.lefts)
        for t in kept
    )


def _pays_others(verb: Token) -> bool:
    """Tell whether what somebody is made to pay goes to others, by contract or law: no fine."""
    paying = [clause for clause in find_clauses(verb) if clause.lemma_ == "pay"]
    paid = [child for clause in paying for child in clause.children if child.dep_ in {"dobj", "dative"}]
    return bool(paid) and all(
        not is_money(t) and t.ent_type_ != "MONEY" and t.lemma_.lower() not in load_words("fined") for t in paid
    )


def _is_own_service(thing: Token) -> bool:
    return thing.lemma_.lower() in load_words("service") and any(
        child.dep_ == "poss" and child.lower_ in {"its", "their"} for child in thing.lefts
    )


def _is_matter(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    return any(lemma in load_words(name) for name in _MATTERS) or lemma in load_lexicon().noun_classes["authority"]


def _is_place_online(noun: Token) -> bool:
    classes = load_lexicon().noun_classes
    return any(noun.lemma_.lower() in classes[name] for name in ("platform", "content"))


def asks_to_undo(verb: Token, targets: list[Party]) -> bool:
    """Tell whether a court is asked to undo a decision ("asked the court to annul the fine")."""
    if not any(party.mention.type == "Court" for party in targets):
        return False
    return any(
        c.dep_ in {"xcomp", "ccomp", "advcl"} and c.lemma_.lower() in load_words("annulling") for c in verb.children
    )


def keeps_from_going(verb: Token) -> bool:
    """Tell whether somebody is kept from going somewhere."""
    clauses = [clause for clause, _ in find_prepositional(verb, {"from"})]
    return any(clause.lemma_.lower() in {"leave", "travel", "enter", "fly", "depart", "exit"} for clause in clauses)


def declines_comment(verb: Token) -> bool:
    """Tell whether it is the press that somebody did not answer ("did not respond to a request for comment")."""
    words = load_words("commenting") | (_UNTOLD if verb.lemma_.lower() == "decline" else frozenset())
    return any(token.lemma_.lower() in words for token in verb.subtree if token.i > verb.i)


def is_plea_refused(verb: Token, frame: VerbFrame) -> bool:
    """Tell a plea that is turned down, which frames of its own tell, from an accusation that is denied."""
    pleas = load_words("plea")
    return frame.action == "deny" and any(c.dep_ == "dobj" and c.lemma_.lower() in pleas for c in verb.children)


def stops_deal(verb: Token, passive: bool) -> bool:
    """Tell whether it is a takeover that is blocked: its firms go on."""
    things = find_subjects(verb) if passive else [(child, "") for child in verb.children if child.dep_ == "dobj"]
    return any(token.lemma_.lower() in load_words("merger") for token, _ in things)


def keeps_from_doing(verb: Token) -> bool:
    """Tell whether somebody is kept from doing something else than using a service."""
    clauses = [clause for clause, _ in find_prepositional(verb, {"from"}) if clause.pos_ in {"VERB", "AUX"}]
    return any(clause.lemma_.lower() not in load_words("using") for clause in clauses)


def orders_payment(verb: Token) -> bool:
    """Tell whether the clause below a verb says that somebody must pay, rather than pay back."""
    paying = (clause for clause in find_clauses(verb) if clause.lemma_ == "pay" and clause.dep_ != "pcomp")
    return any(all(t.lower_ not in {"back", "taxes"} for t in clause.subtree) for clause in paying)


def sets_duty(verb: Token) -> bool:
    """Tell whether the time that somebody is given is to do something in, rather than to answer."""
    clauses = [token for token in verb.subtree if token.i > verb.i and token.tag_ == "VB" and token.dep_ != "aux"]
    return bool(clauses) and not any(clause.lemma_.lower() in load_words("answering") for clause in clauses)


def undoes_pronoun(verb: Token, things: list[Token]) -> bool:
    """Tell whether it is a measure that a pronoun stands for ("imposed a ban in May and lifted it in June")."""
    return verb.lemma_.lower() in load_words("repealing") and any(t.lower_ in {"it", "this", "that"} for t in things)


def is_unlawful(deed: Token) -> bool:
    """Tell whether a clause calls its subject unlawful ("ruled that the ban was illegal")."""
    return any(child.lemma_.lower() in load_words("unlawful") for child in deed.head.children)


def is_announced(verb: Token, cues: tuple[str, ...]) -> bool:
    """Tell whether a fine that "would" be imposed is as good as imposed: its sum was announced."""
    telling = verb.head
    if verb.dep_ != "ccomp" or telling.tag_ != "VBD" or telling.lemma_.lower() not in {"announce", "decide"}:
        return False
    if "planned:condition" in cues or any(cue.startswith("negated") for cue in cues):
        return False
    return any(is_money(token) or token.ent_type_ == "MONEY" for token in verb.subtree)


def is_asked(verb: Token) -> bool:
    """Tell whether somebody was asked or told to do what a verb says, and no more than asked."""
    head = verb.head
    if verb.dep_ not in {"xcomp", "ccomp"} or head.pos_ != "VERB":
        return False
    return head.lemma_.lower() in load_words("summoning") and not any(c.tag_ == "MD" for c in head.children)


def is_commanded(verb: Token) -> bool:
    """Tell whether somebody is only told to do what a verb says ("ordered Acme to suspend its service")."""
    return verb.dep_ in {"xcomp", "ccomp"} and verb.head.lemma_.lower() in load_words("commanding")


def is_ordered(verb: Token, actors: list[Party], cues: tuple[str, ...]) -> bool:
    """Tell whether others were ordered to do what a verb says: the order is the deed of who gave it."""
    binding = verb.head.lemma_.lower() in load_words("commanding") - load_words("pleading")
    by_order = bool(actors) and all(actor.how.startswith("commander") for actor in actors)
    return binding and by_order and not {"planned:modal", "planned:will", "planned:condition"} & set(cues)


def find_replying(verb: Token, passive: bool) -> Found:
    """Find who replies."""
    return find_actor_words(verb, ("subj",), passive)


def is_reciprocal(token: Token) -> bool:
    """Tell whether an object is "each other" or "one another"."""
    return token.lower_ in {"other", "another"} and token.i > 0 and token.nbor(-1).lower_ in {"each", "one"}


def find_commanders(verb: Token) -> Found:
    """Who orders unnamed others to block something ("ordered providers to block TikTok"): the ban is theirs."""
    head = verb.head
    if verb.dep_ not in {"xcomp", "ccomp"} or head.lemma_.lower() not in load_words("commanding"):
        return []
    return [(token, "commander") for token, _ in find_actor_words(head, ("subj",), is_passive(head))]
