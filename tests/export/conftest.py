"""A small store of claims that were made by hand, some with names that mean harm."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from kg.model import AgentRef, Document, Money, PartialDate, Reading
from kg.pipeline import build
from kg.pipeline.runs import Run, describe_run
from kg.rdf import Store, open_store
from tests.factories import GERMANY, TELEGRAM, make_agent, make_claim, make_document

Told = tuple[Document, Reading, Run]

RUSSIA = AgentRef("russia", "Russia", "Government", "ru")
FORMULA = make_agent('=HYPERLINK("http://x.example","a")')
MARKUP = make_agent("<script>alert(1)</script> [x](javascript:1) | Ltd")
CONTROL = make_agent("Bell\x07 & <Sons>")
NETZDG = "netzdg"


def tell(document: Document, *claims: object) -> Told:
    """Pair a document with its claims, as if this version had read them there."""
    return document, Reading(document.id, tuple(claims), ()), describe_run()  # type: ignore[arg-type]


def make_told() -> list[Told]:
    """Make a fine told twice, a plan, a denial, a ban, and three agents that nobody should be named like."""
    fine = make_document(
        "Germany fined Telegram in 2022.", id="fine", published="2022-10-17", title="A fine", url="https://a.example/1"
    )
    again = make_document(
        "So Germany has fined Telegram.", id="=again", published="2022-10-18", url="javascript:alert(1)"
    )
    plan = make_document("Germany may fine Telegram.", id="plan", published="2023-01-02")
    ban = make_document("Russia banned Telegram in April 2018.", id="ban", published=None)
    odd = make_document(
        f"Russia sued {FORMULA.name}.\nRussia fined {MARKUP.name}.\nTelegram sued {CONTROL.name}.",
        id="odd/../1",
        title="=1+1",
        published="2024-02-03",
    )
    money = {"money": Money(Decimal(5_100_000), "USD"), "date": PartialDate("2022-10-17")}
    law = {"charges": ("missing-complaint-channel",), "laws": (NETZDG,)}
    return [
        tell(fine, make_claim(fine, GERMANY, "fine", TELEGRAM, trigger="fined", **money, **law)),
        tell(again, make_claim(again, GERMANY, "fine", TELEGRAM, trigger="fined", **money)),
        tell(plan, make_claim(plan, GERMANY, "fine", TELEGRAM, trigger="fine", status="planned")),
        tell(ban, make_claim(ban, RUSSIA, "ban", TELEGRAM, trigger="banned", date=PartialDate("2018-04"))),
        tell(
            odd,
            make_claim(odd, RUSSIA, "sue", FORMULA, trigger="sued"),
            make_claim(odd, RUSSIA, "fine", MARKUP, trigger="fined"),
            make_claim(odd, TELEGRAM, "sue", CONTROL, trigger="sued"),
        ),
    ]


@pytest.fixture(scope="session")
def told() -> list[Told]:
    """What the store tells."""
    return make_told()


@pytest.fixture(scope="session")
def world_folder(told: list[Told], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the store."""
    folder = tmp_path_factory.mktemp("export") / "store"
    build((), folder, ready=told)
    return folder


@pytest.fixture(scope="session")
def world(world_folder: Path) -> Iterator[Store]:
    """Open the store."""
    store = open_store(world_folder)
    yield store
    store.close()
