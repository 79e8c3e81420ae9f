"""The report sets each miss and each wrong edge beside its sentence, and lets no markup of a document through."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kg.errors import KgError
from kg.evaluate import compare_predictions, write_report
from kg.evaluate.gold import decode_gold
from kg.evaluate.predictions import decode_prediction
from kg.evaluate.sentences import find_sentence, split_sentences
from kg.model import Document

TEXT = (
    "The messaging service has 900 million users.\n\n"
    "On Monday the Federal Office of Justice fined Telegram. Mr. Durov of the U.S. firm said he would appeal. "
    "Brazil has no plans to ban Telegram."
)
ENTITIES = [
    {"name": "Federal Office of Justice", "type": "Regulator", "aliases": []},
    {"name": "Telegram", "type": "Platform", "aliases": ["messaging service"]},
    {"name": "Brazil", "type": "Government", "aliases": []},
]


def _event(action: str, actor: str, status: str = "actual", **more: Any) -> dict[str, Any]:
    return {"action": action, "actor": [actor], "target": ["Telegram"], "status": status, **more}


GOLD = decode_gold(
    {
        "id": "doc",
        "entities": ENTITIES,
        "events": [
            _event("fine", "Federal Office of Justice", amount=5125000, currency="EUR"),
            _event("ban", "Brazil", "negated"),
        ],
        "facts": [],
    }
)


def _predict(*events: dict[str, Any], name: str = "doc") -> Any:
    flat = [{**event, "actor": event["actor"][0], "target": event["target"][0]} for event in events]
    return decode_prediction({"id": name, "events": flat})


class _Page(HTMLParser):
    """The page as a browser sees it: tags with attributes, and the words of each finding."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.findings: list[str] = []
        self._depth = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "div":
            if not self._depth:
                self.findings.append("")
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "div"

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.findings[-1] += data


def _write(tmp_path: Path, prediction: Any, text: str = TEXT, gold: Any = GOLD, **more: Any) -> str:
    path = tmp_path / "report.html"
    document = more.pop("document", Document("doc", text))
    write_report({"doc": gold}, {"doc": prediction}, {"doc": document}, path, **more)
    return path.read_text(encoding="utf-8")


def test_report_shows_miss_and_wrong_edge_beside_their_sentences(tmp_path: Path) -> None:
    """A missed fine stands with the sentence of the fine, a ban read from "no plans to ban" with that sentence."""
    wrong = _event("ban", "Brazil", quote="Brazil has no plans to ban Telegram")
    findings = _Page(_write(tmp_path, _predict(wrong))).findings
    missed = [finding for finding in findings if finding.strip().startswith("missed")]
    false = [finding for finding in findings if finding.strip().startswith("wrong")]
    assert len(missed) == 2 and len(false) == 1
    assert "On Monday the Federal Office of Justice fined Telegram." in missed[0]
    assert "5,125,000 EUR" in missed[0]
    assert "read as ban, actual" in missed[1]
    assert "Brazil has no plans to ban Telegram." in false[0]
    assert "the gold has ban, negated" in false[0]


def test_report_escapes_whatever_documents_hold(tmp_path: Path) -> None:
    """Names, quotes, titles and links of a hostile document come out as text; no tag, handler or script is theirs."""
    evil = "<img src=x onerror=alert(1)>\"'<script>alert(2)</script>"
    gold = decode_gold(
        {
            "id": "doc",
            "entities": [{"name": evil, "type": "Company", "aliases": []}, {"name": "B", "type": "Company"}],
            "events": [{"action": "sue", "actor": [evil], "target": ["B"], "status": "actual", "law": [evil]}],
            "facts": [],
        }
    )
    found = {"action": evil, "actor": evil, "target": evil, "status": evil, "date": evil, "quote": evil}
    prediction = decode_prediction({"id": "doc", "events": [found]})
    document = Document("doc", f"{evil} sued B. {evil}", title=evil, url="javascript:alert(3)")
    page = _write(tmp_path, prediction, gold=gold, document=document, title=evil)
    seen = _Page(page)
    assert {tag for tag, _ in seen.tags}.isdisjoint({"img", "script", "a", "iframe", "link"})
    assert not [name for _, attributes in seen.tags for name in attributes if name.startswith("on")]
    assert evil in "".join(seen.findings)


