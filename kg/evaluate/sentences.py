"""Find the sentence of a text that a gold event most likely rests on; for readers of a report, not for scoring."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.evaluate.gold import GoldDocument, GoldEvent
from kg.model.claim import Span

# A full stop after a title, an initial or inside an abbreviation ends no sentence.
_END = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bNo)(?<!\bvs)(?<!\bArt)(?<!\bU\.S)(?<!\b[A-Z])[.!?][\"”’')\]]*(?=\s)|\n\s*\n"
)
_STEM = 5  # letters of an action's name that its inflected forms and nouns keep


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


def _mentions(sentence: str, names: tuple[str, ...]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence, re.IGNORECASE) for name in names if name)


def find_sentence(gold: GoldDocument, event: GoldEvent, text: str) -> Span | None:
    """Find the sentence that names the event's parties, its trigger, verb or amount; None where none names anything."""
    parties = [
        [*(alias for name in names for alias in gold.find_aliases(name)), *([mention] if mention else [])]
        for names, mention in ((event.actor, event.actor_mention), (event.target, event.target_mention))
    ]
    stem = event.action[:_STEM] if event.action != "arrest" else "arrest"
    digits = f"{event.amount:g}".rstrip("0").rstrip(".") if event.amount else ""
    best: tuple[int, Span] | None = None
    for sentence in split_sentences(text):
        words = sentence.text.casefold()
        rank = sum(2 for names in parties if _mentions(sentence.text, tuple(names)))
        rank += 3 * bool(event.trigger and event.trigger.casefold() in words)
        rank += 2 * bool(re.search(rf"\b{re.escape(stem)}", words))
        rank += 1 * bool(digits and digits in words.replace(",", ""))
        if rank and (best is None or rank > best[0]):
            best = (rank, sentence)
    return best[1] if best else None
