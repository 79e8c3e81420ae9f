"""Run the notebooks from top to bottom and keep their outputs, small: ``python notebooks/run.py [NAME...]``.

Run in this folder's own kernel; what is larger than a reader needs (the picture) is kept as its short form only.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from ipykernel.kernelspec import install
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parent
LARGEST = 90_000  # characters of one output


def run_notebook(path: Path) -> Any:
    """Run one notebook, in its folder, and give it with its outputs."""
    book = nbformat.read(path, as_version=4)
    NotebookClient(
        book, timeout=600, kernel_name="kg-run", resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    for cell in book.cells:
        cell.metadata = {}
        for output in cell.get("outputs", ()):
            output.pop("metadata", None)
            if output.output_type in ("execute_result", "display_data"):
                output.metadata = {}
                for kind in [kind for kind, text in output.data.items() if len(text) > LARGEST]:
                    del output.data[kind]
    book.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return book


def main() -> None:
    """Run the notebooks that are named, or all."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["JUPYTER_PATH"] = str(Path(folder) / "share" / "jupyter")
        install(prefix=folder, kernel_name="kg-run")
        for path in sorted(HERE.glob("*.ipynb")):
            if not sys.argv[1:] or any(path.name.startswith(name) for name in sys.argv[1:]):
                nbformat.write(run_notebook(path), path)
                print(path.name)


if __name__ == "__main__":
    main()
