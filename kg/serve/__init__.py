"""Serve a store over HTTP: the SPARQL 1.1 protocol, a JSON API, and pages to read, ask and review."""

from kg.serve.run import run_server
from kg.serve.settings import Settings

__all__ = ["Settings", "run_server"]
