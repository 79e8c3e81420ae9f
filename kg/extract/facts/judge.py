"""Which proposals to keep: a logistic model over how they were read and what else speaks for them."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.confidence import ConfidenceModel, load_confidence_model
from kg.extract.facts.naming import Naming
from kg.extract.facts.proposal import FoundFact, Proposal
from kg.extract.facts.scene import Scene
from kg.resources import find_data

_VAGUE = frozenset({"", "boss", "chief", "head", "leader", "executive", "owner"})
_IMPLIED = frozenset({"source:near", "source:country", "source:known", "subject-referred"})

# Too few labels tell of users, and of what is called an arm or an affiliate, to learn from: what is proposed holds.
_RULED = {"users": 0.7}
_BELONGING = 0.6


class FactJudge:
    """Merge the proposals of one fact and keep those that are sure enough."""

    def __init__(self, model: ConfidenceModel | None = None) -> None:
        self._model = model or load_confidence_model(find_data() / "kb" / "models" / "facts.json")

    def choose(self, scene: Scene, proposals: Iterable[Proposal]) -> list[FoundFact]:
        """Return the facts above the threshold, the surest telling of each, in the order of the text."""
        found: list[tuple[float, Proposal]] = []
        for group in group_proposals(proposals):
            confidence = _find_ruled(group) or self._model.estimate(describe_proposals(scene, group))
            if confidence >= self._model.threshold:
                found.append((confidence, group[0]))
        found.sort(key=lambda item: (-item[0], item[1].tokens, item[1].key))
        naming = Naming(scene)
        kept: list[FoundFact] = []
        for confidence, p in found:
            fact = naming.make_fact(p, confidence)
            if not any(_is_same(fact, other) for other in kept):
                kept.append(fact)
        kept = [fact for fact in kept if not _is_vague(fact, kept)]
        return sorted(kept, key=lambda fact: (fact.tokens, fact.relation, fact.subject.id, fact.value or ""))


def _find_ruled(group: list[Proposal]) -> float | None:
    """Find the confidence of what is not learned; None of what is."""
    if group[0].relation == "part_of" and any("belonging" in proposal.hints for proposal in group):
        return _BELONGING
    return _RULED.get(group[0].relation)


def group_proposals(proposals: Iterable[Proposal]) -> list[list[Proposal]]:
    """Group the proposals of the same fact, the first in the text first."""
    groups: dict[tuple[str, str, str, str], list[Proposal]] = {}
    for proposal in proposals:
        if proposal.object is None or proposal.subject.id != proposal.object.id:
            groups.setdefault(proposal.key, []).append(proposal)
    return [sorted(group, key=lambda p: (p.tokens, p.how)) for group in groups.values()]


def describe_proposals(scene: Scene, group: list[Proposal]) -> list[str]:
    """Name the features of a fact that these proposals suggest, each once, in a fixed order."""
    first = group[0]
    relation = first.relation
    features = {"fact", relation}
    for proposal in group:
        features.add(f"{relation}|how:{proposal.how}")
        features |= {f"{relation}|{hint}" for hint in proposal.hints}
        features |= {
            f"{relation}|how:{proposal.how}|{hint}" for hint in proposal.hints if hint.startswith(("kb:", "kind:"))
        }
    if any(_is_stated(proposal) for proposal in group):
        features |= {"stated", f"{relation}|stated"}
    mentions = scene.counts.get(first.subject.id, 0)
    features.add(f"{relation}|subject-named:{min(mentions, 3)}")
    if first.object is not None:
        features.add(f"{relation}|object-named:{min(scene.counts.get(first.object.id, 0), 3)}")
    features.add(
        f"{relation}|known:{scene.is_known(first.subject)}+{first.object is not None and scene.is_known(first.object)}"
    )
    size = len(scene.doc)
    features.add(f"{relation}|size:{'item' if size < 110 else 'short' if size < 260 else 'long'}")
    if len(group) > 1:
        features.add(f"{relation}|told-again")
    return sorted(features)


def _is_vague(fact: FoundFact, facts: list[FoundFact]) -> bool:
    """Tell whether a role is headline shorthand ("boss") for one that the text also gives in full."""
    if fact.relation != "role" or (fact.value or "").lower() not in _VAGUE:
        return False
    others = (f for f in facts if f.relation == "role" and f.subject == fact.subject and f.object == fact.object)
    return any((other.value or "").lower() not in _VAGUE for other in others)


def _is_stated(proposal: Proposal) -> bool:
    """Tell whether words say it, not only the knowledge base or what stands near."""
    return not proposal.how.startswith("known-") and not any(hint in _IMPLIED for hint in proposal.hints)


def _is_same(fact: FoundFact, other: FoundFact) -> bool:
    """Tell whether two facts differ only in how fully they give a title."""
    if (fact.relation, fact.subject.id) != (other.relation, other.subject.id) or fact.object != other.object:
        return False
    words, others = set((fact.value or "").lower().split()), set((other.value or "").lower().split())
    return bool(words & others) or not words or not others
