"""WARC archives: pages become documents, and a broken record costs no other."""

from __future__ import annotations

import gzip
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document, Refusal
from kg.sources import read_documents
from tests.sources.archives import HTML, SENTENCE, TAKEN, Page, make_page, make_pages, write_archive


def _read(folder: Path, name: str, data: bytes) -> tuple[list[Document], list[Refusal]]:
    (folder / name).write_bytes(data)
    items = list(read_documents([str(folder / name)]))
    return [item for item in items if isinstance(item, Document)], [item for item in items if isinstance(item, Refusal)]


def _numbers(documents: list[Document]) -> list[int]:
    return [int(document.id.rpartition("/")[2]) for document in documents]


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_read_warc_makes_a_document_of_a_page(name: str, tmp_path: Path) -> None:
    """A page's id is its address, its day that of the fetch where it tells none; the offset names its place."""
    data, offsets = write_archive(make_pages(2), packed=name.endswith(".gz"))
    (first, second), refused = _read(tmp_path, name, data)
    assert not refused
    assert (first.id, first.url, second.id) == ("https://example.org/0",) * 2 + ("https://example.org/1",)
    assert first.text.startswith("Regulator opens inquiry number 0\n") and SENTENCE in first.text
    assert first.published is not None and first.published.iso == "2024-08-24"
    assert (first.retrieved, second.source) == (TAKEN, f"{tmp_path / name}@{offsets[1]}")


def test_read_warc_passes_over_what_is_no_page(tmp_path: Path) -> None:
    """Requests, pictures, errors, revisits and redirects are neither documents nor refusals."""
    page = make_page(0).encode()
    others = [
        Page("https://example.org/a", page, status="404 Not Found"),
        Page("https://example.org/b", page, status="301 Moved Permanently"),
        Page("https://example.org/c.png", b"\x89PNG", headers=(("Content-Type", "image/png"),)),
        Page("https://example.org/d", page, headers=(("X-Other", "no type"),)),
        Page("https://example.org/e", b"x=1", kind="metadata", headers=(("Content-Type", "application/warc-fields"),)),
        Page("https://example.org/f", b"", kind="revisit"),
    ]
    documents, refused = _read(tmp_path, "x.warc.gz", write_archive([*others, *make_pages(1)], packed=True)[0])
    assert (_numbers(documents), refused) == ([0], [])
    assert _read(tmp_path, "y.warc.gz", write_archive(others, packed=True)[0]) == (
        [],
        [
            Refusal(
                str(tmp_path / "y.warc.gz"),
                "no web page among its 7 records: want responses of HTML with status 200",
            )
        ],
    )


def test_read_warc_unpacks_bodies(tmp_path: Path) -> None:
    """Bodies come as servers send them: packed, in chunks, or unpacked by the crawler that kept the header."""
    page = make_page(0).encode()
    raw = zlib.compressobj(wbits=-15)
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(page), page)
    pages = [
        Page(f"https://example.org/{number}", body, headers=(("Content-Type", HTML), *headers))
        for number, (body, headers) in enumerate(
            [
                (gzip.compress(page), (("Content-Encoding", "gzip"),)),
                (zlib.compress(page), (("Content-Encoding", "deflate"),)),
                (raw.compress(page) + raw.flush(), (("Content-Encoding", "deflate"),)),
                (page, (("Content-Encoding", "gzip"),)),
                (chunked, (("Transfer-Encoding", "chunked"),)),
                (page, (("Content-Encoding", "br"),)),
                (gzip.compress(b" " * 30_000_000), (("Content-Encoding", "gzip"),)),
                (gzip.compress(page)[:-20], (("Content-Encoding", "gzip"),)),
            ]
        )
    ]
    data, offsets = write_archive(pages, packed=False)
    documents, refused = _read(tmp_path, "x.warc", data)
    assert _numbers(documents) == [0, 1, 2, 3, 4]
    assert len({document.text for document in documents}) == 1
    assert [(refusal.source.rpartition("@")[2], refusal.reason) for refusal in refused] == [
        (str(offsets[5]), "packed as 'br': want gzip or deflate"),
        (str(offsets[6]), "too large: more than 20 MB unpacked"),
        (str(offsets[7]), "its packed content is cut off"),
    ]


