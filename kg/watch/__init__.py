"""Continuous use: look again and again at folders and feeds, let a store follow, and tell what is new.

This is the only part of ``kg`` that fetches anything from the web.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.watch.rounds import Round, watch
    from kg.watch.settings import Settings

# Whoever asks a rule need not wait for what builds a graph.
_MODULES = {"Round": "rounds", "Settings": "settings", "watch": "rounds"}

__all__ = ["Round", "Settings", "watch"]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
