"""How fast and how small is the page? Against stock pyvis, with the same data, in the same run.

    python benchmarks/view.py                          # 2,000 agents and 6,000 lines; then 10,000 and 50,000
    python benchmarks/view.py --sizes 2000x6000 --no-browser

For each size the graph is made up, each line told once by a claim of a long sentence. Then each side gets what it draws
in its own terms and makes a page of it, some runs in turns, the best of each counts (CPU time).

* kg: `kg.view.render_page`, from the data as read: layout, columns, packing, page.
* pyvis: `Network()` as its documentation begins, and `Network(directed=True)`, which skips its look for double edges:
  add_node, add_edge, generate_html with `cdn_resources="in_line"`, a label and the quote for a title.

Then the pages are opened in Chromium, offline, in turns with a bare page of vis-network: the same script, marks and
lines at the same places, physics off, nothing else. Both wait for the same processor, so what they differ by is ours.
"Drawn" is the time from opening to the first whole picture: for kg and the bare page the moment when vis-network has
drawn, for pyvis (once) the end of its stabilisation, or more than the limit. "Frames" is how often the picture was
drawn anew in a second of dragging it, "CPU" what Chromium's processes took for one: on a busy machine the frames are
fewer, the CPU is the same. Medians, with the least and the most.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kg.model.vocabulary import ACTION_GROUPS, AGENT_TYPES
from kg.view import ViewAction, ViewAgent, ViewClaim, ViewData, ViewDocument, render_page
from kg.view.network import build_network

SIZES = "2000x6000,10000x50000"
CONTEXT = (
    "It was the next step in a matter that had been before the authorities for months, as people close to it said. "
)
LAUNCH = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]


def make_data(agent_count: int, edge_count: int) -> ViewData:
    """Make up agents in communities and countries, and lines among them, each told once."""
    rng = random.Random(5)
    types = sorted(AGENT_TYPES - {"Government"})
    kinds = [kind for group in ACTION_GROUPS.values() for kind in group]
    countries = [ViewAgent(f"c{number:02}", f"Country {number}", "Government") for number in range(40)]
    others = [
        ViewAgent(
            f"n{number}", f"Agent number {number}", types[number % len(types)], country=f"c{number // 50 % 40:02}"
        )
        for number in range(agent_count - len(countries))
    ]
    agents = [*countries, *others]
    documents = [
        ViewDocument(
            f"d{number}", f"Report {number}", f"https://example.org/{number}", f"20{10 + number % 15}-05-01", "P"
        )
        for number in range(max(1, edge_count // 20))
    ]
    pairs: set[tuple[int, int, str]] = set()
    while len(pairs) < edge_count:
        # A few agents meet many, as platforms and governments do; most meet those of their community.
        actor = rng.randrange(agent_count)
        near = (actor // 50) * 50 + int(50 * rng.random() ** 3)
        target = near if rng.random() < 0.8 else int(agent_count * rng.random() ** 3)
        if target < agent_count and target != actor:
            pairs.add((actor, target, rng.choice(kinds)))
    actions = []
    for number, (actor, target, kind) in enumerate(sorted(pairs)):
        names = agents[actor].name, agents[target].name
        words = " ".join(rng.choices(("order", "court", "notice", "users", "data", "law", "market", "month"), k=12))
        quote = f"{names[0]} went on to {kind} {names[1]} over {words}, {rng.randrange(10**6)} people were told."
        claim = ViewClaim(f"{number:016x}", f"d{number % len(documents)}", quote, CONTEXT, CONTEXT, confidence=0.9)
        when = (f"20{10 + number % 15}-{1 + number % 12:02}",)
        ends = agents[actor].id, agents[target].id
        actions.append(ViewAction(f"{number:016x}", kind, *ends, "actual", (claim,), 0.9, 1, dates=when))
    return ViewData(tuple(sorted(agents, key=lambda agent: agent.id)), tuple(actions), (), tuple(documents))


def render_pyvis(data: ViewData, *, directed: bool) -> str:
    """Make the stock page: what its documentation shows, with a label and a title."""
    from pyvis.network import Network

    network = Network(directed=directed, cdn_resources="in_line")
    for agent in data.agents:
        network.add_node(agent.id, label=agent.name, title=agent.name, group=agent.type)
    for action in data.actions:
        network.add_edge(action.actor, action.target, label=action.action, title=action.claims[0].quote)
    page: str = network.generate_html()
    return page


BARE_PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>bare</title>
<style>html, body, #canvas {{ margin: 0; height: 100%; }}</style></head><body><div id="canvas"></div>
<script>{library}</script><script>
const nodes = new vis.DataSet({nodes}), edges = new vis.DataSet({edges});
const network = new vis.Network(document.getElementById("canvas"), {{ nodes, edges }}, {{
  physics: {{ enabled: false }}, layout: {{ improvedLayout: false }}, edges: {{ arrows: "to", smooth: false }} }});
network.once("afterDrawing", () => {{
  performance.mark("kg-drawn");
  document.documentElement.dataset.drawn = "";
}});
window.kgView = {{ network }};
</script></body></html>"""


