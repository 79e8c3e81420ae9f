"""Sources that go wrong: each builds its files in an empty folder and names the one line that must come of it."""

from __future__ import annotations

import codecs
import gzip
import json
import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ENGLISH = "The regulator of Exampleland opened an inquiry into the messaging platform on Monday, a spokesman said. "
GERMAN = "Die Behörde hat gegen den Betreiber der Plattform ein Verfahren eröffnet, wie ein Sprecher am Montag sagte. "
PLAIN = "The regulator of Exampleland opened an inquiry into the messaging platform."  # No comma for a table to trip on
GOOD_ID = "good"


@dataclass(frozen=True)
class HostileCase:
    """What to build, what to read of it, and which refusal (a regular expression) comes of it.

    ``ids`` are the documents that the same source yields all the same.
    """

    name: str
    build: Callable[[Path], object]
    reason: str
    paths: tuple[str, ...] = (".",)
    columns: dict[str, str] | None = None
    ids: frozenset[str] = field(default_factory=frozenset)


def _write(name: str, content: bytes | str) -> Callable[[Path], object]:
    data = content.encode() if isinstance(content, str) else content
    return lambda folder: (folder / name).write_bytes(data)


def _make_noise(size: int) -> bytes:
    return random.Random(7).randbytes(size)


def _write_long_line(name: str, start: bytes, end: bytes) -> Callable[[Path], object]:
    def build(folder: Path) -> None:
        with (folder / name).open("wb") as file:
            file.write(start)
            for _ in range(50):
                file.write(b"word " * 200_000)
            file.write(end)

    return build


def _write_bomb(folder: Path) -> None:
    with gzip.open(folder / "bomb.txt.gz", "wb", compresslevel=9) as file:
        for _ in range(100):
            file.write(b"word " * 200_000)


def _link_loop(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "loop").symlink_to(folder, target_is_directory=True)


def _link_nowhere(folder: Path) -> None:
    (folder / "nowhere.txt").symlink_to(folder / "gone.txt")


def _forbid_file(folder: Path) -> None:
    file = folder / "secret.txt"
    file.write_text(ENGLISH)
    file.chmod(0)


def _forbid_folder(folder: Path) -> None:
    (folder / "secret").mkdir()
    (folder / "secret").chmod(0)


def _repeat(first: str, second: str) -> Callable[[Path], object]:
    def build(folder: Path) -> None:
        for name, text in (("a", first), ("b", second)):
            (folder / name).mkdir()
            (folder / name / "twin.txt").write_text(text)

    return build


def _write_pdf(name: str, *, pages: int = 1, password: str = "") -> Callable[[Path], object]:
    def build(folder: Path) -> None:
        from pypdf import PdfWriter

        writer = PdfWriter()
        for _ in range(pages):
            writer.add_blank_page(100, 100)
        if password:
            writer.encrypt(password, algorithm="RC4-128")
        writer.write(folder / name)

    return build


def _line(id: str, text: object = ENGLISH) -> str:
    return json.dumps({"id": id, "text": text}) + "\n"


def _lines_around(bad: str) -> str:
    return _line("before") + bad + "\n" + _line("after", "Another " + ENGLISH)


_AROUND = frozenset({"before", "after"})
_FRONT = "---\n{}\n---\n" + ENGLISH
_ALIASES = "\n".join(f"{name}: &{name} [{', '.join([f'*{above}'] * 9)}]" for name, above in zip("bcdefghi", "abcdefgh"))  # noqa: B905
_CUT = gzip.compress(b"".join(_line(f"n{number}", f"{number} {ENGLISH}").encode() for number in range(2000)))

