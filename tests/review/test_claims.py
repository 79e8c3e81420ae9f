from decimal import Decimal

import pytest

from kg.evaluate.gold import decode_gold
from kg.judge import make_judgements
from kg.model import ClaimKey, Money, PartialDate
from kg.review import export_gold, list_questions
from kg.review.report import describe_entry, report_judgements
from tests.review.judging import judge_agents, make_entries
from tests.review.world import make_store, make_stories


def judge_claim(told, place, verdict, **more):
    """Write a judgement of one of a document's claims."""
    from kg.judge import encode_key

    document, reading = told
    key = encode_key(ClaimKey.from_claim(reading.claims[place], document))
    return {"claim": key, "is": verdict, "by": "ada", "when": "2026-11-22", "why": ""} | more


def judge(kb, *records):
    """Make judgements of records ready to apply."""
    return make_judgements(make_entries(*records, kb=kb), kb)


def ask(store, judgements, **more):
    """List what is asked: action, target and confidence."""
    questions = list_questions(store, judgements, **more)
    return [(one.claim.action, one.claim.target.name, one.claim.confidence) for one in questions]


def test_questions_begin_with_the_least_certain(kb):
    """Claims come by their confidence, the least first, each with its document."""
    none = judge(kb)
    store = make_store(make_stories(), none, kb)
    confidences = [confidence for _, _, confidence in ask(store, none)]
    assert confidences == sorted(confidences) == [0.35, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95]
    for question in list_questions(store, none):
        question.claim.evidence.check(question.document.text)
        assert question.key == ClaimKey.from_claim(question.claim, question.document)


def test_questions_leave_out_what_was_judged_but_not_built(kb):
    """A claim that was judged since the last build is not asked about again, unless it is wanted."""
    stories = make_stories()
    store = make_store(stories, judge(kb), kb)
    judgements = judge(kb, judge_claim(stories[3], 0, "rejected"))
    assert ask(store, judgements)[0] == ("warn", "Zorbo Holdngs", 0.4)
    assert ask(store, judgements, again=True)[0] == ("sue", "Zorbo France", 0.35)


def test_questions_ask_again_about_a_corrected_claim_by_its_first_key(kb):
    """A corrected claim can be judged again, and the judgement means the claim as it was read."""
    stories = make_stories()
    judgements = judge(kb, judge_claim(stories[3], 0, "corrected", correction={"action": "warn", "actor": "tiktok"}))
    store = make_store(stories, judgements, kb)
    assert ("warn", "Zorbo France", 1.0) not in ask(store, judgements)
    (question,) = [one for one in list_questions(store, judgements, again=True) if one.judged]
    assert (question.claim.action, question.claim.actor.id) == ("warn", "tiktok")
    assert question.key == judgements.judgements[0].key
    assert (question.key.action, question.key.actor) == ("sue", "meta")


def test_questions_after_a_judgement_of_agents_find_the_claim_as_it_was_read(kb):
    """A key made from a store where an agent is called by another id still means the claim as it was read."""
    stories = make_stories()
    same = judge_agents("gb-ofcom", "office-of-communications.regulator", "same")
    store = make_store(stories, judge(kb, same), kb)
    ban = next(one for one in list_questions(store, judge(kb, same)) if one.claim.action == "ban")
    assert ban.key.actor == "gb-ofcom"
    from kg.judge import encode_key

    record = {"claim": encode_key(ban.key), "is": "rejected", "by": "a", "when": "2026-11-22", "why": ""}
    document, reading = stories[4]
    # Both with the judgement of agents and after it was taken back.
    assert judge(kb, same, record).apply(document, reading).claims == ()
    assert judge(kb, record).apply(document, reading).claims == ()


def test_gold_has_accepted_and_corrected_claims_and_no_rejected(kb):
    """Gold requires what was accepted or corrected, lacks what was rejected, and leaves the rest optional."""
    stories = make_stories()
    correction = {"status": "planned", "amount": 5000000, "currency": "GBP", "date": "2024-05", "target": "meta"}
    records = (
        judge_claim(stories[0], 0, "corrected", correction=correction),
        judge_claim(stories[1], 1, "rejected"),
        judge_claim(stories[4], 0, "accepted"),
    )
    judgements = judge(kb, *records)
    for store in (make_store(stories, judge(kb), kb), make_store(stories, judgements, kb)):
        gold = {doc["id"]: (doc, text) for doc, text in export_gold(store, judgements, {})}
        assert sorted(gold) == ["five", "one", "two"]
        fine, probe = gold["one"][0]["events"]
        assert fine == {
            "action": "fine",
            "actor": ["Ofcom"],
            "target": ["Meta"],
            "status": "planned",
            "charges": [],
            "law": [],
            "amount": 5000000,
            "currency": "GBP",
            "date": "2024-05",
            "optional": False,
            "trigger": "fined",
            "actor_mention": "Ofcom",
            "target_mention": "TikTok",
        }
        assert probe["optional"]
        assert [(event["action"], event["optional"]) for event in gold["two"][0]["events"]] == [("fine", True)]
        assert [(event["action"], event["optional"]) for event in gold["five"][0]["events"]] == [("ban", False)]
        for doc, text in gold.values():
            assert decode_gold(doc).id == text["id"]
            assert all(event["trigger"] in text["text"] for event in doc["events"])


