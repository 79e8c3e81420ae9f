import random

import pytest

from kg.judge import make_judgements
from kg.model.ids import make_agent_id
from kg.review import list_candidates, propose_pairs, read_profiles
from kg.review.profiles import Profile
from kg.review.proposals import PairScorer
from tests.review.judging import judge_agents, make_entries
from tests.review.world import make_store, make_stories

OFFICE = "office-of-communications.regulator"
ZORBO = "zorbo-holdings.company"


def make_profile(name, type="Company", *countries, known=False, names=()):
    """Make what a store may tell of an agent."""
    id = make_agent_id(name, type)
    return Profile(id, name, type, known, set(countries), [name, *names])


def score(kb, first, second, *others):
    """Score two agents among others."""
    profiles = {profile.id: profile for profile in (first, second, *others)}
    return PairScorer(profiles, kb).score(first, second)


@pytest.fixture(scope="module")
def profiles(kb):
    """Read the profiles of a small store."""
    return read_profiles(make_store(make_stories(), make_judgements((), kb), kb))


def test_profiles_tell_mentions_countries_and_neighbours(profiles):
    """A candidate has its mentions, documents, countries, and what it did to whom and who to it."""
    office = profiles[OFFICE]
    assert (office.known, office.mentions, sorted(d.rpartition("/")[2] for d in office.documents)) == (
        False,
        4,
        ["five", "one", "three", "two"],
    )
    assert office.neighbours["tiktok"] == {"fine": 1}
    assert office.neighbours["zed-zorbo.person"] == {"deny by": 1}
    assert office.quote == "Office of Communications fined TikTok."
    assert profiles["gb-ofcom"].countries == {"gb"}
    assert profiles["zorbo-holdngs.company"].near == {"gb": 1}
    assert profiles["zed-zorbo.person"].related == {ZORBO: "role"}


def test_candidates_are_new_and_named(profiles):
    """Candidates are the named agents that the knowledge base has not, those of most mentions first."""
    found = [profile.id for profile in list_candidates(profiles.values())]
    assert found[0] == OFFICE
    assert set(found) == {
        OFFICE,
        ZORBO,
        "zorbo-chat.platform",
        "zed-zorbo.person",
        "zorbo-france.company",
        "zorbo-holdngs.company",
    }
    critics = Profile("critics.group", "critics", "Group", False, names=["critics"])
    maker = Profile("maker.company", "maker", "Company", False, names=["maker"])
    assert list_candidates([critics, maker]) == []


def test_proposals_rank_one_agent_by_two_names_first(profiles, kb):
    """The agent under its full name and under its short one, and the misspelt one, are proposed first."""
    found = [(p.first.id, p.second.id) for p in propose_pairs(profiles, kb, lambda *_: None)]
    assert set(found[:2]) == {("gb-ofcom", OFFICE), (ZORBO, "zorbo-holdngs.company")}


def test_proposals_keep_founder_company_service_and_subsidiary_apart(profiles, kb):
    """A founder, his company, its service and its subsidiary, which facts join, are not proposed as one."""
    apart = {"zed-zorbo.person", ZORBO, "zorbo-chat.platform", "zorbo-france.company"}
    proposed = [p for p in propose_pairs(profiles, kb, lambda *_: None) if {p.first.id, p.second.id} <= apart]
    assert proposed == []


def test_proposals_leave_out_what_was_judged(profiles, kb):
    """A pair that was judged is not proposed again, nor one that follows from what was judged."""
    records = (
        judge_agents("gb-ofcom", OFFICE, "different"),
        judge_agents(ZORBO, "zorbo-holdngs.company", "undecided"),
    )
    identity = make_judgements(make_entries(*records, kb=kb), kb).identity
    found = {(p.first.id, p.second.id) for p in propose_pairs(profiles, kb, identity.tell_verdict)}
    assert not found & {("gb-ofcom", OFFICE), (ZORBO, "zorbo-holdngs.company")}


def test_proposals_do_not_depend_on_the_order_of_agents(profiles, kb):
    """The same agents in any order give the same proposals."""
    shuffled = list(profiles.items())
    random.Random(3).shuffle(shuffled)
    expected = [(p.first.id, p.second.id, p.score, p.signs) for p in propose_pairs(profiles, kb, lambda *_: None)]
    found = [(p.first.id, p.second.id, p.score, p.signs) for p in propose_pairs(dict(shuffled), kb, lambda *_: None)]
    assert found == expected


@pytest.mark.parametrize("relation", ["owns", "partOf", "role", "owner", "operator"])
def test_signs_facts_speak_against_sameness(relation, kb):
    """Agents of one name that a fact relates score low, whichever of the two the fact is of."""
    for order in (0, 1):
        pair = [make_profile("Zorbo", "Company"), make_profile("Zorbo", "Platform")]
        plain = score(kb, *pair).score
        pair[order].related[pair[1 - order].id] = relation
        assert score(kb, *pair).score < 0.05 < 0.5 < plain


