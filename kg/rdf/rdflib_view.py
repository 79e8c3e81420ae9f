"""Show a store to rdflib, without copying it."""

from __future__ import annotations

import rdflib
from oxrdflib import OxigraphStore
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.errors import StoreError
from kg.rdf.endpoint import EndpointStore
from kg.rdf.store import LocalStore, Store


def as_rdflib(store: Store) -> rdflib.Dataset:
    """Open a store as an rdflib dataset whose default graph is the union of all graphs.

    Raises
    ------
    StoreError
        If the store is of a kind of its own.
    """
    if isinstance(store, LocalStore):
        return rdflib.Dataset(store=OxigraphStore(store=store.oxigraph), default_union=True)
    if isinstance(store, EndpointStore):
        return rdflib.Dataset(
            store=SPARQLStore(query_endpoint=store.url, params={"union-default-graph": ""}), default_union=True
        )
    raise StoreError(f"store {store!r}: want one that open_store opened")