def render_bare(data: ViewData) -> str:
    """Make the page of a peer: vis-network as it comes, with the places and names that ours has."""
    import pyvis

    network = build_network(data, random.Random(1))
    library = next(Path(pyvis.__file__).parent.glob("templates/lib/vis-*/vis-network.min.js"))
    nodes = [
        {"id": n.agent, "label": data.agents[n.agent].name, "shape": "dot", "x": n.x, "y": n.y} for n in network.nodes
    ]
    edges = [{"from": edge.source, "to": edge.target} for edge in network.edges]
    return BARE_PAGE.format(
        library=library.read_text(encoding="utf-8"), nodes=json.dumps(nodes), edges=json.dumps(edges)
    )


def time_best(makers: dict[str, Callable[[], str]], runs: int) -> dict[str, tuple[float, str]]:
    """Time each maker in turns; give the least CPU time of each, and its page."""
    best: dict[str, tuple[float, str]] = {}
    for _ in range(runs):
        for name, make in makers.items():
            start = time.process_time()
            page = make()
            taken = time.process_time() - start
            if name not in best or taken < best[name][0]:
                best[name] = (taken, page)
    return best


WATCH_DRAG = """() => { window.drawn = 0; window.kgView.network.on("afterDrawing", () => { window.drawn += 1; }); }"""


def read_chromium_time() -> float:
    """Read how much CPU time the Chromium that this process has started has taken, in seconds."""
    import psutil

    found = 0.0
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            if "chrom" in process.name():
                times = process.cpu_times()
                found += times.user + times.system
    return found


def open_page(browser: Any, path: Path) -> tuple[float, float, float]:
    """Open a page: seconds until it was drawn, frames a second while it is dragged, milliseconds of CPU of one."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(f"file://{path}")
    page.wait_for_selector("html[data-drawn]", state="attached", timeout=120_000)
    page.wait_for_timeout(300)
    drawn = page.evaluate("() => performance.getEntriesByName('kg-drawn')[0].startTime")
    page.evaluate(WATCH_DRAG)
    box = page.locator("#canvas").bounding_box()
    # A corner, where there is no mark to drag instead.
    left, top = box["x"] + 12, box["y"] + 12
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(left + 5, top + 5)
    page.evaluate("() => { window.drawn = 0; }")
    start, used = time.perf_counter(), read_chromium_time()
    step = 0
    while time.perf_counter() - start < 2:
        step += 1
        page.mouse.move(left + 5 + 3 * (step % 80), top + 5 + 2 * (step % 80))
    frames = page.evaluate("() => window.drawn")
    spent, used = time.perf_counter() - start, read_chromium_time() - used
    page.mouse.up()
    page.close()
    return drawn / 1000, frames / spent, 1000 * used / max(1, frames)


def open_in_turns(browser: Any, paths: dict[str, Path], rounds: int) -> dict[str, tuple[str, str, str]]:
    """Open the pages in turns; give the medians of each, with the least and the most."""
    measured: dict[str, list[tuple[float, float, float]]] = {name: [] for name in paths}
    for _ in range(rounds):
        for name, path in paths.items():
            measured[name].append(open_page(browser, path))

    def say(values: Sequence[float], form: str, unit: str = "") -> str:
        low, middle, high = min(values), statistics.median(values), max(values)
        return f"{middle:{form}}{unit} ({low:{form}} to {high:{form}})"

    return {
        name: (
            say([one[0] for one in runs], ".2f", " s"),
            say([one[1] for one in runs], ".0f"),
            say([one[2] for one in runs], ".0f", " ms"),
        )
        for name, runs in measured.items()
    }


def open_pyvis(browser: Any, path: Path, limit: int) -> tuple[str, str, str]:
    """Open the stock page: when it stood still."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    start = time.perf_counter()
    page.goto(f"file://{path}", wait_until="commit")
    done = "() => typeof network !== 'undefined' && network.physics?.stabilized === true"
    try:
        page.wait_for_function(done, timeout=limit * 1000, polling=500)
        answer = f"{time.perf_counter() - start:.1f} s"
    except Exception as error:
        if "Timeout" not in str(error):
            raise
        answer = f"> {limit} s"
    page.close()
    return answer, "", ""


