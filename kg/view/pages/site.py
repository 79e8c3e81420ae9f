"""Write the pages: the overview, the lists, a dossier an agent, a timeline a case, and the graph itself."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.view.build import build_view_data
from kg.view.data import ViewAction, ViewCase
from kg.view.page import render_page
from kg.view.pages.charts import draw_columns, draw_discs, draw_shades, draw_timeline
from kg.view.pages.index import PageIndex, find_safe_url, get_group, make_file_name, sum_euros
from kg.view.pages.overview import count_by_year, count_charges, sum_fines
from kg.view.pages.places import find_ticks, place_in_time
from kg.view.read import QueryableStore
from kg.view.tables import TEMPLATES, load_table
from kg.view.wording import format_amount, format_euros, say_deed

_PAGES = TEMPLATES / "pages"
_MANY_DEEDS = 40  # from so many actions on their claims are folded: a page of a hundred screens tells nobody anything


@dataclass(frozen=True, slots=True)
class PagesSummary:
    """What was written: the first page, and how many there are of each kind."""

    path: Path
    agents: int
    cases: int


def write_pages(
    store: QueryableStore, folder: str | os.PathLike[str], *, title: str = "Who acted against whom"
) -> PagesSummary:
    """Write the pages of a store into a folder, which is made if it is missing; other files in it are left alone.

    Raises
    ------
    StoreError
        If an action lacks its type, status, actor or target, or if ``folder`` is a file.
    """
    data = build_view_data(store)
    index = PageIndex(data)
    home = Path(folder)
    if home.exists() and not home.is_dir():
        raise StoreError(f"{home} is a file; want a folder for the pages")
    home.mkdir(parents=True, exist_ok=True)
    (home / "graph.html").write_bytes(render_page(data, title=title).encode("utf-8", "replace"))
    for name, content in render_pages(index, title):
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8", "replace"))
    return PagesSummary(home / "index.html", len(index.deeds), len(index.list_cases()))


def render_pages(index: PageIndex, title: str) -> Iterator[tuple[str, str]]:
    """Render each page but the graph, with its path in the folder."""
    render = _make_renderer(index, title)
    fines, unknown = sum_fines(index)
    charges = count_charges(index)
    years = count_by_year(index)
    groups = list(load_table("palette")["groups"])
    cases = index.list_cases()
    agents = sorted(index.deeds, key=lambda agent: (-len(index.deeds[agent]), agent))
    yield (
        "index.html",
        render(
            "overview.html.j2",
            root="",
            years=years,
            columns=draw_columns(years, groups, "Actions that happened, by year and group"),
            fines=fines,
            unknown=unknown,
            discs=draw_discs(fines.rows, fines.columns, fines.values, "Fines by authority and year", format_euros),
            charges=charges,
            shades=draw_shades(
                charges.rows, charges.columns, {key: int(value) for key, value in charges.values.items()}, "Charges"
            ),
            agents=agents,
            cases=cases,
        ),
    )
    yield "agents.html", render("list.html.j2", root="", agents=agents, cases=(), heading="Agents")
    yield "cases.html", render("list.html.j2", root="", agents=(), cases=cases, heading="Cases")
    for agent in agents:
        yield f"agents/{make_file_name(agent)}", render("agent.html.j2", root="../", **_describe_agent(index, agent))
    for case in cases:
        yield f"cases/{make_file_name(case.id)}", render("case.html.j2", root="../", **_describe_case(index, case))


def _describe_agent(index: PageIndex, agent_id: str) -> dict[str, Any]:
    deeds = index.deeds[agent_id]
    received = index.list_fines(action for action in deeds if action.target == agent_id)
    imposed = index.list_fines(action for action in deeds if action.actor == agent_id)
    named = {action.case for action in deeds}
    return {
        "agent": index.get_agent(agent_id),
        "deeds": deeds,
        "own": sum(action.actor == agent_id for action in deeds),
        "fines": (("Fines received", received), ("Fines imposed", imposed)),
        "cases": [case for case in index.list_cases() if case.id in named],
        "is_long": len(deeds) > _MANY_DEEDS,
        "groups": _list_groups(deeds),
        "facts": [fact for fact in index.data.facts if agent_id in (fact.subject, fact.object)],
        "chart": _draw_deeds(index, deeds, f"Actions of and against {index.get_name(agent_id)}"),
    }


def _describe_case(index: PageIndex, case: ViewCase) -> dict[str, Any]:
    deeds = index.of_case[case.id]
    chart = _draw_deeds(index, deeds, case.label)
    return {"case": case, "deeds": deeds, "groups": _list_groups(deeds), "chart": chart}


def _list_groups(deeds: list[ViewAction]) -> list[str]:
    found = {get_group(action) for action in deeds}
    return [group for group in load_table("palette")["groups"] if group in found]


def _draw_deeds(index: PageIndex, deeds: list[ViewAction], title: str) -> Any:
    dated = [action for action in deeds if index.get_year(action) is not None]
    if not dated:
        return ""
    places = place_in_time([index.get_when(action) for action in dated])
    points = [
        (place, get_group(action), action.status, f"{index.get_when(action)}: {_say(index, action)}")
        for place, action in zip(places, dated, strict=True)
    ]
    return draw_timeline(points, find_ticks([index.get_when(action) for action in dated]), title)


def _say(index: PageIndex, action: ViewAction) -> str:
    return f"{index.get_name(action.actor)} {say_deed(action)} {index.get_name(action.target)}"


def _make_renderer(index: PageIndex, title: str) -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = (_PAGES / "pages.css").read_text(encoding="utf-8") + _write_colours()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment.globals.update(
        index=index,
        title=title,
        style=style,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        palette=load_table("palette"),
        relations=load_table("relations"),
        file_name=make_file_name,
        safe_url=find_safe_url,
        say_deed=say_deed,
        format_amount=format_amount,
        format_euros=format_euros,
        sum_euros=sum_euros,
        get_group=get_group,
    )
    return lambda name, **values: environment.get_template(name).render(**values)


def _write_colours() -> str:
    groups = load_table("palette")["groups"]
    light = "".join(f".g-{name}{{fill:{entry['light']}}}" for name, entry in groups.items())
    dark = "".join(f".g-{name}{{fill:{entry['dark']}}}" for name, entry in groups.items())
    return f"{light}\n@media (prefers-color-scheme: dark) {{{dark}}}\n"
