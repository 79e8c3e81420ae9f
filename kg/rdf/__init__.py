"""RDF: encode and decode, the store behind a URL, exports, shapes, provenance."""

from kg.rdf.decode import decode_actions, decode_claims, decode_documents, decode_facts, decode_readings
from kg.rdf.dump import FORMATS, dump_store
from kg.rdf.encode_actions import encode_actions, encode_agents
from kg.rdf.encode_cases import encode_cases
from kg.rdf.encode_document import encode_document
from kg.rdf.encode_judgements import encode_judgements
from kg.rdf.encode_knowledge import encode_knowledge_base, encode_ontology
from kg.rdf.endpoint import EndpointStore
from kg.rdf.folder import Manifest, open_folder, read_manifest
from kg.rdf.iris import Iris
from kg.rdf.namespaces import DATA_BASE, PLR, format_prefixes, make_prefixes
from kg.rdf.nquads import write_nquads
from kg.rdf.provenance import encode_run
from kg.rdf.store import LocalStore, QueryResult, Store, open_store
from kg.rdf.writer import StoreWriter

__all__ = [
    "DATA_BASE",
    "FORMATS",
    "PLR",
    "EndpointStore",
    "Iris",
    "LocalStore",
    "Manifest",
    "QueryResult",
    "Store",
    "StoreWriter",
    "decode_actions",
    "decode_claims",
    "decode_documents",
    "decode_facts",
    "decode_readings",
    "dump_store",
    "encode_actions",
    "encode_agents",
    "encode_cases",
    "encode_document",
    "encode_judgements",
    "encode_knowledge_base",
    "encode_ontology",
    "encode_run",
    "format_prefixes",
    "make_prefixes",
    "open_folder",
    "open_store",
    "read_manifest",
    "write_nquads",
]
