"""Pages where a reviewer judges claims and agents, and writes what ``kg review`` would write."""

from kg.serve.review.routes import ReviewPages

__all__ = ["ReviewPages"]
