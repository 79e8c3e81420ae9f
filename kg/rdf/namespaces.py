"""The namespaces of the graph: one map of prefixes for encoding, exports and queries."""

from __future__ import annotations

import re

from kg.errors import KgError

PLR = "https://w3id.org/platform-regulation#"
DATA_BASE = "https://w3id.org/platform-regulation/id/"

VOCABULARIES: dict[str, str] = {
    "plr": PLR,
    "dcterms": "http://purl.org/dc/terms/",
    "dpv": "https://w3id.org/dpv#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# Each kind of thing has a folder under the data base, and a prefix of the folder's name in queries and exports.
FOLDERS: tuple[str, ...] = (
    "action",
    "agent",
    "case",
    "charge",
    "claim",
    "doc",
    "evidence",
    "fact",
    "graph",
    "judgement",
    "law",
    "penalty",
    "reviewer",
    "run",
)

# An absolute IRI that ends in a slash, without the characters that no IRI may hold.
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\#?]*/")


def check_base(base: str) -> str:
    """Return the data base IRI as given if one may build IRIs on it.

    Raises
    ------
    KgError
        If it is not an absolute IRI that ends in a slash.
    """
    if not _BASE.fullmatch(base):
        raise KgError(f"data base IRI {base!r}: want an absolute IRI that ends in '/', such as {DATA_BASE!r}")
    return base


def make_prefixes(base: str = DATA_BASE) -> dict[str, str]:
    """Map every prefix to its namespace: the vocabularies, and ``agent:``, ``action:`` … under the data base."""
    check_base(base)
    return VOCABULARIES | {folder: f"{base}{folder}/" for folder in FOLDERS}


def format_prefixes(base: str = DATA_BASE) -> str:
    """Write the ``PREFIX`` lines that stand before a query, one a prefix, in order."""
    return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in sorted(make_prefixes(base).items()))
