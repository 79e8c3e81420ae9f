"""What a sentence tells only with those before it: scenes, deeds told again; and in the words of newsrooms."""

from __future__ import annotations

import pytest

from tests.extract.reading import annotate_text, describe_text, read_text

TOLD = [
    # where a sentence is set, its bodies sit
    (
        "An Indian tribunal fined Acer. In Kenya, a court suspended Worldcoin.",
        ("Kenya", "ban", "Worldcoin", "actual"),
    ),
    # deeds told again: who did them, whom they hit
    (
        "Somalia banned Telegram. Amnesty International condemned the ban.",
        ("Amnesty International", "accuse", "Somalia", "actual"),
    ),
    (
        "France's CNIL fined Criteo 40 million euros over Facebook data. A French court later annulled the fine.",
        ("France", "release", "Criteo", "actual"),
    ),
    (
        "Upbit paid. The Financial Conduct Authority is suing the exchange HTX.",
        ("Financial Conduct Authority", "sue", "Huobi", "actual"),
    ),
    # deadlines, letters, notices
    (
        "Spain's consumer ministry gave Airbnb ten days to answer.",
        ("Spain", "request", "Airbnb", "actual"),
    ),
    ("The AGCM sent Shein a cease-and-desist letter.", ("AGCM", "request", "Shein", "actual")),
    # pleas
    ("The Bundeskartellamt rejected Meta's appeal.", ("Bundeskartellamt", "convict", "Meta", "actual")),
    # who is to do what the infinitive says
    (
        "Poland called on the European Commission to investigate TikTok.",
        ("European Commission", "investigate", "TikTok", "planned"),
    ),
    ("Chad was hit by protests over its decision last week to block Facebook.", ("Chad", "ban", "Facebook", "actual")),
    # parses that news leads astray
    ("Malaysia sues Telegram over channels", ("Malaysia", "sue", "Telegram", "actual")),
    ("Moscow slowed down WhatsApp.", ("Russia", "ban", "WhatsApp", "actual")),
    ("Apple hit with 1.8bn euro EU fine over music streaming", ("European Union", "fine", "Apple", "actual")),
    (
        "Meta was fined a record €1.2 billion by the Data Protection Commission.",
        ("Data Protection Commission", "fine", "Meta", "actual"),
    ),
    (
        "The European Commission ordered X to stop and later fined Meta.",
        ("European Commission", "fine", "Meta", "actual"),
    ),
    # several at once, and what is left out
    (
        "The ICO has two inquiries into TikTok and one into LinkedIn.",
        ("Information Commissioner's Office", "investigate", "LinkedIn", "actual"),
    ),
    (
        "Clearview AI was fined by data protection authorities in France, Greece and Italy.",
        ("Greece", "fine", "Clearview AI", "actual"),
    ),
    ("X said it was co-operating with Ofcom.", ("X", "comply", "Ofcom", "actual")),
    ("Google will stop showing news in Canada.", ("Google", "withdraw", "Canada", "planned")),
]
TOLD_NOT = [
    # the press that asks, its inquiry, a phone's calls, how things are done
    ("A BBC investigation found that TikTok paid teenagers.", ("Kenya", "investigate", "BBC")),
    ("Roskomnadzor began restricting calls on Telegram.", ("Roskomnadzor", "request")),
    ("Uber had stored photos in some cases, the United States said.", ("United States", "investigate")),
    # who wins a ruling did not make it; a product is no stranger to its maker
    ("The Justice Department won a ruling that Google is a monopolist.", ("US Department of Justice", "convict")),
    ("Meta threatened to pull Facebook out of Nigeria.", ("Meta", "ban", "Facebook")),
    # cleared, not blamed
    ("The Danish authority said Google did not break the law.", ("Denmark", "accuse", "Google")),
]


@pytest.mark.parametrize(("text", "claim"), TOLD, ids=[one[0][:45] for one in TOLD])
def test_discourse_tells(text: str, claim: tuple[str, str, str, str]) -> None:
    """The claim is told."""
    assert claim in describe_text(text), describe_text(text)


@pytest.mark.parametrize(("text", "wrong"), TOLD_NOT, ids=[one[0][:45] for one in TOLD_NOT])
def test_discourse_tells_not(text: str, wrong: tuple[str, ...]) -> None:
    """What only looks like an action is none."""
    assert not [one for one in describe_text(text) if one[: len(wrong)] == wrong]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        # a general description does not lead to whom the text never names
        ("Signal is free. The messaging service has no adverts.", "messaging service", "Signal"),
        ("The senator spoke of TikTok.", "senator", "senator"),
        # the judge who was named, the body behind the acronym, the name in apposition
        ("Judge Ann Lee heard Meta. Ohio accused the judge of bias.", "judge", "Ann Lee"),
        ("The Dutch privacy watchdog AP fined Uber.", "AP", "Dutch Data Protection Authority"),
        # whom a place in passing, another remit, a plaintiff do not mean
        (
            "Iran blocked WhatsApp. WhatsApp sent nothing to Israel. Authorities lifted the block.",
            "Authorities",
            "Iran",
        ),
        (
            "Canada's Competition Bureau sued Google. The federal privacy commissioner met TikTok.",
            "federal privacy commissioner",
            "federal privacy commissioner",
        ),
        ("Senator Ed Markey spoke. Snap settled with the plaintiff.", "plaintiff", "plaintiff"),
        # a game, a country and a pronoun
        ("Roblox grows. Qatar and Iraq blocked the game. Roskomnadzor banned it.", "it", "Roblox"),
    ],
)
def test_discourse_finds_who_is_meant(text: str, words: str, name: str) -> None:
    """A reference leads to whom the text named for it, or to nobody."""
    _, mentions = annotate_text(text)
    found = {m.span.text: m.agent.name for m in mentions.values() if m.agent is not None}
    assert found.get(words) == name, found


def test_discourse_tells_an_act_once_by_the_organ() -> None:
    """What a headline says of the union and the body of its commission is one act."""
    told = describe_text("EU fines Google over ads\n\nThe European Commission has fined Google 2 billion euros.")
    assert {one[0] for one in told if one[1] == "fine"} == {"European Commission"}


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        (
            "The KFTC fined Google 207 billion won in 2021. In 2018 the KFTC fined Google 3 billion won.",
            {207_000_000_000, 3_000_000_000},
        ),
        ("Kakao was hit with 27.1 billion won last year by the KFTC.", {27_100_000_000}),
    ],
)
def test_discourse_tells_fines_of_different_sums_apart(text: str, sums: set[int]) -> None:
    """Two fines of clearly different sums are two actions; a sum is not the year's that follows it."""
    claims = read_text(text)[1].claims
    assert {int(claim.money.amount) for claim in claims if claim.action == "fine" and claim.money is not None} == sums
