"""What one text has mentioned so far, and which of it a reference goes back to.

Antecedents are ranked by type, number, distance and grammatical role, after Lappin and Leass (1994).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from spacy.tokens import Doc, Span, Token

from kg.kb.lexicon import load_words
from kg.model.mention import Mention
from kg.normalize.numbers import read_count

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
THING_PRONOUNS = frozenset({"it", "its"})
BUSINESSES = frozenset({"Platform", "Company"})
_OWN_VOICE = frozenset({"i", "we"})
_SPEECH_REACH = 2  # sentences
_QUOTE_REACH = 90  # tokens
_MEMORY = 60  # mentions
_LIST_REACH = 6  # sentences
_PLACE_REACH = 4


class History:
    """The mentions of one text, and those before the word that is being read.

    Attributes
    ----------
    at_token
        The named mentions by the index of each of their tokens.
    mentions
        All mentions found so far by the index of their head.
    counts
        How often the whole text names an agent, by id.
    """

    def __init__(self, doc: Doc, named: list[Mention]) -> None:
        self.doc = doc
        self.at_token = {index: mention for mention in named for index in range(mention.first, mention.last)}
        self.mentions: dict[int, Mention] = {}
        self.counts: Counter[str] = Counter(m.agent.id for m in named if m.agent)
        self._past: list[Mention] = []
        self._sentence_of: list[int] = []
        for number, sentence in enumerate(doc.sents):
            self._sentence_of += [number] * len(sentence)
        self._main_country = _find_main_country(named)

    def add(self, mention: Mention, token: Token) -> None:
        """Take note of the mention whose head a token is."""
        self.mentions[token.i] = mention
        if mention.agent is not None and mention.kind != "adjective":
            self._past.append(mention)

    def find(self, token: Token) -> Mention | None:
        """The mention that a token is in by name, or that it is the head of."""
        return self.at_token.get(token.i) or self.mentions.get(token.i)

    def find_antecedent(
        self,
        token: Token,
        fits: Callable[[Mention], bool],
        *,
        reach: int,
        plural: bool = False,
        type_: str = "",
        likely: frozenset[str] = frozenset(),
    ) -> Mention | None:
        """Find what a word refers back to.

        Parameters
        ----------
        token
            The word.
        fits
            Tells whether a mention may be meant.
        reach
            How many sentences back to look.
        plural, type_
            A mention of this number and of this type is preferred.
        likely
            So is a mention of one of these types.
        """
        here = self._sentence_of[token.i]
        governor = token.head
        is_object = token.dep_ in {"dobj", "pobj", "dative"}
        is_thing = token.lower_ in THING_PRONOUNS
        doer = self.find_doer(token) if is_object and token.pos_ == "NOUN" else None
        best: tuple[float, Mention] | None = None
        for mention in reversed(self._past[-_MEMORY:]):
            distance = here - self._sentence_of[mention.head]
            if distance > reach:
                break
            if mention.agent is None or mention.last > token.i or not fits(mention):
                continue
            head = self.doc[mention.head]
            is_subject = head.dep_ in SUBJECTS
            if is_object and is_subject and head.head == governor:
                continue  # "X sued it": a subject is not its own object
            if doer is not None and mention.agent == doer.agent:
                continue  # nor is whom the subject means ("It sued the company")
            score = -2.0 * distance - 0.02 * (token.i - mention.head)
            embedded = is_subject and head.head.dep_ in {"relcl", "acl", "advcl"}
            score += (1.5 - 0.75 * embedded) * is_subject + 0.25 * min(self.counts[mention.agent.id], 6)
            score += 0.5 * (mention.kind == "name") - 1.0 * (
                (is_thing or plural) and mention.agent.type in {"Media", "Government"}
            )
            score += (
                1.5 * (mention.type == type_ or mention.type in likely)
                + 1.0 * ((mention.plural or (plural and self.is_listed(mention))) == plural)
                - 1.5 * (head.dep_ in {"compound", "nmod", "amod"})
            )
            if best is None or score > best[0]:
                best = (score, mention)
        return best[1] if best else None

    def find_doer(self, token: Token) -> Mention | None:
        """Find whom the subject of the verb means whose object a word is."""
        verb = token.head.head if token.dep_ == "pobj" else token.head
        if verb.pos_ != "VERB":
            return None
        return next((self.find(child) for child in verb.children if child.dep_ == "nsubj"), None)

    def is_listed(self, mention: Mention) -> bool:
        """Tell whether a name is one of several that are told together ("Ann Lee and Bo Kim")."""
        head = self.doc[mention.head]
        others = [child for child in head.children if child.dep_ == "conj"]
        if head.dep_ == "conj":
            others.append(head.head)
        found = (self.find(other) for other in others)
        return any(other is not None and other.type == mention.type for other in found)

    def find_speaker(self, token: Token) -> Mention | None:
        """Find who says the sentence that a word stands in: the subject of its verb of saying, else who spoke last."""
        for sentence in _sentences_back(token, _SPEECH_REACH):
            if sentence.start == token.sent.start and not _is_quoted(token):
                return None
            for verb in sentence:
                if verb.pos_ != "VERB" or verb.lemma_ not in load_words("speech"):
                    continue
                for child in verb.children:
                    mention = self.find(child) if child.dep_ == "nsubj" and child.lower_ not in _OWN_VOICE else None
                    if mention is not None and mention.agent is not None:
                        return mention
        return None

    def find_coordinated(self, token: Token) -> Mention | None:
        """Find the last name in a list of companies or platforms, of as many as are counted ("the two companies")."""
        number = next((read_count(c.lower_) for c in token.lefts if c.dep_ == "nummod"), 0)
        if token.lower_ == "both" or any(child.lower_ == "both" for child in token.lefts):
            number = 2
        here = self._sentence_of[token.i]
        for mention in reversed(self._past[-_MEMORY:]):
            if here - self._sentence_of[mention.head] > _LIST_REACH:
                break
            if mention.kind != "name" or mention.type not in BUSINESSES:
                continue
            head = self.doc[mention.head]
            listed = head.dep_ == "conj" or any(child.dep_ == "conj" for child in head.children)
            if listed and number in (0, self._count_listed(head)):
                return mention
        return None

    def _count_listed(self, head: Token) -> int:
        """How many members the list has that a name is in."""
        while head.dep_ == "conj":
            head = head.head
        members, queue = 0, [head]
        while queue:
            word = queue.pop()
            members += 1
            queue += [child for child in word.children if child.dep_ == "conj"]
        return members

    def find_later(self, bears: Callable[[Mention], bool]) -> Mention | None:
        """Find the one body that the text names further down, as a headline is short for it."""
        found = {m.agent.id: m for m in self.at_token.values() if m.kind == "name" and m.agent is not None and bears(m)}
        return next(iter(found.values())) if len(found) == 1 else None

    def find_scene(self, token: Token) -> Mention | None:
        """Find the place that a sentence is set in by its first words ("In Kenya, a court …")."""
        start = token.sent.start
        while start < token.i and self.doc[start].is_space:
            start += 1
        if self.doc[start].lower_ != "in":
            return None
        for index in range(start + 1, min(start + 4, token.i)):
            mention = self.at_token.get(index)
            if mention is not None and mention.agent is not None:
                return mention if mention.agent.type == "Government" else None
        return None

    def find_place(self, token: Token) -> Mention | None:
        """Find the country whose authorities an unnamed institution is likely to be.

        The one of this sentence, else the latest, else the one that the text names most.
        """
        sentence = token.sent
        for index in (*range(token.i + 1, sentence.end), *range(token.i - 1, sentence.start - 1, -1)):
            mention = self.at_token.get(index)
            if (
                mention is not None
                and mention.agent is not None
                and mention.agent.type == "Government"
                and not _is_topic(self.doc[mention.head])
                and not _is_acted_on(self.doc[mention.head], token)
                and not is_passed(mention, self.doc)
            ):
                return mention
        here = self._sentence_of[token.i]
        for mention in reversed(self._past):
            if mention.agent and mention.agent.type == "Government" and not is_passed(mention, self.doc):
                if here - self._sentence_of[mention.head] > _PLACE_REACH:
                    break
                return mention
        return self._main_country


def _is_topic(token: Token) -> bool:
    """Tell whether a place is what another noun is about ("articles on the war in Ukraine"), not where one acts."""
    preposition = token.head
    return token.dep_ == "pobj" and preposition.head.pos_ == "NOUN" and preposition.head.dep_ == "pobj"


def is_passed(mention: Mention, doc: Doc) -> bool:
    """Tell whether a place is only where somebody goes or comes from, or an echo of another mention."""
    head = doc[mention.head]
    return mention.kind == "pronoun" or (head.dep_ == "pobj" and head.head.lower_ in {"to", "from", "near", "via"})


def _is_acted_on(place: Token, body: Token) -> bool:
    """Tell whether a court's verb has the place among its objects ("a judge blocked Montana's ban on the app")."""
    if body.dep_ not in SUBJECTS or body.lemma_.lower() not in load_words("judging"):
        return False
    top = place.head if place.dep_ == "poss" else place
    return top.dep_ in {"dobj", "dative"} and top.head == body.head


def _sentences_back(token: Token, reach: int) -> list[Span]:
    """The sentence of a word and those before it, nearest first."""
    sentences, sentence = [token.sent], token.sent
    while sentence.start > 0 and len(sentences) <= reach:
        sentence = token.doc[sentence.start - 1].sent
        sentences.append(sentence)
    return sentences


def _is_quoted(token: Token) -> bool:
    """Tell whether a word stands within quotation marks, by their number before it in its paragraph."""
    marks = 0
    for index in range(token.i - 1, max(-1, token.i - _QUOTE_REACH), -1):
        text = token.doc[index].text
        if "\n" in text:
            break
        if text == "”":
            return False
        if text == "“":
            return True
        marks += text == '"'
    return marks % 2 == 1


def _find_main_country(named: list[Mention]) -> Mention | None:
    """The first mention of the government or region named most."""
    governments = [(m, m.agent.id) for m in named if m.agent and m.agent.type == "Government"]
    counts = Counter(agent_id for _, agent_id in governments)
    if not counts:
        return None
    top = max(counts.values())
    return next(mention for mention, agent_id in governments if counts[agent_id] == top)
