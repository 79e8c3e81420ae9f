"""Requests to a real server, which may mean harm."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import __version__
from kg.errors import SourceError
from kg.watch.fetch import Fetcher, FetchError
from kg.watch.settings import Settings
from kg.watch.visit import Visitor
from tests.watch.conftest import LOCAL, make_settings
from tests.watch.site import Answer, Site, open_site

Visit = Callable[..., object]


def test_a_request_says_who_asks(site: Site, visit: Visit) -> None:
    """Each request, that for robots.txt too, tells name, version and contact."""
    site.answers["/a"] = Answer("hello")
    visit(f"{site.base}/a")
    expected = f"platform-regulation-kg/{__version__} (+mailto:test@example.org)"
    assert [(asked.path, asked.headers["user-agent"]) for asked in site.asked] == [
        ("/robots.txt", expected),
        ("/a", expected),
    ]
    assert site.asked[1].headers["host"] == site.base.removeprefix("http://")


@pytest.mark.parametrize("contact", ["", "me", "a@b\r\nX-Evil: 1", "a b@c", "x" * 300 + "@y"])
def test_a_contact_must_be_one(contact: str) -> None:
    """What goes into each request can't carry another header, and is an address."""
    with pytest.raises(SourceError, match="contact"):
        Settings(contact=contact)


def test_robots_txt_is_kept(site: Site, visit: Visit) -> None:
    """What robots.txt forbids this robot or all is not asked for; it is read once for several pages."""
    site.answers["/robots.txt"] = Answer(
        "User-agent: *\nDisallow: /private\nDisallow: /*.php$\n\nUser-agent: other\nDisallow: /\n", "text/plain"
    )
    site.answers["/open"] = Answer("hello")
    with Fetcher(make_settings()) as fetcher:
        visitor = Visitor(fetcher, make_settings(), {})
        assert visitor.visit(f"{site.base}/open", 1000).status == 200
        for path in ("/private/x", "/a/b.php"):
            with pytest.raises(FetchError, match=r"the robots.txt of 127.0.0.1 forbids it") as caught:
                visitor.visit(f"{site.base}{path}", 1000)
            assert caught.value.is_final
    assert [asked.path for asked in site.asked] == ["/robots.txt", "/open"]


@pytest.mark.parametrize(
    ("robots", "is_let"),
    [
        (Answer("", status=404), True),
        (Answer("", status=403), True),
        (Answer("<html>no robots here</html>"), True),
        (Answer(b"\xff\xfe\x00" * 100, "text/plain"), True),
        (Answer("", status=500), False),
        (Answer("User-agent: platform-regulation-kg\nDisallow: /", "text/plain"), False),
        (Answer("x" * 600_000, "text/plain"), False),
        (Answer("", status=301, headers={"Location": "/elsewhere"}), False),
    ],
)
def test_robots_txt_that_cannot_be_read_forbids(robots: Answer, is_let: bool, site: Site, visit: Visit) -> None:
    """A host without the file lets all; one that can't tell lets nothing (RFC 9309)."""
    site.answers |= {"/robots.txt": robots, "/a": Answer("hello")}
    site.answers["/elsewhere"] = Answer("User-agent: *\nDisallow: /a", "text/plain")
    if is_let:
        visit(f"{site.base}/a")
    else:
        with pytest.raises(FetchError, match=r"robots\.txt|too large"):
            visit(f"{site.base}/a")
    assert ("/a" in site.list_paths()) == is_let


