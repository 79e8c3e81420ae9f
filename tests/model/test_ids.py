from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.ids import make_agent_id, make_digest, make_slug


def test_ids_digest_minds_borders_and_order() -> None:
    """The same letters cut or ordered otherwise have another digest."""
    digests = {make_digest(*parts) for parts in [("ab", "c"), ("a", "bc"), ("abc",), ("c", "ab"), ("ab", "c", "")]}
    assert len(digests) == 5


def test_ids_digest_is_of_the_content_alone() -> None:
    """The digest of known parts is the one it always was: an id must survive a new process and a new release."""
    assert make_digest("fine", "germany", "telegram") == "d6861ee4eb39c3e2"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Pavel Durov", "pavel-durov"),
        ("Meta Platforms, Inc.", "meta-platforms-inc"),
        ("São Paulo", "sao-paulo"),
        ("L'Oréal", "loreal"),
        ("  --X--  ", "x"),
        ("AT&T", "at-t"),
        ("<img src=x onerror=alert(1)>", "img-src-x-onerror-alert-1"),
    ],
)
def test_ids_slug_is_plain_ascii(name: str, slug: str) -> None:
    """A slug keeps the letters and digits of a name, without accents, joined by hyphens."""
    assert make_slug(name) == slug


def test_ids_slug_of_other_scripts_keeps_names_apart() -> None:
    """Names that have no Latin letter get ids all the same, and different ones."""
    assert make_slug("Телеграм") != make_slug("Роскомнадзор")
    assert all(make_slug(name) for name in ("Телеграм", "电报", "", "!!!"))


@given(st.text(max_size=200))
def test_ids_slug_is_fit_for_an_iri(name: str) -> None:
    """Whatever the name, its slug is 1 to 80 characters of a-z, 0-9 and single hyphens inside."""
    slug = make_slug(name)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= 80


@given(st.lists(st.text(max_size=20), max_size=5))
def test_ids_digest_is_sixteen_hex_digits(parts: list[str]) -> None:
    """Whatever the parts, lone surrogates too, the digest has 16 hex digits."""
    assert re.fullmatch(r"[0-9a-f]{16}", make_digest(*parts))
    assert re.fullmatch(r"[0-9a-f]{16}", make_digest(*parts, "\ud800"))


def test_ids_agent_id_tells_types_apart() -> None:
    """A company and a person of one name are two agents."""
    assert make_agent_id("Telegram", "Platform") == "telegram.platform"
    assert make_agent_id("Telegram", "Platform") != make_agent_id("Telegram", "Company")
