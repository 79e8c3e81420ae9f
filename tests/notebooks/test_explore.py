from __future__ import annotations

import sys
from pathlib import Path

import nbformat
import pytest
from ipykernel.kernelspec import install
from nbclient import NotebookClient

from kg.pipeline import build

NOTEBOOK = Path("notebooks") / "01-explore.ipynb"
# Enough of the corpus to have a story, and little enough to be read in seconds.
SAMPLE = ("telegram-russia-2018-2020.md", "telegram-ukraine-iraq.md", "tiktok-ico.md")


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Install a kernel of this very Python where nothing else sees it."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share" / "jupyter"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    install(prefix=str(tmp_path), kernel_name="kg-test")
    return "kg-test"


def test_notebook_explore_runs_and_finds_the_ban(
    tree: Path, tmp_path: Path, kernel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every cell of the notebook runs on a graph of the corpus, and Telegram shows among those acted against."""
    folder = tmp_path / "store"
    build([str(tree / "data" / "corpus" / name) for name in SAMPLE], folder)
    monkeypatch.setenv("KG_STORE", str(folder))
    monkeypatch.setenv("PYTHONPATH", str(tree))
    book = nbformat.read(tree / NOTEBOOK, as_version=4)
    NotebookClient(book, timeout=120, kernel_name=kernel, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = "\n".join(str(output) for cell in book.cells for output in cell.get("outputs", ()))
    assert "Telegram" in shown
    assert "graph.html" in shown
    assert (folder / "graph.html").is_file()


def test_notebook_explore_is_committed_as_it_ran(tree: Path) -> None:
    """The notebook is small, ran from top to bottom without an error, and holds no path of the machine that ran it."""
    file = tree / NOTEBOOK
    assert file.stat().st_size < 60_000
    book = nbformat.read(file, as_version=4)
    nbformat.validate(book)
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert outputs
    assert not [output for output in outputs if output.output_type in ("error", "stream")]
    assert sys.prefix not in file.read_text(encoding="utf-8")
