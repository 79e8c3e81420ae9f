"""Visit addresses as a guest should: where robots.txt lets, not too often, and not before one is asked back."""

from __future__ import annotations

import email.utils
import time
from collections.abc import Callable, Mapping, MutableMapping
from contextlib import suppress

from protego import Protego

from kg.errors import SourceError
from kg.watch.addresses import WebAddress, parse_address
from kg.watch.fetch import Fetched, Fetcher, FetchError
from kg.watch.settings import ROBOT, Settings

_REDIRECTS = (301, 302, 303, 307, 308)
_MAX_REDIRECTS = 5
_BUSY = (429, 503)
_MAX_ROBOTS_BYTES = 512_000
_ROBOTS_SECONDS = 86_400.0
_MAX_DELAY = 60.0
_DEFAULT_WAIT, _MAX_WAIT = 900.0, 86_400.0


class LeftAlone(FetchError):
    """A host that asks to be left alone for a while."""


class Visitor:
    """Fetches addresses, redirects and all.

    Parameters
    ----------
    fetcher
        Sends the requests.
    settings
        How polite it is.
    waits
        Hosts that asked to be left alone, with the time until when; it is added to.
    now
        Tells the time, in seconds since 1970.
    sleep
        Waits for a number of seconds.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        settings: Settings,
        waits: MutableMapping[str, float],
        *,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._fetcher = fetcher
        self._settings = settings
        self._waits = waits
        self._now = now
        self._sleep = sleep
        self._robots: dict[str, tuple[float, Protego]] = {}
        self._visited: dict[str, float] = {}

    def visit(self, url: str | WebAddress, limit: int, headers: Mapping[str, str] | None = None) -> Fetched:
        """Fetch an address, and what it redirects to; each hop is held against the rules.

        Parameters
        ----------
        url
            The address.
        limit
            How many bytes the answer may have.
        headers
            What else the request says.

        Raises
        ------
        FetchError
            If it may not be fetched, or nothing comes of it.
        """
        try:
            address = parse_address(url) if isinstance(url, str) else url
        except SourceError as error:
            raise FetchError(str(error), is_final=True) from error
        for _ in range(_MAX_REDIRECTS + 1):
            robots = self._get_robots(address)
            if not robots.can_fetch(str(address), ROBOT):
                raise FetchError(f"the robots.txt of {address.host} forbids it", is_final=True)
            fetched = self._send(address, limit, headers, float(robots.crawl_delay(ROBOT) or 0.0))
            if fetched.status not in _REDIRECTS:
                return fetched
            address = _follow(fetched)
        raise FetchError(f"it redirects more than {_MAX_REDIRECTS} times", is_final=True)

    def _send(self, address: WebAddress, limit: int, headers: Mapping[str, str] | None, delay: float = 0.0) -> Fetched:
        left = self._waits.get(address.host, 0.0) - self._now()
        # No clock that jumped keeps a host away for longer than it can have asked.
        if 0 < left <= _MAX_WAIT:
            raise LeftAlone(f"{address.host} asks to be left alone for {left:.0f} s more")
        self._waits.pop(address.host, None)
        pause = max(self._settings.delay, min(delay, _MAX_DELAY))
        since = self._now() - self._visited.get(address.host, float("-inf"))
        if 0 <= since < pause:
            self._sleep(pause - since)
        try:
            fetched = self._fetcher.fetch(address, limit, headers)
        finally:
            self._visited[address.host] = self._now()
        if fetched.status in _BUSY:
            seconds = _read_wait(fetched.headers.get("retry-after"), self._now())
            self._waits[address.host] = self._now() + seconds
            raise LeftAlone(f"{address.host} asks to be left alone for {seconds:.0f} s (status {fetched.status})")
        return fetched

    def _get_robots(self, address: WebAddress) -> Protego:
        known = self._robots.get(address.origin)
        if known is None or not 0 <= self._now() - known[0] < _ROBOTS_SECONDS:
            known = self._now(), self._fetch_robots(address)
            self._robots[address.origin] = known
        return known[1]

    def _fetch_robots(self, address: WebAddress) -> Protego:
        """Fetch what a host lets robots do (RFC 9309): all if it says nothing, nothing if it can't be asked."""
        place = parse_address("/robots.txt", base=address.origin)
        for _ in range(_MAX_REDIRECTS + 1):
            fetched = self._send(place, _MAX_ROBOTS_BYTES, {"Accept": "text/plain"})
            if fetched.status in _REDIRECTS:
                place = _follow(fetched)
            elif 200 <= fetched.status < 300:
                return Protego.parse(fetched.body.decode("utf-8", "replace"))
            elif 400 <= fetched.status < 500:
                return Protego.parse("")
            else:
                raise FetchError(f"the robots.txt of {address.host} can't be read: status {fetched.status}")
        raise FetchError(f"the robots.txt of {address.host} redirects more than {_MAX_REDIRECTS} times")


def _follow(fetched: Fetched) -> WebAddress:
    try:
        return parse_address(fetched.headers.get("location", ""), base=str(fetched.address))
    except SourceError as error:
        raise FetchError(f"it redirects to {error}", is_final=True) from error


def _read_wait(text: str | None, now: float) -> float:
    """Read how many seconds to wait: a number of them, or a date."""
    text = (text or "").strip()
    seconds = _DEFAULT_WAIT
    if text.isascii() and text.isdigit():
        seconds = float(text[:9])
    elif text:
        with suppress(ValueError, OverflowError, TypeError):
            seconds = email.utils.parsedate_to_datetime(text).timestamp() - now
    return min(max(seconds, 1.0), _MAX_WAIT)