def test_read_warc_takes_the_servers_charset(tmp_path: Path) -> None:
    """What the server declares holds where the page declares nothing, or something else."""
    body = make_page(0).replace("spokesman", "m\N{LATIN SMALL LETTER E WITH ACUTE}diateur").encode("latin-1")
    page = Page("https://example.org/0", body, headers=(("Content-Type", 'Text/HTML;Charset="ISO-8859-1"'),))
    ((document,), _) = _read(tmp_path, "x.warc", write_archive([page], packed=False)[0])
    assert "m\N{LATIN SMALL LETTER E WITH ACUTE}diateur" in document.text


@pytest.mark.parametrize(
    ("told", "extra", "expected"),
    [
        ("2024-08-20", (), "2024-08-20"),
        ("2031-01-01", (), "2024-08-24"),  # Later than it was fetched.
        (None, (("KG-Published", "2024-08-19T08:00:00Z"),), "2024-08-19"),
        (None, (("KG-Published", "yesterday"),), "2024-08-24"),
        (None, (), "2024-08-24"),
    ],
)
def test_read_warc_chooses_the_day(
    told: str | None, extra: tuple[tuple[str, str], ...], expected: str, tmp_path: Path
) -> None:
    """The day is told by the feed, else by the page, else it is that of the fetch; never later than that."""
    page = Page("https://example.org/0", make_page(0, date=told).encode(), extra=extra)
    ((document,), _) = _read(tmp_path, "x.warc", write_archive([page], packed=False)[0])
    assert document.published is not None and document.published.iso == expected


def test_read_warc_names_a_page_of_a_long_address_by_its_record(tmp_path: Path) -> None:
    """An id has its bound: past it the id of the record serves."""
    extra = (("WARC-Record-ID", "<urn:uuid:0000>"),)
    page = Page("https://example.org/" + "x" * 400, make_page(0).encode(), extra=extra)
    ((document,), _) = _read(tmp_path, "x.warc", write_archive([page], packed=False)[0])
    assert (document.id, document.url) == ("urn:uuid:0000", page.url)


@pytest.mark.parametrize("packed", [False, True])
def test_a_broken_record_costs_no_other(packed: bool, tmp_path: Path) -> None:
    """What is cut off, lost, overwritten or put in between is named by its offset; all whole records are read."""
    data, offsets = write_archive(make_pages(4), packed=packed)
    name = "x.warc.gz" if packed else "x.warc"
    middle = (offsets[1] + offsets[2]) // 2
    damaged = {
        "cut off at the end": (data[:-200], [0, 1, 2], [offsets[3]]),
        "bytes lost": (data[: middle - 50] + data[offsets[2] - 10 :], [0, 2, 3], [offsets[1]]),
        "bytes of another file": (
            data[: offsets[1]] + b"garbage\n" * 500 + data[offsets[1] :],
            [0, 1, 2, 3],
            [offsets[1]],
        ),
        "beginning lost": (data[: offsets[1]] + data[offsets[1] + 30 :], [0, 2, 3], [offsets[1]]),
    }
    for what, (broken, expected, places) in damaged.items():
        documents, refused = _read(tmp_path, name, broken)
        assert _numbers(documents) == expected, what
        assert [int(refusal.source.rpartition("@")[2]) for refusal in refused] == places, what


def test_a_flipped_byte_of_a_packed_record_is_seen(tmp_path: Path) -> None:
    """A gzip member tells whether its bytes are what they were: the record is refused, whichever byte it is."""
    data, offsets = write_archive(make_pages(3), packed=True)
    for place in range(offsets[1], offsets[2], 7):
        broken = bytearray(data)
        broken[place] ^= 0xFF
        documents, refused = _read(tmp_path, "x.warc.gz", bytes(broken))
        assert {0, 2} <= set(_numbers(documents))
        # Some bytes of a gzip header (time, system) mean nothing.
        assert len(refused) == 1 or place < offsets[1] + 10


@pytest.mark.parametrize(
    ("length", "reason"),
    [
        (b"99999999999", "too large: a record of more than 20 MB"),
        (b"1500", "it is not as long as it says"),
        (b"99999", "cut off"),
        (b"15", "it is not as long as it says"),
        (b"-3", "its header tells no length"),
        (b"many", "its header tells no length"),
    ],
)
def test_a_wrong_length_costs_its_record(length: bytes, reason: str, tmp_path: Path) -> None:
    """A length that leads astray, too short or too long, costs the one record that tells it."""
    data, offsets = write_archive(make_pages(4), packed=False)
    start = data.index(b"Content-Length: ", offsets[1]) + len(b"Content-Length: ")
    broken = data[:start] + length + data[data.index(b"\r\n", start) :]
    documents, refused = _read(tmp_path, "x.warc", broken)
    assert (_numbers(documents), [refusal.reason for refusal in refused]) == ([0, 2, 3], [reason])


