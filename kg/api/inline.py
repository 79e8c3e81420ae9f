"""The picture of a graph inside a notebook."""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class GraphView:
    """The page of a graph; a notebook shows it in place, and ``save`` writes it as a file.

    In a notebook it runs in a frame that may run its own scripts and save files, and nothing else: it has no part in
    the notebook's origin, and the page's own policy forbids it the network.
    """

    page: str
    height: int = 600

    def _repr_html_(self) -> str:
        return (
            f'<iframe sandbox="allow-scripts allow-downloads" title="Who acted against whom" width="100%" '
            f'height="{int(self.height)}" style="border: 1px solid #8888" srcdoc="{html.escape(self.page)}"></iframe>'
        )

    def __repr__(self) -> str:
        size = len(self.page.encode("utf-8", "replace"))
        return f"GraphView of {size:,} bytes: a notebook shows it, save(path) writes it"

    def save(self, path: str | Path) -> Path:
        """Write the page to a file."""
        target = Path(path)
        target.write_text(self.page, encoding="utf-8", errors="replace")
        return target