def test_hosts_are_not_hurried(site: Site) -> None:
    """Between two requests lies the delay, or that of robots.txt if it is longer, up to a minute."""
    slept: list[float] = []
    clock = [1000.0]

    def sleep(seconds: float) -> None:
        slept.append(round(seconds, 3))
        clock[0] += seconds

    site.answers |= {"/a": Answer("a"), "/robots.txt": Answer("User-agent: *\nCrawl-delay: 7\n", "text/plain")}
    settings = make_settings(delay=2.0)
    with Fetcher(settings) as fetcher:
        visitor = Visitor(fetcher, settings, {}, now=lambda: clock[0], sleep=sleep)
        visitor.visit(f"{site.base}/a", 1000)
        clock[0] += 3.0
        visitor.visit(f"{site.base}/a", 1000)
        clock[0] -= 500_000.0  # Somebody set the clock: no longer wait comes of it.
        visitor.visit(f"{site.base}/a", 1000)
    assert slept[:2] == [7.0, 4.0] and all(0 <= one <= 7.0 for one in slept)


@pytest.mark.parametrize(
    ("header", "seconds"), [("120", 120.0), ("99999999", 86_400.0), ("nonsense", 900.0), (None, 900.0)]
)
@pytest.mark.parametrize("status", [429, 503])
def test_hosts_that_want_to_be_left_alone_are(header: str | None, seconds: float, status: int, site: Site) -> None:
    """Who answers 429 or 503 is asked no more before the time that it tells."""
    site.answers["/a"] = Answer("", status=status, headers={"Retry-After": header} if header else {})
    waits: dict[str, float] = {}
    clock = [1000.0]
    with Fetcher(make_settings()) as fetcher:
        visitor = Visitor(fetcher, make_settings(), waits, now=lambda: clock[0], sleep=lambda seconds: None)
        for _ in range(3):
            with pytest.raises(FetchError, match="asks to be left alone"):
                visitor.visit(f"{site.base}/a", 1000)
        assert waits == {"127.0.0.1": 1000.0 + seconds} and site.list_paths() == ["/a"]
        clock[0] += seconds + 1
        site.answers["/a"] = Answer("hello")
        assert visitor.visit(f"{site.base}/a", 1000).status == 200


def test_redirects_are_followed_and_bounded(site: Site, visit: Visit) -> None:
    """A chain of five is followed, a loop is not."""
    for number in range(5):
        site.answers[f"/{number}"] = Answer("", status=302, headers={"Location": f"{number + 1}"})
    site.answers["/5"] = Answer("there")
    fetched = visit(f"{site.base}/0")
    assert (str(fetched.address), fetched.body) == (f"{site.base}/5", b"there")  # type: ignore[attr-defined]
    site.answers["/5"] = Answer("", status=308, headers={"Location": "/0"})
    with pytest.raises(FetchError, match="redirects more than 5 times") as caught:
        visit(f"{site.base}/0")
    assert caught.value.is_final


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://127.0.0.2:{port}/secret", "127.0.0.2 lies at 127.0.0.2, in a private network"),
        ("http://localhost:{port}/secret", "localhost lies at (127.0.0.1|::1), in a private network"),
        ("http://[::1]:{port}/secret", "in a private network"),
        ("http://169.254.169.254/latest/meta-data/", "in a private network"),
        ("http://2130706433:{port}/secret", "in a private network"),
        ("file:///etc/passwd", "want http or https"),
        ("gopher://127.0.0.1/", "want http or https"),
        ("http://user:pass@127.0.0.1:{port}/secret", "carries a name or a password"),
        ("", "redirects more than 5"),
    ],
)
def test_no_redirect_leads_into_the_private_network(location: str, reason: str, site: Site, visit: Visit) -> None:
    """A server that was let may not send a watch to another host of the private network, nor to a file."""
    port = site.base.rpartition(":")[2]
    site.answers["/a"] = Answer("", status=302, headers={"Location": location.format(port=port)})
    site.answers["/secret"] = Answer("the secret")
    with pytest.raises(FetchError, match=reason):
        visit(f"{site.base}/a")
    assert "/secret" not in site.list_paths()