def test_an_archive_that_was_packed_whole_is_read(tmp_path: Path) -> None:
    """Somebody ran gzip over a .warc: all records lie in one member, and are read until it breaks off."""
    data, offsets = write_archive(make_pages(3), packed=False)
    assert _numbers(_read(tmp_path, "x.warc.gz", gzip.compress(data))[0]) == [0, 1, 2]
    documents, refused = _read(tmp_path, "y.warc.gz", gzip.compress(data)[:-100])
    assert _numbers(documents) == [0, 1]
    assert refused == [Refusal(f"{tmp_path / 'y.warc.gz'}@0+{offsets[2]}", "the compressed file is cut off")]


def test_a_bomb_is_one_refusal(tmp_path: Path) -> None:
    """A record that unpacks without end is left behind at a bound, and the next is read."""
    start = b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n"
    packer = zlib.compressobj(wbits=31)
    bomb = packer.compress(start) + b"".join(packer.compress(bytes(1_000_000)) for _ in range(300)) + packer.flush()
    begun = time.monotonic()
    documents, refused = _read(tmp_path, "x.warc.gz", bomb + write_archive(make_pages(2), packed=True)[0])
    assert _numbers(documents) == [0, 1]
    assert [refusal.reason for refusal in refused] == ["too large: a record of more than 20 MB"]
    assert time.monotonic() - begun < 8


@pytest.mark.parametrize("name", ["x.warc", "x.warc.gz"])
def test_what_is_no_archive_is_one_refusal(name: str, tmp_path: Path) -> None:
    """An empty file and one of something else are refused in a line."""
    assert [refusal.reason for refusal in _read(tmp_path, name, b"")[1]] == ["empty: there are no records in it"]
    ((refusal,),) = (_read(tmp_path, name, b"hello world\n" * 1000)[1],)
    assert "begins here" in refusal.reason


def test_saved_pages_read_the_same_through_an_archive(shared: Path, tmp_path: Path) -> None:
    """Real pages give the same text and title from an archive as from their files."""
    files = sorted((shared / "corpus" / "html").glob("*.html"))[:8]
    kind = (("Content-Type", "text/html"),)
    pages = [Page(f"https://example.org/{file.stem}", file.read_bytes(), headers=kind) for file in files]
    documents, refused = _read(tmp_path, "x.warc.gz", write_archive(pages, packed=True)[0])
    direct = [item for item in read_documents(map(str, files)) if isinstance(item, Document)]
    assert refused == [] and len(direct) == 8
    told = sorted((document.id.rpartition("/")[2], document.text, document.title) for document in documents)
    assert told == sorted((document.id, document.text, document.title) for document in direct)


def test_a_page_twice_is_read_once(tmp_path: Path) -> None:
    """Of two records of one address the first is read, and the other refused by name."""
    pages = [*make_pages(1), Page("https://example.org/0", make_page(7).encode())]
    documents, (refusal,) = _read(tmp_path, "x.warc", write_archive(pages, packed=False)[0])
    assert len(documents) == 1 and "has the id of another document" in refusal.reason


_WHOLE = {packed: write_archive(make_pages(3), packed=packed)[0] for packed in (False, True)}


@settings(max_examples=40, deadline=None)
@given(
    packed=st.booleans(),
    edits=st.lists(
        st.tuples(st.integers(0, 5000), st.integers(0, 300), st.binary(max_size=40)), min_size=1, max_size=3
    ),
)
def test_no_damage_breaks_the_reader(
    packed: bool, edits: list[tuple[int, int, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever is cut out or put in, the reader ends, and what it gives are documents or refusals of one line."""
    data = _WHOLE[packed]
    for place, length, new in edits:
        data = data[: place % len(data)] + new + data[place % len(data) + length :]
    folder = tmp_path_factory.mktemp("damaged")
    documents, refused = _read(folder, "x.warc.gz" if packed else "x.warc", data)
    assert documents or refused
    assert all(len(refusal.reason.splitlines()) == 1 for refusal in refused)
