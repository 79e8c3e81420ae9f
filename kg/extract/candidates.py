"""Propose claims: every trigger of the lexicon, with who may fill its roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract.clauses import (
    child_of,
    expand_list,
    find_agent_phrase,
    find_objects,
    find_prepositional,
    find_subjects,
    is_passive,
    is_reduced_passive,
)
from kg.extract.factuality import judge_status
from kg.extract.parties import Party, PartyFinder
from kg.kb.lexicon import Lexicon, LightVerb, NounFrame, VerbFrame
from kg.model.mention import Mention

AUTHORITIES = frozenset("Government Regulator Court LawEnforcement Ministry Legislature Supranational".split())
_OFFICIAL = frozenset(
    "investigate search arrest charge restrict convict fine order ban legislate designate release".split()
)
_PASSIVE_HEADLINES = frozenset(
    "fine ban block arrest charge sue sentence convict detain order raid jail suspend probe investigate indict hit slap accuse".split()
)
_PAPERS = {
    **dict.fromkeys(("suit", "lawsuit", "complaint", "filing", "petition"), "plaintiff"),
    **dict.fromkeys(("ruling", "judgment", "judgement", "verdict", "decision", "injunction", "order", "opinion"), "decider"),
    **dict.fromkeys(("indictment", "charge"), "prosecutor"),
}  # fmt: skip
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
_SUITS = frozenset("lawsuit suit complaint case claim charge appeal petition litigation action challenge".split())
_DEEDS = frozenset(
    """decision fine ruling order ban block penalty demand law charge claim accusation allegation verdict injunction designation
    move judgment judgement finding sanction restriction measure arrest detention investigation probe suit lawsuit""".split()
)  # fmt: skip
_REPLIES = frozenset({"accuse", "deny", "support", "appeal", "refuse", "comply"})
_ANSWERED = frozenset({"deny", "appeal", "comply", "refuse"})
_NOBODY: tuple[Party | None, ...] = (None,)
_ADJECTIVE_TRIGGERS = frozenset({"VBN", "VBD"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that the text may make, before its confidence is known."""

    trigger: Token
    light_verb: Token | None
    action: str
    frame: str
    actor: Party | None
    target: Party | None
    status: str
    cues: tuple[str, ...]
    hints: tuple[str, ...] = ()


