"""Which claims tell of one action, whatever the wording, the currency and the precision of the date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.model import Action, Claim
from kg.resolve.actions import make_action
from kg.resolve.blocks import name_block
from kg.resolve.cases import assign_cases
from kg.resolve.likeness import Likeness, Report, compare_reports, is_contradiction, is_counted, make_report

_SUM = 3.0  # from here on a likeness names the action: a sum agrees
_CLEAR = 2.0  # from here on it does if none is as likely: a day or a month agrees
_AHEAD = 0.25  # by how much the likeliest of several actions must be likelier than the next where nothing is clear


def resolve_claims(claims: Iterable[Claim], groups: Mapping[str, str] | None = None) -> tuple[Action, ...]:
    """Merge the claims of all documents into actions, and these into cases.

    Parameters
    ----------
    claims
        The claims, their agents final, in any order: the result depends on the set alone.
    groups
        Document id -> group of copies; a document that is not in it is a source of its own.

    Returns
    -------
    tuple of Action
        Sorted by id. What each depends on is the contract of `kg.resolve.blocks`.
    """
    blocks: dict[str, list[Claim]] = {}
    for claim in claims:
        blocks.setdefault(name_block(claim), []).append(claim)
    clusters = [cluster for name in sorted(blocks) for cluster in merge_claims(blocks[name])]
    actions = [make_action(cluster, groups or {}) for cluster in clusters]
    counted = {action.id for action, cluster in zip(actions, clusters, strict=True) if any(map(is_counted, cluster))}
    by_id = {action.id: action for action in assign_cases(actions, counted)}
    if len(by_id) != len(actions):
        raise AssertionError("two actions have one id: is a claim in it twice?")
    return tuple(by_id[action_id] for action_id in sorted(by_id))


def merge_claims(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Split the claims of one block into those of one action each.

    Those that tell most found the actions; each other one joins the action that it agrees with best, if it agrees with
    all that was told of it so far. What tells neither sum nor day joins only where there is one such action, or one
    that is clearly the likeliest: else it stays apart. At last, actions of one day whose sums contradict one another
    are made one.
    """
    reports = sorted(map(make_report, claims), key=_rank)
    clusters: list[list[Report]] = []
    for report in reports:
        fits = []
        for number, cluster in enumerate(clusters):
            likeness = _compare_all(report, cluster)
            if likeness is not None:
                fits.append((likeness, -number))
        fits.sort(reverse=True)
        if fits and _is_clear([likeness for likeness, _ in fits]):
            clusters[-fits[0][1]].append(report)
        else:
            clusters.append([report])
    return [[report.claim for report in cluster] for cluster in _join_contradicting(clusters)]


def _join_contradicting(clusters: list[list[Report]]) -> list[list[Report]]:
    """Join what is one action told with two sums, unless some document tells of both."""
    joined: list[list[Report]] = []
    for cluster in clusters:
        for other in joined:
            documents = {report.claim.document_id for report in other}
            if any(report.claim.document_id in documents for report in cluster):
                continue
            if any(is_contradiction(report, told) for report in cluster for told in other):
                other += cluster
                break
        else:
            joined.append(list(cluster))
    return joined


def _is_clear(fits: list[Likeness]) -> bool:
    best = fits[0]
    if len(fits) == 1:
        return True
    ahead = best.total - max(fit.total for fit in fits[1:])
    return best.evidence >= _SUM or (best.evidence >= _CLEAR and ahead > 0) or ahead >= _AHEAD


def _compare_all(report: Report, cluster: list[Report]) -> Likeness | None:
    """The best likeness to a member of a cluster, None if the report disagrees with any."""
    best = None
    anchored = any(other.timing.digits for other in cluster)
    for other in cluster:
        likeness = compare_reports(report, other, anchored=anchored)
        if likeness is None:
            return None
        best = likeness if best is None else max(best, likeness)
    return best


def _rank(report: Report) -> tuple[bool, int, str, str, str, str]:
    claim = report.claim
    money = f"{claim.money.currency}{claim.money.amount}" if claim.money else ""
    date, published = (day.iso if day else "" for day in (claim.date, claim.published))
    return claim.status == "planned", -report.strength, date, money, published, claim.id
