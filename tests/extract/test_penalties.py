"""The amount that belongs to an action is found, and no other is taken for it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.extract.penalties import Amounts
from kg.model import AgentRef, Money
from tests.extract.attributes import find_agent, parse_trigger
from tests.extract.reading import read_text


def read_amount(
    text: str,
    word: str,
    action: str = "fine",
    *,
    status: str = "actual",
    actor: AgentRef | None = None,
    light: bool = False,
) -> tuple[int, str] | None:
    """Read the amount of the action that a word tells, as number and currency."""
    doc, mentions, trigger = parse_trigger(text, word)
    verb = trigger.head if light else None
    money = Amounts(doc, mentions).amount_of(trigger, action, verb, status=status, actor=actor)
    return (int(money.amount), money.currency) if money is not None else None


def make_actor(country: str) -> AgentRef:
    """Make an authority of a country."""
    return AgentRef("authority", "Authority", "Regulator", country)


@pytest.mark.parametrize(
    ("text", "word", "action", "expected"),
    [
        ("The Irish regulator fined Meta €200m for tracking its users.", "fined", "fine", (200_000_000, "EUR")),
        ("Germany imposed a €5.1m fine on Telegram.", "fine", "fine", (5_100_000, "EUR")),
        ("The watchdog hit Google with a fine of Rs 1,337 crore.", "fine", "fine", (13_370_000_000, "INR")),
        ("Brussels has fined Google €8.25bn in fines over a decade.", "fined", "fine", (8_250_000_000, "EUR")),
        ("The authority imposed two fines totalling EUR 11,5 million on Eni.", "fines", "fine", (11_500_000, "EUR")),
        ("A fine in the amount of NOK 200,000 was imposed on the town.", "fine", "fine", (200_000, "NOK")),
        ("Google agreed to pay $7 million to settle the lawsuit.", "settle", "settle", (7_000_000, "USD")),
        ("Meta reached a $1.4 billion settlement with Texas.", "settlement", "settle", (1_400_000_000, "USD")),
        ("The Commission ordered Apple to pay €13 billion in back taxes.", "ordered", "order", (13_000_000_000, "EUR")),
        ("The bank filed a $1 billion lawsuit against Twitter.", "lawsuit", "sue", (1_000_000_000, "USD")),
        ("Qualcomm was fined 1.03 trillion won by the KFTC.", "fined", "fine", (1_030_000_000_000, "KRW")),
    ],
)
def test_penalties_finds_the_amount(text: str, word: str, action: str, expected: tuple[int, str]) -> None:
    """The amount is found as object, modifier, complement of the fine's noun, or what is to be paid."""
    assert read_amount(text, word, action) == expected


@pytest.mark.parametrize(
    ("text", "word", "action"),
    [
        ("The regulator fined Meta, which had revenue of $117 billion last year.", "fined", "fine"),
        ("Google, which bought Fitbit for $2.1 billion, was fined by the court.", "fined", "fine"),
        ("The regulator may fine TikTok up to $500 million.", "fine", "fine"),
        ("Meta could face a fine of as much as €1bn or 10% of turnover.", "fine", "fine"),
        ("The agency sued Meta over its $19 billion purchase of WhatsApp.", "sued", "sue"),
        ("The court ordered Uber to hand over files on its $680 million deal.", "ordered", "order"),
        ("The court accused Google of earning $5 million.", "accused", "accuse"),
        ("The court fined Telegram 10,000 euros a day.", "fined", "fine"),
    ],
)
def test_penalties_leaves_other_sums(text: str, word: str, action: str) -> None:
    """A revenue, a price, a maximum, a daily rate or the sum of another verb is no amount of the action."""
    assert read_amount(text, word, action) is None


def test_penalties_reads_a_maximum_that_is_ordered() -> None:
    """An order to pay up to a sum has that sum; a threat of a fine has none."""
    assert read_amount("The Union ordered Apple to pay up to 13 billion euros.", "ordered", "order") == (
        13 * 10**9,
        "EUR",
    )
    assert read_amount("Apple faces a fine of up to 13 billion euros.", "fine", status="planned") is None


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("The watchdog fined X A$610,500 (US$385,000).", "au", (610_500, "AUD")),
        ("The watchdog fined X US$385,000 (A$610,500).", "au", (610_500, "AUD")),
        ("The court fined Google $57 million (€50 million).", "fr", (50_000_000, "EUR")),
        ("The court fined Google €50 million ($57 million).", "us", (57_000_000, "USD")),
        ("The agency fined the app $9 million.", "ca", (9_000_000, "CAD")),
        ("The agency fined the app $9 million.", "de", (9_000_000, "USD")),
        ("The agency fined the app Rs 5 crore.", "pk", (50_000_000, "PKR")),
        ("The agency fined the app €9 million.", None, (9_000_000, "EUR")),
    ],
)
def test_penalties_chooses_the_currency_of_the_authority(
    text: str, country: str | None, expected: tuple[int, str]
) -> None:
    """Of a sum in several currencies the authority's own counts; a bare sign is read as its money."""
    actor = make_actor(country) if country else None
    assert read_amount(text, "fined", actor=actor) == expected


def test_penalties_finds_the_home_currency_elsewhere_in_the_text() -> None:
    """A headline in the reader's currency takes the authority's from the body that gives both."""
    text = (
        "EU hits Qualcomm with $1.2bn fine\n\nThe Commission imposed a fine of €997 million ($1.2bn) on the chipmaker."
    )
    assert read_amount(text, "fine", actor=make_actor("eu")) == (997_000_000, "EUR")


