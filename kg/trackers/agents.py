"""Link the names of a tracker's cells to the knowledge base, or make the agents that it does not know."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from cleanco import basename

from kg.kb import KnowledgeBase
from kg.model import AgentRef
from kg.model.ids import make_agent_id
from kg.model.vocabulary import AUTHORITIES
from kg.trackers.mapping import Party

_BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]")
_TURNED = re.compile(r"(?P<name>[^(),]+?)(?:, | \()(?P<title>[^(),]+ of(?: the)?)\)?")
_WORD = re.compile(r"[^\W_]+")
_UNIONS = frozenset({"eu", "un"})
_WORLD_WIDE = frozenset({"Platform", "Company", "Supranational", "Person"})


class AgentLinker:
    """Find agents by their names, whatever the case, accents and legal forms."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._ids = _index_names(kb.aliases)
        self._laws = {name: law.id for law in kb.laws.values() for name in (law.name, *law.aliases)}
        names = sorted(self._laws, key=lambda name: (-len(name), name))
        self._law_names = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")

    def find_country(self, name: str) -> str | None:
        """Find the code of the country, or the union, of this name; None if the knowledge base knows none."""
        for form in _list_forms(name):
            found = [i for i in self._find_ids(form) if self._kb.agents[i].type in {"Government", "Supranational"}]
            # A region only where no state, and not the European Union, has the name.
            ids = [i for i in found if self._is_state(i)] or found
            codes = {self._kb.agents[i].country for i in ids}
            if len(codes) == 1:
                return codes.pop()
        return None

    def find_agent(self, name: str, country: str | None, party: Party) -> AgentRef | None:
        """Find or make the agent of this name; None where the party wants known ones alone, and it is not.

        Parameters
        ----------
        name
            The text of the cell.
        country
            The code of the country of the row, to choose among the bearers of one name and to place new agents.
        party
            What the mapping says of the party.
        """
        for form in _list_forms(name):
            ids = [i for i in self._find_ids(form) if self._fits(i, country, party)]
            if ids:
                return self._kb.refer_to(min(ids, key=lambda i: (self._kb.agents[i].country != country, i)))
        if party.known:
            return None
        whole = _BRACKETS.sub("", name).strip() or name
        short = _mend_quotes(basename(whole)) or whole
        kind = next((rule.gives for rule in party.type_patterns if re.search(rule.matches, name, re.I)), party.type)
        return AgentRef(make_agent_id(short, kind), short, kind, country if party.country else None)

    def find_laws(self, text: str) -> Iterator[str]:
        """Yield the ids of the laws that a text is the id of, or names."""
        if text in self._kb.laws:
            yield text
        else:
            yield from (self._laws[match[0]] for match in self._law_names.finditer(text))

    def _find_ids(self, form: str) -> tuple[str, ...]:
        return self._ids.get(_make_key(form), ())

    def _is_state(self, agent_id: str) -> bool:
        agent = self._kb.agents[agent_id]
        return self._kb.government_of.get(agent.country or "") == agent_id

    def _fits(self, agent_id: str, country: str | None, party: Party) -> bool:
        agent = self._kb.agents[agent_id]
        if agent.type == "Law" or (party.types and agent.type not in party.types):
            return False
        if agent.type in _WORLD_WIDE or country is None:
            return True
        # Each country has its "Ministry of Education"; only that of the row's is meant.
        return agent.country == country or (agent.type in AUTHORITIES and agent.country in _UNIONS)


def _mend_quotes(name: str) -> str:
    """Close a quotation mark that went with the legal form."""
    return name + "'" if name.count("'") % 2 and " '" in name else name


def find_name(text: str, nobody: tuple[str, ...]) -> str | None:
    """Find what names somebody in a text: all of it, or what stands in brackets behind words that name nobody.

    Parameters
    ----------
    text
        Such as "Bank", "Bank of Ireland", or "Restaurant (Santi)".
    nobody
        Words that name nobody.

    Returns
    -------
    str or None
        None if the text is made of such words alone.
    """
    known = {word.casefold() for word in nobody}
    for part in (_BRACKETS.sub("", text), *_BRACKETS.findall(text)):
        if any(word not in known for word in _WORD.findall(part.casefold())):
            return text if part == _BRACKETS.sub("", text) else part
    return None


def _index_names(aliases: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for name, ids in aliases.items():
        found.setdefault(_make_key(name), set()).update(ids)
    return {key: tuple(sorted(ids)) for key, ids in found.items() if key}


def _make_key(name: str) -> str:
    text = unicodedata.normalize("NFKD", name).casefold()
    text = "".join(character for character in text if not unicodedata.combining(character))
    words = re.sub(r"['’.]", "", text).removeprefix("the ")
    return " ".join(re.findall(r"[\w&+]+", words))


def _list_forms(name: str) -> Iterator[str]:
    """List the forms of a name, the fullest first: as it stands, without and within brackets, without legal form.

    "Tanzania, United Republic of" and "Congo (Democratic Republic of the)" are turned round first.
    """
    yield name
    if match := _TURNED.fullmatch(name):
        yield f"{match['title']} {match['name']}"
        yield match["name"]
    outer = _BRACKETS.sub("", name).strip()
    for form in (outer, basename(outer)):
        if form and form != name:
            yield form
    for inner in _BRACKETS.findall(name):
        yield inner.strip("'’ ")