def test_report_asks_for_nothing_from_elsewhere(tmp_path: Path) -> None:
    """The page refers to no other file; a document's own web address is a plain link."""
    document = Document("doc", TEXT, url="https://example.org/a?b=1&c=2")
    seen = _Page(_write(tmp_path, _predict(), document=document))
    fetched = [attributes for _, attributes in seen.tags if {"src", "srcset", "data", "action"} & set(attributes)]
    assert fetched == []
    assert [a["href"] for tag, a in seen.tags if "href" in a] == ["https://example.org/a?b=1&c=2"]


def test_report_is_the_same_each_time(tmp_path: Path) -> None:
    """The same input gives the same bytes, and no half-written file stays behind."""
    first = _write(tmp_path, _predict(_event("ban", "Brazil")))
    assert first == _write(tmp_path, _predict(_event("ban", "Brazil")))
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_report_into_a_missing_folder_is_refused(tmp_path: Path) -> None:
    """A path that can't be written is named in one line."""
    with pytest.raises(KgError, match=r"no/report\.html: can't write the report"):
        write_report({"doc": GOLD}, {}, {}, tmp_path / "no" / "report.html")


def test_compare_lists_what_was_gained_and_lost(tmp_path: Path) -> None:
    """Finding the fine, losing the negated ban and inventing an order is told as just that, also on the page."""
    fine, negated = _event("fine", "Federal Office of Justice"), _event("ban", "Brazil", "negated")
    old_error, new_error = _event("warn", "Brazil"), _event("order", "Brazil")
    before, after = _predict(negated, old_error), _predict(fine, new_error)
    comparison = compare_predictions({"doc": before}, {"doc": after}, {"doc": GOLD})
    assert [edge.event.action for edge in comparison.gained] == ["fine"]
    assert [edge.event.action for edge in comparison.lost] == ["ban"]
    assert [edge.event.action for edge in comparison.added] == ["order"]
    assert [edge.event.action for edge in comparison.removed] == ["warn"]
    page = _write(tmp_path, after, comparison=comparison)
    assert all(f"{name} (1)" in page for name in ("Gained", "Lost", "New wrong edges", "Wrong edges gone"))


def test_compare_of_equal_predictions_is_empty() -> None:
    """Confidence and offsets may move; the same edges are no change, and a wrong edge said twice is one more."""
    once = _predict(_event("warn", "Brazil", confidence=0.4))
    moved = _predict(_event("warn", "Brazil", confidence=0.9, start=7))
    twice = _predict(_event("warn", "Brazil"), _event("warn", "Brazil"))
    same = compare_predictions({"doc": once}, {"doc": moved}, {"doc": GOLD})
    assert (same.gained, same.lost, same.added, same.removed) == ((), (), (), ())
    assert len(compare_predictions({"doc": once}, {"doc": twice}, {"doc": GOLD}).added) == 1


def test_sentences_keep_titles_and_abbreviations_whole() -> None:
    """Full stops of titles, initials and "U.S." end no sentence; spans say what stands at their offsets."""
    spans = list(split_sentences(TEXT))
    assert [span.text.split()[0] for span in spans] == ["The", "On", "Mr.", "Brazil"]
    assert all(TEXT[span.start : span.end] == span.text for span in spans)


def test_sentences_without_any_name_are_not_found() -> None:
    """Where the text names neither party nor verb, no sentence is made up."""
    assert find_sentence(GOLD, GOLD.events[0], "Nothing here. Nor here.") is None


def test_sentences_of_an_action_follow_its_verbs_and_its_trigger() -> None:
    """Of sentences that name both parties the one with a verb of the action is found; a trigger decides."""
    text = "Brazil is where Telegram grew. Brazil blocked Telegram. Brazil let Telegram go dark."
    gold = decode_gold({"id": "doc", "entities": ENTITIES, "events": [_event("ban", "Brazil")], "facts": []})
    found = find_sentence(gold, gold.events[0], text)
    assert found is not None and found.text == "Brazil blocked Telegram."
    noted = decode_gold(
        {"id": "doc", "entities": ENTITIES, "events": [_event("ban", "Brazil", trigger="go dark")], "facts": []}
    )
    found = find_sentence(noted, noted.events[0], text)
    assert found is not None and found.text == "Brazil let Telegram go dark."