def test_the_address_that_was_checked_is_the_one_that_is_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads to a public address when it is checked, and then to this machine, is looked up only once."""
    import socket

    answers = iter(["93.184.216.34", "127.0.0.1", "127.0.0.1"])
    asked: list[object] = []
    port = int(site.base.rpartition(":")[2])

    def look_up(host: str, *arguments: object, **options: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(address: tuple[str, int], *arguments: object, **options: object) -> None:
        asked.append(address[0])
        raise OSError("unreachable")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    with Fetcher(make_settings()) as fetcher, pytest.raises(FetchError, match="unreachable"):
        Visitor(fetcher, make_settings(), {}).visit("http://rebind.example/a", 1000)
    assert asked == ["93.184.216.34"]


@pytest.mark.parametrize(
    "answer",
    [
        Answer("x" * 200_000),
        Answer(gzip.compress(b"x" * 50_000_000), headers={"Content-Encoding": "gzip"}),
        Answer("x", length=10**12),
    ],
)
def test_what_is_too_large_is_refused(answer: Answer, site: Site, visit: Visit) -> None:
    """A giant, a bomb, and a body whose length is a lie cost no more than the bound."""
    site.answers["/a"] = answer
    begun = time.monotonic()
    with pytest.raises(FetchError, match=r"too large|no answer"):
        visit(f"{site.base}/a", timeout=2.0)
    assert time.monotonic() - begun < 5


def test_a_server_that_drips_is_left(site: Site, visit: Visit) -> None:
    """A byte now and then keeps nobody waiting beyond the time of the whole request."""
    site.answers["/a"] = Answer("x" * 1000, drip=0.1)
    begun = time.monotonic()
    with pytest.raises(FetchError, match=r"no answer within 1 s"):
        visit(f"{site.base}/a", timeout=1.0)
    assert time.monotonic() - begun < 2.5


def test_bodies_are_unpacked(site: Site, visit: Visit) -> None:
    """What is sent packed comes out unpacked; another packing than was asked for is refused."""
    site.answers["/a"] = Answer(gzip.compress(b"hello"), headers={"Content-Encoding": "gzip"})
    assert visit(f"{site.base}/a").body == b"hello"  # type: ignore[attr-defined]
    site.answers["/b"] = Answer(b"hello", headers={"Content-Encoding": "br"})
    with pytest.raises(FetchError, match="packed as 'br'"):
        visit(f"{site.base}/b")


def test_nobody_there_is_one_line(visit: Visit) -> None:
    """A host that is not there, or does not speak HTTP, is told in a line."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    with pytest.raises(FetchError, match="no answer"):
        visit(f"http://127.0.0.1:{free}/")
    with socket.create_server(("127.0.0.1", 0)) as server:
        import threading

        def talk() -> None:
            connection, _ = server.accept()
            connection.sendall(b"220 mail.example.org ESMTP\r\n")
            connection.close()

        threading.Thread(target=talk, daemon=True).start()
        with pytest.raises(FetchError, match="no answer") as caught:
            visit(f"http://127.0.0.1:{server.getsockname()[1]}/")
    assert len(str(caught.value).splitlines()) == 1


def test_certificates_are_checked(tmp_path: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """An encrypted page comes from whom its name says, or not at all."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here to make a certificate")
    made = tmp_path / "made.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    extra = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(made), "-out", str(tmp_path / "cert.pem")]
    subprocess.run([*command.split(), *extra], check=True, capture_output=True)
    made.write_text(made.read_text() + (tmp_path / "cert.pem").read_text())
    with open_site(certificate=made) as site:
        site.answers["/a"] = Answer("hello")
        with pytest.raises(FetchError, match="CERTIFICATE_VERIFY_FAILED"):
            visit(f"{site.base}/a", private=LOCAL | {"localhost"})
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
        assert visit(f"{site.base}/a", private=LOCAL | {"localhost"}).body == b"hello"  # type: ignore[attr-defined]
        with pytest.raises(FetchError, match="CERTIFICATE_VERIFY_FAILED"):
            visit(f"{site.base.replace('localhost', '127.0.0.1')}/a")
