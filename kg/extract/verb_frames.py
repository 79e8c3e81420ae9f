"""Fill the frames of verbs: who fined whom."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.aims import find_aims
from kg.extract.answers import ANSWERS, find_affected, find_answered, find_other_side, find_released
from kg.extract.candidate import Candidate, Party
from kg.extract.clauses import find_objects, find_prepositional, find_subjects, is_passive
from kg.extract.complements import describe_clauses, has_complement
from kg.extract.factuality import is_agreed, judge_status
from kg.extract.memory import AuthorMemory
from kg.extract.parties import PartyFinder
from kg.extract.reduced import is_reduced_passive
from kg.extract.slots import find_actor_words, find_forbidden_words, find_publishers, find_target_words
from kg.extract.verb_pairs import ARMED, are_no_pair, is_no_target, speaks_of_itself
from kg.extract.verb_readings import (
    asks_to_undo,
    declines_comment,
    find_commanders,
    find_replying,
    is_announced,
    is_asked,
    is_commanded,
    is_ordered,
    is_plea_refused,
    is_reciprocal,
    is_unlawful,
    keeps_from_doing,
    keeps_from_going,
    orders_payment,
    sets_duty,
    stops_deal,
    tells_otherwise,
    undoes_pronoun,
)
from kg.kb.lexicon import Lexicon, VerbFrame, load_words

# What nobody but an authority does: where no actor is named, one is looked for.
OFFICIAL_ACTIONS = frozenset(
    "investigate search arrest charge restrict convict fine order ban legislate designate release".split()
)
NOBODY: tuple[Party | None, ...] = (None,)
_REPLIES = frozenset({"accuse", "deny", "support", "appeal", "refuse", "comply"})
_OWN_REPLIES = frozenset({"deny", "appeal"})
_ON_DECISIONS = frozenset({"release", "convict"})  # "annulled the fine": told of whom the fine hit
_UNNAMED = frozenset({"group", "phrase"})
# What those who do harm do in any way by means of a platform.
_ANY_USE = VerbFrame(
    "any",
    "",
    "misuse",
    ("subj",),
    ("deep:on", "deep:via", "deep:through", "deep:over", "deep:in"),
    frozenset({"Group", "ArmedGroup", "Person"}),
    frozenset({"Platform"}),
)


class VerbReader:
    """Fill the frames of one text's verbs."""

    def __init__(self, lexicon: Lexicon, parties: PartyFinder, memory: AuthorMemory) -> None:
        self._lexicon = lexicon
        self._parties = parties
        self._memory = memory

    def read(self, verb: Token) -> Iterator[Candidate]:
        """Yield what a verb may tell, by each of its frames that holds."""
        lemma = self._lexicon.verb_forms.get(verb.lower_)
        frames = self._lexicon.verbs.get(lemma or verb.lemma_.lower(), ())
        for frame in frames:
            if has_complement(verb, frame.complement, self._lexicon):
                yield from self._fill(verb, frame)
        if not any(frame.action == "misuse" for frame in frames) and self._does_harm(verb):
            yield from self._fill(verb, _ANY_USE)

    def _fill(self, verb: Token, frame: VerbFrame) -> Iterator[Candidate]:
        passive = self._is_passive(verb, frame)
        if (passive and frame.complement == "negated") or (frame.action == "refuse" and declines_comment(verb)):
            return
        if tells_otherwise(verb, frame, passive):
            return
        targets = self._find_targets(verb, frame, passive)
        if not targets:
            return
        actors = self._find_actors(verb, frame, passive, targets[0])
        if (frame.action == "order" and self._orders_action(verb)) or is_plea_refused(verb, frame):
            return
        if frame.action in _OWN_REPLIES and actors and all(t.mention.agent == actors[0].mention.agent for t in targets):
            # "denied that it sells data", "is fighting its designation by the Commission"
            targets = self._find_deciders(verb) or find_answered(verb, frame.action, self._parties, self._memory)
        if frame.action == "accuse" and speaks_of_itself(actors, targets):
            return
        status, cues = judge_status(verb, self._lexicon.embedding)
        if frame.action == "settle" and status == "planned" and is_agreed(verb, cues):
            status, cues = "actual", ("actual:agreed",)
        if frame.complement == "dutymoney" and status == "planned":
            status, cues = "actual", ("actual:owed",)  # "must pay": so it was decided
        if frame.action == "legislate" and status == "actual" and frame.lemma in load_words("proposing"):
            status, cues = "planned", (*cues, "planned:proposed")  # "introduced a bill": it is no law yet
        if frame.action == "fine" and status == "planned" and is_announced(verb, cues):
            status, cues = "actual", ("actual:announced",)  # "announced in May that it would fine Acme $5m"
        if frame.action == "ban" and status == "planned" and is_ordered(verb, actors, cues):
            status, cues = "actual", ("actual:ordered",)  # "ordered operators to cut Acme off"
        if frame.complement == "dobj:@breach" and any(
            c.lower_ in {"no", "any"} for t in find_objects(verb) for c in t.lefts
        ):
            status = "negated"  # "found no breach"
        if frame.complement == "negated" and status == "negated":
            status, cues = "actual", ()
        if frame.action == "request" and frame.actor != ("subj",) and status == "planned" and is_asked(verb):
            status, cues = "actual", ("actual:asked",)  # "was asked to testify before the Senate"
        hints = describe_clauses(verb, self._lexicon.wrongdoing) if _has_clause(frame) else ()
        if not _says_enough(frame, hints) or (frame.action == "withdraw" and is_commanded(verb)):
            return
        if frame.action == "accuse" and self._is_within_step(verb):
            hints = (*hints, "within-step")
        action = frame.action
        if (
            action == "order"
            and targets
            and all(t.mention.type == "Person" for t in targets)
            and keeps_from_going(verb)
        ):
            action = "restrict"  # "barred him from leaving the country"
        elif (
            action == "release"
            and status == "actual"
            and any(child.lower_ in load_words("provisionally") for child in verb.children)
        ):
            status = "planned"
        elif action == "convict" and any(child.lower_ in load_words("provisionally") for child in verb.children):
            action = "charge"  # "preliminarily found Acme in breach"
        elif action == "ban" and (keeps_from_doing(verb) or stops_deal(verb, passive)):
            action = "order"  # "blocks Acme from suing": no ban on Acme itself
        elif "clause:duty" in hints and action == "convict":
            action = "order"  # "ruled that Apple must", "ruled that Apple cannot"
        elif "clause:negated" in hints and action == "convict" and status == "actual":
            status = "negated"  # "ruled that Apple did not infringe"
        elif frame.complement == "dobj:@term" and sets_duty(verb):
            action = "order"  # "gave Acme 60 days to comply"
        elif "clause-duty" in frame.target and orders_payment(verb):
            action = "fine"  # "said that Apple must pay $5m"
        elif action == "comply" and status == "negated":  # "did not comply with the request"
            action, status = "refuse", "planned" if any(cue.startswith("planned") for cue in cues) else "actual"
        name = f"verb:{frame.lemma}:{frame.complement}:{'passive' if passive else 'active'}"
        if action == "request" and asks_to_undo(verb, targets):
            action = "appeal"  # "asked the court to annul the fine"
            targets = find_answered(verb, action, self._parties, self._memory) or targets
        for target in targets:
            for actor in actors or NOBODY:
                if actor is not None and not actor.is_one_of(frame.actor_types):
                    continue
                if action == frame.action and not target.is_one_of(frame.target_types):
                    continue
                if is_no_target(frame, action, target):
                    continue
                malicious = actor is not None and self._is_malicious(actor)
                if actor is not None and are_no_pair(
                    verb, frame, action, actor, target, passive=passive, malicious=malicious
                ):
                    continue
                self._memory.remember(action, actor, target, verb, status)
                own = (*hints, "actor:malicious") if malicious else hints
                yield Candidate(verb, None, action, name, actor, target, status, cues, own)

    def _is_passive(self, verb: Token, frame: VerbFrame) -> bool:
        return is_passive(verb) or (
            "obj" in frame.target
            and verb.lemma_.lower() in self._lexicon.words["passive_headline"]
            and is_reduced_passive(verb)
        )

    def _orders_action(self, verb: Token) -> bool:
        """Tell whether what is ordered is an action of its own ("ordered the suspension of Acme")."""
        return any(
            frame.action in {"ban", "investigate", "arrest", "search", "release", "moderate"}
            for child in verb.children
            if child.dep_ in {"dobj", "nsubjpass"}
            for frame in self._lexicon.nouns.get(child.lemma_.lower(), ())
        )

    def _is_within_step(self, verb: Token) -> bool:
        """Tell whether words of blame only tell what a legal step is for ("sued Acme, accusing it of fraud")."""
        head = verb.head
        if verb.dep_ == "acl" and verb.tag_ == "VBG":
            return head.lemma_.lower() in load_words("suit")
        if verb.dep_ != "advcl" or verb.tag_ != "VBG" or head.pos_ != "VERB":
            return False
        frames = self._lexicon.verbs.get(head.lemma_.lower(), ())
        steps = {frame.action for frame in frames} | {
            frame.action
            for child in head.children
            if child.dep_ == "dobj"
            for frame in self._lexicon.nouns.get(child.lemma_.lower(), ())
        }
        return bool(steps & {"sue", "charge", "fine", "convict", "investigate", "ban", "order"})

    def _does_harm(self, verb: Token) -> bool:
        """Tell whether those who do something are known for harm, whatever they do ("cartels hire couriers on …")."""
        words = find_actor_words(verb, ("subj",), is_passive(verb))
        if not words or not any(find_target_words(verb, slot, False) for slot in _ANY_USE.target):
            return False
        found = self._parties.find_each(words, "actor", "misuse")
        return any(self._is_malicious(party) or party.is_one_of(ARMED) for party in found)

    def _is_malicious(self, actor: Party) -> bool:
        if actor.mention.kind not in _UNNAMED:
            return False
        return any(token.lemma_.lower() in self._lexicon.malicious for token in self._parties.tokens(actor.mention))

    def _find_actors(self, verb: Token, frame: VerbFrame, passive: bool, target: Party) -> list[Party]:
        words = find_actor_words(verb, frame.actor, passive)
        found = self._parties.find_each(words, "actor", frame.action)
        for token, _ in words:
            # "The suit accuses …", "the ruling orders …": a paper speaks for who wrote it.
            writer = self._memory.recall_writer(token)
            if writer is not None and all(party.mention.kind in _UNNAMED for party in found):
                found = [Party(writer.mention, "paper")]
        if not found and passive and frame.action == "moderate":  # "was banned from Twitter"
            left = [(token, "from") for token, _ in find_prepositional(verb, {"from", "off", "on"})]
            found = [p for p in self._parties.find_each(left, "actor", frame.action) if p.is_one_of(frame.actor_types)]
            if not found and any(token.pos_ == "PROPN" for token, _ in find_prepositional(verb, {"from"})):
                return []  # "was suspended from the party": no platform's doing
        found = [party for party in found if not self._is_law(party)]
        if frame.action == "ban" and found and all(party.mention.kind in _UNNAMED for party in found):
            found = self._parties.find_each(find_commanders(verb), "actor", frame.action) or found
        papers = self._lexicon.words["paper"] | self._lexicon.words["suit"]
        by_paper = any(token.lemma_.lower() in papers for token, _ in words)
        if by_paper and all(party.mention.kind in _UNNAMED for party in found):
            found = self._parties.find_each(find_publishers(verb), "actor", frame.action) or [
                party for party in found if party.mention.kind != "phrase"
            ]
        if found:
            return found
        if frame.complement == "dobj:@lost":
            return []  # "lost two battles": before whom must be said
        if (passive or not words) and frame.action in OFFICIAL_ACTIONS:
            return self._parties.implied.find_authorities(verb, target.mention, frame.action)
        if passive and frame.action == "accuse":  # "In Italy, Acme was accused": by whom the sentence names, or nobody
            found = self._parties.implied.find_authorities(verb, target.mention, frame.action)
            return [party for party in found if party.how != "previous"]
        implied = None
        if passive and frame.action == "moderate":
            implied = self._parties.implied.find_moderator(verb, target.mention)
        return [implied] if implied is not None else []

    def _is_thing(self, party: Party) -> bool:
        """Tell whether a party is a thing: nobody whom one answers ("refused to remove posts")."""
        mention = party.mention
        if mention.kind != "group":
            return mention.kind == "phrase"
        content = self._lexicon.noun_classes["content"]
        return any(token.lemma_.lower() in content for token in self._parties.tokens(mention)[-1:])

    def _is_matter(self, party: Party) -> bool:
        """Tell whether what is looked into is only called a matter, whosever it is ("was examining the matter")."""
        words = self._parties.tokens(party.mention)
        return party.mention.kind in _UNNAMED and words[-1].lemma_.lower() in load_words("matter")

    def _recall_decider(self, verb: Token, deed: Token, passive: bool) -> Party | None:
        replying = self._parties.find_each(find_replying(verb, passive), "actor", "deny")
        doer, lemma = self._memory.recall_doer(deed, replying), deed.lemma_.lower()
        if doer is None and lemma in load_words("blaming"):
            doer = self._memory.plaintiff
        if doer is None and lemma in load_words("law"):
            return None  # "attacked the law": hardly whoever decided something last
        return doer or self._memory.decider

    def _find_deciders(self, verb: Token) -> list[Party]:
        """Who took the decision that is a verb's object, by its own words ("its designation by the Commission")."""
        deeds = find_objects(verb)
        below = [(t, "obj>by") for deed in deeds for t, _ in find_prepositional(deed, {"by", "from"})]
        below += [  # "the fine that the Commission imposed on it"
            (t, "obj>relcl")
            for deed in deeds
            for clause in deed.children
            if clause.dep_ == "relcl" and clause.lemma_.lower() in load_words("imposing")
            for t, how in find_subjects(clause)
            if how == "subject"
        ]
        return [party for party in self._parties.find_each(below, "actor", "order") if party.mention.kind == "name"]

    def _is_law(self, party: Party) -> bool:
        """Tell whether a party is no more than a law ("a bill that bans …"): laws do not act, who makes them does."""
        mention = party.mention
        return mention.kind in _UNNAMED and any(
            token.lemma_.lower() in load_words("law") for token in self._parties.tokens(mention)[-1:]
        )

    def _find_targets(self, verb: Token, frame: VerbFrame, passive: bool) -> list[Party]:
        action = frame.action
        if action == "release":
            released = find_released(verb, passive, self._parties, self._memory)
            if released is not None:
                return released
        # Who "provides encryption" answers nobody, unless somebody is named for it.
        yielding = frame.complement.startswith(("inf", "prt"))  # "undertook to stop", "is handing over data"
        answers = action in ANSWERS and not (action == "comply" and "prep:to" in frame.target and not yielding)
        for slot in frame.target:
            words = find_target_words(verb, slot, passive)
            if action == "request" and slot == "clause":  # "called for the app to be banned": the app is asked nothing
                words = [(token, how) for token, how in words if token.dep_ != "nsubjpass"]
            if slot == "obj" and any(is_reciprocal(token) for token, _ in words):  # "sued each other"
                return self._parties.find_each(find_subjects(verb), "actor", action)
            if slot == "obj" and action in _ON_DECISIONS and undoes_pronoun(verb, [token for token, _ in words]):
                return [Party(party.mention, "told") for party in self._memory.recall_last_hit()]
            if action == "convict" and slot == "clause":
                words = [(_find_employer(token), how) for token, how in words]
            if action == "misuse":
                words = [(_find_site(token), how) for token, how in words]
            found = self._parties.find_each(words, "target", action)
            if action == "legislate":
                found = self._parties.find_each([a for t, _ in words for a in find_aims(t)], "target", action) or found
            if action in _ON_DECISIONS and any(t.lemma_.lower() in self._lexicon.words["deed"] for t, _ in words):
                if slot == "clause" and action == "convict":
                    doer = self._memory.recall_doer(words[0][0])
                    return [Party(doer.mention, "clause>deed")] if doer is not None and is_unlawful(words[0][0]) else []
                return find_affected(verb, found, [t for t, _ in words], self._parties, self._memory)
            if answers and found and all(self._is_thing(party) for party in found):
                answered = find_answered(verb, action, self._parties, self._memory)
                if answered:
                    return answered
            if action in _REPLIES and all(party.mention.kind in _UNNAMED for party in found):
                deeds = [token for token, _ in words if token.lemma_.lower() in self._lexicon.words["deed"]]
                decider = self._recall_decider(verb, deeds[0], passive) if deeds else None
                if decider is not None:
                    return [Party(decider.mention, f"{slot}>deed")]  # "called the decision absurd": whoever decided
            if action == "investigate" and found and all(self._is_matter(party) for party in found):
                implied = self._parties.implied.find_target(verb, None)
                found = self._parties.spread(implied) if implied is not None else found
            if action == "legislate" and slot == "obj" and found and all(p.mention.kind in _UNNAMED for p in found):
                found = [Party(p.mention, "told") for p in self._memory.recall_hit(words[0][0])] or found
            if action == "ban" and slot == "obj":
                found = self._parties.find_each(find_forbidden_words(verb), "target", action) or found
            if found:
                return found
        if answers and "clause-deed" not in frame.target:
            return find_answered(verb, action, self._parties, self._memory)
        if frame.complement == "dobj:@merger":  # "cleared the takeover": of whoever takes over
            implied = self._parties.implied.find_target(verb, None)
            return self._parties.spread(implied) if implied is not None else []
        if action in {"release", "settle"} and frame.target != ("favor",):
            return find_other_side(verb, action, passive, self._parties)
        return []


