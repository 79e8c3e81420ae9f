from dataclasses import replace
from decimal import Decimal

import pytest

from kg.model import Money, PartialDate, Reading, Review
from kg.model.ids import make_digest
from kg.resolve import resolve_claims
from tests.factories import make_claim, make_document
from tests.review.judging import ACME, OFCOM, OFFICE, judge, judge_agents, judge_claim, make_reading


def test_apply_without_judgements_changes_nothing():
    """A reading to which no judgement applies is the same object."""
    document, reading = make_reading()
    assert judge().apply(document, reading) is reading


def test_apply_accepted_makes_a_claim_certain():
    """An accepted claim has confidence 1 and leads to its review; nothing else of it changes."""
    document, reading = make_reading()
    judgements = judge(judge_claim(document, reading, "accepted"))
    review = Review(judgements.judgements[0].id)
    assert judgements.apply(document, reading).claims == (replace(reading.claims[0], confidence=1.0, review=review),)


def test_apply_rejected_leaves_a_claim_out():
    """A rejected claim is not in the reading any more, the others are."""
    document, reading = make_reading("Office of Communications fined and warned Acme.")
    other = make_claim(document, OFFICE, "warn", ACME, trigger="warned")
    reading = Reading(document.id, (*reading.claims, other), reading.facts)
    assert judge(judge_claim(document, reading, "rejected")).apply(document, reading).claims == (other,)


def test_apply_corrected_says_what_the_reviewer_says():
    """A corrected claim says what it should, with its proof, an id of its own, and the way to what was read."""
    document, reading = make_reading("The UK media watchdog may fine Acme; Office of Communications fined 5.")
    claim = make_claim(document, OFFICE, "fine", ACME, trigger="fine", money=Money(Decimal(5), "EUR"))
    reading = Reading(document.id, (claim,), ())
    correction = {"actor": "ofcom", "action": "warn", "status": "planned", "amount": None, "date": "2024-05"}
    judgements = judge(judge_claim(document, reading, "corrected", correction=correction))
    (found,) = judgements.apply(document, reading).claims
    assert (found.actor, found.action, found.target, found.status) == (OFCOM, "warn", ACME, "planned")
    assert (found.money, found.date, found.confidence) == (None, PartialDate("2024-05"), 1.0)
    assert found.review == Review(judgements.judgements[0].id, claim.id)
    assert found.id != claim.id
    assert [span.text for span in found.evidence.actor_chain] == ["UK media watchdog"]
    found.evidence.check(document.text)


def test_apply_corrected_parts_alone_keep_the_rest():
    """What a correction does not name stays as it was read."""
    document, reading = make_reading()
    correction = {"amount": 345, "currency": "USD"}
    (found,) = judge(judge_claim(document, reading, "corrected", correction=correction)).apply(document, reading).claims
    claim = reading.claims[0]
    assert found.money == Money(Decimal(345), "USD")
    assert replace(found, id=claim.id, money=None, confidence=0.9, review=None) == claim


def test_apply_later_judgement_supersedes():
    """Of two judgements on one claim the later holds; an undecided one takes the earlier back."""
    document, reading = make_reading()
    rejected, undecided = (judge_claim(document, reading, verdict) for verdict in ("rejected", "undecided"))
    assert judge(rejected, undecided).apply(document, reading).claims == reading.claims
    assert judge(undecided, rejected).apply(document, reading).claims == ()


def test_apply_outlives_an_edit_elsewhere_in_the_text():
    """A judgement holds though words were put before the quote, so that no offset is what it was."""
    document, reading = make_reading()
    judgements = judge(judge_claim(document, reading, "rejected"))
    moved = make_document(f"Breaking news. {document.text}", id=document.id)
    claim = replace(reading.claims[0], id="other")
    shifted = replace(
        claim.evidence,
        start=15,
        end=15 + claim.evidence.end,
        trigger=replace(claim.evidence.trigger, start=claim.evidence.trigger.start + 15),
    )
    assert judgements.apply(moved, Reading(document.id, (replace(claim, evidence=shifted),), ())).claims == ()


def test_apply_outlives_another_cut_of_the_quote():
    """A judgement holds though a later extractor quotes more of the same text."""
    document, reading = make_reading("On Monday Office of Communications fined Acme. So it said.")
    claim = reading.claims[0]
    short = replace(claim, evidence=replace(claim.evidence, start=10, end=46, quote=document.text[10:46]))
    judgements = judge(judge_claim(document, Reading(document.id, (short,), ()), "rejected"))
    assert judgements.apply(document, reading).claims == ()