def test_penalties_tells_two_fines_of_one_sentence_apart() -> None:
    """Of two fines in one sentence each party has its own."""
    text = "The Commission fined Apple €500m and fined Meta €200m."
    doc, mentions, trigger = parse_trigger(text, "fined")
    amounts = Amounts(doc, mentions)
    found = {}
    for name in ("Apple", "Meta"):
        agent = find_agent(mentions, name)
        target = next(mention for mention in mentions.values() if mention.agent == agent)
        found[name] = amounts.amount_of(trigger, "fine", None, target=target)
    assert found == {"Apple": Money(Decimal(500_000_000), "EUR"), "Meta": Money(Decimal(200_000_000), "EUR")}


def test_penalties_takes_the_only_fine_of_the_text() -> None:
    """Where the sentence gives no sum, the only fine of the text counts; of two, none."""
    one = "Italy fined Replika. The watchdog imposed a fine of €5 million."
    assert read_amount(one, "fined") == (5_000_000, "EUR")
    two = "Italy fined Replika. Earlier it had imposed a fine of €5 million and a fine of €7 million."
    assert read_amount(two, "fined") is None


def test_penalties_takes_what_the_authority_reduced_its_fine_to() -> None:
    """A rebate of the authority itself makes the fine; what a court cuts leaves it as it was."""
    rebate = (
        "The authority fined Vodafone. The original fine of EUR 50,000 was reduced to EUR 40,000 due to prompt payment."
    )
    assert read_amount(rebate, "fined") == (40_000, "EUR")
    cut = "A court upheld the €4.34bn fine, which it cut to €4.1bn."
    assert read_amount(cut, "fine") == (4_340_000_000, "EUR")


def test_penalties_leaves_the_parts_of_a_sum() -> None:
    """What a fine consists of is no fine of its own."""
    text = "The authority imposed a fine of EUR 9,000 on the school. The fine consists of EUR 6,000 and EUR 3,000."
    assert read_amount(text, "fine") == (9_000, "EUR")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("The authority fined Acme. The original fine was EUR 900. It fell.", 900),
        (
            "The authority imposed a fine of EUR 120,000 on Acme, made up of EUR 70,000 and EUR 50,000. "
            "The original fine was reduced to EUR 96,000 due to immediate payment.",
            96_000,
        ),
        (
            "The authority imposed a fine of EUR 5,000 on Acme. "
            "The original fine of EUR 5,000 was reduced by 20% to EUR 4,000 due to voluntary payment.",
            4_000,
        ),
        ("The authority imposed a fine of EUR 9,000 on Acme. The fine was reduced to EUR 700 by a court.", 9_000),
    ],
)
def test_penalties_reads_reductions_told_by_themselves(text: str, amount: int) -> None:
    """A reduction that does not repeat the sum which it reduces counts for the fine told before it."""
    word = "fine" if "a fine of" in text else "fined"
    assert read_amount(text, word) == (amount, "EUR")


@pytest.mark.parametrize(
    "text",
    [
        "The authority fined Acme Seguros, S.A. in the amount of EUR 300,000. It had sent mails.",
        "The authority has fined a baker running three websites EUR 300,000. It had sent mails.",
        "The authority fined Acme EUR 300,000.The company had sent mails.",
        "The authority fined Acme EUR 300,000/$330,000. It had sent mails.",
    ],
)
def test_penalties_finds_the_amount_past_what_parts_it_from_its_verb(text: str) -> None:
    """A legal form's stop, a participle or a missing blank between fine and sum does not hide it."""
    assert read_amount(text, "fined") == (300_000, "EUR")


def test_penalties_shares_out_a_list_of_sums() -> None:
    """Where two are fined two sums, each has the one at its own place in the list."""
    text = "The Commission fined Apple and Meta €500m and €200m respectively."
    doc, mentions, trigger = parse_trigger(text, "fined")
    found = {}
    for name in ("Apple", "Meta"):
        agent = find_agent(mentions, name)
        target = next(mention for mention in mentions.values() if mention.agent == agent)
        money = Amounts(doc, mentions).amount_of(trigger, "fine", None, target=target)
        found[name] = int(money.amount) if money is not None else None
    assert found == {"Apple": 500_000_000, "Meta": 200_000_000}


def test_penalties_takes_the_currency_of_the_authority_that_is_paid() -> None:
    """A company that settles with a foreign authority pays in the authority's money."""
    text = "Google settled with the Commission with a payment of €220m (US$270 million)."
    doc, mentions, trigger = parse_trigger(text, "settled")
    actor = AgentRef("google", "Google", "Company", "us")
    union = next(m for m in mentions.values() if m.agent is not None and m.agent.type != "Company")
    money = Amounts(doc, mentions).amount_of(trigger, "settle", None, actor=actor, target=union)
    assert money == Money(Decimal(220_000_000), "EUR")


def test_fine_takes_the_sum_that_must_be_paid() -> None:
    """A fine is told with its sum in the sentence after; a former one in another currency is another."""
    text = "Ireland fined TikTok on Friday. TikTok has to pay $600 million. In 2023 Ireland fined it €345 million."
    fines = [claim.money for claim in read_text(text, published="2025-05-03")[1].claims if claim.action == "fine"]
    assert {(int(money.amount), money.currency) for money in fines if money is not None} == {
        (600_000_000, "USD"),
        (345_000_000, "EUR"),
    }
