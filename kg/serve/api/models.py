"""What the API gives: the shapes of its JSON, from which its OpenAPI description is made."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """What all shapes have in common."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Ref(Shape):
    """Another thing, by its id, with its name where it has one."""

    id: str
    name: str | None


class Amount(Shape):
    """A sum of money: a decimal number as a string, lest a digit is lost, and an ISO 4217 code."""

    value: str = Field(examples=["5100000"])
    currency: str = Field(examples=["EUR"])


class Agent(Shape):
    """Somebody who acts or is acted on: a person, a platform, an authority."""

    id: str = Field(examples=["telegram"])
    iri: str
    name: str
    type: str = Field(description="The class of the ontology, such as Platform or Regulator.")
    aliases: list[str]
    country: str | None = Field(description="ISO 3166-1 alpha-2, in small letters.", examples=["de"])
    owner: Ref | None
    operator: Ref | None
    part_of: Ref | None
    in_knowledge_base: bool = Field(description="False for those that only the documents name.")


class Action(Shape):
    """What somebody did to somebody, counted once, however many documents tell of it."""

    id: str
    iri: str
    type: str = Field(description="One of the 25 actions, such as fine.")
    actor: Ref
    target: Ref
    status: str = Field(description="actual, planned or negated.")
    date: str | None = Field(description="The best supported date, as precise as it is known.", examples=["2022-10"])
    dates: list[str] = Field(
        description="All dates that are told; where they differ, documents contradict one another."
    )
    reported: str | None = Field(description="The day of the first document that tells of it.")
    charges: list[str]
    laws: list[Ref]
    amounts: list[Amount] = Field(description="The best supported first.")
    confidence: float
    sources: int = Field(description="The independent documents that tell of it; copies count once.")
    case: str | None
    stage: str | None
    claims: list[str] = Field(description="The ids of the claims that say so.")


class Case(Shape):
    """The actions of one matter, and how it stands."""

    id: str
    iri: str
    label: str
    standing: str | None
    pursued_by: list[Ref]
    concerns: list[Ref]
    opened: str | None
    latest: str | None
    disputed: list[str] = Field(description="In what its reports contradict one another.")


class Claim(Shape):
    """What one document says."""

    id: str
    iri: str
    action: str | None = Field(description="The id of the action that it is about.")
    type: str
    actor: Ref
    target: Ref
    status: str
    confidence: float
    speaker: Ref | None = Field(description="Whose words these are, where the document quotes somebody.")
    document: str
    dates: list[str]
    charges: list[str]
    amounts: list[Amount]
    evidence: list[str] = Field(description="The ids of its evidence.")


class Document(Shape):
    """Where evidence comes from; all but the id is as its publisher says, and may be anything."""

    id: str
    title: str | None
    url: str | None
    published: str | None
    publisher: str | None


class Evidence(Shape):
    """The words that say so: ``quote`` stands in the document's stored text from ``start`` to ``end``."""

    id: str
    iri: str
    quote: str
    prefix: str
    suffix: str
    start: int | None
    end: int | None
    document: Document


class Page(Shape):
    """A part of a list, in the order of the ids."""

    next: str | None = Field(description="The address of what follows; null at the end.")


class Agents(Page):
    """A page of agents."""

    items: list[Agent]


class Actions(Page):
    """A page of actions."""

    items: list[Action]


class Cases(Page):
    """A page of cases."""

    items: list[Case]


class Claims(Page):
    """A page of claims."""

    items: list[Claim]


class Evidences(Page):
    """A page of evidence."""

    items: list[Evidence]


class Problem(Shape):
    """Why there is no answer."""

    detail: str
