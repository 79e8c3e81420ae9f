"""Find the sentence of a text that a gold event most likely rests on; for readers of a report, not for scoring."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.evaluate.gold import GoldDocument, GoldEvent
from kg.kb.lexicon import load_lexicon
from kg.model.claim import Span

# A full stop after a title, an initial or inside an abbreviation ends no sentence.
_END = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bNo)(?<!\bvs)(?<!\bArt)(?<!\bU\.S)(?<!\b[A-Z])[.!?][\"”’')\]]*(?=\s)|\n\s*\n"
)
_PRONOUN = re.compile(r"\b(it|its|he|his|she|her|they|their|who|which)\b", re.IGNORECASE)
_SAME_END = re.compile(r"[ey]$")
_LONG = 5  # letters of a stem that may be followed by any ending ("investigat-"); a shorter one is a word of its own


def split_sentences(text: str) -> Iterator[Span]:
    """Split a text at sentence ends and blank lines; roughly, and without a model."""
    start = 0
    for border in [*(match.end() for match in _END.finditer(text)), len(text)]:
        sentence = text[start:border]
        stripped = sentence.strip()
        if stripped:
            offset = start + len(sentence) - len(sentence.lstrip())
            yield Span(offset, offset + len(stripped), stripped)
        start = border


@cache
def _compile_trigger(action: str, is_sole: bool) -> re.Pattern[str]:
    """Match the forms of the verbs and nouns that tell this action; only those that tell no other where ``is_sole``."""
    lexicon = load_lexicon()
    told: dict[str, set[str]] = {}
    for verb in (frame for frames in lexicon.verbs.values() for frame in frames):
        told.setdefault(verb.lemma, set()).add(verb.action)
    for noun in (frame for frames in lexicon.nouns.values() for frame in frames):
        told.setdefault(noun.lemma, set()).add(noun.action)
    forms = []
    wanted = {lemma for lemma, actions in told.items() if action in actions and (len(actions) == 1 or not is_sole)}
    for lemma in sorted(wanted | {action}):
        stem = re.escape(_SAME_END.sub("", lemma))
        forms.append(stem + (r"\w{0,5}" if len(stem) >= _LONG else r"(?:\w?(?:e|es|ed|ing)|y|s|ies|ied)?"))
    return re.compile(rf"\b(?:{'|'.join(forms)})\b", re.IGNORECASE)


def _rank_party(gold: GoldDocument, names: tuple[str, ...], mention: str | None, sentence: str) -> int:
    """Rank how a sentence names a party: as annotated, by its best name, another, by a pronoun, or not at all."""
    if mention and _names(sentence, (mention,)):
        return 5
    for place, name in enumerate(names):
        if _names(sentence, gold.find_aliases(name)):
            return 3 if place else 4
    return 1 if _PRONOUN.search(sentence) else 0


def _names(sentence: str, names: tuple[str, ...]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence, re.IGNORECASE) for name in names if name)


def find_sentence(gold: GoldDocument, event: GoldEvent, text: str) -> Span | None:
    """Find the sentence that best names the event's parties, its trigger, a verb of its action, or its amount.

    The likeliest one, not a proof. None where no sentence names anything of it.
    """
    digits = f"{event.amount:.0f}".rstrip("0") if event.amount else ""
    best: tuple[int, Span] | None = None
    for sentence in split_sentences(text):
        words = sentence.text
        rank = _rank_party(gold, event.actor, event.actor_mention, words)
        rank += _rank_party(gold, event.target, event.target_mention, words)
        rank += 20 * bool(event.trigger and event.trigger.casefold() in words.casefold())
        rank += sum(2 * bool(_compile_trigger(event.action, is_sole).search(words)) for is_sole in (True, False))
        rank += 4 * bool(digits and digits in re.sub(r"[.,](?=\d)", "", words))
        # Where both tell it, the sentence of the body says more than the headline.
        rank -= rank > 1 and not re.search(r"[.!?:;][\"”’')\]]*$", words)
        if rank > 1 and (best is None or rank > best[0]):
            best = (rank, sentence)
    return best[1] if best else None
