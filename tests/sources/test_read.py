"""Documents of every format."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.model import Document, PartialDate, Refusal
from kg.sources import read_documents

TEXT = "The court of Exampleland fined the platform 5 million euros on Friday."
OTHER = "A regulator in Samplestan opened an inquiry into the same app."


def _read(*paths: Path | str, columns: dict[str, str] | None = None) -> list[Document]:
    items = list(read_documents([str(path) for path in paths], columns=columns))
    assert not [item for item in items if isinstance(item, Refusal)]
    return [item for item in items if isinstance(item, Document)]


def test_read_text_takes_the_stem_as_id(tmp_path: Path) -> None:
    """A plain text is its own content, known by its file's stem."""
    (tmp_path / "case.2024.txt").write_text(TEXT + "\r\n")
    assert _read(tmp_path / "case.2024.txt") == [Document("case.2024", TEXT, str(tmp_path / "case.2024.txt"))]


def test_read_markdown_takes_its_front_matter(tmp_path: Path) -> None:
    """Front matter tells title, url, date, publisher and author; markup is no text."""
    (tmp_path / "x.md").write_text(
        "---\ntitle: Court: platform fined\nurl: https://example.org/a\npublished_date: 2024-08-24T00:00:00\n"
        f"source: The Example\nauthor: [Jane Doe, John Roe]\n---\n\n# Court: platform fined\n\n**{TEXT[:9]}**{TEXT[9:]}"
        " See the [ruling](https://example.org/r) &amp; more.\n"
    )
    (document,) = _read(tmp_path)
    assert document.text == f"Court: platform fined\n\n{TEXT} See the ruling & more."
    assert (document.title, document.url) == ("Court: platform fined", "https://example.org/a")
    assert document.published == PartialDate("2024-08-24")
    assert (document.publisher, document.author) == ("The Example", "Jane Doe, John Roe")


@pytest.mark.parametrize("date", ["2024", "2024-08", "2024-08-24"])
def test_read_markdown_keeps_the_precision_of_a_date(date: str, tmp_path: Path) -> None:
    """A month stays a month: nothing is made up."""
    (tmp_path / "x.md").write_text(f"---\ndate: {date}\n---\n{TEXT}")
    assert _read(tmp_path)[0].published == PartialDate(date)


def test_read_html_takes_the_article(tmp_path: Path) -> None:
    """A page gives the article under its headline, its date and its site; menu and script stay out."""
    paragraphs = "".join(f"<p>{TEXT} {OTHER} This is paragraph {number} of it.</p>" for number in range(5))
    (tmp_path / "x.html").write_text(
        "<html><head><meta charset=utf-8><title>Court fines the platform | The Example</title>"
        '<meta property="og:site_name" content="The Example">'
        '<meta property="article:published_time" content="2024-08-24T10:00:00Z"></head><body>'
        "<nav><a href=/>Home</a><a href=/news>News</a></nav><article><h1>Court fines the platform</h1>"
        f"{paragraphs}</article><script>var spy = 'SPY';</script><footer>Imprint</footer></body></html>"
    )
    (document,) = _read(tmp_path)
    assert document.text.startswith("Court fines the platform\n\nThe court of Exampleland")
    assert "SPY" not in document.text and "Home" not in document.text
    assert (document.published, document.publisher) == (PartialDate("2024-08-24"), "The Example")


def test_read_json_lines_keeps_ids_and_text(tmp_path: Path) -> None:
    """A line is a document with its own id; its text is not given a title that it has not."""
    record = {"id": "item-1", "text": TEXT, "title": "Fine", "url": "u", "published": "2024-08", "publisher": "P"}
    (tmp_path / "x.jsonl").write_text(json.dumps(record) + "\n\n" + json.dumps({"text": OTHER}) + "\n")
    first, second = _read(tmp_path)
    where = f"{tmp_path}/x.jsonl"
    assert first == Document("item-1", TEXT, f"{where}:1", "Fine", "u", PartialDate("2024-08"), "P")
    assert (second.id, second.text) == ("x-3", OTHER)


@pytest.mark.parametrize("content", [{"id": "a", "text": TEXT}, [{"id": "a", "text": TEXT}, {"text": OTHER}]])
def test_read_json_takes_an_object_or_a_list(content: object, tmp_path: Path) -> None:
    """A JSON file holds one document or several."""
    (tmp_path / "x.json").write_text(json.dumps(content))
    assert [document.id for document in _read(tmp_path)] == (["a"] if isinstance(content, dict) else ["a", "x-2"])


def test_read_table_finds_obvious_columns(tmp_path: Path) -> None:
    """Columns of usual names need no mapping; the title leads the text; rows are numbered."""
    (tmp_path / "x.csv").write_text(f',date,title,text\n0,"August 24, 2024",Fine,"{TEXT}\nIt will pay."\n1,,,{OTHER}\n')
    first, second = _read(tmp_path)
    assert (first.id, first.text) == ("x-1", f"Fine\n\n{TEXT}\nIt will pay.")
    assert first.published == PartialDate("2024-08-24")
    assert (second.id, second.text, second.published) == ("x-2", OTHER, None)
    assert second.source.endswith("x.csv:4")


def test_read_table_follows_a_mapping(tmp_path: Path) -> None:
    """Columns that are named serve, whatever they are called; compressed tables are read as they are."""
    (tmp_path / "x.tsv.gz").write_bytes(gzip.compress(f"nr\tstory\tday\ttext\n7\t{TEXT}\t2024-08-24\tno\n".encode()))
    (document,) = _read(tmp_path, columns={"id": "nr", "text": "story", "date": "day"})
    assert (document.id, document.text, document.published) == ("7", TEXT, PartialDate("2024-08-24"))


