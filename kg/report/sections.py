"""What a report says, section by section: a chart, the first rows of a table, and where both come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from kg.analysis import GraphData, Measure, Options, Selection, find_measure, measure_sensitivity, select_actions
from kg.analysis.measures.fines import list_fines
from kg.analysis.money import choose_price_year
from kg.analysis.sensitivity import list_scenarios
from kg.query import Table
from kg.report.charts import format_number
from kg.report.figures import draw_fines, draw_ranking, draw_time, draw_transitions

SHOWN = 12
_RANKED = ("strength", "pagerank", "hits", "betweenness")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report; ``tables`` are shown in their first rows, and written whole as files by their names."""

    title: str
    text: str
    tables: tuple[tuple[str, Table], ...]
    source: str
    measures: tuple[Measure, ...] = ()
    chart: Markup = Markup("")
    legend: tuple[str, ...] = ()


def make_sections(data: GraphData, selection: Selection, options: Options) -> Iterator[Section]:
    """Make the sections of a report on the actions that a selection holds."""
    chosen = select_actions(data, selection)
    yield _tell_time(chosen)
    yield _rank(chosen, options, "strength", "in", "Who is acted on most", "actions")
    yield _rank(chosen, options, "pagerank", "pagerank", "Where the pressure ends up")
    yield _rank(chosen, options, "hits", "target", "Who acts against much-targeted agents, and who they target")
    yield _rank(chosen, options, "betweenness", "betweenness", "Who passes pressure on")
    yield _tell_doubt(data, selection, options)
    yield _measure(chosen, options, "communities", "Who has to do with whom")
    yield _tell_answers(chosen, options)
    yield _tell_escalation(chosen, options)
    yield _measure(chosen, options, "waves", "Waves across countries", "leads")
    yield _tell_fines(data, selection, options)
    yield _measure(chosen, options, "concentration", "Whether a few act, and suffer, most")
    yield _measure(chosen, options, "similarity", "Which countries act on the same things")


def _measure(data: GraphData, options: Options, name: str, title: str, *more: str) -> Section:
    measures = tuple(map(find_measure, (name, *more)))
    tables = tuple((measure.name, measure.make_table(data, options)) for measure in measures)
    return Section(title, measures[0].title, tables, _tell_source(data), measures)


def _rank(data: GraphData, options: Options, name: str, column: str, title: str, unit: str = "") -> Section:
    section = _measure(data, options, name, title)
    table = section.tables[0][1]
    place = table.columns.index(column)
    ordered = Table(table.columns, tuple(sorted(table.rows, key=lambda row: (-float(row[place] or 0), str(row[0])))))
    text = f"{section.measures[0].title} "
    if ordered.rows and ordered.rows[0][place]:
        best = ordered.rows[0]
        text += f"First of {len(ordered.rows):,} agents is {best[0]}, with {format_number(float(best[place] or 0))}"
        text += f" {unit}." if unit else "."
    chart = draw_ranking(ordered, "agent", column, title, unit=unit)
    return Section(title, text, ((name, ordered),), section.source, section.measures, chart)


def _tell_time(data: GraphData) -> Section:
    dated = sum(action.date is not None for action in data.actions)
    reported = sum(action.date is None and action.reported is not None for action in data.actions)
    text = (
        f"Of {len(data.actions):,} actions {dated:,} have a date of their own; {reported:,} stand at the day of their "
        f"first report; {len(data.actions) - dated - reported:,} have neither, and are not drawn."
    )
    groups = ("words", "scrutiny", "coercion", "relief", "response", "abuse")
    return Section("What happened when", text, (), _tell_source(data), chart=draw_time(data), legend=groups)


def _tell_doubt(data: GraphData, selection: Selection, options: Options) -> Section:
    chosen = select_actions(data, selection)
    single = sum(action.sources == 1 for action in chosen.actions)
    unsure = sum(action.confidence < 0.7 for action in chosen.actions)
    count = len(chosen.actions) or 1
    text = (
        f"{single:,} of {len(chosen.actions):,} actions ({single / count:.0%}) rest on a single source, and {unsure:,} "
        f"({unsure / count:.0%}) have a confidence below 0.7. The tables tell how the ranks above move when these "
        f"are left out: a ranking that moves much should not be relied on."
    )
    measures = tuple(map(find_measure, _RANKED))
    tables = tuple(
        (f"{measure.name}-without-doubt", measure_sensitivity(data, measure, selection, options))
        for measure in measures
    )
    return Section("How much rests on little", text, tables, _tell_source(chosen))


def _tell_answers(data: GraphData, options: Options) -> Section:
    section = _measure(data, options, "dyads", "Who answers whom, and how", "reciprocity")
    figures = {str(row[0]): float(row[1] or 0) for row in section.tables[1][1].rows}
    text = (
        f"Of {figures['links']:,.0f} pairs in which one acted against the other {figures['mutual']:,.0f} were "
        f"returned ({figures['reciprocity']:.0%}; {figures['density']:.1%} would be by chance)."
    )
    return Section(section.title, text, section.tables, section.source, section.measures)


def _tell_escalation(data: GraphData, options: Options) -> Section:
    section = _measure(data, options, "ladders", "From words to coercion", "transitions")
    count = len(section.tables[0][1].rows)
    text = (
        f"{count:,} {'pair has' if count == 1 else 'pairs have'} two or more dated actions of one agent against "
        "another. The matrix counts what follows what."
    )
    chart = draw_transitions(section.tables[1][1])
    return Section(section.title, text, section.tables, section.source, section.measures, chart)


def _tell_fines(data: GraphData, selection: Selection, options: Options) -> Section:
    chosen = select_actions(data, selection)
    section = _measure(chosen, options, "fines", "What it cost", "fine-totals")
    year = choose_price_year(options.price_year)
    records = section.tables[0][1].list_records()
    counted = [record for record in records if record["counts"]]
    euros = sum(float(record["euros"] or 0) for record in counted)
    real = sum(float(record["real_euros"] or 0) for record in counted)
    without = sum(record["euros"] is None for record in counted)
    text = (
        f"{len(records):,} fines have a sum; {len(records) - len(counted):,} of them repeat another. The rest come to "
        f"EUR {format_number(euros)} at the rates of their days, EUR {format_number(real)} in the money of {year}; "
        f"{without:,} are in neither, for want of a rate. Fines that were later annulled or reduced are in "
        "the sums as imposed. "
    )
    text += _tell_less(data, selection, euros)
    return Section(section.title, text, section.tables, section.source, section.measures, draw_fines(chosen, year))


def _tell_less(data: GraphData, selection: Selection, euros: float) -> str:
    """Say how much of a sum of fines stays when what is less sure is left out."""
    if not euros:
        return ""
    shares = []
    for name, narrower in list_scenarios(selection):
        fines = list_fines(select_actions(data, narrower))
        kept = sum(fine.euros or 0 for fine in fines if fine.told_before is None)
        shares.append(f"{kept / euros:.0%} without {name}")
    return f"Of the euros of their days there stay {', '.join(shares)}." if shares else ""


def _tell_source(data: GraphData) -> str:
    return f"{len(data.actions):,} actions, read out of {data.documents:,} documents"