class CandidateFinder:
    """Propose claims from one parsed text and its mentions."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def find(self, doc: Doc, mentions: dict[int, Mention]) -> Iterator[Candidate]:
        """Yield the candidates of a text in the order of their triggers."""
        finder = PartyFinder(doc, mentions, self._lexicon)
        self._memory: dict[str, Party] = {}
        named = {index for m in mentions.values() if m.kind == "name" for index in range(m.first, m.last)}
        for token in doc:
            if token.i in named:
                continue
            lemma = token.lemma_.lower()
            if token.pos_ in {"VERB", "AUX"} or (token.pos_ == "ADJ" and token.tag_ in _ADJECTIVE_TRIGGERS):
                for frame in self._lexicon.verbs.get(self._lexicon.verb_forms.get(token.lower_, lemma), ()):
                    if self._has_complement(token, frame.complement):
                        yield from self._fill_verb(token, frame, finder)
            elif token.pos_ in {"NOUN", "PROPN"}:
                for noun in self._lexicon.nouns.get(lemma, ()):
                    yield from self._fill_noun(token, noun, finder)
                if token.text.endswith("s"):
                    yield from self._fill_headline(token, finder)

    def _has_complement(self, verb: Token, complement: str) -> bool:
        if complement.startswith("evaluated:"):
            words = {
                self._lexicon.evaluations.get(t.lower_)
                for t in verb.subtree
                if verb.i < t.i < verb.i + 16 and t.pos_ in {"ADJ", "NOUN"}
            }
            return complement.removeprefix("evaluated:") in words
        return _has_complement(verb, complement)

    # -- verbs ---------------------------------------------------------------------------------------------------------

    def _fill_verb(self, verb: Token, frame: VerbFrame, finder: PartyFinder) -> Iterator[Candidate]:
        passive = is_passive(verb)
        if (
            not passive
            and verb.lemma_.lower() in _PASSIVE_HEADLINES
            and is_reduced_passive(verb)
            and "obj" in frame.target
        ):
            passive = True
        targets = self._find_targets(verb, frame, passive, finder)
        if not targets:
            return
        actors = self._find_actors(verb, passive, finder, targets, frame)
        status, cues = judge_status(verb, self._lexicon.embedding)
        if frame.complement == "negated" and status == "negated":
            status, cues = "actual", ()
        hints = self._describe_clause(verb) if "clause" in frame.target else ()
        if "clause:negated" in hints and frame.action == "convict" and status == "actual":
            status = "negated"  # "ruled that Apple did not infringe"
        voice = "passive" if passive else "active"
        for target in targets:
            for actor in actors or _NOBODY:
                if (
                    actor is not None
                    and actor.mention.kind in {"group", "phrase"}
                    and self._is_malicious(actor.mention, finder)
                ):
                    hints = (*hints, "actor:malicious")
                if actor is not None and not _fits(actor, frame.actor_types):
                    continue
                if not _fits(target, frame.target_types):
                    continue
                if actor is not None and actor.mention.agent == target.mention.agent:
                    continue
                self._remember(frame.action, actor)
                yield Candidate(
                    verb,
                    None,
                    frame.action,
                    f"verb:{frame.lemma}:{frame.complement}:{voice}",
                    actor,
                    target,
                    status,
                    cues,
                    hints,
                )

    def _is_malicious(self, mention: Mention, finder: PartyFinder) -> bool:
        return any(token.lemma_.lower() in self._lexicon.malicious for token in finder.tokens(mention))

    def _describe_clause(self, verb: Token) -> tuple[str, ...]:
        """Tell whether the clause that a verb governs speaks of wrongdoing, and whether it denies it."""
        hints = []
        for clause in _find_clauses(verb):
            lemmas = {
                token.lemma_.lower()
                for token in (
                    clause,
                    *(c for c in clause.children if c.dep_ in {"xcomp", "acomp", "dobj", "conj", "prep"}),
                )
            }
            if lemmas & self._lexicon.wrongdoing:
                hints.append("clause:wrongdoing")
            if any(child.dep_ == "neg" for child in clause.children):
                hints.append("clause:negated")
        return tuple(hints)

    def _remember(self, action: str, actor: Party | None) -> None:
        if (
            actor is not None
            and action in _AUTHORS
            and (
                action == "sue"
                or actor.mention.agent is not None
                and actor.mention.agent.type in AUTHORITIES | {"Person"}
            )
        ):
            self._memory[_AUTHORS[action]] = actor

    def _find_actors(
        self, verb: Token, passive: bool, finder: PartyFinder, targets: list[Party], frame: VerbFrame
    ) -> list[Party]:
        tokens: list[tuple[Token, str]] = []
        if frame.actor != ("subj",):
            for slot in frame.actor:
                tokens += [(t, slot) for t, _ in find_prepositional(verb, {slot.removeprefix("prep:")})]
        elif passive:
            agent = find_agent_phrase(verb)
            if agent is not None:
                tokens = [(agent, "by")]
        else:
            tokens = find_subjects(verb)
        found = [
            party
            for token, how in tokens
            for part in expand_list(token)
            for party in finder.find(part, how, "actor", frame.action)
        ]
        for token, _ in tokens:
            # "The suit accuses …", "the ruling orders …": a paper speaks for who wrote it.
            author = self._memory.get(_PAPERS.get(token.lemma_.lower(), ""))
            if author is not None and all(party.mention.kind in {"phrase", "group"} for party in found):
                found = [Party(author.mention, "paper")]
        if not found and (passive or not tokens) and frame.action in _OFFICIAL:
            implied = finder.imply_authority(verb, targets[0].mention)
            found = [implied] if implied is not None else []
        elif not found and passive and frame.action == "moderate":
            implied = finder.imply_platform(verb, targets[0].mention)
            found = [implied] if implied is not None else []
        return found

    def _find_targets(self, verb: Token, frame: VerbFrame, passive: bool, finder: PartyFinder) -> list[Party]:
        if frame.action == "release":
            defendants = self._find_defendants(verb, passive, finder)
            if defendants is not None:
                return defendants
        for slot in frame.target:
            tokens: list[tuple[Token, str]] = []
            if slot == "subj":
                tokens = find_subjects(verb)
                if verb.dep_ == "xcomp" and verb.head.pos_ == "VERB" and not tokens:
                    tokens = find_subjects(verb.head)
            elif slot == "favor":
                tokens = [
                    (t, "favor")
                    for favor, _ in find_prepositional(verb, {"in"})
                    if favor.lemma_.lower() in {"favor", "favour"}
                    for t, _ in find_prepositional(favor, {"of"})
                ]
            elif slot == "obj":
                tokens = find_subjects(verb) if passive else [(token, "object") for token in find_objects(verb)]
                tokens = [(token, "passive" if passive else how) for token, how in tokens]
            elif slot == "iobj":
                tokens = [
                    (token, "dative") for token in verb.children if token.dep_ == "dative" and token.pos_ != "ADP"
                ]
            elif slot.startswith("prep:"):
                prepositions = {slot[5:]}
                tokens = [
                    (token, f"prep:{preposition}") for token, preposition in find_prepositional(verb, prepositions)
                ]
                for obj in find_objects(verb) if not tokens else ():
                    tokens += [
                        (token, f"prep:{preposition}") for token, preposition in find_prepositional(obj, prepositions)
                    ]
            elif slot == "clause":
                tokens = [
                    (token, "clause")
                    for clause in _find_clauses(verb)
                    for token, how in find_subjects(clause)
                    if how == "subject"
                ]
            elif slot == "xclause":
                for clause in _find_clauses(verb):
                    tokens += [(token, "complement") for token in find_objects(clause)]
                    tokens += [
                        (token, "complement") for token, _ in find_prepositional(clause, {"with", "to", "by", "from"})
                    ]
            found = [
                party
                for token, how in tokens
                for part in expand_list(token)
                for party in finder.find(part, how, "target", frame.action)
            ]
            if frame.action in _REPLIES and all(party.mention.kind in {"group", "phrase"} for party in found):
                decider = self._memory.get("decider")
                if decider is not None and any(token.lemma_.lower() in _DEEDS for token, _ in tokens):
                    return [Party(decider.mention, f"{slot}>deed")]  # "called the decision absurd": whoever decided
            if found:
                return found
        if frame.action in _ANSWERED:
            return self._find_answered(verb, finder)
        if frame.action in {"release", "settle"} and (find_objects(verb) or passive or frame.action == "settle"):
            subject = (
                finder.find(find_subjects(verb)[0][0], "subject", "actor", frame.action)
                if find_subjects(verb) and not passive
                else []
            )
            wanted = (
                AUTHORITIES | {"Platform", "Company"}
                if frame.action == "settle"
                else frozenset({"Platform", "Company"})
            )
            implied = finder.imply_target(verb, subject[0].mention if subject else None, wanted)
            return [implied] if implied is not None else []
        return []

    def _fill_headline(self, token: Token, finder: PartyFinder) -> Iterator[Candidate]:
        """Read a headline's verb that the tagger takes for a noun, between two names ("Russia fines Google")."""
        lemma = token.lower_[:-1]
        frames = self._lexicon.verbs.get(lemma) or self._lexicon.verbs.get(token.lower_[:-2]) or ()
        actor = finder.name_before(token)
        target = finder.name_after(token) if actor is not None else None
        if actor is None or target is None:
            return
        for frame in frames:
            if frame.complement or "obj" not in frame.target or not _fits(actor, frame.actor_types):
                continue
            if _fits(target, frame.target_types) and actor.mention.agent != target.mention.agent:
                yield Candidate(token, None, frame.action, f"headline:{frame.lemma}", actor, target, "actual", ())

    def _find_answered(self, trigger: Token, finder: PartyFinder) -> list[Party]:
        """Whom an answer without an addressee is for: an authority of the same sentence, else who decided last."""
        implied = finder.imply_target(trigger, None, AUTHORITIES)
        if implied is not None and implied.how != "previous":
            return [implied]
        decider = self._memory.get("decider") or self._memory.get("plaintiff")
        if decider is not None:
            return [Party(decider.mention, "decider")]
        return [implied] if implied is not None else []

    def _find_defendants(self, verb: Token, passive: bool, finder: PartyFinder) -> list[Party] | None:
        """Whom the end of a suit sets free: not the plaintiff, whose name it may bear. None if no suit is ended."""
        things = [token for token, _ in find_subjects(verb)] if passive else find_objects(verb)
        for thing in things:
            if thing.lemma_.lower() not in _SUITS:
                continue
            against = [
                p
                for t, _ in find_prepositional(thing, {"against"})
                for part in expand_list(t)
                for p in finder.find(part, "defendant", "target", "release")
            ]
            if against:
                return against
            owners = finder.find(thing, "plaintiff", "actor", "release")
            implied = finder.imply_target(verb, owners[0].mention if owners else None)
            return [implied] if implied is not None else []
        return None

    # -- nouns ---------------------------------------------------------------------------------------------------------

    def _fill_noun(self, noun: Token, frame: NounFrame, finder: PartyFinder) -> Iterator[Candidate]:
        light, carrier = self._find_light_verb(noun)
        prepositions = frozenset(frame.target_preps)
        actors: list[Party] = []
        targets: list[Party] = []

        def collect(tokens: Iterator[tuple[Token, str]] | list[tuple[Token, str]], role: str) -> list[Party]:
            return [
                p
                for token, how in tokens
                for part in expand_list(token)
                for p in finder.find(part, how, role, frame.action)
            ]

        targets = collect([(t, f"noun-prep:{p}") for t, p in find_prepositional(noun, prepositions)], "target")
        if carrier is not None and light is not None:
            passive = is_passive(carrier)
            if light.noun_slot == "obj" and not passive and noun.dep_ in {"nsubj"}:
                light = carrier = None
            else:
                actors = collect(self._fill_slot(carrier, light.actor, passive, noun), "actor")
                for slot in light.target if not targets or light.actor != "subj" else ():
                    found = collect(self._fill_slot(carrier, slot, passive, noun), "target")
                    if found:
                        targets = found
                        break
        if not actors:
            tokens = [(t, "noun-by") for t, _ in find_prepositional(noun, {"by", "from"})]
            owner = child_of(noun, "poss")
            if owner is not None:
                tokens.append((owner, "possessive"))
            if not targets and owner is not None and frame.action in {"arrest", "charge", "convict", "release"}:
                targets, tokens = collect([(owner, "possessive")], "target"), tokens[:-1]
            actors = collect(tokens, "actor")
        modifiers = [child for child in noun.lefts if child.dep_ in {"compound", "amod", "nmod"}]
        for modifier in modifiers:
            found = finder.find(modifier, "modifier", "target", frame.action)
            for party in found:
                authority = party.mention.agent is not None and party.mention.agent.type in AUTHORITIES
                if authority and not actors and party.how == "modifier":
                    actors = [party]
                elif not authority and not targets:
                    targets = [party]
        if carrier is None and not actors:
            actors = collect(self._find_announcers(noun), "actor")
        if not targets:
            targets = collect(_find_loose(noun, prepositions & {"against", "into", "on"}), "target")
        if not targets:
            if frame.action in _ANSWERED:
                targets = self._find_answered(noun, finder)
            else:
                implied = finder.imply_target(noun, actors[0].mention if actors else None)
                targets = [implied] if implied is not None else []
            if not targets:
                return
        if not actors and frame.action in _OFFICIAL | {"sue"}:
            implied = finder.imply_authority(noun, targets[0].mention)
            actors = [implied] if implied is not None and frame.action in _OFFICIAL else []
        status, cues = judge_status(noun, self._lexicon.embedding, carrier)
        if light is not None and light.status and status == "actual":
            status, cues = light.status, (*cues, f"{light.status}:light")
        carried = carrier.lemma_.lower() if carrier is not None else ""
        for target in targets:
            for actor in actors or _NOBODY:
                if actor is not None and actor.mention.agent == target.mention.agent:
                    continue
                self._remember(frame.action, actor)
                yield Candidate(
                    noun, carrier, frame.action, f"noun:{frame.lemma}:{carried}", actor, target, status, cues
                )

    def _find_announcers(self, noun: Token) -> list[tuple[Token, str]]:
        """The subject of the verb that the noun hangs on, whatever verb it is."""
        governor = noun.head
        if noun.dep_ in {"dobj", "attr"} and governor.pos_ in {"VERB", "AUX"} and not is_passive(governor):
            return [(token, "governor") for token, _ in find_subjects(governor)]
        if noun.dep_ == "nsubjpass":
            agent = find_agent_phrase(governor)
            return [(agent, "governor-by")] if agent is not None else []
        return []

    def _find_light_verb(self, noun: Token) -> tuple[LightVerb | None, Token | None]:
        """The light verb that governs an action noun, as its object, its passive subject or by a preposition."""
        top = noun
        while top.dep_ == "conj" and top.head.pos_ in {"NOUN", "PROPN"}:
            top = top.head
        head = top.head
        if top.dep_ in {"dobj", "nsubjpass", "dative", "nsubj", "attr", "oprd"} and head.pos_ in {"VERB", "AUX"}:
            for light in self._find_light_frames(head):
                if light.noun_slot == "obj":
                    return light, head
        elif top.dep_ == "pobj" and head.dep_ in {"prep", "agent"} and head.head.pos_ in {"VERB", "AUX"}:
            for light in self._find_light_frames(head.head):
                if light.noun_slot == f"prep:{head.lower_}":
                    return light, head.head
        elif top.dep_ in {"acl", "relcl"}:
            return None, None
        for child in top.children:  # "the fine imposed by X on Y", "a probe launched in May"
            if child.dep_ in {"acl", "relcl"} and child.pos_ == "VERB":
                for light in self._find_light_frames(child):
                    if light.noun_slot == "obj":
                        return light, child
        return None, None

    def _find_light_frames(self, verb: Token) -> tuple[LightVerb, ...]:
        return self._lexicon.light_verbs.get(self._lexicon.verb_forms.get(verb.lower_, verb.lemma_.lower()), ())

    def _fill_slot(self, verb: Token, slot: str, passive: bool, noun: Token) -> list[tuple[Token, str]]:
        if slot == "subj":
            if passive:
                agent = find_agent_phrase(verb)
                return [(agent, "by")] if agent is not None else []
            return [(token, f"light-{how}") for token, how in find_subjects(verb) if token is not noun]
        if slot == "obj":
            tokens = find_subjects(verb) if passive else [(token, "object") for token in find_objects(verb)]
            return [(token, f"light-{how}") for token, how in tokens if token is not noun]
        if slot == "iobj":
            return [
                (child, "light-dative")
                for child in verb.children
                if child.dep_ == "dative" and child is not noun and child.pos_ != "ADP"
            ]
        found = list(find_prepositional(verb, {slot.removeprefix("prep:")}))
        return [(token, f"light-{preposition}") for token, preposition in found if token is not noun]


