"""Blocks of claims: what can be resolved apart from all else, so that an added document touches few claims.

The contract, which `resolve_claims` keeps and ``tests/resolve/test_blocks.py`` holds it to:

- `name_case_block` is a function of one claim alone (and of the knowledge base). For any set of claims C,
  ``resolve_claims(C, groups)`` equals the sorted union of ``resolve_claims(B, groups)`` over the case blocks B of C:
  the actions with all their fields, case ids too, depend only on claims of the same case block.
- `resolve_cases` describes the cases of any whole set of actions; a case depends on the actions of its case block
  alone, and ``encode_cases`` (kg.rdf) writes each case apart from all others.
- `name_block` is finer. What an action *is* (its id, claims, amounts, dates, charges, laws, confidence, source count:
  all but what tells of its case) depends only on claims of the same block. A block lies in one case block, and an
  action has the case block of its claims: ``name_case_block(action) == name_case_block(claim)``.
- Of ``groups``, only those of the claims' own documents count: a document that joins or leaves a group of copies
  touches the blocks of its own claims, and of the other documents of the group where their group's name changes.
- Claims carry agents as judgements left them: a judgement about an agent moves claims from block to block, so it
  touches the blocks of the claims before and after it. Another knowledge base may change every block.

Block names are stable across builds and processes; they hold letters, digits, ``-``, ``.``, ``|`` and ``/``.
"""

from __future__ import annotations

from kg.kb import KnowledgeBase
from kg.model import Action, Claim
from kg.model.ids import make_slug
from kg.resolve.likeness import MUTUAL
from kg.resolve.sides import name_side


def name_case_block(told: Claim | Action, kb: KnowledgeBase | None = None) -> str:
    """Name the block that decides over an action and its case: the two sides of it, whoever acts.

    Parameters
    ----------
    told
        A claim, its agents final, or an action.
    kb
        The knowledge base; the shipped one if None.

    Returns
    -------
    str
        Such as ``european-union|meta``.
    """
    return "|".join(sorted(_name_sides(told, kb)))


def name_block(claim: Claim, kb: KnowledgeBase | None = None) -> str:
    """Name the block that decides which claims are one action.

    Parameters
    ----------
    claim
        A claim, its agents final.
    kb
        The knowledge base; the shipped one if None.

    Returns
    -------
    str
        The case block and what was done by which side, such as ``european-union|meta/fine/european-union``.
    """
    actor = "both" if claim.action in MUTUAL else _name_sides(claim, kb)[0]
    return "/".join((name_case_block(claim, kb), claim.action, actor))


def _name_sides(told: Claim | Action, kb: KnowledgeBase | None) -> tuple[str, str]:
    actor, target = (name_side(party, kb) for party in (told.actor, told.target))
    return _clean(actor), _clean(target)


def _clean(side: str) -> str:
    """Keep the separators out of ids; those of the knowledge base and of new agents are clean as they are."""
    return side if "|" not in side and "/" not in side else make_slug(side)
