"""From claims to actions and cases."""

from kg.resolve.merge import resolve_claims

__all__ = ["resolve_claims"]
