"""What stands around an article goes out, and no sentence of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.model import Document
from kg.sources import read_documents
from kg.sources.boilerplate import drop_boilerplate, find_boilerplate, load_boilerplate

_ROWS = load_boilerplate()


@pytest.mark.parametrize("row", _ROWS, ids=[row.pattern.pattern[:30] for row in _ROWS])
def test_boilerplate_pattern_takes_its_example_out(row: object) -> None:
    """Each row of the table matches the example beside it."""
    from kg.sources.boilerplate import Boilerplate

    assert isinstance(row, Boilerplate)
    kept = drop_boilerplate(f"A court ruled.\n\n{row.example}\n\nThe firm appealed.")
    if row.kind == "phrase":
        assert row.pattern.search(row.example)
        assert row.pattern.search(kept) is None
    else:
        assert row.matches(row.example, row.example.count(" ") + 1)
        assert kept == "A court ruled.\n\nThe firm appealed."


@pytest.mark.parametrize(
    "line",
    [
        "Shares of the company fell after the fine.",
        "Telegram was fined in Germany.",
        "Facebook, Twitter and Telegram were blocked in Exampleland on Friday.",
        "Related services of the company were also suspended.",
        "Read the ruling, said the minister, and you will see why we banned the app.",
        "Disclaimers on the site misled users, the court found.",
        "Advertising on the platform was banned in March.",
        "The app must download the list of banned words, the regulator said.",
        "Subscribers of the channel were arrested.",
        "Cookies were set without consent, so the CNIL fined the company 60 million euros.",
        "Copyright holders sued the platform in Milan.",
        "Updated rules oblige platforms to remove illegal content within a day.",
        "Published data show that the regulator opened 12 cases.",
        "Menlo Park rejected the accusation.",
        "More than 40 states sued the company in October.",
        "More from the ruling: the judge called the practice illegal.",
        "This page of the platform was blocked by order of the court.",
        "The views of the commission prevailed in court.",
        "Home Office minister urges platform to act.",
        "Sign-up pages for minors must go, the regulator ordered.",
        "Watchdog fines platform",
        "Photo app banned in Exampleland",
        "Image rights: court rules against platform in Samplestan case over deepfakes",
        "Posted content must be removed within 24 hours under the new law.",
        "Join forces against the platforms, commissioner tells EU states.",
        "Contact us, the police told victims of the platform's fraud ring.",
        "To read messages, police broke into the platform's servers.",
        "Enable end-to-end encryption and be banned, the bill says.",
    ],
)
def test_boilerplate_keeps_what_is_news(line: str) -> None:
    """A sentence or a headline stays, also if it begins as boilerplate does."""
    assert list(find_boilerplate([line], _ROWS)) == []


def test_boilerplate_drops_teasers_that_the_text_repeats() -> None:
    """A lead cut off by dots goes out where the text says it whole; a line that stands twice stands once."""
    whole = "The regulator fined the platform 5 million euros for the absence of a channel for complaints, it said."
    text = f"{whole[:75]}...\n\n{whole}\n\nIt may appeal.\n\n{whole}"
    assert drop_boilerplate(text) == f"{whole}\n\nIt may appeal."


def test_boilerplate_keeps_a_text_that_is_cut_off() -> None:
    """A line that ends in dots stays where nothing else says it."""
    text = "The regulator fined the platform 5 million euros for the absence of a channel for..."
    assert drop_boilerplate(text) == text


@pytest.mark.parametrize(("row", "line"), [("teaser,(,5,x", 2), ("teaser,a,many,x", 2), ("teaser,a", 2)])
def test_boilerplate_table_refuses_a_bad_row(row: str, line: int, tmp_path: Path) -> None:
    """A pattern that is none, or a bound that is no number, is refused with its file and line."""
    file = tmp_path / "boilerplate.csv"
    file.write_text(f"kind,pattern,max_words,example\n{row}\n")
    with pytest.raises(DataError, match=rf"boilerplate\.csv:{line}: "):
        load_boilerplate(file)


def test_boilerplate_costs_no_gold(shared: Path) -> None:
    """No mention of a required event of the training labels is left out with the boilerplate."""
    import json

    folder = shared / "corpus" / "train"
    texts = {item.id: item.text for item in read_documents([str(folder)]) if isinstance(item, Document)}
    checked = 0
    for file in sorted((shared / "gold" / "train").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            label = json.loads(line)
            for event in label["events"] if label["id"] in texts else ():
                for mention in (event.get("trigger"), event.get("actor_mention"), event.get("target_mention")):
                    if mention and not event.get("optional"):
                        checked += 1
                        assert " ".join(mention.split()) in texts[label["id"]]
    assert checked > 2000
