"""What the pages look up: who did what, in order of time, and which file is about whom."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from kg.model.vocabulary import GROUP_OF
from kg.view.conflicts import find_conflicts
from kg.view.data import ViewAction, ViewAgent, ViewCase, ViewData, ViewDocument

_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,80}")
# Names that some systems keep for devices.
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")
_YEAR = re.compile(r"\d{4}")


class PageIndex:
    """The data of a view, to be looked up by agent and case."""

    def __init__(self, data: ViewData) -> None:
        self.data = data
        self.conflicts = find_conflicts(data.actions)
        self.agents = {agent.id: agent for agent in data.agents}
        self.documents = {document.id: document for document in data.documents}
        self.cases = {case.id: case for case in data.cases}
        self.actions = sorted(data.actions, key=self.get_order)
        self.deeds = self._gather(lambda action: {action.actor, action.target})
        self.of_case = self._gather(lambda action: {action.case} if action.case else set())

    def _gather(self, pick: Callable[[ViewAction], set[str]]) -> dict[str, list[ViewAction]]:
        found: dict[str, list[ViewAction]] = defaultdict(list)
        for action in self.actions:
            for key in pick(action):
                found[key].append(action)
        return found

    def get_told(self, action: ViewAction) -> str:
        """Return when the action was first told of, or nothing."""
        dates = (self.documents[claim.document].date for claim in action.claims if claim.document in self.documents)
        return min(filter(None, dates), default="")

    def get_when(self, action: ViewAction) -> str:
        """Return the best supported date, else when it was first told of."""
        return action.dates[0] if action.dates else self.get_told(action)

    def get_order(self, action: ViewAction) -> tuple[str, str]:
        """Return what to sort an action by: its time (none comes last), then its id."""
        return self.get_when(action) or "9999", action.id

    def get_year(self, action: ViewAction) -> int | None:
        """Return the year of an action, if it is known."""
        found = _YEAR.match(self.get_when(action))
        return int(found.group()) if found else None

    def get_agent(self, agent_id: str) -> ViewAgent:
        """Return an agent; one that is not described goes by its id."""
        return self.agents.get(agent_id) or ViewAgent(agent_id, agent_id, "Group")

    def get_name(self, agent_id: str) -> str:
        """Return an agent's name."""
        return self.get_agent(agent_id).name or agent_id

    def get_document(self, document_id: str) -> ViewDocument:
        """Return a document; one that is not described goes by its id."""
        return self.documents.get(document_id) or ViewDocument(document_id, document_id or "unknown document")

    def get_label(self, term: str) -> str:
        """Return what a charge or a law is called."""
        return self.data.labels.get(term) or term.replace("-", " ")

    def get_country(self, agent_id: str) -> str | None:
        """Return the id of the country that an agent belongs to; a government stands for its own."""
        agent = self.get_agent(agent_id)
        return agent.country or (agent.id if agent.type in {"Government", "Supranational"} else None)

    def list_cases(self) -> list[ViewCase]:
        """List the cases of more than one action, those of most actions first."""
        cases = [case for case in self.data.cases if len(self.of_case[case.id]) > 1]
        return sorted(cases, key=lambda case: (-len(self.of_case[case.id]), case.id))

    def list_fines(self, actions: Iterable[ViewAction]) -> list[ViewAction]:
        """List those of the actions that are fines which were imposed."""
        return [action for action in actions if action.action == "fine" and action.status == "actual"]


def sum_euros(fines: Iterable[ViewAction]) -> float:
    """Add up what fines were worth in euros; those without a known amount count nothing."""
    return sum(fine.amounts[0].euro or 0.0 for fine in fines if fine.amounts)


def get_group(action: ViewAction) -> str:
    """Return the group of kinds that an action is of."""
    return GROUP_OF[action.action]


def make_file_name(identifier: str) -> str:
    """Make a name for the file about something: its id where that is plain, else a digest of it."""
    if _PLAIN.fullmatch(identifier) and not _RESERVED.fullmatch(identifier):
        return f"{identifier}.html"
    return f"x-{hashlib.sha256(identifier.encode('utf-8', 'replace')).hexdigest()[:20]}.html"


def find_safe_url(url: str | None) -> str | None:
    """Return an address if it leads to the web; ``javascript:``, ``data:`` and others are no addresses to link to."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None