def test_read_pdf_takes_text_and_date(tmp_path: Path) -> None:
    """A PDF gives its text and the day it was made."""
    stream = f"BT /F1 12 Tf 10 50 Td ({TEXT}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 100] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Title (A ruling) /CreationDate (D:20240824100000Z) >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer << /Root 1 0 R /Info 5 0 R /Size 6 >>\nstartxref\n%d\n%%%%EOF\n"
    (tmp_path / "x.pdf").write_bytes(body + end % (table, len(body)))
    (document,) = _read(tmp_path)
    assert (document.text, document.title, document.published) == (TEXT, "A ruling", PartialDate("2024-08-24"))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (TEXT + "\n" + OTHER, [("stdin", TEXT + "\n" + OTHER)]),
        (json.dumps({"id": "a", "text": TEXT}) + "\n" + json.dumps({"text": OTHER}), [("a", TEXT), ("stdin-2", OTHER)]),
    ],
    ids=["plain text", "JSON lines"],
)
def test_read_standard_input_by_its_first_line(given: str, expected: list[tuple[str, str]]) -> None:
    """``-`` is JSON lines if the first line is a JSON object, else one text."""
    code = (
        "import json; from kg.sources import read_documents as r; print(json.dumps([[d.id, d.text] for d in r('-')]))"
    )
    run = subprocess.run([sys.executable, "-c", code], input=given, capture_output=True, text=True, check=True)
    assert [tuple(pair) for pair in json.loads(run.stdout)] == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_read_detects_encodings(encoding: str, tmp_path: Path) -> None:
    """A text says the same in any encoding, on its own or in lines."""
    text = "“Télégram” broke the law – the regulator’s café in Zürich said so. " + TEXT
    (tmp_path / "x.txt").write_bytes(text.encode(encoding))
    (tmp_path / "y.csv").write_bytes(f"id,text\ny,{text}\n".encode(encoding))
    assert [document.text for document in _read(tmp_path)] == [text, text]


def test_read_order_is_that_of_the_paths(tmp_path: Path) -> None:
    """Arguments in any order, repeated or overlapping, give the same documents once each."""
    for name in ("b/two.txt", "a/one.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{name}: {TEXT}")
    ids = ["one", "two", "c"]
    assert [document.id for document in _read(tmp_path)] == ids
    assert [
        document.id for document in _read(tmp_path / "c.txt", tmp_path / "b", tmp_path / "a", tmp_path / "b")
    ] == ids
    assert [document.id for document in _read(tmp_path / "**/*.txt", tmp_path / "c.txt")] == ids
    assert [document.id for document in _read(tmp_path / "?/*.txt")] == ids[:2]


def test_read_passes_over_hidden_files_in_folders(tmp_path: Path) -> None:
    """A folder's hidden files are no sources; named by themselves they are."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text(TEXT)
    (tmp_path / ".hidden.txt").write_text(TEXT)
    assert _read(tmp_path) == []
    assert len(_read(tmp_path / ".hidden.txt")) == 1


def test_read_shows_any_name_in_one_line(tmp_path: Path) -> None:
    """A file's name may hold line ends and broken bytes; messages and ids do not."""
    for name in (b"a\nb\x1b[31m.txt", b"caf\xe9.txt", b"<img src=x onerror=alert(1)>.txt"):
        with open(str(tmp_path).encode() + b"/" + name, "wb") as file:
            file.write(name + b" " + TEXT.encode())
    documents = _read(tmp_path)
    assert {document.id for document in documents} == {"<img src=x onerror=alert(1)>", "a b[31m", "caf\ufffd"}
    assert all(document.source.isprintable() for document in documents)


def test_read_streams(tmp_path: Path) -> None:
    """The first document of a table comes before the rest is read: a later damage does not hold it back."""
    lines = "".join(json.dumps({"id": f"i{number}", "text": f"{number} {TEXT}"}) + "\n" for number in range(50_000))
    (tmp_path / "x.jsonl").write_text(lines)
    stream = read_documents([str(tmp_path / "x.jsonl")])
    first = next(stream)
    assert isinstance(first, Document) and first.id == "i0"
    (tmp_path / "x.jsonl").write_text("")  # What is not read yet is gone now.
    assert sum(1 for _ in stream) < 49_999


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ('title: "A "quoted" word: and a colon"\ndate: 2024-08-24', 'A "quoted" word: and a colon'),
        ("title: Fine: 5 million\ndescription: [not: yaml\ndate: 2024-08-24", "Fine: 5 million"),
        ("title: Fine - a\n  second: line\ndate: 2024-08-24", "Fine - a second: line"),
        ("title: 'It''s: so'\ndate: 2024-08-24\nnote: {", "It''s: so"),
        ("title: No\ndate: 2024-08-24", "No"),
    ],
)
def test_read_markdown_mends_front_matter_that_people_write(lines: str, title: str, tmp_path: Path) -> None:
    """A colon or a quote too many in a plain value costs nothing, nor does a broken field that is not ours."""
    (tmp_path / "x.md").write_text(f"---\n{lines}\n---\n{TEXT}")
    (document,) = _read(tmp_path)
    assert (document.title, str(document.published)) == (title, "2024-08-24")
