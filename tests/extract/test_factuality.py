"""Tell what happened from what is planned and what is said not to be so."""

from __future__ import annotations

import pytest

from kg.extract.factuality import judge_status
from kg.kb.lexicon import load_lexicon
from tests.extract.reading import annotate_text, describe_text
from tests.extract.test_clauses import check, hard


@pytest.mark.parametrize(
    ("sentence", "actor", "action", "target", "status"),
    [
        ("France did not ban TikTok.", "France", "ban", "TikTok", "negated"),
        ("Norway never fined Facebook.", "Norway", "fine", "Facebook", "negated"),
        ("Signal has never been banned by Switzerland.", "Switzerland", "ban", "Signal", "negated"),
        ("Canada has no plans to ban TikTok.", "Canada", "ban", "TikTok", "negated"),
        ("Britain will not ban TikTok.", "United Kingdom", "ban", "TikTok", "negated"),
        ("Denmark decided not to ban TikTok.", "Denmark", "ban", "TikTok", "negated"),
        ("Telegram denied that Russia had banned it.", "Russia", "ban", "Telegram", "negated"),
        ("Meta denied that it had been fined by Ireland.", "Ireland", "fine", "Meta", "negated"),
        ("Denmark decided to ban TikTok.", "Denmark", "ban", "TikTok", "planned"),
        ("Spain could ban Telegram.", "Spain", "ban", "Telegram", "planned"),
        ("Spain will fine Meta next year.", "Spain", "fine", "Meta", "planned"),
        ("Poland may fine Google if it does not comply.", "Poland", "fine", "Google", "planned"),
        ("Britain is considering a ban on TikTok.", "United Kingdom", "ban", "TikTok", "planned"),
        ("Norway's regulator proposed to fine Grindr.", "Norway|Datatilsynet", "fine", "Grindr", "planned"),
        ("Meta faces a fine from the European Commission.", "European Commission", "fine", "Meta", "planned"),
        ("Iran threatened to block Instagram last week.", "Iran", "ban", "Instagram", "planned"),
        ("Germany's decision to ban Huawei surprised nobody.", "Germany", "ban", "Huawei", "actual"),
        hard("Germany's decision to fine Telegram surprised lawyers.", "Germany", "fine", "Telegram", "actual",
             why="a decision to do as its subject"),
        hard("Brazil threatened to fine X again.", "Brazil", "fine", "X", "planned", why="X behind a verb"),
        hard("Sweden rejected a proposal to ban TikTok.", "Sweden", "ban", "TikTok", "negated",
             why="a proposal that was rejected"),
    ],
)  # fmt: skip
def test_factuality_of_a_sentence(sentence: str, actor: str, action: str, target: str, status: str) -> None:
    """The sentence tells the action with this status and no other."""
    check(sentence, actor, action, target, status)


NOT_SAID_TO_HAVE_HAPPENED = [
    "France did not ban TikTok.",
    "France has no plans to ban TikTok.",
    "France could ban TikTok.",
    "France threatened to ban TikTok.",
    "France refused to ban TikTok.",
    "France denied that it had banned TikTok.",
    "TikTok could be banned in France.",
    "TikTok faces a ban in France.",
    "TikTok fears a ban in France.",
    "TikTok was not banned by France.",
    "Lawmakers want France to ban TikTok.",
    "If France bans TikTok, its users will leave.",
    "Nobody expects France to ban TikTok.",
    "France would ban TikTok under the proposal.",
    "Should France ban TikTok?",
    "There is no evidence that France banned TikTok.",
    "The claim that France had banned TikTok is false.",
    "Reports that France had banned TikTok were denied by the minister.",
    "France stopped short of banning TikTok.",
    "A ban on TikTok in France is unlikely.",
    "France rejected a ban on TikTok.",
    "France ruled out a ban on TikTok.",
]


@pytest.mark.parametrize(
    "sentence",
    NOT_SAID_TO_HAVE_HAPPENED,
)
def test_factuality_never_asserts_what_is_not_said_to_have_happened(sentence: str) -> None:
    """A threat, a plan, a fear, a denial or a condition never comes out as a ban that happened."""
    assert {one for one in describe_text(sentence) if one[1] == "ban" and one[3] == "actual"} == set()


@pytest.mark.parametrize(
    ("sentence", "trigger", "status"),
    [
        ("Italy banned the app.", "banned", "actual"),
        ("Italy will ban the app.", "ban", "planned"),
        ("Italy did not ban the app.", "ban", "negated"),
        ("Italy won't ban the app.", "ban", "negated"),
        ("Italy has begun to block the app.", "block", "actual"),
        ("Italy said it had banned the app.", "banned", "actual"),
        ("Italy is to ban the app.", "ban", "planned"),
        ("Italy closed the office without fining the company.", "fining", "negated"),
        ("Italy proposed a ban.", "ban", "planned"),
        ("No fine was imposed.", "fine", "negated"),
        ("A possible fine was discussed.", "fine", "planned"),
    ],
)
def test_factuality_names_its_cues(sentence: str, trigger: str, status: str) -> None:
    """A status other than actual is given with the cues that decided; actual has none."""
    doc, _ = annotate_text(sentence)
    token = next(token for token in doc if token.text == trigger)
    judged, cues = judge_status(token, load_lexicon().embedding)
    assert judged == status
    assert (cues == ()) is (status == "actual")
