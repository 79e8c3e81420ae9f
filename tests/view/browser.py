"""One page in a real browser: what it asked for, what went wrong, and how to do to it what people do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

LAUNCH_OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Visit:
    """A page in a context of its own, the network off unless asked otherwise; every request and error is kept."""

    def __init__(
        self, browser: Any, path: Path, address: str = "", *, offline: bool = True, wait: bool = True, **options: Any
    ) -> None:
        self.path = path
        self.requests: list[str] = []
        self.errors: list[str] = []
        self._context = browser.new_context(**{"viewport": {"width": 1400, "height": 900}, **options})
        self._context.set_offline(offline)
        self.page = self._context.new_page()
        self.page.on("request", lambda request: self.requests.append(request.url.partition("#")[0]))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("dialog", lambda dialog: self.errors.append(f"dialog: {dialog.message}"))
        self.page.goto(f"file://{path}{address}")
        if wait:
            self.page.wait_for_selector("html[data-ready]", state="attached")

    def wait_until_drawn(self) -> None:
        """Wait for the first picture."""
        self.page.wait_for_selector("html[data-drawn]", state="attached")

    def close(self) -> None:
        """Close the page."""
        self._context.close()

    def ask(self, script: str, argument: Any = None) -> Any:
        """Evaluate a function in the page."""
        return self.page.evaluate(script, argument)

    def find_edge(self, actor: str, action: str, target: str, status: str = "actual") -> int:
        """Find the number of an edge by names."""
        found = self.ask(
            """([actor, action, target, status]) => {
              const { graph } = window.kgView;
              const name = (index) => graph.agents[index].name;
              return graph.edges.findIndex((edge) => name(edge.from) === actor && edge.action === action
                && name(edge.to) === target && edge.status === status);
            }""",
            [actor, action, target, status],
        )
        assert found >= 0, f"no edge {actor} {action} {target}"
        return int(found)

    def click_edge(self, actor: str, action: str, target: str, status: str = "actual") -> None:
        """Click where the edge is drawn."""
        self.wait_until_drawn()
        edge = self.find_edge(actor, action, target, status)
        self._click_canvas(self.ask("(edge) => window.kgView.findMiddle(edge, 0.5)", edge))

    def click_node(self, name: str) -> None:
        """Click where the agent is drawn."""
        self.wait_until_drawn()
        script = """(name) => {
          const index = window.kgView.graph.agents.findIndex((agent) => agent.name === name);
          return window.kgView.network.canvasToDOM(window.kgView.network.getPositions([index])[index]);
        }"""
        self._click_canvas(self.ask(script, name))

    def _click_canvas(self, point: dict[str, float]) -> None:
        self.page.locator("#canvas").click(position=point)

    def count_shown_edges(self) -> int:
        """Count the edges that vis-network draws."""
        return int(self.ask("() => window.kgView.edgeSet.get({filter: (edge) => !edge.hidden}).length"))

    def count_shown_nodes(self) -> int:
        """Count the nodes that vis-network draws."""
        return int(self.ask("() => window.kgView.nodeSet.get({filter: (node) => !node.hidden}).length"))

    def save(self, kind: str, folder: Path) -> Path:
        """Choose in the menu what to save, and return the file that comes of it."""
        with self.page.expect_download() as download:
            self.page.click("#save-menu summary")
            self.page.click(f"#save-{kind}")
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        return path

    def count_shown(self) -> int:
        """Read how many actions are shown."""
        return int(self.page.inner_text("#count").split()[0].replace(",", ""))

    def read_details(self) -> str:
        """Read the text of the panel."""
        return str(self.page.inner_text("#details"))

    def read_hash(self) -> str:
        """Read the state in the address."""
        return str(self.ask("() => location.hash"))
