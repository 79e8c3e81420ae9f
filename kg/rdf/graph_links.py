"""Encode what leads from a document's graph to the rest: its group of copies, its run, and its claims' actions.

These depend on other documents, and so are apart from what `encode_document` makes of one document alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode, Quad

from kg.model import Action
from kg.rdf import terms
from kg.rdf.iris import Iris
from kg.rdf.namespaces import DATA_BASE
from kg.rdf.store import LocalStore

_USED = terms.make_term("prov:used")


def encode_group(document: str, group: str, *, base: str = DATA_BASE) -> Quad:
    """Encode which group of copies a document is in, by the ids of both."""
    iris = Iris(base)
    node = iris.make("doc", document)
    return Quad(node, terms.COPY_GROUP, iris.make("doc", group), node)


def encode_use(document: str, run: str, *, base: str = DATA_BASE) -> Quad:
    """Encode which run read a document, though it may have found nothing in it."""
    iris = Iris(base)
    node = iris.make("doc", document)
    return Quad(iris.make("run", run), _USED, node, node)


def encode_links(actions: Iterable[Action], document_of: Mapping[str, str], *, base: str = DATA_BASE) -> Iterator[Quad]:
    """Encode, in the graphs of the documents, which action each claim is about.

    Parameters
    ----------
    actions
        The actions.
    document_of
        The id of the document of each claim, by the id of the claim.
    base
        The data base IRI.
    """
    iris = Iris(base)
    for action in actions:
        node = iris.make("action", action.id)
        for claim in action.claim_ids:
            yield Quad(iris.make("claim", claim), terms.ABOUT, node, iris.make("doc", document_of[claim]))


def find_run(store: LocalStore, document: str) -> str:
    """Find the name of the run that read a document; one of no version where the store does not tell."""
    iris = Iris(store.base)
    node = iris.make("doc", document)
    for quad in store.oxigraph.quads_for_pattern(None, _USED, node, node):
        if isinstance(quad.subject, NamedNode):
            return iris.read("run", quad.subject.value)
    return "kg-0"