def _find_employer(workers: Token) -> Token:
    """The firm before its workers, of whom a court says what they are ("ruled that Acme drivers are employees")."""
    if workers.lemma_.lower() not in load_words("workforce"):
        return workers
    named = [child for child in workers.lefts if child.dep_ in {"compound", "poss"} and child.tag_ == "NNP"]
    return named[-1] if named else workers


def _find_site(page: Token) -> Token:
    """The name before a page or a channel ("on their Facebook page"), else the word itself."""
    owned = any(child.dep_ == "poss" for child in page.children) or page.lemma_.lower() in load_words("account")
    before = page.nbor(-1) if page.i else page
    return before if owned and before.dep_ == "compound" and before.head == page and before.tag_ == "NNP" else page


def _has_clause(frame: VerbFrame) -> bool:
    return any(slot.startswith("clause") for slot in frame.target)


def _says_enough(frame: VerbFrame, hints: tuple[str, ...]) -> bool:
    """Tell whether the clause below a verb of speech says what its frame is about.

    "X said that Y …" blames Y only for a wrong that it did, denies a decision only if it finds fault with it, and
    orders only what must be done.
    """
    blames = not {"clause:wrongdoing", "clause:reproach"}.isdisjoint(hints) and "clause:negated" not in hints
    if "clause-duty" in frame.target:
        return "clause:binding" in hints
    if frame.action == "convict" and frame.complement == "clause" and frame.lemma in load_words("finding"):
        return bool(hints)  # "found that its users like it": nothing is held against it
    if "clause-deed" in frame.target or (frame.action == "accuse" and frame.complement == "clause"):
        return blames
    return True
