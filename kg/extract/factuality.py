"""Judge whether it happened, is planned, or is said not to have happened.

Walks from a trigger up its governors and gathers what bears on it: negation, modals, infinitives under verbs and nouns
of planning, conditions, and adjectives ("proposed", "possible"), after the scheme of FactBank (Saurí and Pustejovsky
2009), reduced to the three statuses of the model.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.clauses import find_deciding_noun
from kg.kb.lexicon import load_words

_MAX_CLIMB = 3
_MODALS = frozenset("will would could may might can should shall must 'll ’ll wo ca ought".split())
_CONDITIONS = frozenset({"if", "unless", "whether", "until", "lest", "should"})
_UNREAL = frozenset({"should", "would", "could", "ought"})  # before *have*: it did not come to that
_OF_IDEAS = frozenset({"to", "against", "about", "at", "into", "as"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "nor", "neither", "without"})


def judge_status(
    trigger: Token, embedding: dict[str, str], light_verb: Token | None = None
) -> tuple[str, tuple[str, ...]]:
    """Judge the status of what a trigger tells.

    Parameters
    ----------
    trigger
        The verb or noun that tells the action.
    embedding
        Lemma -> ``planned`` or ``negated``, for verbs, nouns and adjectives that take actions as complements.
    light_verb
        The verb that carries an action noun, if any.

    Returns
    -------
    status, cues
        The status and the names of what decided, for the confidence model.
    """
    cues: list[str] = []
    if trigger.pos_ in {"NOUN", "PROPN", "ADJ"}:
        _read_noun(trigger, embedding, cues)
    verb = light_verb or trigger
    if light_verb is None and trigger.pos_ not in {"VERB", "AUX"}:
        governor = trigger.head
        if trigger.dep_ in {"dobj", "nsubj", "nsubjpass", "attr"} and governor.pos_ in {"VERB", "AUX"}:
            verb = governor
            effect = _find_effect(governor, embedding)
            if effect == "negated" and trigger.lemma_ in load_words("asked"):
                effect = None  # "declined a request": it was made
            if effect and trigger.dep_ in {"dobj", "nsubjpass"}:
                cues.append(f"{effect}:governor")
            elif (
                trigger.dep_ in {"dobj", "nsubjpass"}
                and governor.lemma_.lower() in load_words("rejecting")
                and trigger.lemma_ not in load_words("asked")
                and any(child.lower_ in {"a", "an", "any"} for child in trigger.lefts)
            ):
                cues.append("negated:rejected")  # "rejected a ban"; the ban that one rejects may well stand
            elif trigger.dep_ == "nsubj" and governor.lemma_ == "be" and _has_complement_of(governor, "uncertain"):
                cues.append("planned:uncertain")
        elif trigger.dep_ == "pobj" and governor.lower_ == "of" and governor.head.lower_ == "ahead":
            cues.append("planned:ahead")
        elif trigger.dep_ == "pobj" and governor.head.pos_ in {"VERB", "AUX", "NOUN"}:
            effect = embedding.get(governor.head.lemma_.lower())
            if effect and governor.lower_ in {"of", "for", "to", "from", "on"}:
                verb = governor.head
                cues.append(f"{effect}:governor")
                if verb.pos_ == "NOUN":
                    _read_noun(verb, embedding, cues)
            if governor.lower_ == "without":
                cues.append("negated:without")
        elif trigger.dep_ == "pobj" and governor.head.lemma_.lower() in {"subject", "liable"}:
            verb = governor.head.head  # "did not say whether the firm would be subject to fines"
    if (
        light_verb is not None
        and light_verb.lemma_ == "face"
        and light_verb.tag_ not in {"VBD", "VBN"}
        and trigger.lemma_ in load_words("prospect")
    ):
        cues.append("planned:prospect")
    undone = light_verb is not None and light_verb.lemma_.lower() in load_words("undoing")  # "plans to lift the ban"
    going_on = light_verb is None or light_verb.lemma_.lower() in load_words("continuing")  # "may pursue their suit"
    presupposed = going_on and verb != trigger and _is_presupposed(trigger)
    if verb.pos_ in {"VERB", "AUX"} and not presupposed and not undone:
        _read_verb(verb, embedding, cues)
    negations = sum(cue.startswith("negated") for cue in cues)
    if negations:
        return "negated", tuple(cues)
    return ("planned" if cues else "actual"), tuple(cues)


def _find_effect(governor: Token, embedding: dict[str, str]) -> str | None:
    """What a word does to what it embeds; with its particle first ("rule out", "stop short of")."""
    lemma = governor.lemma_.lower()
    for child in governor.children:
        if child.dep_ in {"prt", "advmod", "prep"} and f"{lemma} {child.lower_}" in embedding:
            return embedding[f"{lemma} {child.lower_}"]
    return embedding.get(lemma)


def is_denied(noun: Token) -> bool:
    """Tell whether what a noun of claiming or proving says is said not to hold ("no evidence that", "is false")."""
    if any(child.dep_ == "det" and child.lower_ in {"no", "neither", "little"} for child in noun.lefts):
        return True
    verb = noun.head
    if verb.pos_ not in {"VERB", "AUX"} or noun.dep_ not in {"nsubj", "nsubjpass", "dobj", "attr"}:
        return False
    if any(child.dep_ == "neg" for child in verb.children):
        return True
    if noun.dep_ in {"nsubjpass", "dobj"}:
        return verb.lemma_.lower() in load_words("disclaiming")
    return noun.dep_ == "nsubj" and verb.lemma_ == "be" and _has_complement_of(verb, "untrue")


def _has_complement_of(verb: Token, words: str) -> bool:
    return any(child.dep_ in {"acomp", "attr"} and child.lemma_.lower() in load_words(words) for child in verb.children)


def _is_presupposed(noun: Token) -> bool:
    """Tell whether a noun speaks of an action as one that is known ("the probe may take years", "Italy's fine")."""
    if noun.dep_ not in {"nsubj", "nsubjpass", "dobj", "pobj"}:
        return False
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in load_words("contesting"):
        return True  # "will appeal a court order"
    return any(
        (child.dep_ == "det" and child.lower_ in {"the", "this", "that", "these", "those"}) or child.dep_ == "poss"
        for child in noun.lefts
    )


def is_agreed(verb: Token, cues: tuple[str, ...]) -> bool:
    """Tell whether a settlement is made already: who agrees to pay or pays in order to settle has settled."""
    if "planned:modal" in cues or "planned:condition" in cues:
        return False
    head, depth, agreed = verb, 0, verb.lemma_.lower() == "agree"
    while head.head != head and depth < _MAX_CLIMB:
        head, depth = head.head, depth + 1
        if head.lemma_.lower() in load_words("unsettled"):
            return False
        agreed = agreed or head.lemma_.lower() in {"agree", "pay"}
    return agreed


def _read_noun(noun: Token, embedding: dict[str, str], cues: list[str]) -> None:
    for child in noun.children:
        if child.dep_ == "det" and child.lower_ in {"no", "neither"}:
            cues.append("negated:no")
        elif child.lower_ == "pending" and noun.lemma_.lower() in load_words("pursuit") | load_words("suit"):
            continue  # "a pending case": one that goes on
        elif child.dep_ in {"amod", "compound"} and child.lower_ in embedding:
            cues.append(f"{embedding[child.lower_]}:adjective")
        elif child.dep_ == "amod" and child.lemma_.lower() in load_words("prospective"):
            cues.append("planned:adjective")
        elif (
            child.dep_ == "relcl"
            and child.lemma_.lower() in load_words("beginning")
            and any(c.dep_ == "aux" and c.lower_ in _MODALS for c in child.children)
        ):
            cues.append("planned:to-begin")  # "an investigation that could be announced this week"


def _read_verb(verb: Token, embedding: dict[str, str], cues: list[str]) -> None:
    token, depth = verb, 0
    while depth < 8:
        depth += 1
        infinitive = _read_children(token, cues)
        head = token.head
        if head == token:
            if infinitive:
                cues.append("planned:headline")  # "Apple to appeal the fine"
            return
        lemma = head.lemma_.lower()
        if token.dep_ == "conj" and head.pos_ in {"VERB", "AUX"}:
            if token.tag_ in {"VBD", "VBN", "VBZ"} and head.tag_ == "VB":
                return  # "ordered Acme to stop and opened …": no infinitive goes on in the past tense
            own = any(
                child.dep_ in {"nsubj", "nsubjpass"} or (child.dep_ == "aux" and child.tag_ != "TO")
                for child in token.children
            )  # "refused to give keys or to block channels": refused both
            if not own and any(child.lower_ == "but" for child in head.children if child.dep_ == "cc"):
                return  # "has not accused Acme, but warned it"
            if own:
                # What embeds the first of coordinated clauses embeds the others, but its modals are its own.
                token = head
                if token.dep_ not in {"ccomp", "xcomp", "advcl"}:
                    return
                token = token.head if token.head != token else token
                continue
            token = head
            continue
        if token.dep_ == "xcomp" or (token.dep_ in {"acl", "ccomp", "advcl"} and infinitive):
            if infinitive and _is_made_easy(token):
                token = head if head.pos_ in {"VERB", "AUX"} else head.head
                continue  # "made it easier for criminals to abuse Acme": they do
            effect = embedding.get(lemma)
            if (
                (lemma in {"order", "sentence"} or (lemma == "agree" and verb.lemma_.lower() == "pay"))
                and verb.lemma_.lower() in {"pay", "block", "ban", "suspend"}
                and token == verb
            ):
                effect = None  # who orders a block or a payment does it by the order
            elif effect:
                asked = lemma in load_words("asking") or lemma in load_words("pleading")
                cues.append(f"{effect}:{'noun' if head.pos_ == 'NOUN' else 'asked' if asked else 'verb'}")
            elif lemma == "be" and infinitive:
                cues.append("planned:be-to")
            elif infinitive and token.dep_ == "advcl" and (deciding := find_deciding_noun(token)) is not None:
                effect = embedding.get(deciding.lemma_.lower())
                if effect:
                    cues.append(f"{effect}:noun")
                return
            elif infinitive and token.dep_ in {"advcl"} and lemma != "order":
                cues.append("planned:purpose")
            elif infinitive and lemma not in load_words("implicative") and token.dep_ == "xcomp" and head.pos_ != "ADJ":
                cues.append("planned:infinitive")
            elif infinitive and token.dep_ == "acl" and lemma not in {"decision", "ruling", "verdict", "warrant"}:
                cues.append("planned:infinitive-noun")
            if head.pos_ == "NOUN":
                _read_noun(head, embedding, cues)
                if lemma in load_words("deciding") and _is_presupposed(head):
                    return  # "its decision to end the inquiry should not be misread"
                if head.dep_ in {"dobj", "attr", "nsubj", "nsubjpass"} and head.head.pos_ in {"VERB", "AUX"}:
                    token = head.head
                    continue
                return
            token = head
            continue
        if token.dep_ in {"acl", "ccomp", "relcl"} and head.pos_ == "NOUN" and lemma in load_words("doubtable"):
            if is_denied(head):
                cues.append("negated:claim")
            return
        if token == verb and token.tag_ == "VBG" and _names_idea(token):
            cues.append("planned:gerund")
            return
        if token.dep_ == "ccomp" and head.lower_ == "sure" and head.head.lemma_ == "make":
            cues.append("planned:ensured")  # "made sure that the ministry stopped the deal"
            return
        if token.dep_ == "ccomp":
            if token.i < head.i and lemma not in load_words("speech"):
                return  # "asked Acme to stop; the firm declined"
            effect = embedding.get(lemma)
            if lemma == "suggest" and _is_indicative(token):
                return  # "suggested that terrorists exploit Acme": a claim, no proposal
            if effect == "planned" and lemma in load_words("asking"):
                cues.append("planned:asked")
            elif effect == "negated":
                cues.append(f"{effect}:verb")
            if effect is None:
                return  # "said that …": the speaker's own status is not the action's
            token = head
            if effect == "negated":
                return
            continue
        if token.dep_ == "pcomp":
            governor = head.head
            effect = _find_effect(governor, embedding)
            if head.lower_ == "for" and governor.pos_ == "NOUN" and governor.lemma_.lower() in load_words("advocating"):
                cues.append("planned:advocated")  # "voiced support for breaking up Acme"
            if governor.lemma_.lower() == "close" and head.lower_ == "to":
                cues.append("planned:close")  # "is close to filing a suit"
            if head.lower_ == "without":
                cues.append("negated:without")
            elif governor.lower_ == "short" and governor.head.lemma_.lower() in {"stop", "fall"}:
                cues.append("negated:short-of")
            elif head.lower_ == "from" and governor.lemma_.lower() in load_words("preventing"):
                cues.append("negated:prevented")  # "blocks the ministry from imposing limits"
            elif effect and head.lower_ in {"of", "from", "on", "for", "to", "about"}:
                cues.append(f"{effect}:governor")
                if governor.pos_ == "NOUN":
                    _read_noun(governor, embedding, cues)
            return
        return


def _names_idea(gerund: Token) -> bool:
    """Tell whether a gerund speaks of an act as an idea ("spoke against breaking up Acme", "blocking it would be")."""
    if gerund.dep_ != "pcomp":
        return gerund.dep_ == "csubj"
    link = gerund.head
    return link.lower_ in _OF_IDEAS and link.head.lower_ not in load_words("linking")


def _is_indicative(verb: Token) -> bool:
    """Tell "that they use it" from "that they should use it" and "that it be used"."""
    words = (verb, *(child for child in verb.children if child.dep_ in {"aux", "auxpass"}))
    return any(word.tag_ in {"VBZ", "VBP", "VBD"} for word in words) and all(word.tag_ != "MD" for word in words)


def _is_made_easy(infinitive: Token) -> bool:
    """Tell whether an infinitive is what was made easy for somebody."""
    head = infinitive.head
    near = (
        head,
        *head.children,
        *(child for c in head.children if c.dep_ in {"ccomp", "xcomp"} for child in c.children),
    )
    return any(word.lemma_.lower() in load_words("easy") and word.i < infinitive.i for word in near)


def _read_children(token: Token, cues: list[str]) -> bool:
    """Gather what stands right with a verb; tell whether it is an infinitive that looks ahead."""
    infinitive = False
    for child in token.children:
        dep, word = child.dep_, child.lower_
        if dep == "neg" or (dep in {"advmod", "preconj"} and word in _NEGATIONS):
            cues.append("negated:neg")
        elif dep == "aux":
            if child.tag_ == "TO":
                infinitive = not any(c.dep_ == "aux" and c.lower_ == "have" for c in token.children)
            elif word in _MODALS:
                future = word in {"will", "shall", "wo"} or word.endswith("ll")
                missed = word in _UNREAL and any(c.dep_ == "aux" and c.lower_ == "have" for c in token.children)
                cues.append("planned:unreal" if missed else "planned:will" if future else "planned:modal")
        elif dep in {"mark", "advmod"} and word == "so" and token.dep_ == "advcl" and child.i < token.i:
            cues.append("planned:purpose")  # "filed a complaint so that the Commission forces Acme to pay"
        elif dep == "mark" and word in _CONDITIONS and token.dep_ in {"advcl", "ccomp", "pcomp"}:
            cues.append("planned:condition")
        elif dep in {"nsubj", "nsubjpass"} and (
            (word in {"nobody", "none"} and (child.text == word or child.is_sent_start))
            or any(c.dep_ == "det" and c.lower_ in {"no", "neither"} for c in child.children)
        ):
            cues.append("negated:subject")
    return infinitive
