"""Make the claims of a row, each with the cells that prove it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from kg.errors import SourceError
from kg.model import AgentRef, Claim, Evidence, Money, PartialDate, Span
from kg.model.ids import make_digest, make_slug
from kg.trackers.agents import AgentLinker, find_name
from kg.trackers.amounts import read_amount, read_date
from kg.trackers.mapping import ClaimRule, Party, TrackerMapping, Value
from kg.trackers.rendering import RenderedRow
from kg.trackers.tables import TableRow
from kg.trackers.values import Found, find_values, hold_conditions


@dataclass(frozen=True, slots=True)
class NamedParty:
    """An agent and where in the row's text it is named."""

    agent: AgentRef
    span: Span


@dataclass(frozen=True, slots=True)
class RowContext:
    """What all claims of a row share."""

    document_id: str
    row: TableRow
    rendered: RenderedRow
    country: str | None
    published: PartialDate | None


class ClaimMaker:
    """Make the claims of the rows of one kind of table."""

    def __init__(self, mapping: TrackerMapping, linker: AgentLinker) -> None:
        self._mapping = mapping
        self._linker = linker

    def make_claims(self, context: RowContext) -> tuple[list[Claim], str | None]:
        """Make the claims of a row, in the order of the rules; where there are none, say what it names not.

        Raises
        ------
        SourceError
            If a cell is not what the mapping says that it is: the row is a bad one.
        """
        claims: dict[str, Claim] = {}
        missing: list[str] = []
        for rule in self._mapping.claims:
            if not hold_conditions(rule.when, context.row.cells) or rule.trigger not in context.row.cells:
                continue
            actors, targets = (list(self._find_parties(part, context)) for part in (rule.actor, rule.target))
            missing += [f"no {role} is named" for role, found in (("actor", actors), ("target", targets)) if not found]
            if actors and targets:
                made = self._make_claims(rule, context, actors, targets)
                claims.update((claim.id, claim) for claim in made if claim.id not in claims)
        return list(claims.values()), None if claims else (missing or ["no rule of the mapping applies"])[0]

    def _make_claims(
        self, rule: ClaimRule, context: RowContext, actors: Sequence[NamedParty], targets: Sequence[NamedParty]
    ) -> Iterator[Claim]:
        cells = context.row.cells
        action, status = _find_one(rule.action, cells, "action"), _find_one(rule.status, cells, "status")
        money: Money | None = read_amount(rule.amount, cells) if rule.amount else None
        date: PartialDate | None = read_date(rule.date, cells) if rule.date else None
        charges = tuple(sorted({found.text for found in find_values(rule.charges, cells)})) if rule.charges else ()
        laws = tuple(dict.fromkeys(self._find_laws(rule.laws, context))) if rule.laws else ()
        confidence = self._judge_confidence(rule, cells)
        apart = [make_slug(found.text) for found in find_values(rule.apart, cells)] if rule.apart else []
        for actor, target in product(actors, targets):
            if actor.agent.id != target.agent.id:
                yield Claim(
                    id=make_digest(context.document_id, rule.name, action, actor.agent.id, target.agent.id, status),
                    action=action,
                    actor=actor.agent,
                    target=target.agent,
                    status=status,
                    evidence=_make_evidence(rule, context, actor.span, target.span),
                    confidence=confidence,
                    rule="/".join((f"tracker:{self._mapping.tracker}", rule.name, *apart)),
                    charges=charges,
                    laws=laws,
                    money=money,
                    date=date,
                    published=context.published,
                )

    def _judge_confidence(self, rule: ClaimRule, cells: dict[str, str]) -> float:
        for less in rule.less_sure:
            if hold_conditions(less.when, cells):
                return less.confidence
        return rule.confidence or self._mapping.confidence

    def _find_laws(self, source: Value, context: RowContext) -> Iterator[str]:
        for found in find_values(source, context.row.cells):
            yield from self._linker.find_laws(found.text)

    def _find_parties(self, source: Party, context: RowContext) -> Iterator[NamedParty]:
        """Yield the agents of a role, each once; a name that is no party leaves ``first_of`` to the next source."""
        seen: set[str] = set()
        for part in source.first_of or (source,):
            if not hold_conditions(source.when, context.row.cells):
                return
            for found in find_values(part, context.row.cells):
                named = self._name_party(found, context)
                if named is not None and named.agent.id not in seen:
                    seen.add(named.agent.id)
                    yield named
            if seen:
                return

    def _name_party(self, found: Found, context: RowContext) -> NamedParty | None:
        party, column = found.source, found.column
        assert isinstance(party, Party)
        name = find_name(found.text, party.nobody)
        agent = self._linker.find_agent(name, context.country, party) if name else None
        if agent is None:
            return None
        if column is None:
            raise SourceError(f"the party {found.text!r} has no column to stand in")
        rendered = context.rendered
        return NamedParty(agent, rendered.find_part(column, *found.part) if found.part else rendered.find_line(column))


def _find_one(source: Value, cells: dict[str, str], what: str) -> str:
    found = find_values(source, cells)
    if len(found) != 1:
        raise SourceError(f"{source.column}: {len(found)} values for the {what}, want one")
    return found[0].text


def _make_evidence(rule: ClaimRule, context: RowContext, actor: Span, target: Span) -> Evidence:
    rendered = context.rendered
    start, end = rendered.cells[rule.trigger]
    trigger = Span(start, end, rendered.text[start:end])
    quote = rendered.quote_lines(_list_told(rule, rendered, [trigger, actor, target]))
    return Evidence(
        context.document_id, quote.start, quote.end, quote.text, trigger, actor_chain=(actor,), target_chain=(target,)
    )


def _list_told(rule: ClaimRule, rendered: RenderedRow, spans: Sequence[Span]) -> list[Span]:
    """Add the cells of sum and day to the spans of a claim: the quote shows them too."""
    columns = [column for part in (rule.amount, rule.date) if part for column in part.list_columns()]
    return [*spans, *(rendered.find_line(column) for column in columns if column in rendered.lines)]