def test_apply_holds_for_a_document_renamed():
    """A judgement holds for the same text under another id, for it is the text that was judged."""
    document, reading = make_reading()
    judgements = judge(judge_claim(document, reading, "rejected"))
    other, again = make_reading(id="renamed")
    assert judgements.apply(other, again).claims == ()
    stranger, further = make_reading("Office of Communications fined Acme. Really.", id="stranger")
    assert judgements.apply(stranger, further).claims == further.claims


@pytest.mark.parametrize("change", [{"action": "sue"}, {"status": "planned"}, {"actor": OFCOM}, {"target": OFCOM}])
def test_apply_spares_another_claim_of_the_same_words(change):
    """A judgement means one claim: another action, status or party read from the same words was not judged."""
    document, reading = make_reading()
    judgements = judge(judge_claim(document, reading, "rejected"))
    claim = reading.claims[0]
    if {"actor", "target"} & set(change):
        actor, target = claim.evidence.actor_chain, claim.evidence.target_chain
        change = change | {"evidence": replace(claim.evidence, actor_chain=target, target_chain=actor)}
    other = Reading(document.id, (replace(claim, **change),), ())
    assert judgements.apply(document, other).claims == other.claims
    assert judgements.find_used(document, other) == set()


def test_apply_outlives_another_link_of_the_same_name():
    """A judgement holds though the words that name the actor lead to another agent since, for it is the same name."""
    document, reading = make_reading()
    judgements = judge(judge_claim(document, reading, "rejected"))
    relinked = Reading(document.id, (replace(reading.claims[0], actor=ACME),), ())
    assert judgements.apply(document, relinked).claims == ()


def test_apply_outlives_a_judgement_of_its_parties():
    """A judged claim is still meant when a new reading names its actor by what stands for it."""
    document, reading = make_reading()
    judgements = judge(judge_claim(document, reading, "rejected"), judge_agents("ofcom", OFFICE.id, "same"))
    relinked = Reading(document.id, (replace(reading.claims[0], actor=OFCOM),), ())
    assert judgements.apply(document, relinked).claims == ()
    assert judgements.apply(document, reading).claims == ()
    assert judgements.find_used(document, reading) == {judgements.judgements[0].id}


def test_apply_moves_parties_and_speakers_to_who_stands_for_them():
    """Actors, targets, speakers and the parties of facts are those that stand for them; ids of claims stay."""
    document, reading = make_reading()
    claim = replace(reading.claims[0], speaker=OFFICE)
    applied = judge(judge_agents("ofcom", OFFICE.id, "same")).apply(document, Reading("d1", (claim,), reading.facts))
    assert (applied.claims[0].actor, applied.claims[0].speaker, applied.facts[0].subject) == (OFCOM, OFCOM, OFCOM)
    assert applied.claims[0].id == claim.id


def test_apply_merges_the_actions_of_one_agent_by_two_names():
    """Two reports of one fine by an agent of two names are one action once the names are judged one."""
    first, second = make_reading(), make_document("Ofcom fined Acme.", id="d2")
    by_ofcom = Reading("d2", (make_claim(second, OFCOM, "fine", ACME, trigger="fined"),), ())
    judgements = judge(judge_agents("ofcom", OFFICE.id, "same"))
    claims = [*judgements.apply(*first).claims, *judgements.apply(second, by_ofcom).claims]
    assert len(resolve_claims([*first[1].claims, *by_ofcom.claims])) == 2
    (action,) = resolve_claims(claims)
    assert (action.actor, action.source_count) == (OFCOM, 2)


def test_judgements_digest_tells_other_judgements_apart():
    """The digest is that of the judgements in force in their order, not of the file's comments; none is empty."""
    document, reading = make_reading()
    records = judge_agents("ofcom", OFFICE.id, "same"), judge_claim(document, reading, "rejected")
    assert judge().digest == ""
    assert judge(*records).digest == judge(*records).digest
    assert len({judge(*records).digest, judge(*records[:1]).digest, judge(*records[::-1]).digest}) == 3
    assert make_digest(document.text) == records[1]["claim"]["text"]
