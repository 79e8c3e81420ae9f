"""An HTML report of an evaluation: the tables of scores, then each miss and each wrong edge beside its sentence."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template

from kg.errors import KgError
from kg.evaluate.compare import Comparison
from kg.evaluate.findings import Finding, list_findings, name_party
from kg.evaluate.gold import GoldDocument
from kg.evaluate.predictions import Prediction
from kg.evaluate.scores import Scores, score_predictions
from kg.model import Document

_TEMPLATE = Path(__file__).with_name("report.html")


@dataclass(frozen=True, slots=True)
class Section:
    """The findings of one document."""

    document_id: str
    title: str
    url: str | None
    findings: tuple[Finding, ...]


def _mark_names(gold: GoldDocument, finding: Finding) -> list[tuple[str, str]]:
    """Cut a finding's sentence into (class, words): the parties' names apart from the rest."""
    if finding.sentence is None:
        return []
    kinds: dict[str, str] = {}
    for kind, party in (("target", finding.edge.target), ("actor", finding.edge.actor)):
        for name in party if isinstance(party, tuple) else [party or ""]:
            kinds |= {alias.casefold(): kind for alias in gold.find_aliases(name) if alias}
        mention = finding.edge.actor_mention if kind == "actor" else finding.edge.target_mention
        if mention:
            kinds[mention.casefold()] = kind
    if not kinds:
        return [("", finding.sentence.text)]
    names = "|".join(re.escape(name) for name in sorted(kinds, key=lambda name: (-len(name), name)))
    parts = re.split(rf"(?<!\w)({names})(?!\w)", finding.sentence.text, flags=re.IGNORECASE)
    return [(kinds.get(part.casefold(), "") if place % 2 else "", part) for place, part in enumerate(parts) if part]


@cache
def _load_template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))


def render_report(
    golds: Mapping[str, GoldDocument],
    predictions: Mapping[str, Prediction],
    documents: Mapping[str, Document],
    *,
    title: str = "Evaluation",
    scores: Scores | None = None,
    comparison: Comparison | None = None,
) -> str:
    """Render the report as one HTML page without links to style, script or font.

    Parameters
    ----------
    documents
        By id; a document that is not among them is reported without its sentences.
    scores
        The scores of the same predictions, where the caller has them; else they are computed.
    comparison
        What these predictions gained and lost against earlier ones, shown under the tables.
    """
    sections = []
    for gold_id, gold in sorted(golds.items()):
        document = documents.get(gold_id) or Document(gold_id, "")
        prediction = predictions.get(gold_id) or Prediction(gold_id)
        findings = tuple(list_findings(gold, prediction, document.text))
        # A link only where it is one: a javascript: address must not be clickable.
        url = document.url if document.url and re.match(r"https?://", document.url, re.IGNORECASE) else None
        sections.append((gold, Section(gold_id, document.title or "", url, findings)))
    return _load_template().render(
        title=title,
        scores=scores or score_predictions(golds, predictions),
        sections=sections,
        comparison=comparison,
        mark_names=_mark_names,
        name_party=name_party,
    )


def write_report(
    golds: Mapping[str, GoldDocument],
    predictions: Mapping[str, Prediction],
    documents: Mapping[str, Document],
    path: str | Path,
    *,
    title: str = "Evaluation",
    scores: Scores | None = None,
    comparison: Comparison | None = None,
) -> None:
    """Write the page that :func:`render_report` renders; the file appears whole or not at all.

    Raises
    ------
    KgError
        If the file can't be written.
    """
    page = render_report(golds, predictions, documents, title=title, scores=scores, comparison=comparison)
    if Path(path).exists() and not Path(path).is_file():
        raise KgError(f"{path}: it is no file: want the name of a report to write")
    part = Path(f"{path}.part")
    try:
        part.write_text(page, encoding="utf-8", errors="replace")
        os.replace(part, path)
    except OSError as error:
        raise KgError(f"{path}: can't write the report: {error.strerror}") from error