def measure_size(agents: int, edges: int, runs: int, browser: Any, limit: int, rounds: int) -> None:
    """Measure both sides at one size, and print a table."""
    data = make_data(agents, edges)
    render_page(data)  # so that nobody pays for imports, and the packed vis-network is at hand as in a second page
    makers: dict[str, Callable[[], str]] = {
        "kg": lambda: render_page(data),
        "pyvis": lambda: render_pyvis(data, directed=False),
        "pyvis, directed": lambda: render_pyvis(data, directed=True),
    }
    if edges > 20_000:
        del makers["pyvis"]  # it looks through all edges for each new one: minutes
    best = time_best(makers, runs)
    print(f"\n{agents:,} agents, {edges:,} lines\n")
    print("| page by | made in | size | a claim | drawn after | frames a second while dragged | CPU of a frame |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    empty = len(render_page(ViewData()).encode())
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: Path(folder, f"{name.replace(', ', '-')}.html") for name in (*best, "vis-network, bare")}
        for name, (_, content) in best.items():
            paths[name].write_text(content, encoding="utf-8")
        paths["vis-network, bare"].write_text(render_bare(data), encoding="utf-8")
        seen: dict[str, tuple[str, str, str]] = {}
        if browser is not None:
            seen = open_in_turns(browser, {name: paths[name] for name in ("kg", "vis-network, bare")}, rounds)
        for name, (taken, _) in best.items():
            size = paths[name].stat().st_size
            claim = f"{(size - empty) / edges:,.0f} bytes" if name == "kg" else ""
            cells = seen.get(name, ("", "", ""))
            if browser is not None and name != "kg" and limit:
                cells = open_pyvis(browser, paths[name], limit)
            print(f"| {name} | {taken:.2f} s | {size / 1e6:.2f} MB | {claim} | {' | '.join(cells)} |", flush=True)
        if seen:
            size = paths["vis-network, bare"].stat().st_size
            print(
                f"| vis-network, bare | | {size / 1e6:.2f} MB | | {' | '.join(seen['vis-network, bare'])} |", flush=True
            )
    ours = best["kg"]
    for name, (taken, content) in best.items():
        if name != "kg":
            ratio = len(ours[1].encode()) / len(content.encode())
            print(f"\nkg against {name}: made {taken / ours[0]:.1f} times as fast, {ratio:.2f} of the size")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default=SIZES, help="agents x lines, such as 2000x6000, with commas between")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=5, help="how often each page is opened, in turns")
    parser.add_argument(
        "--limit", type=int, default=60, help="seconds that pyvis may take to stand still; 0 to leave it out"
    )
    parser.add_argument("--no-browser", action="store_true", help="make the pages only")
    options = parser.parse_args(arguments)
    sizes = [tuple(int(part) for part in size.split("x")) for size in options.sizes.split(",")]
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if options.no_browser or chromium is None:
        print("without a browser: only the making and the sizes")
        for agents, edges in sizes:
            measure_size(agents, edges, options.runs, None, options.limit, 0)
        return 0
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=LAUNCH)
        for agents, edges in sizes:
            measure_size(agents, edges, options.runs, browser, options.limit, options.rounds)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
