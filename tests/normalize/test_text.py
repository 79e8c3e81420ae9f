"""Normalised texts and the way back to their originals."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.normalize.offsets import Edit, apply_edits
from kg.normalize.text import normalize_text, squeeze_line

# Characters that normalisation must treat, among letters that it must not.
_SPECIAL = (
    "\r\n\t \x00\x0b\x0c\x1b\x85\xa0\xad\u200b\u200d\u2028\u2029\u202e\ufeff\ud800\udfff"
    "\u0301\u0308\ufb01\uac00\u1100\u1161\u11a8Å\u212b\u2126"
)
_TEXTS = st.text(st.sampled_from(_SPECIAL + "abeE.’“—é") | st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("original", "normal"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x0bb\x0cc\x85d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"),
        ("a \n \n\n\n b", "a\n\nb"),
        ("  a  b\t\tc\u00a0d\u2003e  ", "a b c d e"),
        ("Te\u00adle\u200bgram\ufeff", "Telegram"),
        ("\u202eevil\u202c", "evil"),
        ("nul\x00 bell\x07", "nul bell"),
        ("Zu\u0308rich", "Zürich"),
        ("\u1112\u1161\u11ab", "한"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("“curly” ‘quotes’ – and — dashes…", "“curly” ‘quotes’ – and — dashes…"),
        ("€5.1 million ½ ﬁne", "€5.1 million ½ ﬁne"),
        ("", ""),
        (" \n\t", ""),
    ],
)
def test_text_normalises_as_the_table_says(original: str, normal: str) -> None:
    """Line ends, spaces, invisible characters and compositions get one form; quotes and dashes stay."""
    assert normalize_text(original)[0] == normal


@given(_TEXTS)
def test_text_normalised_twice_is_normalised_once(text: str) -> None:
    """Normalising a normalised text changes nothing."""
    normal, _ = normalize_text(text)
    assert normalize_text(normal)[0] == normal


@given(_TEXTS)
def test_text_normalised_is_clean(text: str) -> None:
    """A normalised text is NFC, encodes as UTF-8, and has no control character but single line ends."""
    normal, _ = normalize_text(text)
    assert unicodedata.is_normalized("NFC", normal)
    normal.encode("utf-8")
    assert not any(unicodedata.category(character) == "Cc" for character in normal.replace("\n", ""))
    assert "  " not in normal and " \n" not in normal and "\n " not in normal and "\n\n\n" not in normal
    assert normal == normal.strip(" \n")


@given(_TEXTS)
def test_offsets_rise_and_stay_inside(text: str) -> None:
    """Offsets lead to the original in order and never outside of it."""
    normal, offsets = normalize_text(text)
    found = [offsets.to_original(offset) for offset in range(len(normal) + 1)]
    assert found == sorted(found)
    assert all(0 <= offset <= len(text) for offset in found)


@given(_TEXTS)
def test_offsets_of_plain_characters_lead_to_the_same_character(text: str) -> None:
    """A letter that composes with nothing stands in the original where the map says."""
    normal, offsets = normalize_text(text)
    for offset, character in enumerate(normal):
        if character in "ab.’“—":
            assert text[offsets.to_original(offset)] == character


@given(_TEXTS, st.data())
def test_offsets_of_a_span_hold_all_it_came_from(text: str, data: st.DataObject) -> None:
    """The original of a span normalises to the span's own words again."""
    normal, offsets = normalize_text(text)
    start = data.draw(st.integers(0, len(normal)))
    end = data.draw(st.integers(start, len(normal)))
    first, last = offsets.to_original_span(start, end)
    assert 0 <= first <= last <= len(text)
    assert normal[start:end].strip() in normalize_text(text[first:last])[0]


@given(st.text("abc", max_size=30), st.data())
def test_offsets_of_edits_lead_back(text: str, data: st.DataObject) -> None:
    """Whatever is replaced, the characters between the edits lead back to where they stood."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    replacements = data.draw(st.lists(st.text("XY", max_size=3), min_size=4, max_size=4))
    edits = [Edit(*pair) for pair in zip(cuts[::2], cuts[1::2], replacements)]  # noqa: B905
    result, offsets = apply_edits(text, edits)
    for offset, character in enumerate(result):
        if character not in "XY":
            assert text[offsets.to_original(offset)] == character
    assert offsets.to_original(len(result)) == len(text)


def test_offsets_of_a_deletion_stay_outside_of_its_neighbours() -> None:
    """A span that ends at a deletion stops before it, and one that starts there begins behind it."""
    _, offsets = apply_edits("one<b>two", [Edit(3, 6, "")])
    assert offsets.to_original_span(0, 3) == (0, 3)
    assert offsets.to_original_span(3, 6) == (6, 9)
    assert offsets.to_original_span(0, 6) == (0, 9)


def test_edits_that_overlap_are_refused() -> None:
    """Edits out of order are an error, not a garbled text."""
    with pytest.raises(ValueError, match="overlaps"):
        apply_edits("abcdef", [Edit(2, 4, ""), Edit(3, 5, "")])


def test_line_is_squeezed_to_one() -> None:
    """A title becomes one line without borders."""
    assert squeeze_line(" Court\r\nfines\u00a0 platform\n") == "Court fines platform"
