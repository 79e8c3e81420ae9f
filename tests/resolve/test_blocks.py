"""Blocks can be resolved apart: the contract on which incremental builds rest."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.kb import load_knowledge_base
from kg.model import Action, Claim
from kg.resolve import name_block, name_case_block, resolve_claims
from tests.resolve.strategies import CLAIM_SETS, tell

KB = load_knowledge_base()
OF_CASES = {"case_id"}  # the fields of an action that tell of its case, and so depend on the case block


def split_claims(claims: list[Claim], name) -> list[list[Claim]]:  # type: ignore[no-untyped-def]
    """Split claims by the name that the function gives."""
    blocks: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        blocks[name(claim)].append(claim)
    return list(blocks.values())


def strip_case(action: Action) -> Action:
    """Leave out what depends on the case."""
    neutral = {field.name: "" for field in fields(action) if field.name in OF_CASES}
    return replace(action, **neutral)  # type: ignore[arg-type]


@settings(max_examples=150, deadline=None)
@given(CLAIM_SETS, st.dictionaries(st.sampled_from([f"d{n}" for n in range(7)]), st.sampled_from(["d0", "d1"])))
def test_blocks_of_cases_resolve_apart(claims: list[Claim], groups: dict[str, str]) -> None:
    """Resolving all claims equals resolving each case block by itself."""
    apart = [action for block in split_claims(claims, name_case_block) for action in resolve_claims(block, groups)]
    assert resolve_claims(claims, groups) == tuple(sorted(apart, key=lambda action: action.id))


@settings(max_examples=150, deadline=None)
@given(CLAIM_SETS)
def test_blocks_decide_alone_what_an_action_is(claims: list[Claim]) -> None:
    """Resolving each block by itself gives the same actions, but for what tells of their case."""
    apart = [strip_case(action) for block in split_claims(claims, name_block) for action in resolve_claims(block)]
    whole = [strip_case(action) for action in resolve_claims(claims)]
    assert whole == sorted(apart, key=lambda action: action.id)


@settings(max_examples=50, deadline=None)
@given(CLAIM_SETS)
def test_blocks_nest(claims: list[Claim]) -> None:
    """A block lies in one case block, which is also that of the actions that its claims make."""
    by_id = {claim.id: claim for claim in claims}
    assert all(name_block(claim).startswith(f"{name_case_block(claim)}/") for claim in claims)
    for action in resolve_claims(claims):
        assert {name_case_block(by_id[id]) for id in action.claim_ids} == {name_case_block(action)}


def test_blocks_hold_both_directions_and_every_organ() -> None:
    """What an authority does to a service, and what its parent answers the state, lies in one case block."""
    fine = tell("a", actor=KB.refer_to("ie-dpc"), target=KB.refer_to("whatsapp"))
    appeal = tell("b", actor=KB.refer_to("meta"), target=KB.refer_to("ireland"), action="appeal")
    assert name_case_block(fine) == name_case_block(appeal) == "european-union|meta"
    assert name_block(fine) == "european-union|meta/fine/european-union"
    assert name_block(appeal) == "european-union|meta/appeal/meta"


def test_blocks_stay_apart_for_other_matters() -> None:
    """Other countries and other companies do not share a case block."""
    pairs = [("ie-dpc", "whatsapp"), ("gb-ico", "whatsapp"), ("ie-dpc", "tiktok"), ("russia", "telegram")]
    names = {name_case_block(tell("a", actor=KB.refer_to(one), target=KB.refer_to(two))) for one, two in pairs}
    assert len(names) == 4