def test_signs_who_acted_on_the_other_is_another(kb):
    """Who sued somebody is not the one who was sued, whatever their names."""
    from collections import Counter

    first, second = make_profile("Zorbo Inc"), make_profile("Zorbo")
    assert score(kb, first, second).score > 0.9
    first.neighbours[second.id] = Counter({"sue": 1})
    second.neighbours[first.id] = Counter({"sue by": 1})
    assert score(kb, first, second).score < 0.2


@pytest.mark.parametrize(
    ("first", "second", "is_likely"),
    [
        (make_profile("Zorbo Inc"), make_profile("Zorbo"), True),
        (make_profile("Zorbo Inc"), make_profile("Zorbo Ltd"), False),
        (make_profile("Zorbo France", "Company"), make_profile("Zorbo", "Company", "us"), False),
        (make_profile("Zorbo France", "Company"), make_profile("Zorbo Germany", "Company"), False),
        (make_profile("Zorbo 3"), make_profile("Zorbo 4"), False),
        (make_profile("Ünal Şahin", "Person"), make_profile("Unal Sahin", "Person"), True),
        (make_profile("Şahin", "Person"), make_profile("Unal Sahin", "Person"), True),
        (make_profile("Unal Sahin", "Person"), make_profile("Kemal Sahin", "Person"), False),
        (make_profile("Judge Unal Sahin", "Person"), make_profile("Unal Sahin", "Person"), True),
        (make_profile("Zorbo", "Person"), make_profile("Zorbo Chat", "Platform"), False),
        (make_profile("BLT", "Regulator"), make_profile("Bureau of Lunar Trade", "Regulator"), True),
        (make_profile("French Lunar Authority", "Regulator"), make_profile("Lunar Authority", "Regulator", "fr"), True),
        (
            make_profile("French Lunar Authority", "Regulator"),
            make_profile("Lunar Authority", "Regulator", "it"),
            False,
        ),
        (make_profile("Northern Court", "Court"), make_profile("Southern Court", "Court"), False),
        (make_profile("Data Protection Authority", "Regulator"), make_profile("Privacy Authority", "Regulator"), False),
    ],
    ids=lambda value: value.name if isinstance(value, Profile) else None,
)
def test_signs_tell_names_apart(first, second, is_likely, kb):
    """Spelling, initials and last names speak for sameness; legal forms, places, numbers, first names against it."""
    assert (score(kb, first, second).score >= 0.5) == is_likely
    assert score(kb, second, first).score == score(kb, first, second).score


def test_signs_shared_neighbours_count_by_how_rare_they_are(kb):
    """Acting with the same rare agent says more than acting with one that everybody acts with."""
    from collections import Counter

    scores = []
    for crowd in (0, 200):
        first, second = make_profile("Zorbo", "Company"), make_profile("Zorbo Chat", "Company")
        shared = make_profile("Blub", "Company")
        plain = score(kb, first, second, shared).score
        for agent in (first.id, second.id, *(f"other-{number}.company" for number in range(crowd))):
            shared.neighbours[agent] = Counter({"sue by": 1})
        first.neighbours[shared.id] = second.neighbours[shared.id] = Counter({"sue": 1})
        scores.append(score(kb, first, second, shared).score)
        assert scores[-1] > plain
    assert scores[0] > scores[1]


def test_proposals_find_hidden_names_of_the_knowledge_base(whole_kb):
    """Of 250 other names taken out of the knowledge base most lead back to their agent, and few to another."""
    chance = random.Random(2)
    types = {
        "Platform",
        "Company",
        "Regulator",
        "Court",
        "LawEnforcement",
        "Ministry",
        "CivilSociety",
        "Person",
        "Media",
    }
    names = [
        (agent, alias)
        for agent in whole_kb.agents.values()
        if agent.type in types
        for alias in agent.aliases
        if alias.casefold() != agent.name.casefold() and any(map(str.isupper, alias))
    ]
    profiles = {
        agent.id: Profile(
            agent.id,
            agent.name,
            agent.type,
            True,
            {agent.country} if agent.country else set(),
            [agent.name, *agent.aliases],
        )
        for agent in whole_kb.agents.values()
    }
    hidden = {}
    for number, (agent, alias) in enumerate(chance.sample(names, 250)):
        profiles[agent.id].names.remove(alias)
        identifier = f"hidden-{number}.{agent.type.lower()}"
        profiles[identifier] = Profile(identifier, alias, agent.type, False, names=[alias])
        hidden[identifier] = agent.id
    best = {}
    for proposal in propose_pairs(profiles, whole_kb, lambda *_: None, least=0.5):
        pair = (proposal.first.id, proposal.second.id)
        for candidate, other in (pair, pair[::-1]):
            if candidate in hidden and other not in hidden:
                best.setdefault(candidate, other)
    right = sum(best[candidate] == hidden[candidate] for candidate in best)
    assert right / len(best) > 0.93
    assert right / len(hidden) > 0.6
