"""Continuous use: look again and again at folders and feeds, and let a store follow.

This is the only part of ``kg`` that fetches anything from the network.
"""

from kg.watch.settings import Settings
from kg.watch.watch import Round, watch

__all__ = ["Round", "Settings", "watch"]
