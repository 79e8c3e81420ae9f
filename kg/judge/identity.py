"""Which agents are one, by the judgements of reviewers: transitive, and refused where they contradict one another."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.errors import DataError
from kg.judge.files import Entry
from kg.kb import KnowledgeBase
from kg.model import AgentJudgement, AgentRef
from kg.model.vocabulary import AGENT_TYPES

_TYPES = {name.lower(): name for name in AGENT_TYPES}

Pair = tuple[str, str]


class Identity:
    """Which agent stands for which others.

    An agent of the knowledge base stands for what was judged the same as it; among new agents it is the one with the
    least id.

    Parameters
    ----------
    entries
        Judgements in their order: of two on one pair the later holds. Those of claims are passed over.
    kb
        The knowledge base, which keeps all its agents apart.

    Raises
    ------
    DataError
        If agents that are different by a judgement, or two of the knowledge base, become one by others.
    """

    def __init__(self, entries: Iterable[Entry], kb: KnowledgeBase) -> None:
        self._kb = kb
        self.judged: Mapping[Pair, Entry] = {
            entry.judgement.agents: entry for entry in entries if isinstance(entry.judgement, AgentJudgement)
        }
        self._joined: dict[str, dict[str, Entry]] = {}
        for pair, entry in self.judged.items():
            if entry.judgement.verdict == "same":
                first, second = pair
                self._joined.setdefault(first, {})[second] = entry
                self._joined.setdefault(second, {})[first] = entry
        self.canonical: dict[str, str] = self._merge()
        self._refuse_contradictions()
        # Between two groups one "different" says more than any number of "undecided".
        self._verdicts: dict[Pair, str] = {}
        for pair, entry in self.judged.items():
            merged = self._pair(*pair)
            if self._verdicts.get(merged) != "different":
                self._verdicts[merged] = entry.judgement.verdict

    def find(self, agent: str) -> str:
        """Find the id of the agent that stands for this one: its own, unless it was judged to be another."""
        return self.canonical.get(agent, agent)

    def refer(self, agent: AgentRef) -> AgentRef:
        """Refer to the agent that stands for this one; a new agent keeps the name by which its document knows it."""
        canonical = self.find(agent.id)
        if canonical == agent.id:
            return agent
        if canonical in self._kb.agents:
            return self._kb.refer_to(canonical)
        # The id of a new agent ends in its type.
        return replace(agent, id=canonical, type=_TYPES.get(canonical.rpartition(".")[2], agent.type))

    def tell_verdict(self, first: str, second: str) -> str | None:
        """Tell what was judged of two agents, directly or through others; None if nothing was."""
        pair = self._pair(first, second)
        return "same" if pair[0] == pair[1] else self._verdicts.get(pair)

    def list_undecided(self) -> list[Pair]:
        """List the pairs of agents that were left undecided, by who stands for them, and that nothing else decides."""
        return sorted(pair for pair, verdict in self._verdicts.items() if verdict == "undecided" and pair[0] != pair[1])

    def _pair(self, first: str, second: str) -> Pair:
        one, other = sorted((self.find(first), self.find(second)))
        return one, other

    def _merge(self) -> dict[str, str]:
        canonical: dict[str, str] = {}
        for agent in sorted(self._joined):
            if agent in canonical:
                continue
            group = sorted(self._reach(agent))
            known = [member for member in group if member in self._kb.agents]
            if len(known) > 1:
                raise DataError(self._explain(known[0], known[1], "are two agents of the knowledge base"))
            canonical |= dict.fromkeys(group, (known or group)[0])
        return canonical

    def _refuse_contradictions(self) -> None:
        for (first, second), entry in sorted(self.judged.items()):
            if entry.judgement.verdict == "different" and self.find(first) == self.find(second):
                raise DataError(self._explain(first, second, "are different", entry))

    def _reach(self, agent: str) -> dict[str, str | None]:
        """Map each agent that judgements make the same as this one to the one before it on the shortest way."""
        before: dict[str, str | None] = {agent: None}
        waiting = deque([agent])
        while waiting:
            here = waiting.popleft()
            for other in sorted(self._joined.get(here, ())):
                if other not in before:
                    before[other] = here
                    waiting.append(other)
        return before

    def _explain(self, first: str, second: str, what: str, entry: Entry | None = None) -> str:
        before, here, chain, places = self._reach(first), second, [second], []
        while (previous := before[here]) is not None:
            places.append(self._joined[previous][here].place)
            chain.append(previous)
            here = previous
        where = f"{entry.place}: " if entry else f"{places[-1]}: "
        ways = " = ".join(reversed(chain))
        return f"{where}{first!r} and {second!r} {what}, but one by {', '.join(reversed(places))}: {ways}"
