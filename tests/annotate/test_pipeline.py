from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from kg.annotate import load_pipeline
from kg.errors import ModelError

# Parses of the model under spaCy 3.8 in word/part of speech/relation/head: it was trained under 3.7, and spaCy warns
# that it may go wrong then (W095). It does not, as long as these stand.
PARSES = [
    "The/DET/det/regulator regulator/NOUN/nsubj/fined fined/VERB/ROOT/fined the/DET/det/company company/NOUN/dobj/fined"
    " in/ADP/prep/fined March/PROPN/pobj/in ./PUNCT/punct/fined",
    "Telegram/PROPN/nsubjpass/blocked was/AUX/auxpass/blocked blocked/VERB/ROOT/blocked by/ADP/agent/blocked"
    " the/DET/det/court court/NOUN/pobj/by on/ADP/prep/blocked Friday/PROPN/pobj/on ./PUNCT/punct/blocked",
    "Its/PRON/poss/founder founder/NOUN/nsubj/denied ,/PUNCT/punct/founder who/PRON/nsubj/lives"
    " lives/VERB/relcl/founder in/ADP/prep/lives Dubai/PROPN/pobj/in ,/PUNCT/punct/founder denied/VERB/ROOT/denied"
    " the/DET/det/charges charges/NOUN/dobj/denied ./PUNCT/punct/denied",
    "She/PRON/nsubj/said said/VERB/ROOT/said that/SCONJ/mark/opened the/DET/det/ministry ministry/NOUN/nsubj/opened"
    " had/AUX/aux/opened opened/VERB/ccomp/said an/DET/det/inquiry inquiry/NOUN/dobj/opened into/ADP/prep/inquiry"
    " the/DET/det/app app/NOUN/pobj/into ./PUNCT/punct/said",
    "The/DET/det/Commission Commission/PROPN/nsubj/wants wants/VERB/ROOT/wants to/PART/aux/fine fine/VERB/xcomp/wants"
    " Apple/PROPN/dobj/fine and/CCONJ/cc/Apple Google/PROPN/conj/Apple ./PUNCT/punct/wants",
    "Accused/VERB/advcl/closed of/ADP/prep/Accused fraud/NOUN/pobj/of ,/PUNCT/punct/closed the/DET/det/platform"
    " platform/NOUN/nsubj/closed closed/VERB/ROOT/closed its/PRON/poss/office office/NOUN/dobj/closed"
    " in/ADP/prep/closed Paris/PROPN/pobj/in ./PUNCT/punct/closed",
]


@pytest.mark.parametrize("parse", PARSES)
def test_pipeline_parses_as_it_was_trained_to(nlp: Language, parse: str) -> None:
    """The parse of a held sentence is the right one, tag by tag and arc by arc."""
    text = " ".join(part.split("/")[0] for part in parse.split()).replace(" ,", ",").replace(" .", ".")
    doc = nlp(text)
    assert " ".join(f"{t.text}/{t.pos_}/{t.dep_}/{t.head.text}" for t in doc) == parse


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("Telegram was blocked by the court on Friday.", {("Friday", "DATE")}),
        ("Angela Merkel met Satya Nadella in Berlin.",
         {("Angela Merkel", "PERSON"), ("Satya Nadella", "PERSON"), ("Berlin", "GPE")}),
    ],
)  # fmt: skip
def test_pipeline_recognises_entities(nlp: Language, text: str, entities: set[tuple[str, str]]) -> None:
    """People, places and dates are recognised under spaCy 3.8."""
    assert entities <= {(entity.text, entity.label_) for entity in nlp(text).ents}


def test_pipeline_lemmatises(nlp: Language) -> None:
    """Lemmas come from the model's tables."""
    doc = nlp("The regulators were accusing both companies.")
    assert [token.lemma_ for token in doc][1:6] == ["regulator", "be", "accuse", "both", "company"]


def test_pipeline_loads_without_a_warning() -> None:
    """W095 does not reach the user: where warnings are errors the pipeline loads all the same, and prints nothing."""
    load = "from kg.annotate import load_pipeline"
    code = f"import warnings; {load}; warnings.simplefilter('error', UserWarning); load_pipeline()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_pipeline_that_is_missing_is_named_in_one_line() -> None:
    """A pipeline that is not installed is refused by its name, with what to install."""
    with pytest.raises(ModelError, match="no spaCy pipeline 'xx_none_sm' is installed; pip install ") as refused:
        load_pipeline("xx_none_sm")
    assert "\n" not in str(refused.value)


def test_pipeline_without_a_parser_is_refused(tmp_path: Path) -> None:
    """A pipeline that lacks what the reading needs is refused by what it lacks."""
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match=r"blank' has no parser, ner, lemmatizer"):
        load_pipeline(str(tmp_path / "blank"))
