"""Find out in which encoding bytes are text, and whether they are text at all."""

from __future__ import annotations

import codecs
import re

from kg.errors import SourceError

SAMPLE_BYTES = 65_536
"""Bytes that an encoding is told from."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive",
    b"\x1f\x8b": "a gzip file",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"{\\rtf": "an RTF file",
}
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.02
# Where one of these Western code pages reads the bytes without a gap, an English text is more likely in it than in
# what statistics make of the few bytes above 127.
_FEW_HIGH_BYTES = 0.05
_CP1252_PUNCTUATION = re.compile(
    rb"[a-z .,][\x91-\x97\xa0\xa3\xa7\xa9\xab\xae\xbb]|[\x91-\x97\xa3\xa7\xab][a-z0-9 ]", re.I
)


def detect_encoding(sample: bytes) -> str:
    """Name the encoding of a text from its first bytes.

    A byte-order mark decides; else UTF-8 if it fits; else UTF-16 if every other byte is NUL; else the statistics of
    charset-normalizer.

    Raises
    ------
    SourceError
        If the bytes are no text.
    """
    sample = sample[:SAMPLE_BYTES]
    for bom, encoding in _BOMS:
        if sample.startswith(bom):
            return encoding
    for magic, kind in _MAGIC.items():
        if sample.startswith(magic):
            raise SourceError(f"this is {kind}, not text")
    wide = _find_wide_encoding(sample)
    if wide:
        return wide
    if len(_CONTROL.findall(sample)) > _MAX_CONTROL_SHARE * len(sample):
        raise SourceError("binary, not text")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)  # A character cut at the end is no error.
        return "utf-8"
    except UnicodeDecodeError:
        return _guess_encoding(sample)


def decode_bytes(data: bytes) -> str:
    """Decode a whole text.

    Raises
    ------
    SourceError
        If the bytes are no text, or no encoding fits all of them.
    """
    encoding = detect_encoding(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and data[: error.start].isascii():  # It only began as ASCII.
            encoding = _guess_encoding(data[max(error.start - SAMPLE_BYTES // 2, 0) :][:SAMPLE_BYTES])
        # A few damaged bytes must not cost the document.
        text = data.decode(encoding, "replace")
    if text.count("\ufffd") > _MAX_CONTROL_SHARE * len(text):
        raise SourceError(f"binary, not text in {encoding}")
    return text


def _find_wide_encoding(sample: bytes) -> str | None:
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(len(sample) // 2, 1)
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _guess_encoding(sample: bytes) -> str:
    high = sum(byte > 127 for byte in sample)
    if high < _FEW_HIGH_BYTES * len(sample) and _CP1252_PUNCTUATION.search(sample):
        try:
            sample.decode("cp1252")
            return "cp1252"
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes  # Loaded for the few files that need it.

    best = from_bytes(sample).best()
    if best is None:
        raise SourceError("binary, or text in no encoding that is known")
    return best.encoding
