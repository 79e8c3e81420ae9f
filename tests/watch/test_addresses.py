"""Where a watch may go."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.watch.addresses import find_addresses, is_public, parse_address, strip_tracking


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1",
        "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:db8::1",
        "fec0::1", "2001::1",
    ],
)  # fmt: skip
def test_private_addresses_are_known(address: str) -> None:
    """Loopback, private, link-local, shared, reserved: however they are wrapped, they are not the internet."""
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_are_known(address: str) -> None:
    """What anybody can reach is public."""
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "::1", "::ffff:127.0.0.1", "0"]
)
def test_no_spelling_leads_to_this_machine(host: str) -> None:
    """The loopback address is refused however it is written, unless it is let."""
    with pytest.raises(SourceError, match=r"private network|no host"):
        find_addresses(host, 80, private=frozenset())


def test_a_host_that_is_let_is_found_on_any_port() -> None:
    """What the user named may lie at a private address; nothing else may."""
    assert find_addresses("127.0.0.1", 12345, private=frozenset({"127.0.0.1"})) == ["127.0.0.1"]
    with pytest.raises(SourceError, match="private network"):
        find_addresses("127.0.0.2", 12345, private=frozenset({"127.0.0.1"}))


def test_ports_that_pages_do_not_come_from_are_refused() -> None:
    """No feed makes a watch talk to a mail server."""
    with pytest.raises(SourceError, match="port 25 of 8.8.8.8"):
        find_addresses("8.8.8.8", 25, private=frozenset())


@pytest.mark.parametrize(
    ("url", "base", "expected"),
    [
        ("https://Example.ORG/a b?q=é#part", None, "https://example.org/a%20b?q=%C3%A9"),
        ("/a?x=1", "http://example.org/feed", "http://example.org/a?x=1"),
        ("//other.example/x", "https://example.org/feed", "https://other.example/x"),
        ("http://bücher.example", None, "http://xn--bcher-kva.example/"),
        ("http://[2606:4700::1]:8080/x", None, "http://[2606:4700::1]:8080/x"),
        ("http://example.org./%7Euser", None, "http://example.org/%7Euser"),
    ],
)
def test_parse_address_writes_it_in_one_form(url: str, base: str | None, expected: str) -> None:
    """Case, spaces, other alphabets and fragments come out in one way, which is what is asked for."""
    assert str(parse_address(url, base=base)) == expected


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "gopher://x/", "", "http://", "http://a b/",
        "http://user:secret@example.org/", "http://user@example.org/", "http://example.org:99999/", "http://[::1/",
        "http://" + "a" * 300 + "/", "http://example.org/" + "x" * 3000, "http://exa\nmple\\.org/", "http://a%2eb/",
        "data:text/html,x", "http://127.0.0.1\\@example.org/",
    ],
)  # fmt: skip
def test_parse_address_refuses_what_is_none(url: str) -> None:
    """Other schemes, passwords and malformed hosts are refused in a line."""
    with pytest.raises(SourceError) as caught:
        parse_address(url)
    assert len(str(caught.value).splitlines()) == 1 and "secret" not in str(caught.value)


@given(st.text(max_size=60))
def test_parse_address_takes_or_refuses_any_text(text: str) -> None:
    """Whatever a feed writes, what comes out can be a line of a request, and is the same when parsed again."""
    for url in (text, f"http://example.org/{text}"):
        try:
            address = parse_address(url, base="http://example.org/")
        except SourceError:
            continue
        assert str(address).isascii() and str(address).isprintable() and " " not in str(address)
        assert parse_address(str(address)) == address


def test_strip_tracking_leaves_the_rest() -> None:
    """What tells the way somebody came is left out; what names the page stays."""
    url = "https://example.org/a?utm_source=rss&id=7&utm_medium=x"
    assert str(strip_tracking(parse_address(url))) == "https://example.org/a?id=7"
    assert str(strip_tracking(parse_address("https://example.org/a?id=%207&b"))) == "https://example.org/a?id=%207&b"
