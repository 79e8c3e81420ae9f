"""``kg evaluate``: the extraction against gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.command import ExampleCommand
from kg.cli.options import add_reading_options, quiet_option
from kg.cli.progress import make_progress
from kg.cli.refusals import show_refusals

if TYPE_CHECKING:
    from kg.evaluate import Calibration, Comparison, Prediction, Scores
    from kg.evaluate.compare import GoldEdge, WrongEdge
    from kg.model import Document, Refusal


@click.command(
    cls=ExampleCommand,
    short_help="Score the extraction against gold documents.",
    examples=(
        ("kg evaluate data/gold data/corpus", "extract the documents and score what comes out"),
        ("kg evaluate data/gold data/corpus --report report.html", "show each miss beside its sentence"),
        ("kg evaluate data/gold out.jsonl --json", "score what kg extract wrote"),
        ("kg evaluate data/gold new.jsonl --against old.jsonl", "list the edges that a change gained and lost"),
        ("kg evaluate data/gold new.jsonl data/corpus --against old.jsonl --report diff.html", "the same as a page"),
    ),
)
@click.argument("gold", metavar="GOLD")
@click.argument("documents", nargs=-1, required=True, metavar="DOCS...")
@click.option("--report", metavar="FILE", help="Write a page in which each miss and each wrong edge has its sentence.")
@click.option("--against", metavar="FILE", help="What an earlier kg extract wrote: tell what was gained and lost.")
@add_reading_options
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@quiet_option
def command(
    gold: str,
    documents: tuple[str, ...],
    report: str | None,
    against: str | None,
    model: str | None,
    processes: int,
    columns: dict[str, str] | None,
    no_progress: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Score what is extracted from DOCS against GOLD, a folder of gold files or one .jsonl file.

    DOCS are sources as of kg extract. Where a .jsonl file holds what kg extract wrote, that is scored instead, and
    other DOCS serve the report alone.
    """
    from kg.evaluate import (
        compare_predictions,
        load_gold,
        measure_calibration,
        read_predictions,
        score_predictions,
        write_report,
    )

    golds = load_gold(gold)
    earlier = read_predictions(against) if against else None
    ready = [path for path in documents if _holds_predictions(path)]
    sources = [path for path in documents if path not in ready]
    predictions: dict[str, Prediction] = {}
    for path in ready:
        predictions |= read_predictions(path)
    if not ready:
        refused: list[Refusal] = []
        with make_progress(hidden=quiet or no_progress) as progress:
            from kg.evaluate.predictions import decode_prediction
            from kg.pipeline import extract

            for described in extract(
                sources, model=model, processes=processes, columns=columns, progress=progress, refuse=refused.append
            ):
                predictions[described["id"]] = decode_prediction(described)
        if not quiet:
            show_refusals(refused)
    scores = score_predictions(golds, predictions)
    calibration = measure_calibration(golds, predictions)
    comparison = compare_predictions(earlier, predictions, golds) if earlier is not None else None
    if report:
        texts = _read_texts(sources, set(golds), columns)
        title = f"Evaluation: {gold}"
        write_report(golds, predictions, texts, report, title=title, scores=scores, comparison=comparison)
    if as_json:
        changes = {} if comparison is None else {"changes": dict(count_changes(comparison))}
        click.echo(json.dumps({**scores.as_dict(), "calibration": calibration.as_dict(), **changes}))
    else:
        lines = [*format_scores(scores), *format_calibration(calibration)]
        click.echo("\n".join([*lines, *(format_changes(comparison) if comparison is not None else ())]))
    if scores.unread and not quiet:
        some = ", ".join(scores.unread[:5])
        click.echo(f"no document for {len(scores.unread)} of {scores.documents} gold documents: {some}", err=True)


def _holds_predictions(path: str) -> bool:
    if not path.endswith(".jsonl") or not Path(path).is_file():
        return False
    with open(path, encoding="utf-8", errors="replace") as lines:
        try:
            first = json.loads(next((line for line in lines if line.strip()), "null"))
        except ValueError:
            return False
    return isinstance(first, dict) and "events" in first


def _read_texts(sources: list[str], ids: set[str], columns: dict[str, str] | None) -> dict[str, Document]:
    from kg.model import Document
    from kg.sources import read_documents

    items = read_documents(sources, columns=columns)
    return {item.id: item for item in items if isinstance(item, Document) and item.id in ids}


def format_scores(scores: Scores) -> list[str]:
    """Lay out the figures: a line an action, an attribute, and a level."""
    rows = [
        *scores.by_action.items(),
        ("fact", scores.facts),
        ("pair", scores.pair),
        ("typed", scores.typed),
        ("edge", scores.edge),
    ]
    lines = [
        f"{name:12} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}  "
        f"({score.hits} of {score.expected}, {score.predicted} said)"
        for name, score in rows
    ]
    attributes = [f"{name:12} {part.accuracy:.3f} of {part.of}" for name, part in scores.attributes.items()]
    place = len(scores.by_action)
    return lines[:place] + attributes + lines[place:]


def format_calibration(calibration: Calibration) -> list[str]:
    """Lay out how far the confidences can be trusted."""
    if not calibration.size:
        return []
    return [
        f"calibration  error {calibration.error:.3f} of {calibration.size} edges; "
        f"at 0.8 and above {calibration.sure_precision:.3f} of {calibration.sure} are right"
    ]


def count_changes(comparison: Comparison) -> list[tuple[str, int]]:
    """Count what a change did: right edges gained and lost, wrong ones added and removed."""
    names = ("gained", "lost", "added", "removed")
    return [(name, len(getattr(comparison, name))) for name in names]


def format_changes(comparison: Comparison) -> list[str]:
    """Lay out what a change did: a line for each right edge gained or lost and each wrong one added or removed."""
    signs = {"gained": "+ right", "lost": "- right", "added": "+ wrong", "removed": "- wrong"}
    lines = ["against the earlier: " + ", ".join(f"{count} {name}" for name, count in count_changes(comparison))]
    for name, sign in signs.items():
        lines += [f"{sign}  {format_edge(edge)}" for edge in getattr(comparison, name)]
    return lines


def format_edge(edge: GoldEdge | WrongEdge) -> str:
    """Lay out an edge of a document on one line."""
    from kg.evaluate.findings import name_party

    event = edge.event
    parties = name_party(event.actor), name_party(event.target)
    return f"{edge.document_id}  {parties[0]} --{event.action}/{event.status}--> {parties[1]}"
