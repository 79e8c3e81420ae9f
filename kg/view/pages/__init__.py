"""Pages without a script beside the graph: an overview with charts, a dossier an agent, a timeline a case."""

from kg.view.pages.site import PagesSummary, write_pages

__all__ = ["PagesSummary", "write_pages"]