def _find_loose(noun: Token, prepositions: frozenset[str]) -> list[tuple[Token, str]]:
    """The object of a preposition behind an action noun that the parser hung on something between them."""
    for token in noun.doc[noun.i + 1 : min(noun.i + 14, noun.sent.end)]:
        if token.lower_ in prepositions and token.dep_ == "prep":
            found = child_of(token, "pobj", "pcomp")
            return [(found, f"loose:{token.lower_}")] if found is not None else []
    return []


def _fits(party: Party, types: frozenset[str]) -> bool:
    if not types:
        return True
    agent = party.mention.agent
    return party.mention.type in types or (agent is not None and agent.type in types)


def _find_clauses(verb: Token) -> list[Token]:
    found = []
    for child in verb.children:
        if child.dep_ in {"ccomp", "xcomp"} or child.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in {"for", "that"} for c in child.children):
            found.append(child)
        elif child.dep_ == "prep":
            found += [c for c in child.children if c.dep_ == "pcomp"]
    return found


def _has_complement(verb: Token, complement: str) -> bool:
    """Tell whether a verb governs what its frame asks for."""
    if not complement:
        return True
    kind, _, word = complement.partition(":")
    if kind == "prt":
        return any(child.dep_ in {"prt", "advmod", "prep"} and child.lower_ == word for child in verb.children)
    if kind == "prep":
        preposition, _, noun = word.partition(" ")
        return any(
            child.dep_ in {"prep", "agent", "dative", "mark", "prt"} and child.lower_ == preposition
            and (not noun or any(c.lemma_.lower() == noun for c in child.children))
            for child in (*verb.children, *(c for k in verb.children if k.dep_ in {"advcl", "ccomp"} for c in k.children))
        )  # fmt: skip
    if kind == "dobj":
        return any(
            child.dep_ in {"dobj", "nsubjpass", "attr"} and child.lemma_.lower() == word for child in verb.children
        )
    if kind == "acomp":
        return any(child.lemma_.lower() == word for child in verb.subtree if child.i - verb.i < 8)
    if kind == "inf":
        return any(
            child.dep_ in {"xcomp", "ccomp", "advcl"}
            and any(c.tag_ == "TO" for c in child.children)
            and (not word or child.lemma_.lower() == word)
            for child in verb.children
        )
    if kind == "nomeasure":
        return not any(
            child.dep_ == "xcomp" or (child.dep_ == "prep" and child.lower_ == "with") for child in verb.children
        )
    if kind == "negated":
        return any(child.dep_ == "neg" for child in verb.children)
    if kind == "reflexive":
        return any(
            child.dep_ == "dobj" and child.lower_ in {"itself", "themselves", "himself", "herself"}
            for child in verb.children
        )
    if kind == "noclause":
        return not any(child.dep_ == "ccomp" for child in verb.children)
    return any(child.dep_ == "ccomp" for child in verb.children)
