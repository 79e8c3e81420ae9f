from __future__ import annotations

import pytest

from tests.extract.reading import annotate_text, find_mentions

DPC = "Ireland's Data Protection Commission fined TikTok. The regulator said the company had failed its users."


@pytest.mark.parametrize(
    ("text", "words", "agent"),
    [
        (DPC, "regulator", "ie-dpc"),
        (DPC, "company", "tiktok"),
        (DPC, "its", "tiktok"),
        ("Pavel Durov was arrested in Paris. He denied the charges.", "He", "pavel-durov"),
        ("Mark Zuckerberg wrote to Ofcom. Zuckerberg asked it for time.", "Zuckerberg", "mark-zuckerberg"),
        ("Mark Zuckerberg wrote to Ofcom. Zuckerberg asked it for time.", "it", "gb-ofcom"),
        ("The Russian court fined Google. The company appealed.", "company", "google"),
        ("The European Commission fined Apple. The Commission also warned Meta.", "Commission", "european-commission"),
        ("TikTok was banned in Nepal. The Chinese-owned app had many users.", "Chinese-owned app", "tiktok"),
        ("Meta was fined. Facebook's parent appealed.", "Facebook's parent", "meta"),
        ("Users complained about Uber. The app apologised.", "app", "uber"),
        ("Meta bought WhatsApp. WhatsApp grew. The company was fined.", "company", "meta"),
        ("WhatsApp grew quickly. The company was fined.", "company", "whatsapp"),
        ("Meta bought WhatsApp. WhatsApp grew. The app was fined.", "app", "whatsapp"),
        ("Jane Roe sued Uber. She lives in Texas.", "She", "jane-roe.person"),
        # A subject and an object of one verb are not the same.
        ("Ofcom wrote to TikTok. TikTok grew. It fined the company.", "It", "gb-ofcom"),
        ("Etsy met Shein. Etsy sued the company.", "company", "shein"),
        ("Microsoft-owned LinkedIn met Zynga. LinkedIn sued the company.", "company", "zynga"),
        ("A group of nine state attorneys general met. They fined Uber.", "They", "us-state-attorneys-general"),
        ("The association noyb wrote to Meta. The campaigners want an answer.", "campaigners", "noyb"),
        ("Apple hired Qualcomm to work on iPhones. The chip-maker was paid.", "chip-maker", "qualcomm"),
    ],
)
def test_references_lead_to_who_is_meant(text: str, words: str, agent: str) -> None:
    """Pronouns, surnames, titles and descriptions lead to the agent that a reader takes them for."""
    mention = find_mentions(text)[words]
    assert mention.agent is not None
    assert mention.agent.id == agent


@pytest.mark.parametrize(
    ("text", "words", "agent"),
    [
        ("French prosecutors questioned the founder.", "French prosecutors", "fr"),
        ("The German regulator fined Meta.", "German regulator", "de"),
        ("The authorities in Brazil blocked the app.", "authorities", "br"),
        ("Turkish officials wrote to Google.", "Turkish officials", "tr"),
    ],
)
def test_references_to_institutions_lead_to_their_country(text: str, words: str, agent: str) -> None:
    """An unnamed institution is one of its country's bodies, or the country itself."""
    mention = find_mentions(text)[words]
    assert mention.agent is not None
    assert mention.agent.country == agent


def test_references_to_so_many_lead_to_a_list_of_as_many() -> None:
    """Of two lists "the two companies" are the one with two names."""
    text = "Visa and Mastercard raised fees. Google, Apple and Amazon objected. The two companies paid."
    agent = find_mentions(text)["two companies"].agent
    assert agent is not None
    assert agent.id in {"visa", "mastercard"}


def test_references_keep_the_chain_to_the_name() -> None:
    """The chain of a reference goes from mention to mention down to one that names the agent."""
    mentions = find_mentions(DPC)
    assert [span.text for span in mentions["its"].chain] == ["its", "company", "TikTok"]


@pytest.mark.parametrize(
    "text",
    [
        "He denied the charges.",
        "It was raining when they came.",
        "Google was fined. He was glad.",
    ],
)
def test_references_without_an_antecedent_name_nobody(text: str) -> None:
    """A pronoun that nothing before it fits leads to no agent: *he* is no company."""
    _, mentions = annotate_text(text)
    assert [
        m.span.text for m in mentions.values() if m.kind == "pronoun" and m.span.text in {"He", "It", "they", "it"}
    ] == []


def test_references_do_not_look_ahead() -> None:
    """Each antecedent stands before what refers to it, so that chains end."""
    text = (
        f"{DPC} It appealed. Ofcom and the FTC praised them. Their chiefs met him. He left the country of the Kremlin."
    )
    _, mentions = annotate_text(text)
    linked = [mention for mention in mentions.values() if mention.antecedent is not None]
    assert len(linked) >= 4
    assert all(m.antecedent is not None and m.antecedent.first < m.first or m.kind == "description" for m in linked)
    assert all(len({(span.start, span.end) for span in m.chain}) == len(m.chain) for m in linked)


def test_references_of_a_text_do_not_reach_into_the_next() -> None:
    """What one text names is unknown in the next of the same batch."""
    from tests.extract.reading import load_annotator

    (_, first), (_, second) = load_annotator().read_many(["Meta was fined.", "The company appealed."])
    assert "meta" in {m.agent.id for m in first.values() if m.agent}
    assert "meta" not in {m.agent.id for m in second.values() if m.agent}
