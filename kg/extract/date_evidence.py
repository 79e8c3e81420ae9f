"""What speaks for a date to be an action's: the dates of its sentence, of the lead, and the day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract.clause_time import VERBAL, find_heads, find_told_words, is_modified_by, read_tense
from kg.extract.elapsed import find_clause_beside, find_undoing, find_when, shift
from kg.extract.layout import Layout
from kg.extract.spans_of_time import find_same, find_spans
from kg.model import PartialDate
from kg.normalize.dates import find_dates

_PREPOSITIONS = frozenset(
    {
        *("in", "on", "since", "by", "until", "till", "before", "after", "from", "through", "between", "during", "of"),
        *(",", "(", "last", "this", "for", "to", "and", "the", "a"),
    }
)
_RELATIVE = frozenset(
    {
        *("last", "this", "next", "today", "yesterday", "tomorrow", "tonight", "earlier", "later", "early", "late"),
        *("mid", "a", "one", "two", "three"),
    }
)
_HEDGES = frozenset({"early", "late", "mid", "-", "than", "more", "about", "nearly"})
_FULL = 10  # the length of a full day
_APART = 9  # the level of a date that hangs on none of the action's words
_DATELINE_END = re.compile(r"\s?(?:\([A-Z][\w ]{1,20}\)|\[[A-Z]|[—–-] ?[A-Z]|/[A-Z])")  # "MILAN, May 19 (Reuters) -"
_NEARBY = 45  # tokens: how far before its sentence a date may still be an action's


@dataclass(frozen=True, slots=True)
class _Told:
    """A date, its head token and the word before it."""

    token: Token
    first: int
    end: int
    date: PartialDate
    before: str
    words: str


@dataclass(frozen=True, slots=True)
class Telling:
    """Where a text tells an action again: its trigger and light verb, and whether by the same actor."""

    trigger: Token
    light_verb: Token | None
    same_actor: bool


@dataclass(frozen=True, slots=True)
class _Scene:
    """An action as the search for its date sees it."""

    trigger: Token
    heads: list[Token]
    action: str
    status: str
    place: str
    tense: str

    def find_level(self, told: _Told) -> int:
        """Which of the heads a date hangs on, 0 the trigger itself; 9 if on none."""
        for level, head in enumerate(self.heads[:5]):
            if is_modified_by(head, told.token):
                return level
        return _APART


class DateEvidence:
    """The dates in one text, and how each of them stands to a word that tells an action."""

    def __init__(self, doc: Doc, published: PartialDate | None) -> None:
        self._layout = Layout(doc)
        self._published = published
        self._text = doc.text  # spaCy joins it anew each time it is asked for
        self._dates = list(self._find(doc))
        lead = [told for told in self._dates if self._layout.title_end <= told.first < self._layout.lead_end]
        self._lead = lead[0] if lead else None
        self._is_dateline = self._lead is not None and _DATELINE_END.match(self._text[self._lead.end :]) is not None

    def _find(self, doc: Doc) -> Iterator[_Told]:
        told = [*find_dates(self._text, self._published)]
        told += [*find_spans(self._text, self._published), *find_same(self._text, told)]
        for mention in sorted(told, key=lambda mention: (mention.start, mention.end)):
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is None:
                continue
            before = doc[span.start - 1].lower_ if span.start else ""
            if before in _HEDGES and span.start > 1:
                before = doc[span.start - 2].lower_
            words = self._text[mention.start : mention.end].lower()
            yield _Told(span.root, span.start, mention.end, mention.date, before, words)

    def describe(
        self,
        trigger: Token,
        action: str,
        status: str,
        light_verb: Token | None,
        tellings: Sequence[Telling] = (),
    ) -> dict[PartialDate, list[str]]:
        """Return the dates that may be the action's, each with the features that speak for or against it.

        Parameters
        ----------
        trigger, light_verb
            The word that tells the action and the verb that lends it its arguments, if any.
        action, status
            The action's type and status.
        tellings
            What else in the text tells an action of this type against the same target.
        """
        start, end = self._layout.find_line(trigger)
        heads = find_heads(trigger, light_verb, action)
        scene = _Scene(trigger, heads, action, status, self._layout.locate(trigger), read_tense(heads))
        here = [told for told in self._dates if start <= told.first < end]
        found: dict[PartialDate, list[str]] = {}
        for told in here:
            found.setdefault(told.date, []).extend(self._describe_told(told, scene, len(here)))
        for told, name in self._find_near(start, scene.place) if not here else ():
            features = found.setdefault(told.date, [])
            features += [name, f"{name}|{scene.place}|{scene.tense}", f"{name}|{len(told.date.iso)}"]
            features += [f"{name}|{status}", f"{name}|{action}"]
        for told in self._find_told_again(trigger, start, end):
            features = found.setdefault(told.date, [])
            features += ["again", f"again|{scene.place}", f"again|{len(told.date.iso)}", f"again|{bool(here)}"]
        dated = False
        for date, features in self._describe_tellings(scene, tellings, (start, end), bool(here)):
            dated = True
            found.setdefault(date, []).extend(features)
        if self._published is not None and len(self._published.iso) == _FULL:
            beside = "with" if any(scene.find_level(told) < _APART for told in here) else "some" if here else "none"
            for name, size in (("published-day", _FULL), ("published-month", 7), ("published-year", 4)):
                date = PartialDate(self._published.iso[:size])
                features = found.setdefault(date, [])
                features.extend(self._describe_published(name, scene, beside))
                features.append(f"{name}|telling-dated={dated}|{beside}")
        return found

    def find_elapsed(self, trigger: Token) -> tuple[set[PartialDate], PartialDate | None]:
        """Find the dates of what else a trigger's sentence tells, and the trigger's own where it is reckoned from one.

        That is what its clause stands before or after, and what undoes it ("lifted the ban on Tuesday").
        """
        opener = find_when(trigger)
        if opener is not None:  # "the largest was that of May 2023, when Ireland fined Acme"
            before = [told.date for told in self._dates if 0 <= opener.idx - told.end <= len(", ")]
            if len(before) == 1:
                return set(), before[0]
        beside = find_clause_beside(trigger)
        if beside is None:
            undoing = find_undoing(trigger)
            return (set() if undoing is None else self.find_dates_of([undoing])), None
        verb, side = beside
        others = self.find_dates_of([verb])
        reckoned = {shift(date, trigger, side) for date in others} - {None}
        return others, reckoned.pop() if len(reckoned) == 1 else None

    def find_dates_of(self, words: Sequence[Token]) -> set[PartialDate]:
        """Find the dates that hang on any of some words."""
        return {told.date for told in self._dates if any(is_modified_by(word, told.token) for word in words)}

    def _describe_tellings(
        self, scene: _Scene, tellings: Sequence[Telling], line: tuple[int, int], dated: bool
    ) -> Iterator[tuple[PartialDate, list[str]]]:
        """Yield the dates of the sentences that tell the action again."""
        seen = set()
        for telling in tellings:
            other, kind = telling.trigger, "telling" if telling.same_actor else "rival"
            start, end = self._layout.find_line(other)
            if (start, end) == line:
                continue
            heads = find_heads(other, telling.light_verb, scene.action)
            again = _Scene(other, heads, scene.action, scene.status, self._layout.locate(other), read_tense(heads))
            for told in self._dates:
                if not start <= told.first < end or (told.first, other.i) in seen:
                    continue
                seen.add((told.first, other.i))
                level = min(again.find_level(told), 4)
                before = told.before if told.before in _PREPOSITIONS else "other"
                yield (
                    told.date,
                    [
                        *(kind, f"{kind}-level={level}", f"{kind}-level={level}|{scene.place}>{again.place}"),
                        *(f"{kind}-level={level}|{dated}", f"{kind}-size={len(told.date.iso)}|{min(level, 1)}"),
                        f"{kind}-before={before}|{min(level, 2)}",
                    ],
                )

    def _describe_published(self, name: str, scene: _Scene, beside: str) -> Iterator[str]:
        """What speaks for the day or the month of publication: news tells in the present what happened on its day."""
        place, tense, last = scene.place, scene.tense, scene.heads[-1]
        depth = "root" if last.dep_ == "ROOT" else last.dep_
        kind = "verb" if scene.trigger.pos_ in VERBAL else "noun"
        yield name
        yield f"{name}|{place}"
        yield f"{name}|{scene.status}"
        yield f"{name}|{beside}"
        yield f"{name}|{place}|{tense}"
        yield f"{name}|{place}|{'lead' if self._lead is not None else 'undated'}"
        yield f"{name}|{place}|{scene.action}"
        yield f"{name}|{place}|{depth}"
        yield f"{name}|{place}|{scene.status}|{beside}"
        yield f"{name}|{kind}|{place}|{depth}|{tense}"

    def _describe_told(self, told: _Told, scene: _Scene, count: int) -> Iterator[str]:
        """How a date of the action's own line stands to it."""
        trigger, level, size = scene.trigger, scene.find_level(told), len(told.date.iso)
        side = "before" if told.first < trigger.i else "after"
        gap = abs(told.first - trigger.i)
        near = 0 if gap <= 2 else 1 if gap <= 5 else 2 if gap <= 10 else 3 if gap <= 20 else 4
        before = told.before if told.before in _PREPOSITIONS else "other"
        opener = told.words.split()[0]
        yield "told"
        yield f"told-level={level}"
        yield f"told-level={level}|{size}"
        yield f"told-level={level}|{trigger.pos_}"
        yield f"told-level={level}|gap={near}"
        yield f"told-before={before}"
        yield f"told-before={before}|level={min(level, 3)}"
        yield f"told-size={size}"
        yield f"told-side={side}|gap={near}"
        yield f"told-only={count == 1}|level={level}"
        yield f"told-status={scene.status}|level={min(level, 3)}"
        yield f"told-tense={scene.tense}|level={min(level, 3)}"
        yield f"told-words={opener if opener in _RELATIVE else 'absolute'}|{size}"
        if self._published is not None:
            later = told.date.iso[: len(self._published.iso)] > self._published.iso[: len(told.date.iso)]
            yield f"told-future={later}|{scene.status}"
        if level == _APART:
            between = trigger.doc[min(told.first, trigger.i) + 1 : max(told.first, trigger.i)]
            verbs = sum(token.pos_ == "VERB" for token in between)
            yield f"told-verbs-between={min(verbs, 2)}|{side}"

    def _find_told_again(self, trigger: Token, start: int, end: int) -> Iterator[_Told]:
        """The dates of the same word elsewhere: a text tells its main action more than once, mostly dated once."""
        word = trigger.lemma_.lower()[:5]
        for told in self._dates:
            if not start <= told.first < end and any(
                head.lemma_.lower()[:5] == word for head in find_told_words(told.token)
            ):
                yield told

    def _find_near(self, start: int, place: str) -> Iterator[tuple[_Told, str]]:
        """The date of the sentence before, and that of the lead for what the headline or the lead tells."""
        previous = [told for told in self._dates if start - _NEARBY <= told.first < start]
        if previous and place != "title":
            yield previous[-1], "previous"
        if self._lead is not None:
            name = "dateline" if self._is_dateline else "lead"
            yield self._lead, name if place in {"title", "lead"} else f"{name}-of-text"
