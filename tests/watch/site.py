"""A web site on a port of the loopback address, which answers as a test says and notes who asked for what."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

RSS, ATOM, HTML = "application/rss+xml", "application/atom+xml", "text/html; charset=utf-8"


@dataclass
class Answer:
    """What a path answers; ``drip`` sends the body byte by byte, with so many seconds between."""

    body: bytes | str = b""
    kind: str = HTML
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip: float = 0.0
    length: int | None = None


@dataclass
class Asked:
    """A request: its path, its headers in lower case, and when it came."""

    path: str
    headers: dict[str, str]
    time: float


@dataclass
class Site:
    """A site: what each path answers, and what was asked."""

    base: str
    answers: dict[str, Answer | Callable[[Asked], Answer]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def list_paths(self) -> list[str]:
        """List what was asked for, but for robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]


def _make_handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *arguments: Any) -> None:
            pass

        def do_GET(self) -> None:
            asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, time.monotonic())
            site.asked.append(asked)
            found = site.answers.get(self.path, Answer("nothing here", status=404))
            answer = found(asked) if callable(found) else found
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            try:
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.kind)
                self.send_header("Content-Length", str(len(body) if answer.length is None else answer.length))
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if not answer.drip:
                    self.wfile.write(body)
                    return
                for byte in body:
                    if site.stopping.wait(answer.drip):
                        return
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
            except OSError:
                self.close_connection = True  # Whoever asked has had enough.

    return Handler


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that go away."""


@contextmanager
def open_site(*, certificate: Path | None = None) -> Iterator[Site]:
    """Serve a site until the end of the context; with a certificate (and its key in one file) by HTTPS."""
    site = Site("")
    server = _QuietServer(("127.0.0.1", 0), _make_handler(site))
    scheme, host = "http", "127.0.0.1"
    if certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        scheme, host = "https", "localhost"
    site.base = f"{scheme}://{host}:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.stopping.set()
        server.shutdown()
        server.server_close()


def make_rss(*items: tuple[str, str | None]) -> str:
    """Write an RSS feed of links, each with the time of its publication or none."""
    entries = "".join(
        f"<item><title>t</title><link>{link}</link>{f'<pubDate>{when}</pubDate>' if when else ''}</item>"
        for link, when in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{entries}</channel></rss>'


def make_atom(*links: str) -> str:
    """Write an Atom feed of links."""
    entries = "".join(
        f'<entry><id>urn:{link}</id><title>t</title><link rel="alternate" href="{link}"/>'
        "<published>2024-05-06T07:08:09+02:00</published><updated>2024-06-01T00:00:00Z</updated></entry>"
        for link in links
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>urn:x</id>{entries}</feed>'
