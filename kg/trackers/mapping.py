"""The language of tracker mappings: what a YAML file may say, and the checks that need no table.

``docs/trackers.md`` describes it for those who write one; `kg.trackers.load` reads the files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from kg.model.vocabulary import ACTIONS, AGENT_TYPES, CHARGES, STATUSES
from kg.normalize.currencies import load_currencies


class _Strict(BaseModel):
    """A part of a mapping: unknown keys are errors, and nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _check_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
    return pattern


def _check_type(name: str) -> str:
    if name not in AGENT_TYPES:
        raise ValueError(f"{name!r} is no type of agent: want one of {', '.join(sorted(AGENT_TYPES))}")
    return name


def _check_currency(code: str) -> str:
    if code not in load_currencies().codes:
        raise ValueError(f"{code!r} is no currency: want an ISO 4217 code such as EUR")
    return code


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _named_column(value: Any) -> Any:
    return {"column": value} if isinstance(value, str) else value


Pattern = Annotated[str, AfterValidator(_check_pattern)]
AgentType = Annotated[str, AfterValidator(_check_type)]
Currency = Annotated[str, AfterValidator(_check_currency)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""Texts; a single one may stand without brackets."""


class CellTest(_Strict):
    """What a cell must be: one of the values of ``is``, none of those of ``not``, like the pattern, empty or not."""

    is_: Texts = Field((), alias="is")
    not_: Texts = Field((), alias="not")
    matches: Pattern | None = None
    empty: bool | None = None


def _make_test(value: Any) -> Any:
    return value if isinstance(value, dict) else {"is": value}


Condition = dict[str, Annotated[CellTest, BeforeValidator(_make_test)]]
"""Column to what its cell must be; all must hold."""


class PatternRule(_Strict):
    """What a text that holds the pattern becomes."""

    matches: Pattern
    gives: Texts


class Value(_Strict):
    """Where values come from: a column, a constant, or other such sources.

    ``split`` cuts a cell into a list, ``strip`` takes away what matches, ``none`` are texts that say nothing,
    ``like`` keeps those alone that match, ``map`` and ``patterns`` turn texts into others. A text that ``map`` does not
    know makes a bad row, unless there is a ``default``, or ``keep`` lets it stand as it is.
    """

    column: str | None = None
    value: Texts = ()
    when: Condition = Field(default_factory=dict)
    split: Pattern | None = None
    strip: Pattern | None = None
    like: Pattern | None = None
    none: Texts = ()
    map: dict[str, Texts] = Field(default_factory=dict)
    patterns: tuple[PatternRule, ...] = ()
    default: Texts | None = None
    keep: bool = False
    first_of: tuple[Annotated[Value, BeforeValidator(_named_column)], ...] = ()
    all_of: tuple[Annotated[Value, BeforeValidator(_named_column)], ...] = ()

    @model_validator(mode="after")
    def _check_source(self) -> Value:
        sources = [bool(self.first_of), bool(self.all_of), self.column is not None or bool(self.value)]
        if sum(sources) != 1:
            raise ValueError("want either a column (or a value), or first_of, or all_of")
        if self.keep and self.default is not None:
            raise ValueError("want either a default or keep")
        return self

    @property
    def parts(self) -> tuple[Value, ...]:
        """The sources that this one is made of; empty for a plain one."""
        return self.first_of or self.all_of

    def list_columns(self) -> Iterator[str]:
        """List the columns that it reads."""
        if self.column is not None:
            yield self.column
        yield from self.when
        for part in self.parts:
            yield from part.list_columns()


class TypePattern(_Strict):
    """The type of a new agent whose name holds the pattern."""

    matches: Pattern
    gives: AgentType


class Party(Value):
    """Where an actor or a target comes from; ``type`` and ``type_patterns`` say what new agents are.

    ``known`` takes agents of the knowledge base alone, ``types`` only such as are of these; ``nobody`` are words that
    name nobody: a text of such words alone ("private individual") is no party.
    """

    first_of: tuple[Annotated[Party, BeforeValidator(_named_column)], ...] = ()
    all_of: tuple[Annotated[Party, BeforeValidator(_named_column)], ...] = ()
    type: AgentType = "Company"
    type_patterns: tuple[TypePattern, ...] = ()
    types: Annotated[tuple[AgentType, ...], BeforeValidator(_listed)] = ()
    known: bool = False
    country: bool = True
    nobody: Texts = ()


class Amount(Value):
    """Where a sum of money comes from; ``currency`` is a code, or ``currency_column`` holds it."""

    currency: Currency | None = None
    currency_column: str | None = None
    unit: int = Field(1, ge=1)
    decimal: Annotated[str, Field(pattern=r"^[.,]$")] = "."

    @model_validator(mode="after")
    def _check_currency(self) -> Amount:
        if (self.currency is None) == (self.currency_column is None):
            raise ValueError("want either a currency or a currency_column")
        return self

    def list_columns(self) -> Iterator[str]:
        """List the columns that it reads."""
        yield from super().list_columns()
        if self.currency_column is not None:
            yield self.currency_column


class Date(Value):
    """Where a date comes from; ISO dates as they are, others as ``day_first`` says, never more precise than told."""

    first_of: tuple[Annotated[Date, BeforeValidator(_named_column)], ...] = ()
    all_of: tuple[Annotated[Date, BeforeValidator(_named_column)], ...] = ()
    day_first: bool = True
    precision: Annotated[str, Field(pattern="^(day|month|year)$")] = "day"


AnyValue = Annotated[Value, BeforeValidator(_named_column)]
AnyParty = Annotated[Party, BeforeValidator(_named_column)]
AnyDate = Annotated[Date, BeforeValidator(_named_column)]


def _make_constant(value: Any) -> Any:
    return {"value": value} if isinstance(value, str) else value


def _check_words(source: Value, allowed: frozenset[str], what: str) -> None:
    words = {*source.value, *(source.default or ())}
    words |= {word for texts in source.map.values() for word in texts}
    words |= {word for rule in source.patterns for word in rule.gives}
    for word in sorted(words - allowed):
        raise ValueError(f"{word!r} is no {what}: want one of {', '.join(sorted(allowed))}")
    for part in source.parts:
        _check_words(part, allowed, what)


class LessSure(_Strict):
    """Rows whose claims are less sure than others of their rule."""

    when: Condition
    confidence: Annotated[float, Field(gt=0, le=0.99)]


class ClaimRule(_Strict):
    """One kind of claim that a row makes: as many claims as it has actors times targets."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    when: Condition = Field(default_factory=dict)
    action: Annotated[Value, BeforeValidator(_make_constant)]
    status: Annotated[Value, BeforeValidator(_make_constant)] = Value(value=("actual",))
    trigger: str
    actor: AnyParty
    target: AnyParty
    charges: AnyValue | None = None
    laws: Annotated[Value, BeforeValidator(_named_column)] | None = None
    amount: Amount | None = None
    date: AnyDate | None = None
    confidence: Annotated[float, Field(gt=0, le=0.99)] | None = None
    less_sure: tuple[LessSure, ...] = ()
    apart: AnyValue | None = None

    @model_validator(mode="after")
    def _check_vocabulary(self) -> ClaimRule:
        _check_words(self.action, ACTIONS, "action")
        _check_words(self.status, frozenset(STATUSES), "status")
        if self.charges is not None:
            _check_words(self.charges, CHARGES, "charge")
        return self

    def list_columns(self) -> Iterator[str]:
        """List the columns that it reads."""
        yield from self.when
        yield self.trigger
        for rule in self.less_sure:
            yield from rule.when
        for part in (
            self.action,
            self.status,
            self.actor,
            self.target,
            self.charges,
            self.laws,
            self.amount,
            self.date,
            self.apart,
        ):
            if part is not None:
                yield from part.list_columns()


class LeaveOut(_Strict):
    """Rows that are no bad rows, and yet make no claim, and why."""

    when: Condition
    reason: str


class TrackerMapping(_Strict):
    """How the rows of one kind of table become documents and claims."""

    tracker: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    title: str
    publisher: str | None = None
    licence: str | None = None
    about: str | None = None
    columns: tuple[str, ...]
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    confidence: Annotated[float, Field(gt=0, le=0.99)]
    required: Texts = ()
    in_order: Texts = ()
    id: Texts = ()
    link: AnyValue | None = None
    published: AnyDate | None = None
    country: AnyValue | None = None
    text: Texts = ()
    leave_out: tuple[LeaveOut, ...] = ()
    claims: Annotated[tuple[ClaimRule, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _check_columns(self) -> TrackerMapping:
        used: list[tuple[str, str]] = [(f"claims[{n}]", c) for n, r in enumerate(self.claims) for c in r.list_columns()]
        used += [(f"leave_out[{n}].when", column) for n, rule in enumerate(self.leave_out) for column in rule.when]
        for key in ("required", "in_order", "id", "text"):
            used += [(key, column) for column in getattr(self, key)]
        for key in ("link", "published", "country"):
            source: Value | None = getattr(self, key)
            used += [(key, column) for column in (source.list_columns() if source else ())]
        for key, column in used:
            if column not in self.columns:
                raise ValueError(f"{key}: the column {column!r} is not among columns: {', '.join(self.columns)}")
        for column in sorted(
            {c for rule in self.claims for c in _list_evidence(rule)} - set(self.text or self.columns)
        ):
            raise ValueError(f"text: it lacks the column {column!r}, in which a claim has its evidence")
        return self


def _list_evidence(rule: ClaimRule) -> Iterator[str]:
    yield rule.trigger
    for party in (rule.actor, rule.target):
        yield from _list_told(party)


def _list_told(source: Value) -> Iterator[str]:
    if source.column is not None:
        yield source.column
    for part in source.parts:
        yield from _list_told(part)
