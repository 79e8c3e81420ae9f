"""What is left out to start sooner is missed by nobody."""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path

import spacy
from spacy.tokens import Doc, Token

from kg.annotate import load_pipeline
from kg.resources import find_data

_TEXTS = ("apple-music", "durov-charges", "tiktok-india")


def _describe(token: Token) -> tuple[object, ...]:
    parse = (token.text, token.tag_, token.pos_, token.dep_, token.head.i, token.lemma_, str(token.morph))
    return (*parse, token.ent_iob_, token.ent_type_, token.norm_, token.shape_, token.is_sent_start, token.has_vector)


def _describe_all(doc: Doc) -> list[tuple[object, ...]]:
    return [_describe(token) for token in doc]


def test_pipeline_without_its_strings_parses_as_with_them() -> None:
    """The carried pipeline is loaded without the words of its vectors; every attribute of every token is the same."""
    lean = load_pipeline()
    assert lean.path is not None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = spacy.load(lean.path)
    assert len(lean.vocab.strings) < len(whole.vocab.strings) / 10
    for name in _TEXTS:
        text = (find_data() / "corpus" / f"{name}.md").read_text(encoding="utf-8")
        assert _describe_all(lean(text)) == _describe_all(whole(text))


def test_command_line_of_spacy_is_there_for_who_wants_it(tmp_path: Path) -> None:
    """A build does not import spaCy's command line, and leaves it to be imported as ever."""
    source = tmp_path / "one.txt"
    source.write_text("Ireland fined TikTok 345 million euros on 15 September 2023.", encoding="utf-8")
    code = (
        "import sys; from kg.pipeline import build\n"
        f"build([{str(source)!r}], {str(tmp_path / 'store')!r})\n"
        "assert 'spacy' in sys.modules and 'httpx' not in sys.modules and 'rdflib' not in sys.modules\n"
        "from spacy.cli.info import info; assert callable(info)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
