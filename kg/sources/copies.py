"""Find the documents that tell the same copy: a wire story counts as one source, however many print it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Document
from kg.sources.unions import Unions

if TYPE_CHECKING:
    import numpy as np
    from datasketch import MinHash
    from numpy.typing import NDArray

_SEED = 20240824
_PERMUTATIONS = 128
_ROWS = 4  # 32 bands of 4: two texts that share three quarters of their shingles meet with a chance of 0.99999.
_SHINGLE_WORDS = 3
_BATCH = 4096
_MIN_SIMILARITY = 0.75
# In a line or two one other name or number is another story, and few shingles change with it.
_MIN_WORDS = 60
_LONG_WORDS = 200
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Signature:
    """What is kept of a text to tell its copies.

    ``digest`` is that of its words, or, for a text long enough to have near copies, of the numbers they must share;
    ``hashes`` are the MinHash of such a text.
    """

    digest: bytes
    hashes: bytes = b""


class CopySigner:
    """Sign texts; equal texts have equal signatures in every process."""

    def __init__(self) -> None:
        self._blank: MinHash | None = None

    def sign(self, text: str) -> Signature:
        """Sign one text."""
        words = _WORD.findall(text.casefold())
        if len(words) < _MIN_WORDS:
            return Signature(_digest(words))
        numbers = sorted({word for word in words if word.isdigit()}) if len(words) < _LONG_WORDS else ["any"]
        return Signature(_digest(numbers), self._hash(words))

    def _hash(self, words: list[str]) -> bytes:
        if self._blank is None:
            from datasketch import MinHash  # Most of a second, and only long texts need it.

            self._blank = MinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        signature = self._blank.copy()
        shingles = sorted({" ".join(words[at : at + _SHINGLE_WORDS]) for at in range(len(words) - _SHINGLE_WORDS + 1)})
        for at in range(0, len(shingles), _BATCH):
            signature.update_batch([shingle.encode() for shingle in shingles[at : at + _BATCH]])
        return bytes(signature.hashvalues.astype("<u4").tobytes())


class CopyGrouper:
    """Group exact and near duplicates; what it keeps of a document is its id and some bytes.

    Texts of the same words are copies. Texts of at least 60 words are copies too if three quarters of their three-word
    shingles agree (Broder 1997), by the estimate of MinHash; under 200 words their numbers must agree as well. What is
    a copy of a copy is in the group, so that the order in which documents are added changes nothing.
    """

    def __init__(self) -> None:
        self._short: dict[bytes, str] = {}  # digest of the words to the least id
        self._short_copies: list[tuple[str, bytes]] = []
        self._ids: list[str] = []
        self._signatures = bytearray()
        self._numbers = bytearray()
        self._signer = CopySigner()

    def add(self, document: Document) -> None:
        """Take in one document."""
        self.add_signed(document.id, self._signer.sign(document.text))

    def add_signed(self, id: str, signature: Signature) -> None:
        """Take in one document whose text was signed before."""
        if not signature.hashes:
            self._add_short(id, signature.digest)
            return
        self._ids.append(id)
        self._signatures += signature.hashes
        self._numbers += signature.digest

    def groups(self) -> dict[str, str]:
        """Map each document that has a copy to its group, the least id among the copies."""
        unions = Unions()
        for id, digest in self._short_copies:
            unions.join(id, self._short[digest])
        for first, second in self._find_pairs():
            unions.join(self._ids[first], self._ids[second])
        return unions.groups()

    def _add_short(self, id: str, digest: bytes) -> None:
        if digest in self._short:
            self._short_copies.append((id, digest))
        else:
            self._short[digest] = id

    def _find_pairs(self) -> Iterator[tuple[int, int]]:
        if not self._ids:
            return
        import numpy as np

        signatures = np.frombuffer(bytes(self._signatures), dtype="<u4").reshape(len(self._ids), _PERMUTATIONS)
        numbers = np.frombuffer(bytes(self._numbers), dtype="<u8")
        long = np.frombuffer(_digest(["any"]), dtype="<u8")[0]
        for start in range(0, _PERMUTATIONS, _ROWS):
            for bucket in _find_buckets(signatures[:, start : start + _ROWS]):
                yield from _compare(bucket, signatures, numbers, long)


def group_copies(documents: Iterable[Document]) -> dict[str, str]:
    """Map the ids of documents that have copies among the others to their group, the least id of the copies."""
    grouper = CopyGrouper()
    for document in documents:
        grouper.add(document)
    return grouper.groups()


def _digest(words: list[str]) -> bytes:
    return hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _find_buckets(band: NDArray[np.uint32]) -> Iterator[NDArray[np.intp]]:
    # Documents whose rows of this band are equal stand together once sorted.
    import numpy as np

    order = np.lexsort(band.T)
    borders = np.flatnonzero(np.any(band[order][1:] != band[order][:-1], axis=1)) + 1
    for bucket in np.split(order, borders):
        if len(bucket) > 1:
            yield np.sort(bucket)


def _compare(
    bucket: NDArray[np.intp], signatures: NDArray[np.uint32], numbers: NDArray[np.uint64], long: np.uint64
) -> Iterator[tuple[int, int]]:
    import numpy as np

    for place, first in enumerate(bucket[:-1]):
        others = bucket[place + 1 :]
        shared = np.mean(signatures[others] == signatures[first], axis=1)
        same_numbers = numbers[others] == numbers[first]
        for second in others[(shared >= _MIN_SIMILARITY) & same_numbers]:
            yield int(first), int(second)
