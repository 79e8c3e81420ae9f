"""Who stands on one side: whom news may name in another's stead."""

from __future__ import annotations

import pytest

from kg.kb import load_knowledge_base
from kg.model import AgentRef
from kg.resolve.sides import load_unions, name_side

KB = load_knowledge_base()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("european-commission", "european-union"),
        ("ie-dpc", "ireland"),
        ("ie-dpc", "european-union"),
        ("cjeu", "european-commission"),
        ("montana-attorney-general", "montana"),
        ("us-ftc", "united-states"),
        ("tiktok", "bytedance"),
        ("whatsapp", "meta"),
        ("whatsapp-ireland", "meta"),
        ("google", "alphabet"),
        ("pavel-durov", "telegram"),
        ("alexandre-de-moraes", "brazil"),
    ],
)
def test_sides_hold_whom_news_names_in_anothers_stead(one: str, other: str) -> None:
    """An organ and its state, a service and its parent, a person and the body they belong to stand on one side."""
    assert name_side(KB.refer_to(one)) == name_side(KB.refer_to(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("gb-ico", "ie-dpc"), ("meta", "google"), ("telegram", "tiktok"), ("russia", "ukraine"), ("noyb", "austria")],
)
def test_sides_keep_strangers_apart(one: str, other: str) -> None:
    """Other states, other companies, and who belongs to no state stand on sides of their own."""
    assert name_side(KB.refer_to(one)) != name_side(KB.refer_to(other))


def test_sides_of_new_agents_are_their_own_unless_they_are_a_known_states() -> None:
    """An agent that the knowledge base has not stands alone; a new authority of a known country stands with it."""
    assert name_side(AgentRef("acme.company", "Acme", "Company", "fr")) == "acme.company"
    assert name_side(AgentRef("office.regulator", "Office", "Regulator", None)) == "office.regulator"
    assert name_side(AgentRef("office.regulator", "Office", "Regulator", "br")) == "brazil"
    assert name_side(AgentRef("office.regulator", "Office", "Regulator", "fr")) == "european-union"


def test_sides_come_to_an_end_for_every_agent() -> None:
    """Each agent of the knowledge base has a side, which is an agent that is its own side's."""
    for agent_id in KB.agents:
        side = name_side(KB.refer_to(agent_id))
        assert name_side(KB.refer_to(side)) == side


def test_sides_know_the_unions_members() -> None:
    """The table of unions names countries and unions that the knowledge base has: 27 members of the European Union."""
    members = load_unions()
    assert len(members) == 27
    assert all(union in KB.agents and country in KB.government_of for country, union in members.items())