def test_gold_is_well_formed_by_both_checkers(kb, shared, tmp_path):
    """The gold passes the project's own check and that of the shared guidelines."""
    import json
    import subprocess
    import sys

    from kg.evaluate.check import check_gold

    stories = make_stories()
    judgements = judge(kb, *(judge_claim(told, 0, "accepted") for told in stories))
    docs = [doc for doc, _ in export_gold(make_store(stories, judgements, kb), judgements, {})]
    assert len(docs) == len(stories)
    assert [problem for doc in docs for problem in check_gold(doc)] == []
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(f"{json.dumps(doc)}\n" for doc in docs), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, shared / "gold" / "check.py", path], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_report_tells_what_holds_and_what_fits_nothing(kb):
    """The report counts what holds, and names what is undecided, of unknown agents, or of a claim that is gone."""
    stories = make_stories()
    gone = judge_claim(stories[4], 0, "rejected")
    gone["claim"] |= {"quote": "Nobody banned it.", "trigger": "banned", "at": 7, "text": "0"}
    records = (
        judge_agents("gb-ofcom", "office-of-communications.regulator", "same"),
        judge_agents("gb-ofcom", "office-of-communications.regulator", "undecided"),
        judge_agents("a.company", "b.company", "different"),
        judge_claim(stories[0], 0, "accepted"),
        gone,
    )
    judgements = judge(kb, *records)
    used = set().union(*(judgements.find_used(*told) for told in stories))
    agents = {party.id for _, reading in stories for claim in reading.claims for party in (claim.actor, claim.target)}
    report = report_judgements(judgements, agents=agents, used=used)
    assert report.counts == {
        "agents different": 1,
        "agents undecided": 1,
        "claims accepted": 1,
        "claims rejected": 1,
    }
    assert report.superseded == 1
    assert [entry.place for entry in report.undecided] == ["judgements.jsonl:2"]
    assert [entry.place for entry in report.unknown] == ["judgements.jsonl:3"]
    assert [entry.place for entry in report.unfit] == ["judgements.jsonl:5"]
    assert describe_entry(report.unfit[0]) == (
        "judgements.jsonl:5: rejected by ada, 2026-11-22: five: office-of-communications.regulator — ban — "
        "zorbo-chat.platform (actual), 'Nobody banned it.'"
    )


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("amount", "EUR 5,100,000", Money(Decimal(5100000), "EUR")),
        ("amount", "5.5 usd", Money(Decimal("5.5"), "USD")),
        ("date", "2024-05", PartialDate("2024-05")),
        ("action", "fine", "fine"),
        ("status", "negated", "negated"),
    ],
)
def test_written_values_are_read_as_a_person_types_them(name, text, expected, kb):
    """Amounts take thousands separators and the currency on either side; dates may be partial."""
    from kg.judge import decode_correction
    from kg.judge.written import read_value

    correction = decode_correction(read_value(name, text, kb=kb), kb)
    assert getattr(correction, {"amount": "money"}.get(name, name)) == expected


def test_written_parties_are_known_or_new_with_a_type(kb):
    """A party is an id or a name of the knowledge base, or a new name with its type after a bar."""
    from kg.errors import DataError
    from kg.judge import decode_correction
    from kg.judge.written import read_value

    for text, id in (("tiktok", "tiktok"), ("TikTok", "tiktok"), ("Zorbo Ltd | company", "zorbo-ltd.company")):
        assert decode_correction(read_value("actor", text, kb=kb), kb).actor.id == id
    assert read_value("date", "-", kb=kb) == {"date": None}
    for name, text in (("actor", "Zorbo Ltd"), ("target", "Zorbo | firm"), ("amount", "5 million"), ("amount", "EUR")):
        with pytest.raises(DataError):
            read_value(name, text, kb=kb)
