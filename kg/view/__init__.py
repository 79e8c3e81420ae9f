"""The graph as one HTML file that works offline: read by SPARQL, laid out beforehand, drawn by vis-network."""

from kg.view.build import build_view_data
from kg.view.data import ViewAction, ViewAgent, ViewAmount, ViewCase, ViewClaim, ViewData, ViewDocument, ViewFact
from kg.view.page import render_page
from kg.view.pyvis_network import build_pyvis_network
from kg.view.write import ViewSummary, write_view

__all__ = [
    "ViewAction",
    "ViewAgent",
    "ViewAmount",
    "ViewCase",
    "ViewClaim",
    "ViewData",
    "ViewDocument",
    "ViewFact",
    "ViewSummary",
    "build_pyvis_network",
    "build_view_data",
    "render_page",
    "write_view",
]
