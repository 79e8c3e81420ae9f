"""Find the folders that travel with the package: ``data`` and ``ontology``."""

from __future__ import annotations

from pathlib import Path

from kg.errors import KgError

_PACKAGE = Path(__file__).resolve().parent


def _find_folder(name: str) -> Path:
    # In a wheel setup.cfg maps the folder into the package; in the tree it stands beside it.
    for folder in (_PACKAGE / f"_{name}", _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise KgError(f"the folder {name!r} is missing from this installation of kg at {_PACKAGE}")


def find_data() -> Path:
    """Locate the folder of the knowledge base, the lexicon and the sample corpus."""
    return _find_folder("data")


def find_ontology() -> Path:
    """Locate the folder of the ontology."""
    return _find_folder("ontology")
