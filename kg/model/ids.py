"""Identifiers made from content, never from a counter or a clock."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_HEX_DIGITS = 16  # 64 bits: a collision among a million ids has a chance of about 3e-8


def make_digest(*parts: str) -> str:
    """Hash the parts, in order; their borders count (``("ab", "c")`` differs from ``("a", "bc")``)."""
    content = "\x1f".join(part.replace("\x1f", " ") for part in parts)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:_HEX_DIGITS]


def make_slug(name: str) -> str:
    """Reduce a name to lower-case ASCII letters and digits joined by hyphens; a digest where nothing is left."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only.replace("'", "")).strip("-")
    return slug[:80].strip("-") or make_digest(name)


def make_agent_id(name: str, agent_type: str) -> str:
    """Identify an agent that the knowledge base has not: its slug and the slug of its type."""
    return f"{make_slug(name)}.{agent_type.lower()}"
