"""Copies of one text are found, and nothing else is."""

from __future__ import annotations

import random
import tracemalloc

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document
from kg.sources import CopyGrouper, group_copies

_WORDS = [
    *("regulator", "court", "platform", "company", "minister", "fine", "inquiry", "law", "users", "content", "order"),
    *("appeal", "spokesman", "statement", "million", "data", "privacy", "market", "service", "messages", "channel"),
    *("children", "country", "government", "decision", "rules", "breach", "evidence", "judge", "request", "network"),
]


def _tell_story(seed: int, words: int = 300) -> str:
    source = random.Random(seed)
    return " ".join(source.choice(_WORDS) + str(source.randrange(20)) * (source.random() < 0.2) for _ in range(words))


def _group(**texts: str) -> dict[str, str]:
    return group_copies(Document(id, text) for id, text in texts.items())


def test_copies_of_an_article_are_one_group() -> None:
    """Another headline, another place line and a sentence less make no other article."""
    story = _tell_story(1)
    edited = "BERLIN (Example Agency) - " + story[:-120].replace("minister", "Minister")
    assert _group(b=story, a=f"A headline\n\n{story}", c=edited, d=_tell_story(2)) == {"a": "a", "b": "a", "c": "a"}


def test_copies_of_a_line_must_say_the_same() -> None:
    """One-line items are copies if their words are the same; case and punctuation do not count."""
    first = "Germany fines Telegram 5 million euros for failing to offer a channel for complaints."
    assert _group(a=first, b=first.upper().replace(".", " !")) == {"a": "a", "b": "a"}
    assert _group(a=first, b=first.replace("5", "6")) == {}
    assert _group(a=first, b=first.replace("Germany", "Austria")) == {}


def test_copies_of_a_notice_must_name_the_same_amounts() -> None:
    """Notices of one form that differ in a number are two notices."""
    notice = _tell_story(3, 120)
    assert _group(a=f"The fine is 5000 euros. {notice}", b=f"The fine is 6000 euros. {notice}") == {}
    assert set(_group(a=f"The fine is 5000 euros. {notice}", b=f"A fine of 5000 euros. {notice}")) == {"a", "b"}


def test_copies_of_copies_are_in_the_group() -> None:
    """A chain of small edits is one group, named by its least id."""
    words = _tell_story(4, 400).split()
    versions = {f"v{step}": " ".join(_tell_story(99, 20 * step).split() + words[20 * step :]) for step in range(5)}
    assert _group(**versions) == dict.fromkeys(versions, "v0")
    assert _group(first=versions["v0"], last=versions["v4"]) == {}


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(12)))
def test_copies_do_not_depend_on_order(order: list[int]) -> None:
    """Documents in any order give the same groups."""
    texts = [_tell_story(number % 4, 250) + f" version{number // 4}" for number in range(12)]
    groups = group_copies(Document(f"d{number:02}", texts[number]) for number in order)
    assert groups == {f"d{number:02}": f"d{number % 4:02}" for number in range(12)}


def _measure(items: int) -> int:
    tracemalloc.start()
    grouper = CopyGrouper()
    for number in range(items):
        grouper.add(Document(f"item-{number}", f"On day {number} regulator {number} fined platform {number * 7}."))
    assert grouper.groups() == {}
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return used


def test_copies_keep_little_of_each_item() -> None:
    """10,000 one-line items cost less than 10 MB more than 1,000."""
    assert _measure(10_000) - _measure(1_000) < 10_000_000


def test_copies_keep_little_of_each_article() -> None:
    """An article costs less than a kilobyte."""
    stories = [Document(f"story-{number}", _tell_story(number, 80)) for number in range(300)]
    grouper = CopyGrouper()
    grouper.add(stories[0])
    tracemalloc.start()
    for story in stories[1:]:
        grouper.add(story)
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert used < 300 * 1000
