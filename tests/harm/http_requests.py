"""Requests as nobody should send them: good ones that were changed byte by byte, and ones put together of odd parts."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from urllib.parse import quote_from_bytes

from tests.harm.mutate import TOKENS, mutate

INJECTED = b"x-injected"
"""A header that no answer may have."""

_HOST = b"Host: localhost\r\n"
_FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
_QUERY = b"Content-Type: application/sparql-query\r\n"
_SELECT = b"SELECT * { ?s ?p ?o } LIMIT 3"
_ASKED = b"query=SELECT+%2A+%7B+%3Fs+%3Fp+%3Fo+%7D+LIMIT+3"


def _make(line: bytes, headers: bytes = b"", body: bytes = b"") -> bytes:
    length = b"Content-Length: %d\r\n" % len(body) if body else b""
    return line + b" HTTP/1.1\r\n" + _HOST + headers + length + b"\r\n" + body


SEEDS = (
    _make(b"GET /"),
    _make(b"HEAD /query?query=ASK%7B%7D", b"Accept: text/html\r\n"),
    _make(b"GET /docs", b"Accept-Encoding: gzip, br\r\nCookie: kg-review=abc; a=b\r\n"),
    _make(b"GET /static/yasgui/yasgui.min.css", b'Range: bytes=0-10\r\nIf-None-Match: "a"\r\n'),
    _make(b"GET /sparql", b"Accept: text/turtle;q=0.9, */*;q=0.1\r\n"),
    _make(b"GET /sparql?" + _ASKED + b"&default-graph-uri=http%3A%2F%2Fe%2F", b"Accept: text/csv\r\n"),
    _make(b"POST /sparql", _FORM, _ASKED + b"&named-graph-uri=http://e/"),
    _make(b"POST /sparql?default-graph-uri=http://e/", _QUERY + b"Origin: http://e.example\r\n", _SELECT),
    _make(b"POST /sparql", b"Content-Type: application/sparql-update; charset=utf-8\r\n", b"DROP ALL"),
    _make(b"POST /sparql", _FORM, b"update=INSERT+DATA+%7B%3Ca%3A%3E+%3Ca%3A%3E+1%7D"),
    _make(b"POST /sparql", _QUERY + b"Transfer-Encoding: chunked\r\n") + b"7\r\nASK {}#\r\n3;a=b\r\nxyz\r\n0\r\n\r\n",
    _make(b"GET /api/agents?name=e&type=Platform&country=de&limit=2&after=a"),
    _make(b"GET /api/actions?type=fine&actor=germany&since=2022&until=2022-05-01&min_confidence=0.5&status=enacted"),
    _make(b"GET /api/cases?standing=open&pursued_by=germany&concerns=telegram"),
    _make(b"GET /api/claims?document=story-0&limit=1"),
    _make(b"GET /api/evidence?claim=0123456789abcdef&action=5ae8bdb374f4a1d6"),
    _make(b"GET /api/agents/germany"),
    _make(b"GET /openapi.json", b"Origin: null\r\n"),
    _make(b"GET /review"),
    _make(b"POST /review/login", _FORM, b"token=0123456789abcdef&by=Ada"),
    _make(b"POST /review/claims?skip=0", _FORM + b"Cookie: kg-review=abc\r\n", b"claim=a&answer=reject&secret=b&why=c"),
    _make(b"GET /review/agents?skip=10&done=1"),
)
_METHODS = (
    *(b"GET",) * 12,
    *(b"POST",) * 8,
    b"HEAD",
    b"OPTIONS",
    b"PUT",
    b"DELETE",
    b"PATCH",
    b"TRACE",
    b"CONNECT",
    b"get",
    b"G\0T",
)
_PATHS = (
    *(b"/", b"/sparql", b"/query", b"/docs", b"/explorer", b"/openapi.json", b"/review/claims", b"/review/login"),
    *(b"/api/agents", b"/api/actions", b"/api/cases", b"/api/claims", b"/api/evidence", b"/static/", b"/static"),
    *(b"//", b"/sparql/", b"/./sparql", b"*", b"http://localhost/sparql", b"/nothing", b"/api", b"/api/"),
)
_PLACES = (b"%s", b"/static/%s", b"/static/../%s", b"/api/agents/%s", b"/api/actions/%s", b"/api/evidence/%s", b"/%s")
_NAMES = (
    *(b"query", b"update", b"default-graph-uri", b"named-graph-uri", b"limit", b"after", b"name", b"type", b"country"),
    *(b"since", b"until", b"min_confidence", b"actor", b"document", b"standing", b"skip", b"claim", b"%00", b""),
)
_ODD = (
    *(
        b"\0",
        b"\r\nX-Injected: yes",
        b"\nX-Injected: yes\n\n",
        b"../../../../etc/passwd",
        b"..\\..\\CURRENT",
        b"\xff\xfe",
    ),
    *(
        b"9" * 400,
        b"-1",
        b"1e400",
        b"nan",
        b"\xed\xa0\x80",
        b"\xc0\xaf",
        b"a" * 9000,
        b"%",
        b"%zz",
        b"%u0041",
        b"{}" * 99,
    ),
    *(b"SELECT * { ?s ?p ?o }", b"ASK { SERVICE <http://127.0.0.1:1/> {} }", b"LOAD <file:///etc/passwd>", b"DROP ALL"),
    *(b"DESCRIBE <", b"SELECT (1/0 AS ?x) {}", b"'; --", b'> <a:b> "', b"germany> a ?x }#", b"http://[", b"a:b c"),
)
_HEADERS = (
    *(b"Accept", b"Content-Type", b"Host", b"Origin", b"Cookie", b"Range", b"Expect", b"Upgrade", b"Connection"),
    *(
        b"Content-Length",
        b"Transfer-Encoding",
        b"Content-Encoding",
        b"Sec-Fetch-Site",
        b"X-Forwarded-Host",
        b"If-Range",
    ),
    *(b"X y", b"", b"\xff", b"Access-Control-Request-Method", b"If-Modified-Since", b"Accept-Encoding"),
)
_VALUES = (
    *(b"*/*", b"text/csv", b"application/sparql-query", b"application/json", b"multipart/form-data; boundary=a"),
    *(
        b"application/x-www-form-urlencoded; charset=latin-1",
        b"gzip",
        b"chunked",
        b"identity, chunked",
        b"100-continue",
    ),
    *(
        b"localhost",
        b"evil.example",
        b"[::1",
        b"a, b",
        b"0",
        b"7",
        b"99999999999999999999",
        b"-1",
        b"0x10",
        b"websocket",
    ),
    *(b"bytes=9-1", b"bytes=0-,-5", b"bytes=" + b"0-1," * 500, b"text/" + b"a;q=0," * 999, b"a=" * 2000, b"Upgrade"),
    *(b";q=nan", b"a/b;q=1e999", b'kg-review="\\', b"\xff\xff", b"Mon, 99 Foo 9999 99:99:99 GMT", b"null", b"\t"),
)


def make_requests(number: int) -> Iterator[bytes]:
    """Make so many requests, the same ones each time: half are changed seeds, half are put together."""
    chance = random.Random("kg http")
    changed = mutate(SEEDS, number - number // 2, name="http", most=200_000)
    for data in changed:
        yield _measure(data) if chance.randrange(4) else data
        if number > 1:
            yield _compose(chance)
            number -= 2


def _compose(chance: random.Random) -> bytes:
    path = chance.choice(_PATHS)
    if not chance.randrange(3):
        path = chance.choice(_PLACES) % _write_odd(chance)
    if chance.randrange(3):
        fields = (chance.choice(_NAMES) + b"=" + _write_odd(chance) for _ in range(chance.choice((1, 1, 2, 3, 400))))
        path += b"?" + b"&".join(fields)
    lines = [
        chance.choice(_HEADERS) + b": " + chance.choice(_VALUES) for _ in range(chance.choice((0, 0, 0, 1, 1, 2, 60)))
    ]
    host = b"" if not chance.randrange(20) else _HOST
    version = chance.choice((b"HTTP/1.1",) * 40 + (b"HTTP/1.0", b"HTTP/0.9", b"HTTP/2.0", b"HTTP/1.1 ", b"ICY"))
    head = chance.choice(_METHODS) + b" " + path + b" " + version + b"\r\n" + host
    body = b""
    if chance.randrange(2):
        kind = chance.choice((_FORM, _FORM, _QUERY, b"Content-Type: application/sparql-update\r\n", b""))
        body = chance.choice(_NAMES) + b"=" + chance.choice(_ODD) if kind == _FORM else chance.choice(_ODD)
        head += kind
    data = head + b"".join(line + b"\r\n" for line in lines) + b"\r\n" + body
    return _measure(data) if body else data


def _write_odd(chance: random.Random) -> bytes:
    odd = chance.choice(_ODD) if chance.randrange(2) else chance.choice(TOKENS).encode("utf-8", "surrogatepass")
    # Mostly as a client would write it, so that it comes as far as whoever reads the value.
    return quote_from_bytes(odd, safe="").encode() if chance.randrange(8) else odd


def _measure(data: bytes) -> bytes:
    """Say how long the body is, if there is one, so that a server need not wait for more of it."""
    head, end, body = data.partition(b"\r\n\r\n")
    if not end or b"chunked" in head:
        return data
    head = re.sub(rb"(?i)\r\ncontent-length:[^\r\n]*", b"", head)
    return head + (b"\r\nContent-Length: %d" % len(body) if body else b"") + end + body
