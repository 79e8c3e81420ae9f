r"""Take the screenshots of docs/viewer.md again: ``python docs/images/take.py STORE``; it wants Chromium, Playwright.

They show the real case: the seeds, the news, the platform items and the #KeepItOn rows of ../shared, built with

    kg build ../shared/seeds ../shared/corpus/news ../shared/corpus/current-events-platforms-2002-2021.tsv \
        ../shared/reference/keepiton-shutdowns-2026-05-20.tsv -o STORE

Texts of others are not to be in this repository, so the states are such that show names, dates and sums, and for a
claim a row of the tracker.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

from kg.rdf import open_store
from kg.view.pages import write_pages

TITLE = "Platforms and those who govern them"
WIDE = {"viewport": {"width": 1440, "height": 900}}
DARK = {**WIDE, "color_scheme": "dark"}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
STATES: dict[str, tuple[str, dict[str, Any]]] = {
    "viewer-overview": ("graph.html", WIDE),
    "viewer-agent": ("graph.html#agent=telegram", WIDE),
    "viewer-claim": ("graph.html#edge=russia,telegram,ban,actual&unfold=coercion&near=telegram,1", DARK),
    "viewer-filters": (
        "graph.html#only-country=germany,france,ireland,italy&only-action=fine,ban,order,investigate,sue",
        WIDE,
    ),
    "viewer-compare": ("graph.html#near=tiktok,1&from=2018-01&to=2021-12&and-from=2022-01&and-to=2025-12", WIDE),
    "viewer-near": ("graph.html#near=telegram,1", WIDE),
    "viewer-way": ("graph.html#way=pavel-durov,tiktok", WIDE),
    "viewer-groups": ("graph.html#group-by=country&only-action=fine,ban,sue,investigate,order,convict", DARK),
    "viewer-table": ("graph.html#only-action=fine&sort=-amount&view=both", WIDE),
    "viewer-case": ("graph.html#case={case}&near=meta,1", WIDE),
    "viewer-phone": ("graph.html#agent=telegram&near=telegram,1", PHONE),
    "pages-overview": ("index.html", WIDE),
    "pages-dossier": ("agents/google.html", WIDE),
}


def find_case(page: Any) -> str:
    """Find the case of most actions in which Meta is acted on."""
    return str(
        page.evaluate(
            """() => {
              const { agents, actions, cases } = window.kgView.graph;
              const counts = new Map();
              for (const { target, case: one } of actions) {
                if (one !== undefined && agents[target].id === "meta") counts.set(one, (counts.get(one) ?? 0) + 1);
              }
              return cases[[...counts].sort((a, b) => b[1] - a[1])[0][0]].id;
            }"""
        )
    )


def main() -> None:
    """Write the pages of the store, and take each state."""
    from playwright.sync_api import sync_playwright

    here = Path(__file__).parent
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        write_pages(open_store(sys.argv[1]), folder, title=TITLE)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        case = ""
        for name, (address, options) in STATES.items():
            if sys.argv[2:] and name not in sys.argv[2:] and case:
                continue
            context = browser.new_context(**options)
            page = context.new_page()
            page.goto(f"file://{folder}/{address.replace('{case}', case)}")
            if "graph.html" in address:
                page.wait_for_selector("html[data-drawn]", state="attached")
                case = case or find_case(page)
            page.wait_for_timeout(600)
            path = here / f"{name}.png"
            page.screenshot(path=path)
            # 256 colours are enough for a page, and a third of the size.
            Image.open(path).convert("RGB").quantize(256, kmeans=3).save(path, optimize=True)
            print(f"{name}: {path.stat().st_size // 1024} KB")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
