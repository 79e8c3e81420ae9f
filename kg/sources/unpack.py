"""Unpack what was packed for its way through the network, never more than a bound."""

from __future__ import annotations

import zlib

from kg.errors import SourceError

_RAW = -zlib.MAX_WBITS
_ANY = zlib.MAX_WBITS + 32  # gzip or zlib, told by the first bytes


def unpack_body(data: bytes, encoding: str | None, limit: int) -> bytes:
    """Undo a ``Content-Encoding``; bytes that are not packed as it says are taken as they are.

    Archives often keep the header of a body that they unpacked.

    Parameters
    ----------
    data
        The bytes of the body.
    encoding
        What the header says: gzip, deflate, or nothing.
    limit
        How many bytes may come out.

    Raises
    ------
    SourceError
        If more come out, the packing is none of these, or it breaks off.
    """
    name = (encoding or "identity").strip().lower()
    if name in ("identity", "", "none", "utf-8"):
        return data
    if name not in ("gzip", "x-gzip", "deflate"):
        raise SourceError(f"packed as {name[:20]!r}: want gzip or deflate")
    for window in (_ANY, _RAW) if name == "deflate" else (_ANY,):
        unpacker = zlib.decompressobj(window)
        try:
            unpacked = unpacker.decompress(data, limit + 1)
        except zlib.error:
            continue
        if len(unpacked) > limit:
            raise SourceError(f"too large: more than {limit // 1_000_000} MB unpacked")
        if not unpacker.eof:
            raise SourceError("its packed content is cut off")
        return unpacked
    if data.startswith(b"\x1f\x8b"):
        raise SourceError("its packed content is damaged")
    return data
