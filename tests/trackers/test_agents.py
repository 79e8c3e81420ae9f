"""Names of cells and whom they mean."""

from __future__ import annotations

import pytest

from kg.kb import KnowledgeBase, load_knowledge_base
from kg.model import Agent
from kg.trackers.agents import AgentLinker, find_name
from kg.trackers.mapping import Party


@pytest.fixture(scope="module")
def linker() -> AgentLinker:
    """Make a linker to the shipped knowledge base."""
    return AgentLinker(load_knowledge_base())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("UGANDA", "ug"),
        ("THE NETHERLANDS", "nl"),
        ("CZECH REPUBLIC", "cz"),
        ("Iran (Islamic Republic of)", "ir"),
        ("Tanzania, United Republic of", "tz"),
        ("Congo (Democratic Republic of the)", "cd"),
        ("Côte d'Ivoire", "ci"),
        ("Cote d’Ivoire", "ci"),
        ("European Union", "eu"),
        ("Atlantis", None),
    ],
)
def test_find_country(linker: AgentLinker, name: str, code: str | None) -> None:
    """A country is found by any writing of its name, in any case, turned round or not."""
    assert linker.find_country(name) == code


@pytest.mark.parametrize(
    ("name", "country", "options", "expected"),
    [
        ("Czech Data Protection Auhtority (UOOU)", "cz", {"types": "Regulator"}, "cz-uoou"),
        ("Slovak Data Protection Office", "sk", {"types": "Regulator"}, "sk-uoou"),
        ("National Commission for Data Protection (CNPD)", "lu", {"types": "Regulator"}, "lu-cnpd"),
        ("Portuguese Data Protection Authority (CNPD)", "pt", {"types": "Regulator"}, "pt-cnpd"),
        ("European Commission", "eu", {"types": ["Supranational"]}, "european-commission"),
        ("TIKTOK", "ie", {"types": "Platform"}, "tiktok"),
        ("Google LLC", "fr", {}, "google"),
        ("Vkontakte (VK)", None, {"types": "Platform"}, "vk"),
    ],
)
def test_find_agent_links(
    linker: AgentLinker, name: str, country: str | None, options: dict[str, object], expected: str
) -> None:
    """A name leads to the agent of the row's country; a platform or a company may be of any."""
    agent = linker.find_agent(name, country, Party.model_validate({"column": "x", **options}))
    assert agent is not None and agent.id == expected


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("Xyzzy Analytics, Inc.", {}, ("xyzzy-analytics.company", "Xyzzy Analytics", "Company", "fr")),
        ("XYZZY ANALYTICS SAS", {}, ("xyzzy-analytics.company", "XYZZY ANALYTICS", "Company", "fr")),
        ("Xyzzy (online shop) GmbH", {}, ("xyzzy.company", "Xyzzy", "Company", "fr")),
        ("Xyzzy", {"type": "Platform", "country": "false"}, ("xyzzy.platform", "Xyzzy", "Platform", None)),
        (
            "Municipality of Xyzzy",
            {"type_patterns": [{"matches": "^municipality", "gives": "Government"}]},
            ("municipality-of-xyzzy.government", "Municipality of Xyzzy", "Government", "fr"),
        ),
    ],
)
def test_find_agent_makes_new_ones(
    linker: AgentLinker, name: str, options: dict[str, object], expected: tuple[str, str, str, str | None]
) -> None:
    """A name that nobody bears is a new agent of the row's country; its legal form tells it from none."""
    agent = linker.find_agent(name, "fr", Party.model_validate({"column": "x", **options}))
    assert agent is not None and (agent.id, agent.name, agent.type, agent.country) == expected


def test_find_agent_takes_known_ones_alone(linker: AgentLinker) -> None:
    """Where the mapping wants known agents, an unknown name is none, nor is one of another type."""
    assert linker.find_agent("Xyzzy", "fr", Party(column="x", known=True)) is None
    assert linker.find_agent("TikTok", "fr", Party(column="x", known=True, types=("Regulator",))) is None


def test_find_agent_takes_no_authority_of_another_country() -> None:
    """Each country has its Ministry of Education: that of another is not meant."""
    agents = {
        f"{code}-edu": Agent(f"{code}-edu", "Ministry", "Ministry of Education", (), code) for code in ("aa", "bb")
    }
    linker = AgentLinker(KnowledgeBase(agents, {}))
    party = Party(column="x", type="Ministry")
    for country, expected in (("aa", "aa-edu"), ("bb", "bb-edu"), ("cc", "ministry-of-education.ministry")):
        agent = linker.find_agent("Ministry of Education", country, party)
        assert agent is not None and agent.id == expected


def test_find_laws(linker: AgentLinker) -> None:
    """Laws are found by their ids, and by their names inside a text; a name inside a longer word is none."""
    assert list(linker.find_laws("gdpr")) == ["gdpr"]
    assert list(linker.find_laws("Art. 5 GDPR, Art. 21 LSSI")) == ["gdpr"]
    assert list(linker.find_laws("a government order")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bank", None),
        ("private BANK (unknown)", None),
        ("(unknown)", None),
        ("Bank of Ireland", "Bank of Ireland"),
        ("Bank of Ireland (private)", "Bank of Ireland (private)"),
        ("Private bank (Xyzzy)", "Xyzzy"),
    ],
)
def test_find_name(text: str, expected: str | None) -> None:
    """Words that name nobody are no party; one word more is a name, and so is what stands in brackets behind them."""
    assert find_name(text, ("bank", "private", "of", "unknown")) == expected
