from __future__ import annotations

import pytest

from tests.extract.reading import find_mentions


@pytest.mark.parametrize(
    ("text", "name", "agent"),
    [
        ("Ireland's Data Protection Commission fined TikTok.", "Ireland's Data Protection Commission", "ie-dpc"),
        ("The European Data Protection Supervisor (EDPS) wrote to Palantir.", "EDPS", "edps"),
        ("Elon Musk sued Australia’s eSafety Commissioner.", "Australia’s eSafety Commissioner", "au-esafety"),
        ("Hackers stole data from Meta Platforms Inc. last year.", "Meta Platforms Inc.", "meta"),
        ("The Kremlin criticised WhatsApp.", "Kremlin", "russia"),
        ("Brussels answered the company.", "Brussels", "european-union"),
        ("The Russian court fined Google.", "Google", "google"),
        ("Durov later left France.", "Durov", "pavel-durov"),
        ("Users complained about Uber.", "Uber", "uber"),
        ("X sued the state of California.", "X", "x"),
        ("Twitter complied with the order.", "Twitter", "x"),
    ],
)
def test_names_link_to_the_knowledge_base(text: str, name: str, agent: str) -> None:
    """A name, a short name, a former name, an acronym or a seat of government leads to its agent."""
    mention = find_mentions(text)[name]
    assert mention.agent is not None
    assert mention.agent.id == agent


@pytest.mark.parametrize(
    ("text", "name", "agent", "type"),
    [
        ("The Tribunal of Lyon heard Mr Jean Dupont.", "Jean Dupont", "jean-dupont.person", "Person"),
        ("The Tribunal of Lyon heard Mr Jean Dupont.", "Tribunal of Lyon", "tribunal-of-lyon.court", "Court"),
        ("Malcolm X spoke in Harlem.", "Malcolm X", "malcolm-x.person", "Person"),
        ("The fine on Fender Europe was 4.5 million pounds.", "Fender Europe", "fender-europe.company", "Company"),
    ],
)
def test_names_that_nobody_knows_are_new_agents(text: str, name: str, agent: str, type: str) -> None:
    """A name out of the knowledge base makes an agent of its own, typed by its words, without title or article."""
    mention = find_mentions(text)[name]
    assert mention.agent is not None
    assert (mention.agent.id, mention.type) == (agent, type)


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("I grab a coffee and uber home; the apple was ripe.", "apple"),
        ("Malcolm X spoke in Harlem.", "x"),
        ("The X-ray was clear.", "x"),
        ("Sales of the iPhone X rose.", "x"),
        ("Let x be the number of signals.", "x"),
    ],
)
def test_names_are_not_seen_in_other_words(text: str, agent: str) -> None:
    """A lower-case word, a letter in a longer name or a compound is not the platform of that name."""
    assert agent not in {m.agent.id for m in find_mentions(text).values() if m.agent is not None}


def test_names_find_x_at_the_end_of_a_sentence() -> None:
    """The platform X is found before a full stop."""
    assert "x" in {m.agent.id for m in find_mentions("Brazil has blocked X.").values() if m.agent is not None}


def test_names_end_before_a_line_break() -> None:
    """A name at the end of a line does not take in its full stop and the break."""
    assert "Alphabet" in find_mentions("Regulators sued Alphabet.\n")


def test_names_of_an_acronym_given_in_brackets() -> None:
    """An acronym that a text puts behind a new name stands for it from there on."""
    text = "The Brandenburg Chamber of Apps (BCA) accused Netflix. The BCA wants a fine."
    mentions = find_mentions(text)
    assert mentions["BCA"].agent == mentions["Brandenburg Chamber of Apps"].agent


def test_names_are_spans_of_the_text() -> None:
    """Each mention's words stand at its offsets, and no two names overlap."""
    text = "  Ireland's Data Protection Commission\nfined TikTok — and the “Meta Platforms Inc.” — in Dublin’s court."
    mentions = sorted(find_mentions(text).values(), key=lambda mention: mention.first)
    assert all(text[m.span.start : m.span.end] == m.span.text for m in mentions)
    names = [mention for mention in mentions if mention.kind == "name"]
    assert {"TikTok", "Meta Platforms Inc."} <= {mention.span.text for mention in names}
    assert all(one.last <= other.first for one, other in zip(names, names[1:], strict=False))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ministers discussed the National Climate Plans on Monday.", "National Climate Plans"),
        ("A court cited the Digital Services Inquiry in May.", "Digital Services Inquiry"),
        ("Judges followed Huawei v. Conversant in London.", "Huawei v. Conversant"),
        ("Senators debated the Safe Streams Act (SSA). The SSA would bind Meta.", "SSA"),
    ],
)
def test_names_of_what_is_written_are_nobody(text: str, name: str) -> None:
    """A law, a plan, an inquiry or a case by its name does nothing, nor does its acronym."""
    mention = find_mentions(text).get(name)
    assert mention is None or mention.agent is None


def test_names_of_bodies_may_end_like_papers() -> None:
    """A body is one, though its last word is one of papers."""
    mention = find_mentions("The Centre for Data Policy sued Meta in Berlin.")["Centre for Data Policy"]
    assert mention.agent is not None
