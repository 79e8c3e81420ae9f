"""Roles and nationalities, read from sentences of many constructions."""

from __future__ import annotations

import pytest

from tests.extract.facts import find_facts

ROLES = [
    ("Telegram CEO Pavel Durov denied it.", "Pavel Durov", "Telegram", "CEO"),
    ("Telegram's Russian-born founder and CEO Pavel Durov denied it.", "Pavel Durov", "Telegram", "founder"),
    ("Telegram's Russian-born founder and CEO Pavel Durov denied it.", "Pavel Durov", "Telegram", "CEO"),
    ("Durov, 39, the founder of Telegram, was held.", "Pavel Durov", "Telegram", "founder"),
    ("The founder of the messaging app Telegram, Pavel Durov, was held.", "Pavel Durov", "Telegram", "founder"),
    ("TikTok's head of public policy for Europe, Ann Berger, will appeal.", "Ann Berger", "TikTok", "head"),
    ("Ann Berger, a former vice president of sales at Microsoft, agreed.", "Ann Berger", "Microsoft", "president"),
    ("Ann Berger serves as chief legal officer of Microsoft.", "Ann Berger", "Microsoft", "chief legal officer"),
    ("French President Emmanuel Macron denied it.", "Emmanuel Macron", "France", "President"),
    ("German Justice Minister Ann Berger warned Telegram.", "Ann Berger", "Germany", "Justice Minister"),
    ("Ann Berger, Germany's interior minister, warned Telegram.", "Ann Berger", "Germany", "interior minister"),
    ("Ken Paxton, the Texas attorney general, sued Meta.", "Ken Paxton", "Texas", "attorney general"),
    ("Texas Attorney General Ken Paxton sued Meta.", "Ken Paxton", "Texas", "Attorney General"),
    ("Ann Berger, chair of the FTC, criticised Meta.", "Ann Berger", "FTC", "chair"),
    ("Deputy Commissioner Ann Berger of the DPC criticised TikTok.", "Ann Berger", "DPC", "Deputy Commissioner"),
    ("European Commissioner Ann Berger wrote to Meta.", "Ann Berger", "European Commission", "Commissioner"),
    ("Ann Berger, a lawyer for Durov, called it absurd.", "Ann Berger", "Pavel Durov", "lawyer"),
]
NO_ROLES = [
    "Instagram blogger Ann Berger was held.",
    "Pavel Durov left Russia in 2014 and moved the company.",
    "Telegram was blocked, Pavel Durov wrote on his channel.",
    "Pavel Durov met Emmanuel Macron for dinner at a hotel.",
]
NATIONALITIES = [
    ("The Russian billionaire Pavel Durov was held.", {"Russia"}),
    ("The French-Russian businessman Pavel Durov was held.", {"France", "Russia"}),
    ("Pavel Durov, who holds French and Emirati citizenship, was held.", {"France", "United Arab Emirates"}),
    ("The Austrian activist Max Schrems complained.", {"Austria"}),
    ("French President Emmanuel Macron denied it.", set()),
]


@pytest.mark.parametrize(("text", "person", "organisation", "value"), ROLES, ids=[row[0] for row in ROLES])
def test_facts_roles(text: str, person: str, organisation: str, value: str) -> None:
    """A title beside a name, on either side, is a role with the organisation that stands with it or is implied."""
    roles = [fact for fact in find_facts(text) if fact.relation == "role" and fact.subject.name == person]
    objects = {fact.object.name for fact in roles if fact.object}
    assert objects == {organisation}
    assert any(value in (fact.value or "") for fact in roles)


@pytest.mark.parametrize("text", NO_ROLES)
def test_facts_roles_need_a_title(text: str) -> None:
    """A name without a title has no role."""
    assert not [fact for fact in find_facts(text) if fact.relation == "role"]


@pytest.mark.parametrize(("text", "countries"), NATIONALITIES, ids=[row[0] for row in NATIONALITIES])
def test_facts_nationalities(text: str, countries: set[str]) -> None:
    """A country's adjective before a person is a nationality, unless the person holds an office of that country."""
    found = {fact.object.name for fact in find_facts(text) if fact.relation == "nationality" and fact.object}
    assert found == countries


def test_facts_people_taken_for_companies() -> None:
    """An unknown name that a title introduces is a person's, whatever the recogniser takes it for."""
    facts = find_facts("A spokesperson for the Paris prosecutor's office, Maylis De Roeck, confirmed the arrest.")
    assert [(fact.subject.name, fact.subject.type, fact.value) for fact in facts] == [
        ("Maylis De Roeck", "Person", "spokesperson")
    ]


def test_facts_roles_prefer_full_titles() -> None:
    """Headline shorthand is left out where the text also gives the title in full."""
    facts = find_facts("Telegram boss Pavel Durov was held. Pavel Durov, the founder of Telegram, denied it.")
    assert {fact.value for fact in facts if fact.relation == "role"} == {"founder"}
