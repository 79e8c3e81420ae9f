"""Who is what: roles, nationalities, seats, owners, wholes and users."""

from kg.extract.facts.finder import FactFinder
from kg.extract.facts.proposal import FoundFact

__all__ = ["FactFinder", "FoundFact"]
