"""Who owns what: "Alphabet's Google", "owned by ByteDance", "TikTok's parent ByteDance", "Google bought Waze"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from kg.extract.clauses import expand_list, find_agent_phrase, find_subjects
from kg.extract.facts.proposal import Proposal, cover
from kg.extract.facts.scene import BUSINESSES, Scene, agent_of, type_of
from kg.model.mention import Mention

_THINGS = BUSINESSES | {"Media"}
_OWNERS = _THINGS | {"Person", "CivilSociety"}
_OWNER_NOUNS = frozenset("parent owner maker developer operator creator publisher provider".split())
_UNIT_NOUNS = frozenset("unit arm division subsidiary offshoot spinoff spin-off affiliate brand".split())
_BUYING = frozenset("acquire buy purchase own operate run launch release develop make create belong".split())
_OWNING = frozenset("own develop launch create belong make run operate".split())
_DEALS = frozenset("acquisition purchase takeover buyout ownership".split())
_DEAL_WORDS = frozenset("acquire acquisition buy purchase takeover merger merge bid deal buyout".split())
_PARTICIPLES = frozenset("owned run operated developed controlled acquired".split())


class OwnerFinder:
    """Propose owners of platforms, products and companies."""

    def find(self, scene: Scene) -> Iterator[Proposal]:
        """Yield a proposal for each sign of ownership in a text."""
        for thing in scene.named:
            if thing.kind == "name" and type_of(thing) in _THINGS:
                yield from self._read_name(scene, thing)
        for token in scene.doc:
            lemma = token.lemma_.lower()
            if token.pos_ in {"NOUN", "PROPN"} and lemma in _OWNER_NOUNS:
                yield from self._read_owner_noun(scene, token)
            elif token.pos_ == "NOUN" and (lemma in _UNIT_NOUNS):
                yield from self._read_unit(scene, token)
            elif token.pos_ == "NOUN" and lemma in _DEALS:
                yield from self._read_deal(scene, token)
            elif token.lower_ in _PARTICIPLES and token.i >= 2 and token.nbor(-1).text == "-":
                yield from self._read_hyphenated(scene, token)
            elif token.pos_ == "VERB" and lemma in _BUYING:
                yield from self._read_verb(scene, token)
        yield from self._pair_known(scene)

    def _read_name(self, scene: Scene, thing: Mention) -> Iterator[Proposal]:
        """Look left of a name for a possessor ("Google's mobile system Android", "its Gmail", "Alphabet Google")."""
        doc = scene.doc
        index, gap = thing.first - 1, 0
        start = doc[thing.head].sent.start
        while index >= start and gap <= 6:
            token = doc[index]
            if token.tag_ == "PRP$":
                owner = scene.mention_of(index)
                if owner is not None:
                    yield from self._propose(scene, owner, [thing], "pronoun" if gap == 0 else "pronoun-noun")
                return
            if token.text in {"'s", "’s", "'", "’"} and index > 0:
                owner = scene.mention_of(index - 1)
                if owner is not None:
                    how = "possessive" if owner.kind == "name" else "possessive-referred"
                    yield from self._propose(scene, owner, [thing], how if gap == 0 else how + "-noun")
                return
            other = scene.at.get(index)
            if other is not None and other is not thing:
                if gap == 0 and other.kind == "name":
                    yield from self._propose(scene, other, [thing], "compound")
                elif gap == 1 and doc[index + 1].text == "/":
                    yield from self._propose(scene, other, [thing], "slash")
                return
            if (
                token.pos_ in {"VERB", "AUX", "ADP", "CCONJ", "PRON", "DET", "SCONJ"}
                and token.tag_ not in {"VBG", "VBN"}
                or token.is_punct
                and token.text not in {"-", ",", "“", '"', "/", "‘"}
            ):
                return
            gap += 1
            index -= 1

    def _read_owner_noun(self, scene: Scene, noun: Token) -> Iterator[Proposal]:
        """Read "TikTok's parent company ByteDance", "the owner of Wikipedia", "Replika developer Luka"."""
        doc, lemma = scene.doc, noun.lemma_.lower()
        top = noun
        if noun.i + 1 < len(doc) and doc[noun.i + 1].lower_ in {"company", "firm", "group", "corporation", "companies"}:
            top = doc[noun.i + 1]
        first = noun.i
        while (
            first > noun.sent.start
            and doc[first - 1].pos_ in {"ADJ", "NOUN"}
            and first - 1 not in scene.at
            and noun.i - first < 4
        ):
            first -= 1
        things: list[Mention | None] = []
        if first > 0:
            before = doc[first - 1]
            if before.text in {"'s", "’s"} and first > 1:
                things.append(scene.mention_of(first - 2))
            elif before.i in scene.at or before.tag_ == "PRP$":
                things.append(scene.mention_of(first - 1))
        if not any(things):
            index = top.i + 1
            if index < len(doc) and doc[index].lower_ in {"of", "behind"}:
                things += self._names_after(scene, index + 1, top.sent.end)
        owners: list[Mention | None] = []
        index = top.i + 1
        if index < len(doc) and doc[index].text == ",":
            index += 1
        if index < len(doc):
            owners.append(scene.at.get(index))
        if top.dep_ == "appos":
            owners.append(scene.at.get(top.head.i))
        owners += [scene.at.get(child.i) for child in top.children if child.dep_ == "appos"]
        if top.dep_ == "attr":
            owners += [scene.mention_of(subject) for subject, _ in find_subjects(top.head)]
        edge = top.left_edge.i
        if not any(owners) and edge >= 2 and doc[edge - 1].text in {",", "("}:
            owners.append(scene.at.get(edge - 2))
        found = [thing for thing in things if thing is not None]
        for owner in owners:
            if owner is not None and found and owner not in found:
                yield from self._propose(scene, owner, found, "noun:" + lemma, noun)
                return

    def _names_after(self, scene: Scene, first: int, end: int) -> list[Mention | None]:
        """The names that a list after this token holds."""
        doc, index = scene.doc, first
        found: list[Mention | None] = []
        while index < min(end, first + 24):
            mention = scene.at.get(index)
            if mention is not None and mention.kind == "name":
                found.append(mention)
                index = mention.last
                if not (index < len(doc) and (doc[index].text == "," or doc[index].lower_ in {"and", "or", "&"})):
                    break
            elif doc[index].pos_ in {"VERB", "AUX", "SCONJ", "PRON"} or doc[index].text in {".", ";", ")"}:
                break
            else:
                index += 1
        return found

    def _read_unit(self, scene: Scene, noun: Token) -> Iterator[Proposal]:
        """Read "Google, a unit of Alphabet", "its WhatsApp subsidiary", "Acme's subsidiary Beta"."""
        doc = scene.doc
        wholes: list[Mention | None] = []
        parts: list[Mention | None] = []
        for child in noun.children:
            if child.dep_ == "poss":
                wholes.append(scene.mention_of(child))
            elif child.dep_ == "prep" and child.lower_ == "of":
                wholes += [scene.mention_of(c) for c in child.children if c.dep_ == "pobj"]
            elif child.dep_ == "appos":
                parts += [scene.at.get(t.i) for t in expand_list(child)]
            elif child.dep_ in {"compound", "nmod"}:
                (parts if wholes else wholes).append(scene.at.get(child.i))
        if noun.dep_ == "appos":
            parts.append(scene.at.get(noun.head.i))
        if noun.i + 1 < len(doc):
            parts.append(scene.at.get(noun.i + 1))
        if noun.dep_ == "attr":
            parts += [scene.mention_of(subject) for subject, _ in find_subjects(noun.head)]
        owner = next((whole for whole in wholes if whole is not None), None)
        if owner is None and noun.i and (mention := scene.at.get(noun.i - 1)) is not None:
            owner = mention
        if owner is not None:
            yield from self._propose(scene, owner, [p for p in parts if p is not None and p is not owner], "unit", noun)

    def _read_deal(self, scene: Scene, noun: Token) -> Iterator[Proposal]:
        """Read "Google's acquisition of Waze", "the purchase of Waze by Google"."""
        doc = scene.doc
        bought: list[Mention | None] = []
        buyers: list[Mention | None] = []
        for child in noun.children:
            if child.dep_ == "poss":
                buyers.append(scene.mention_of(child))
            elif child.dep_ == "prep":
                for grandchild in child.children:
                    if grandchild.dep_ == "pobj" and child.lower_ in {"of", "including"}:
                        bought += self._names_after(scene, grandchild.left_edge.i, noun.sent.end)
                    elif grandchild.dep_ == "pobj" and child.lower_ == "by":
                        buyers.append(scene.mention_of(grandchild))
        if not bought and noun.i and (mention := scene.at.get(noun.i - 1)) is not None:
            bought.append(mention)  # "Google's Waze acquisition"
            if mention.first >= 2 and doc[mention.first - 1].text in {"'s", "’s"}:
                buyers.append(scene.mention_of(mention.first - 2))
        if not buyers and noun.dep_ == "dobj":
            buyers += [scene.mention_of(subject) for subject, _ in find_subjects(noun.head)]
        planned = any(child.lower_ in {"planned", "proposed", "attempted", "possible"} for child in noun.children)
        for buyer in buyers:
            if buyer is not None:
                how = "deal-planned" if planned else "deal"
                yield from self._propose(
                    scene, buyer, [b for b in bought if b is not None and b is not buyer], how, noun
                )

    def _read_hyphenated(self, scene: Scene, token: Token) -> Iterator[Proposal]:
        """Read "Google-owned YouTube"."""
        owner = scene.at.get(token.i - 2)
        if owner is not None:
            things = self._names_after(scene, token.i + 1, token.sent.end)[:1]
            yield from self._propose(scene, owner, [t for t in things if t is not None], "hyphen", token)

    def _read_verb(self, scene: Scene, verb: Token) -> Iterator[Proposal]:
        """Read "ByteDance, which owns TikTok", "TikTok, owned by ByteDance", "Google bought Waze in 2013"."""
        lemma, agent = verb.lemma_.lower(), find_agent_phrase(verb)
        if lemma == "belong":
            wholes = [
                scene.mention_of(t) for c in verb.children if c.lower_ == "to" for t in c.children if t.dep_ == "pobj"
            ]
            parts = [scene.mention_of(subject) for subject, _ in find_subjects(verb)]
            for whole in wholes:
                if whole is not None:
                    yield from self._propose(scene, whole, [p for p in parts if p is not None], "verb:belong", verb)
            return
        if agent is not None:
            owner = scene.mention_of(agent)
            if owner is None:  # "owned by China's ByteDance": the parser may take the state for the head
                owner = next((m for m in scene.names_between(verb.i + 1, verb.i + 5, _OWNERS)), None)
            things = [scene.mention_of(subject) for subject, _ in find_subjects(verb)]
            how = "passive"
        else:
            owner = next((scene.mention_of(subject) for subject, _ in find_subjects(verb)), None)
            things = [scene.at.get(t.i) for c in verb.children if c.dep_ == "dobj" for t in expand_list(c)]
            things += [
                scene.at.get(a.i) for c in verb.children if c.dep_ == "dobj" for a in c.children if a.dep_ == "appos"
            ]
            how = (
                "active"
                if verb.tag_ in {"VBD", "VBZ", "VBP"} or any(c.lower_ in {"has", "had", "have"} for c in verb.children)
                else "infinitive"
            )
        if owner is not None:
            found = [thing for thing in things if thing is not None and thing is not owner]
            yield from self._propose(scene, owner, found, f"verb:{lemma}-{how}", verb)

    def _pair_known(self, scene: Scene) -> Iterator[Proposal]:
        """Propose known owners of what the same sentence names; how the words hint at it decides what that is worth."""
        for sentence in scene.doc.sents:
            names = [m for m in scene.names_between(sentence.start, sentence.end, _OWNERS) if m.kind == "name"]
            by_id = {agent_of(m).id: m for m in reversed(names)}
            for thing in names:
                for owner_id in scene.owners_of(agent_of(thing)):
                    if owner_id in by_id:
                        owner = by_id[owner_id]
                        if self._find_sign(scene, owner, thing) == "bare":
                            continue
                        yield from self._propose(scene, owner, [thing], "known-" + self._find_sign(scene, owner, thing))

    def _find_sign(self, scene: Scene, owner: Mention, thing: Mention) -> str:
        """What in the words says that one owns the other: a pronoun, a noun, a verb, or nothing."""
        doc = scene.doc
        for index in range(thing.first - 1, max(thing.first - 8, 0), -1):
            token = doc[index]
            if token.tag_ == "PRP$" or token.lower_ == "respective":
                return "pronoun"
            if token.pos_ in {"VERB", "AUX", "ADP", "DET"} or token.text in {".", ";"}:
                break
        for index in (
            *range(owner.first - 1, max(owner.first - 5, -1), -1),
            *range(owner.last, min(owner.last + 5, len(doc))),
        ):
            token = doc[index]
            lemma = token.lemma_.lower()
            if lemma in _OWNER_NOUNS or lemma == "company" and index and doc[index - 1].text in {"'s", "’s", "its"}:
                return "noun"
            if token.pos_ in {"VERB", "AUX", "ADP"} or token.is_punct and token.text != ",":
                break
        first, last = sorted((owner, thing), key=lambda m: m.first)
        if any(t.lemma_.lower() in _OWNING and t.pos_ == "VERB" for t in doc[first.last : last.first]):
            return "verb"
        return "bare"

    def _propose(
        self, scene: Scene, owner: Mention, things: Iterable[Mention], how: str, word: Token | None = None
    ) -> Iterator[Proposal]:
        if type_of(owner) not in _OWNERS:
            if type_of(owner) != "Government" or not how.startswith(("hyphen", "verb:own")):
                return
        for thing in things:
            one, other = agent_of(owner), agent_of(thing)
            if other.type not in _THINGS or one.id == other.id:
                continue
            hints = [
                f"types:{one.type}+{other.type}",
                f"how+types:{how}+{one.type}+{other.type}",
                f"thing-known:{scene.is_known(other)}",
            ]
            if scene.is_known(other):
                owners = list(scene.owners_of(other))
                hints.append("kb:owner" if one.id in owners else "kb:other-owner" if owners else "kb:no-owner")
            if word is not None:
                hints.append(f"word:{word.lemma_.lower()}")
            hints += _describe_pair(scene, owner, thing)
            yield Proposal("owns", one, other, None, cover(owner, thing), how, tuple(hints))


def _describe_pair(scene: Scene, owner: Mention, thing: Mention) -> list[str]:
    """How two names stand to each other: how far apart, listed together, amid talk of a deal, one within the other."""
    doc = scene.doc
    first, last = (owner, thing) if owner.first < thing.first else (thing, owner)
    between = doc[first.last : last.first]
    hints = [f"order:{'owner' if first is owner else 'thing'}", f"gap:{min(len(between), 12) // 3}"]
    if all(t.text in {",", "/", "&", "("} or t.lower_ in {"and", "or"} or t.i in scene.at for t in between):
        hints.append("listed")
    if any(t.lemma_.lower() in _DEAL_WORDS for t in doc[first.first].sent):
        hints.append("deal-talk")
    if thing.last < len(doc) and doc[thing.last].pos_ == "NOUN":
        hints.append("next:deal" if doc[thing.last].lemma_.lower() in _DEAL_WORDS else "next:noun")
    if agent_of(owner).name.lower() in agent_of(thing).name.lower():
        hints.append("named-after")
    return hints
