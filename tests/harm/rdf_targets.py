"""What is fuzzed of ``kg import``: each format that it reads, and quads that are well written and say odd things."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.errors import SourceError
from kg.kb import load_knowledge_base
from kg.model import Document, Refusal
from kg.pipeline.import_rdf import FORMATS, read_rdf
from kg.pipeline.plan import Told
from kg.rdf import encode_document, make_prefixes
from kg.rdf.jsonld import write_jsonld
from kg.rdf.load_apart import load_rdf
from kg.rdf.namespaces import DATA_BASE, VOCABULARIES
from tests.harm.mutate import TOKENS
from tests.harm.targets import Act, Target
from tests.harm.world import make_told

_XSD = VOCABULARIES["xsd"]
_TYPES = ("string", "integer", "decimal", "double", "date", "gYear", "gYearMonth", "dateTime", "boolean", "anyURI")
_IRIS = (
    *("http://e/", "urn:a", "mailto:a", f"{DATA_BASE}agent/", f"{DATA_BASE}doc/b", f"{DATA_BASE}claim/0", DATA_BASE),
    *(f"{DATA_BASE}agent/%00", f"{DATA_BASE}agent/../../x", f"{DATA_BASE}evidence/\u202e", "http://e/" + "a" * 5000),
    *("file:///etc/passwd", "javascript:alert(1)", f"{VOCABULARIES['rdf']}nil", f"{VOCABULARIES['plr']}Claim"),
)
_VALUES = (*TOKENS, "", " ", "2022-10-17", "5100000", "-1", "1e400", "true", "99999999999999999999", "2022-13-45", "0")


@cache
def list_quads() -> tuple[Quad, ...]:
    """List what is said of a document, as a store has it."""
    document, reading, run = make_told()["b"]
    return tuple(encode_document(document, reading, {}, extractor=run.name))


_WRITTEN_BY_HAND = {
    ".ttl": b"""@prefix plr: <http://e/plr#> . @base <http://e/doc/> . BASE <b>
<#a> a plr:Claim ; plr:p "x"@en-GB, '''long "one"
''', 1, 1.5, 1e5, true ; plr:q ( [ plr:r <../c> ] <d%20e> _:f ) . << <a> plr:s <b> >> plr:t "\\u00e9\\n" .""",
    ".trig": b"""PREFIX e: <http://e/> e:g { e:a e:b <<( e:c e:d "f"^^e:t )>> . }
GRAPH _:g { [] e:b () } { e:a a e:c . }""",
    ".jsonld": b"""{"@context": [{"@version": 1.1, "@vocab": "http://e/", "@base": "http://e/doc/", "e": "http://e/",
"p": {"@id": "e:p", "@type": "@id", "@container": "@set", "@context": {"q": {"@reverse": "r"}}},
"l": {"@container": "@list"}}, null, {"@language": "en"}],
"@graph": [{"@id": "b", "@type": ["Claim"], "p": ["c", {"@id": "_:d", "q": {"@id": "e"}}], "l": [1, 2.5, true, null],
"m": {"@value": "x", "@type": "e:t"}, "@included": [{"@id": "f", "n": {"@json": [{}]}}]}]}""",
}


@cache
def _write_seeds() -> dict[str, tuple[bytes, ...]]:
    quads, out = list_quads(), io.BytesIO()
    write_jsonld([(NamedNode(f"{DATA_BASE}doc/b"), sorted(quads, key=str))], DATA_BASE, out)
    seeds = {suffix: _serialize(quads, suffix) for suffix in (".nq", ".nt", ".ttl", ".trig")} | {
        ".jsonld": out.getvalue()
    }
    hand = _WRITTEN_BY_HAND
    return {suffix: (seed, hand[suffix]) if suffix in hand else (seed,) for suffix, seed in seeds.items()}


def _serialize(quads: Iterable[Quad], suffix: str) -> bytes:
    form = FORMATS[suffix]
    told = quads if form.supports_datasets else [quad.triple for quad in quads]
    found = ox.serialize(told, format=form, prefixes=make_prefixes())
    assert found is not None
    return found


def _read(suffix: str, one_in: int = 1) -> Act:
    def act(data: bytes, folder: Path) -> None:
        store = ox.Store()
        try:
            load_rdf(io.BytesIO(data), FORMATS[suffix], store)
        except (SyntaxError, ValueError, OverflowError, OSError, RuntimeError, MemoryError) as error:
            raise SourceError(str(error)) from error  # as the process that parses tells it
        # What parses is held against the shapes, which takes a thousand times as long.
        if zlib.crc32(data) % one_in == 0:
            for one in read_rdf(store, "x", load_knowledge_base(), str(folder / "part")):
                _check(one)

    return act


def _check(one: Told | Refusal) -> None:
    if isinstance(one, Refusal):
        assert one.reason.isprintable() and len(one.reason) < 1000, one.reason
        return
    document, reading, _ = one
    assert isinstance(document, Document) and document.id
    for claim in reading.claims:
        claim.evidence.check(document.text)


def _read_changed(data: bytes, folder: Path) -> None:
    quads, chance = list(list_quads()), random.Random(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(quads))
        quads[at : at + 1] = _change(quads[at], chance.choice(quads), chance)
    suffix = chance.choice((".nq", ".trig", ".ttl", ".jsonld"))
    _read(suffix)(_serialize(quads, suffix), folder)


def _change(quad: Quad, other: Quad, chance: random.Random) -> list[Quad]:
    subject, predicate, value, graph = quad
    match chance.randrange(8):
        case 0:
            return []
        case 1:
            return [quad, Quad(subject, predicate, other.object, graph)]
        case 2:
            return [Quad(other.subject, predicate, value, graph)]
        case 3:
            return [Quad(subject, other.predicate, value, graph)]
        case 4:
            return [Quad(subject, predicate, value, NamedNode(chance.choice(_IRIS)))]
        case 5:
            return [Quad(subject, predicate, NamedNode(chance.choice(_IRIS)), graph)]
        case 6:
            return [Quad(subject, predicate, BlankNode("b"), graph), Quad(BlankNode("b"), predicate, value, graph)]
        case _:
            said = getattr(value, "value", "")
            text = said + chance.choice(_VALUES) if chance.randrange(2) else chance.choice(_VALUES)
            kind = NamedNode(_XSD + chance.choice(_TYPES))
            literal = Literal(text, language="en") if not chance.randrange(6) else Literal(text, datatype=kind)
            return [Quad(subject, predicate, literal, graph)]


def list_rdf_targets() -> list[Target]:
    """List the targets."""
    formats = [Target(f"rdf{suffix}", _read(suffix, 16), seeds) for suffix, seeds in _write_seeds().items()]
    return [*formats, Target("rdf terms", _read_changed, (b"0", b"1", b"2"))]
