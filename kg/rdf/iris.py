"""IRIs of the data, made from ids and read back: one folder a kind of thing under the data base."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

from kg.rdf.namespaces import DATA_BASE, check_base

_PLAIN = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*")


def quote_id(text: str) -> str:
    """Percent-quote a string so that it is one safe segment of an IRI, whatever it holds; see `unquote_id`."""
    if _PLAIN.fullmatch(text):
        return text
    quoted = quote(text, safe="", errors="surrogatepass")
    # A segment that starts with a dot could be resolved away as "." or "..".
    return f"%2E{quoted[1:]}" if quoted.startswith(".") else quoted


def unquote_id(text: str) -> str:
    """Undo `quote_id`."""
    return unquote(text, errors="surrogatepass") if "%" in text else text


class Iris:
    """The IRIs under one data base.

    Parameters
    ----------
    base
        The data base IRI, ending in a slash.
    """

    def __init__(self, base: str = DATA_BASE) -> None:
        self.base = check_base(base)

    def make(self, folder: str, identifier: str) -> NamedNode:
        """Build the IRI of a thing of one kind."""
        return NamedNode(f"{self.base}{folder}/{quote_id(identifier)}")

    def read(self, folder: str, iri: str) -> str:
        """Read the id out of an IRI of that kind.

        Raises
        ------
        ValueError
            If the IRI is of another kind or under another base.
        """
        start = f"{self.base}{folder}/"
        if not iri.startswith(start):
            raise ValueError(f"IRI {iri!r}: want one under {start!r}")
        return unquote_id(iri[len(start) :])

    def is_document(self, iri: str) -> bool:
        """Tell whether the IRI is that of a document, which is that of its graph too."""
        return iri.startswith(f"{self.base}doc/") and "#" not in iri

    def make_span(self, document: NamedNode, start: int, end: int) -> NamedNode:
        """Build the IRI of a span of a document's text: its IRI with a fragment after RFC 5147."""
        return NamedNode(f"{document.value}#char={start},{end}")

    def read_span(self, iri: str) -> tuple[int, int]:
        """Read the offsets out of the IRI of a span."""
        start, end = iri.rpartition("#char=")[2].split(",")
        return int(start), int(end)

    @property
    def kb(self) -> NamedNode:
        """The graph of the knowledge base."""
        return NamedNode(f"{self.base}graph/kb")

    @property
    def actions(self) -> NamedNode:
        """The graph of the resolved actions."""
        return NamedNode(f"{self.base}graph/actions")

    @property
    def judgements(self) -> NamedNode:
        """The graph of the reviewers' judgements."""
        return NamedNode(f"{self.base}graph/judgements")

    @property
    def ontology(self) -> NamedNode:
        """The graph of the ontology and the charges."""
        return NamedNode(f"{self.base}graph/ontology")