CASES = (
    # Nothing in it
    HostileCase("empty text", _write("x.txt", ""), "empty"),
    HostileCase("empty web page", _write("x.html", ""), "empty"),
    HostileCase("empty PDF", _write("x.pdf", ""), "empty"),
    HostileCase("empty table", _write("x.csv", ""), "empty"),
    HostileCase("empty JSON lines", _write("x.jsonl", ""), "empty"),
    HostileCase("empty JSON", _write("x.json", ""), "not JSON"),
    HostileCase("only spaces", _write("x.txt", " \r\n\t\u00a0\u200b\n"), "empty"),
    HostileCase("only boilerplate", _write("x.txt", "Subscribe to our newsletter\n\nRead next: More\n"), "empty"),
    # No text
    HostileCase("binary", _write("x.txt", _make_noise(100_000)), "binary"),
    HostileCase("binary table", _write("x.csv", _make_noise(100_000)), "binary|no field or column"),
    HostileCase("binary lines", _write("x.jsonl", b"\x00\x01\x02" + _make_noise(100_000)), "binary"),
    HostileCase("image named as Markdown", _write("x.md", b"\x89PNG\r\n\x1a\n" + _make_noise(500)), "a PNG image"),
    HostileCase("workbook named as CSV", _write("x.csv", b"PK\x03\x04" + _make_noise(500)), "a ZIP archive"),
    HostileCase("gzip named as text", _write("x.txt", gzip.compress(b"text")), "a gzip file"),
    HostileCase("UTF-16 cut in a character", _write("x.txt", codecs.BOM_UTF16_LE + b"\x00"), "binary"),
    HostileCase("unknown format", _write("x.docx", b"PK"), r"can't read '\.docx'"),
    HostileCase("no suffix", _write("README", ENGLISH), "can't read 'no suffix'"),
    # Compressed
    HostileCase("truncated gzip", _write("x.txt.gz", gzip.compress(ENGLISH.encode())[:-12]), "cut off"),
    HostileCase("no gzip", _write("x.txt.gz", ENGLISH), "no intact gzip"),
    HostileCase("gzip bomb", _write_bomb, "too large: more than 20 MB"),
    # Too much
    HostileCase("50 MB in a line", _write_long_line("x.txt", b"", b""), "too large: more than 20 MB"),
    HostileCase("50 MB web page", _write_long_line("x.html", b"<p>", b"</p>"), "too large: more than 20 MB"),
    HostileCase(
        "50 MB in a line of JSON lines",
        _write_long_line(
            "x.jsonl", _line("before").encode() + b'{"text": "', b'"}\n' + _line("after", "2 " + ENGLISH).encode()
        ),
        "^too large: a line of more than 20 MB$",
        ids=_AROUND,
    ),
    HostileCase(
        "50 MB in a cell",
        _write_long_line("x.csv", f"id,text\nbefore,{PLAIN}\n1,".encode(), f"\nafter,2 {PLAIN}\n".encode()),
        "too large: a line of more than 20 MB",
        ids=_AROUND,
    ),
    HostileCase("a book of 2 million characters", _write("x.txt", ENGLISH * 20_000), "at most 1000000 are read"),
    HostileCase("an endless id", _write("x.jsonl", _line("x" * 100_000)), "an id of 100000 characters"),
    # Markup
    HostileCase("nested HTML", _write("x.html", "<div>" * 100_000 + ENGLISH + "</div>" * 100_000), "nested more than"),
    HostileCase("nested HTML with stray ends", _write("x.html", "<b></i>" * 100_000 + ENGLISH), "nested more than"),
    HostileCase("HTML of tags only", _write("x.html", "<br>" * 1_000_000 + ENGLISH), "more than 100000 tags"),
    HostileCase("open comments", _write("x.html", "<!--" * 1_000_000), "no article"),
    HostileCase("page without an article", _write("x.html", "<html><body></body></html>"), "no article"),
    HostileCase("JSON in a page", _write("x.html", '{"error": 404}'), "no article"),
    # Front matter
    HostileCase("front matter that is not YAML", _write("x.md", _FRONT.format("title: [unclosed")), "is not YAML"),
    HostileCase("front matter with tabs", _write("x.md", _FRONT.format("a:\n\t- b: {")), "is not YAML"),
    HostileCase("front matter without an end", _write("x.md", "---\ntitle: x\n\n" + ENGLISH), "no closing ---"),
    HostileCase("front matter of a list", _write("x.md", _FRONT.format("- a\n- b")), "a YAML list"),
    HostileCase("nested front matter", _write("x.md", _FRONT.format("a: " + "[" * 9000)), "is not YAML"),
    HostileCase("endless front matter", _write("x.md", _FRONT.format("a: b\n" * 9000)), "at most 20000 are read"),
    # Folders and files
    HostileCase("folder loop", _link_loop, "leads back to a folder above it"),
    HostileCase("dangling link", _link_nowhere, "No such file"),
    HostileCase("FIFO", lambda folder: os.mkfifo(folder / "x.txt"), "no regular file"),
    HostileCase("device", lambda folder: (folder / "x.txt").symlink_to("/dev/zero"), "no regular file"),
    HostileCase("no such file", lambda folder: None, "no such file", paths=(".", "gone.txt")),
    HostileCase("glob without a match", lambda folder: None, "no file matches", paths=(".", "*.xyz")),
    HostileCase("deep glob without a match", _link_loop, "no file matches", paths=("good.txt", "**/*.xyz")),
    HostileCase("NUL in a name", lambda folder: None, "no such file", paths=(".", "a\0b")),
    HostileCase("same id, other text", _repeat(ENGLISH, "Not so. " + ENGLISH), "another text", ids=frozenset({"twin"})),
    HostileCase("same id, same text", _repeat(ENGLISH * 2, ENGLISH * 2), "repeats", ids=frozenset({"twin"})),
    # Tables
    HostileCase(
        "table without texts", _write("x.csv", "day,amount\n1,2\n"), "no field or column 'text'; there are 'day', 'amo"
    ),
    HostileCase(
        "column that is not there",
        _write("x.csv", f"day,body\n2024,{PLAIN}\n"),
        "no column 'story' for the text; there are 'day', 'body'",
        columns={"text": "story"},
    ),
    HostileCase(
        "row of too many cells",
        _write("x.csv", f"id,text\nbefore,{PLAIN}\n1,2,3\n"),
        "3 cells, want 2",
        ids=frozenset({"before"}),
    ),
    HostileCase(
        "row without its text", _write("x.csv", f"id,text\nbefore,{PLAIN}\n1\n"), "no text", ids=frozenset({"before"})
    ),
    # JSON
    HostileCase("line that is not JSON", _write("x.jsonl", _lines_around("{bad")), "not JSON", ids=_AROUND),
    HostileCase("line of a list", _write("x.jsonl", _lines_around("[1, 2]")), "JSON of type list", ids=_AROUND),
    HostileCase(
        "line without a text", _write("x.jsonl", _lines_around('{"id": "x"}')), "no field .*'text'", ids=_AROUND
    ),
    HostileCase(
        "text that is a list",
        _write("x.jsonl", _lines_around(_line("x", [1]).strip())),
        "'text' is a list",
        ids=_AROUND,
    ),
    HostileCase("text that is null", _write("x.jsonl", _lines_around('{"text": null}')), "no text", ids=_AROUND),
    HostileCase("nested line", _write("x.jsonl", _lines_around("[" * 100_000)), "nested too deeply", ids=_AROUND),
    HostileCase(
        "number beyond bounds",
        _write("x.jsonl", _lines_around('{"id": ' + "9" * 9000 + "}")),
        "not JSON|no field",
        ids=_AROUND,
    ),
    HostileCase("nested JSON", _write("x.json", "[" * 100_000), "nested too deeply"),
    HostileCase("JSON of a number", _write("x.json", "42"), "JSON of type int"),
    # PDF
    HostileCase("text named as PDF", _write("x.pdf", ENGLISH), "no PDF"),
    HostileCase("damaged PDF", _write("x.pdf", b"%PDF-1.7\n" + _make_noise(10_000)), "damaged"),
    HostileCase("PDF without text", _write_pdf("x.pdf"), "no text in this PDF"),
    HostileCase("locked PDF", _write_pdf("x.pdf", password="secret"), "locked by a password"),
    HostileCase("PDF of 501 pages", _write_pdf("x.pdf", pages=501), "at most 500 are read"),
    # Language
    HostileCase("German", _write("x.txt", GERMAN * 3), "'x' is in German; only English is read"),
    HostileCase(
        "Russian in a Windows code page",
        _write("x.txt", ("Суд оштрафовал платформу на четыре миллиона рублей. " * 5).encode("cp1251")),
        "'x' is in Russian",
    ),
    HostileCase("German in UTF-16", _write("x.txt", (GERMAN * 3).encode("utf-16")), "'x' is in German"),
)

# As root, permissions do not bind; these are read under another user's id.
FORBIDDEN = (
    HostileCase("no permission", _forbid_file, "can't be read: Permission denied"),
    HostileCase("no permission for a folder", _forbid_folder, "can't read this folder: Permission denied"),
)

# Slow if read without care; whether they are refused or read is the same to us.
SLOW = {
    "aliases.md": _FRONT.format("a: &a [x, x]\n" + _ALIASES),
    "marks.md": "# " * 400_000 + "\n" + "*a " * 300_000,
    "brackets.md": "[" * 400_000 + "](" * 200_000,
    "spaces.txt": ENGLISH + " " * 900_000 + "x",
    "accents.txt": "e" + "\u0301" * 300_000,
    "dots.txt": (ENGLISH[:70] + "...\n") * 9000,
    "reporting.txt": ("(reporting by " * 130 + "\n") * 90,
    "links.txt": "facebook twitter " * 50_000,
    "open.csv": 'id,text\n1,"' + ENGLISH * 9000,
    "cut.jsonl.gz": _CUT[: len(_CUT) // 2],
}
