"""A small JSON API over the graph: agents, actions, cases, claims and their evidence."""

from kg.serve.api.routes import make_router

__all__ = ["make_router"]
