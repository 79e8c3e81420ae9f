"""Where a watch may go: web addresses whose host does not lie in a private network.

A feed is written by strangers, and so are the redirects of a server: neither may lead into the network of whoever
watches.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

from kg.errors import SourceError

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_PORTS = {"http": 80, "https": 443}
_MORE_PORTS = (8000, 8080, 8443)
_MAX_LENGTH = 2000
_HOST = re.compile(r"[a-z0-9._-]{1,253}|[0-9a-f:.]{2,45}")
# Networks whose addresses carry one of the other family, to be looked at in its place.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid", re.I)


class ForbiddenAddress(SourceError):
    """A place where a watch may not go."""


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A web address in its parts; ``target`` is path and query, as sent."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host and port: what one robots.txt is about."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")

    def __str__(self) -> str:
        return self.origin + self.target


def parse_address(url: str, *, base: str | None = None) -> WebAddress:
    """Take a web address apart.

    Parameters
    ----------
    url
        The address, as written in a feed or a header.
    base
        What it is relative to.

    Raises
    ------
    SourceError
        If it is none: of another scheme, with a password, too long, malformed.
    """
    shown = url[:100]
    try:
        parts = urlsplit(urljoin(base or "", url.strip()))
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
        host = host if host.isascii() else host.encode("idna").decode("ascii").lower()
    except ValueError as error:
        raise SourceError(f"{shown!r} is no web address") from error
    if parts.scheme not in _PORTS:
        raise SourceError(f"{shown!r}: want http or https")
    if len(url) > _MAX_LENGTH or not _HOST.fullmatch(host):
        raise SourceError(f"{shown!r} is no web address")
    if "@" in parts.netloc:
        raise SourceError(f"the address at {host} carries a name or a password")
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    target = (quote(parts.path, safe=_SAFE) or "/") + query
    return WebAddress(parts.scheme, host, port if port is not None else _PORTS[parts.scheme], target)


_SAFE = "/%:=&?~+!$,;'@()*[]|-._"


def strip_tracking(address: WebAddress) -> WebAddress:
    """Leave out of an address what only tells through which link somebody came."""
    path, sign, query = address.target.partition("?")
    if not sign or not _TRACKING.search(query):
        return address
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not _TRACKING.fullmatch(name)]
    target = f"{path}?{urlencode(kept)}" if kept else path
    return WebAddress(address.scheme, address.host, address.port, target)


def find_addresses(host: str, port: int, *, private: frozenset[str]) -> list[str]:
    """Find the IP addresses of a host.

    Parameters
    ----------
    host, port
        The host, by name or number.
    private
        Hosts that may lie in a private network.

    Raises
    ------
    ForbiddenAddress
        If one of them lies in a private network, or the port is one that pages don't come from.
    SourceError
        If it has none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(f"no host {host!r} is found") from error
    addresses = list(dict.fromkeys(str(info[4][0]).partition("%")[0] for info in found))
    if host in private:
        return addresses
    for address in addresses:
        if not is_public(ipaddress.ip_address(address)):
            raise ForbiddenAddress(f"{host} lies at {address}, in a private network (--allow-private {host} lets it)")
    if port not in (*_PORTS.values(), *_MORE_PORTS):
        raise ForbiddenAddress(f"port {port} of {host}: want {', '.join(map(str, (*_PORTS.values(), *_MORE_PORTS)))}")
    return addresses


def is_public(address: IpAddress) -> bool:
    """Tell whether an IP address is one that anybody on the internet can reach, and a single one."""
    if isinstance(address, ipaddress.IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            carried = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if carried is not None:
            return is_public(carried)
        if address.teredo is not None or address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)
