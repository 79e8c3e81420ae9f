"""What a watch is told: how polite it is, how much it takes, and where it may go."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg import __version__
from kg.errors import SourceError

ROBOT = "platform-regulation-kg"
"""The name by which robots.txt may address it."""

_CONTACT = re.compile(r"[!-~]{1,200}")


@dataclass(frozen=True, slots=True)
class Settings:
    """How feeds and pages are fetched.

    ``contact`` is the address or page by which the owner of a server can reach whoever watches. ``delay`` is the least
    time between two requests to one host, in seconds; ``timeout`` the longest that one may take, all in all. Sizes are
    in bytes, as sent and unpacked. ``private`` are the hosts that may lie at an address of a private network.
    """

    contact: str
    delay: float = 2.0
    timeout: float = 30.0
    max_pages: int = 200
    max_feed_bytes: int = 5_000_000
    max_page_bytes: int = 5_000_000
    private: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Check the contact, which becomes a part of each request.

        Raises
        ------
        SourceError
            If it is neither an address nor a page.
        """
        if not _CONTACT.fullmatch(self.contact) or not ("@" in self.contact or "://" in self.contact):
            raise SourceError(f"contact {self.contact[:80]!r}: want an e-mail address or the address of a page")

    @property
    def user_agent(self) -> str:
        """What each request says of who sends it."""
        contact = self.contact if "://" in self.contact else f"mailto:{self.contact.removeprefix('mailto:')}"
        return f"{ROBOT}/{__version__} (+{contact})"
