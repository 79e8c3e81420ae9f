"""From claims to actions and cases."""

from kg.resolve.blocks import name_block, name_case_block
from kg.resolve.cases import resolve_cases
from kg.resolve.merge import resolve_claims

__all__ = ["name_block", "name_case_block", "resolve_cases", "resolve_claims"]
