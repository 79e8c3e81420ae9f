from __future__ import annotations

import shutil
import sys
from pathlib import Path

import nbformat
import pytest
from ipykernel.kernelspec import install
from nbclient import NotebookClient

from kg import KnowledgeGraph

# Enough of the corpus to have a story, and little enough to be read in seconds.
SAMPLE = (
    "durov-arrest.md",
    "durov-oped.md",
    "google-android.md",
    "google-shopping-qa.md",
    "telegram-brazil-2023.txt",
    "telegram-germany-fine.md",
    "telegram-russia-2018-2020.md",
    "tiktok-dpc-children.md",
    "tiktok-ico.md",
    "twitter-nigeria.md",
)
# What each notebook must come to, whatever else it shows.
SHOWN = {
    "01-explore": ("Telegram", "GraphView of", "Germany"),
    "02-sparql": ("agent:", "triples", "Russia"),
    "03-networks": ("rank_correlation", "Modularity", "excess", "as_many_equals"),
    "04-your-own-articles": ("negated", "False", "judgements.jsonl", "40000000"),
    "05-trackers-and-news": ("keepiton", "press", "etid"),
}


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install a kernel of this very Python where nothing else sees it."""
    home = tmp_path_factory.mktemp("kernel")
    install(prefix=str(home), kernel_name="kg-test")
    return home


@pytest.fixture(scope="module")
def stores(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build a graph of some of the corpus, and one of these with the samples of trackers."""
    home = tmp_path_factory.mktemp("stores")
    KnowledgeGraph.build([tree / "data" / "corpus" / name for name in SAMPLE], home / "news", processes=1).close()
    shutil.copytree(home / "news", home / "both")
    samples = tree / "data" / "trackers" / "samples"
    with KnowledgeGraph(home / "both") as graph:
        graph.add(samples / "shutdowns.tsv", samples / "fines.csv", processes=1)
    return {"KG_STORE": home / "news", "KG_TRACKER_STORE": home / "both"}


@pytest.mark.parametrize("name", SHOWN)
def test_notebook_runs_and_comes_to_its_point(
    tree: Path, tmp_path: Path, kernel: Path, stores: dict[str, Path], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every cell of the notebook runs on a graph of the corpus, and its outputs have what it is about."""
    for variable, path in stores.items():
        monkeypatch.setenv(variable, str(path))
    monkeypatch.setenv("PYTHONPATH", str(tree))
    monkeypatch.setenv("JUPYTER_PATH", str(kernel / "share" / "jupyter"))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    book = nbformat.read(tree / "notebooks" / f"{name}.ipynb", as_version=4)
    resources = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(book, timeout=120, kernel_name="kg-test", resources=resources).execute()
    shown = "\n".join(str(cell.get("outputs", "")) + cell.source for cell in book.cells)
    assert [word for word in SHOWN[name] if word not in shown] == []


def test_notebooks_are_all_tested(tree: Path) -> None:
    """No notebook lies in the folder that is not run here."""
    assert {path.stem for path in (tree / "notebooks").glob("*.ipynb")} == set(SHOWN)


@pytest.mark.parametrize("name", SHOWN)
def test_notebook_is_committed_as_it_ran(tree: Path, name: str) -> None:
    """The notebook is small, ran from top to bottom without an error, and holds no path of the machine that ran it."""
    file = tree / "notebooks" / f"{name}.ipynb"
    assert file.stat().st_size < 170_000
    book = nbformat.read(file, as_version=4)
    nbformat.validate(book)
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert outputs
    assert [output for output in outputs if output.output_type in ("error", "stream")] == []
    text = file.read_text(encoding="utf-8")
    assert "Empty DataFrame" not in text, "a question that finds nothing tells a reader nothing"
    assert sys.prefix not in text and "/tmp/" not in text
    # Like a paper's companion: a question first, and words before every few lines of code.
    assert book.cells[0].cell_type == "markdown" and "?" in book.cells[0].source
    assert max(len(cell.source.splitlines()) for cell in cells) <= 20
