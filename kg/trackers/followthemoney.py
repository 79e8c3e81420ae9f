"""Read entities of FollowTheMoney (JSON lines): each Sanction becomes a document and a claim whose proof is the record.

So does an UnknownLink whose role is an action; ownership and posts become facts. These records name their ends by the
ids of other entities, so the file is gone through three times: for the ids that are named, for the names behind them,
and for the records. Memory grows with the records, not with the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache

from kg.errors import SourceError
from kg.kb import KnowledgeBase
from kg.model import Document, PartialDate, Reading, Refusal
from kg.normalize.text import squeeze_line
from kg.resources import find_data
from kg.sources.formats import show_path
from kg.trackers.entities import Entity, iterate_entities, list_values
from kg.trackers.entity_facts import load_links, make_fact
from kg.trackers.load import load_mapping
from kg.trackers.mapping import TrackerMapping
from kg.trackers.read import RowReader, TrackerRow
from kg.trackers.tables import TableRow

SUFFIXES: tuple[str, ...] = (".ftm.json", ".ftm.jsonl", ".ftm")
"""How files of entities are called; each may be followed by ``.gz``."""

_SUM = re.compile(r"([A-Z]{3}) (\d+(?:\.\d+)?)", re.ASCII)
_DETAILS = ("role", "percentage", "startDate", "endDate", "summary")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)
_CLAIMS = {"Sanction": ("authorityId", "entity"), "UnknownLink": ("subject", "object")}


@dataclass(frozen=True, slots=True)
class EntityRow:
    """A record as a document with its claims or facts, and the dataset that it is from."""

    dataset: str
    document: Document
    reading: Reading


def is_entity_file(path: str) -> bool:
    """Tell by its name whether a file holds entities."""
    return path.lower().removesuffix(".gz").endswith(SUFFIXES)


@cache
def load_entity_mapping() -> TrackerMapping:
    """Load ``data/import/followthemoney.yml``: how the records become claims."""
    return load_mapping(find_data() / "import" / "followthemoney.yml")


def read_entities(path: str, kb: KnowledgeBase) -> Iterator[EntityRow | Refusal]:
    """Read the sanctions and links of a file; a bad line or record comes out as a refusal, and the rest goes on.

    Parameters
    ----------
    path
        The file.
    kb
        The knowledge base that parties and laws are linked to.

    Raises
    ------
    SourceError
        If it can't be read.
    """
    where, mapping = show_path(path), load_entity_mapping()
    wanted = {
        end
        for _, entity in iterate_entities(path, where, refuse=False)
        if not isinstance(entity, Refusal)
        for name in _list_ends(entity["schema"])
        for end in list_values(entity, name)
    }
    names: dict[str, tuple[str, str]] = {}
    for _, entity in iterate_entities(path, where, refuse=False):
        if not isinstance(entity, Refusal) and entity["id"] in wanted and (name := list_values(entity, "name")):
            names.setdefault(entity["id"], (name[0], entity["schema"]))
    reader = RowReader(where, mapping.columns, mapping, kb)
    for number, entity in iterate_entities(path, where, refuse=True):
        if isinstance(entity, Refusal):
            yield entity
            continue
        try:
            made = _read_record(number, entity, names, reader)
        except SourceError as error:
            yield Refusal(f"{where}:{number}", str(error))
            continue
        if made is not None:
            yield _describe(entity, *made, where)
    yield from reader.describe_left_out()


def _list_ends(schema: str) -> tuple[str, ...]:
    if schema in _CLAIMS:
        return _CLAIMS[schema]
    link = load_links().get(schema)
    return (link.subject, link.object) if link else ()


def _read_record(
    number: int, entity: Entity, names: Mapping[str, tuple[str, str]], reader: RowReader
) -> tuple[Document, Reading] | None:
    """Read a record that makes claims or a fact; None where it is of another kind, or makes none."""
    if entity["schema"] in _CLAIMS:
        read = reader.read(TableRow(number, _make_cells(entity, names, reader.kb)))
        if isinstance(read, Refusal):
            raise SourceError(read.reason)
        return (read.document, read.reading) if isinstance(read, TrackerRow) else None
    if entity["schema"] not in load_links():
        return None
    ends = [[names[id] for id in list_values(entity, end) if id in names] for end in _list_ends(entity["schema"])]
    if not all(ends):
        raise SourceError(f"the file has no name for an end of this {entity['schema']}")
    details = {name: "; ".join(found) for name in _DETAILS if (found := list_values(entity, name))}
    pair = (ends[0][0], ends[1][0])
    return make_fact(reader.mapping.tracker, entity["id"], entity["schema"], pair, details, reader.linker)


def _make_cells(entity: Entity, names: Mapping[str, tuple[str, str]], kb: KnowledgeBase) -> dict[str, str]:
    schema = entity["schema"]
    actors, targets = ([names[id] for id in list_values(entity, end) if id in names] for end in _CLAIMS[schema])
    authority = list_values(entity, "authority")
    codes = list_values(entity, "country")
    government = kb.government_of.get(codes[0].lower()) if len(codes) == 1 else None
    sums = [match for text in list_values(entity, "provisions") if (match := _SUM.fullmatch(text))]
    dates = [text for name in ("date", "startDate", "listingDate") for text in list_values(entity, name)]
    cells = {
        "id": entity["id"],
        "schema": schema,
        "authority": authority[0] if authority else actors[0][0] if actors else "",
        "authority_schema": actors[0][1] if actors else "PublicBody",
        "country": kb.agents[government].name if government else "",
        "target": targets[0][0] if targets else "",
        "target_schema": targets[0][1] if targets else "",
        "role": next(iter(list_values(entity, "role")), ""),
        "provisions": "; ".join(list_values(entity, "provisions")),
        "program": "; ".join(list_values(entity, "program")),
        "reason": "; ".join(list_values(entity, "reason")),
        "date": next((text for text in dates if _is_date(text)), ""),
        "summary": "; ".join(list_values(entity, "summary")),
        "amount": sums[0][2] if len(sums) == 1 else "",
        "currency": sums[0][1] if len(sums) == 1 else "",
        "source_url": "; ".join(list_values(entity, "sourceUrl")),
    }
    return {name: squeeze_line(cell) for name, cell in cells.items() if cell}


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    with suppress(ValueError):
        return bool(PartialDate(text))
    return False


def _describe(entity: Entity, document: Document, reading: Reading, where: str) -> EntityRow:
    """Name the dataset, and say what the record is: not its line, which another file may have otherwise."""
    datasets = entity.get("datasets")
    found = sorted(one for one in datasets if isinstance(one, str)) if isinstance(datasets, list) else []
    publisher = next(iter(list_values(entity, "publisher")), None)
    named = replace(
        document,
        title=squeeze_line(f"{entity['schema']} {entity['id']}")[:200],
        publisher=publisher or (found[0] if found else None),
        source=where,
    )
    return EntityRow(found[0] if found else "unnamed", named, reading)
