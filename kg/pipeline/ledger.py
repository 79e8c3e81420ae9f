"""The ledger of a store: what was read when, so that a build knows what is new and what rests on what.

It lies beside the quads of each version as an SQLite file, and is never read by those who only ask the graph. All that
it holds follows from the documents; a store without one is read through once to make it.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.model import AgentRef
from kg.sources import CopyGrouper, Signature

FILE_NAME = "ledger.sqlite"

_SCHEMA = """
CREATE TABLE documents (id TEXT PRIMARY KEY, digest TEXT, run TEXT, copies TEXT, words BLOB, hashes BLOB,
    claims INTEGER, facts INTEGER, unjudged BLOB);
CREATE TABLE blocks (block TEXT, document TEXT, PRIMARY KEY (block, document)) WITHOUT ROWID;
CREATE INDEX blocks_of_document ON blocks (document);
CREATE TABLE parties (agent TEXT, source TEXT, name TEXT, type TEXT, country TEXT, times INTEGER,
    PRIMARY KEY (agent, source, name, type, country)) WITHOUT ROWID;
CREATE INDEX parties_of_source ON parties (source);
CREATE TABLE units (unit TEXT PRIMARY KEY, actions INTEGER, lines BLOB);
CREATE TABLE shared (line BLOB PRIMARY KEY, times INTEGER) WITHOUT ROWID;
"""
# What a reviewer judged is known by its text too, should the document have got another id.
_TEXTS = (
    "CREATE TABLE IF NOT EXISTS texts (document TEXT PRIMARY KEY, text TEXT) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS documents_of_text ON texts (text)",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept of a document: the digest of what was read, the run that read it, and its signature."""

    digest: str
    run: str
    signature: Signature
    claims: int
    facts: int
    unjudged: bytes | None = None


class Ledger:
    """What was read, and what rests on what.

    Parameters
    ----------
    path
        Its file, which is made if it is missing; in memory if None.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        try:
            self._connection = sqlite3.connect(path or ":memory:", isolation_level=None)
            # The file belongs to a version that nobody sees before it is whole: no need to secure each step. What is
            # deleted is overwritten, for it may be what somebody took back.
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "secure_delete = ON"):
                self._connection.execute(f"PRAGMA {pragma}")
            if not self._connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                self._connection.executescript(_SCHEMA)
            for statement in _TEXTS:
                self._connection.execute(statement)
            self._connection.execute("BEGIN")
        except sqlite3.Error as error:
            raise StoreError(f"{path}: the ledger can't be opened: {error}") from error

    def close(self, *, compact: bool = False) -> None:
        """Write all, and let go of the file; ``compact`` it so that nothing of what was deleted is left."""
        try:
            with self._named_in_errors():
                if self._connection.in_transaction:  # An error may have ended it.
                    self._connection.execute("COMMIT")
                if compact:
                    self._connection.execute("VACUUM")
        finally:
            self._connection.close()

    # Documents

    def find(self, document: str) -> Entry | None:
        """Find what is kept of a document."""
        row = self._fetch_one(
            "SELECT digest, run, words, hashes, claims, facts, unjudged FROM documents WHERE id = ?", document
        )
        return row and Entry(row[0], row[1], Signature(row[2], row[3]), *row[4:])

    def list_documents(self) -> list[str]:
        """List the ids of the documents, sorted."""
        return [id for (id,) in self._fetch("SELECT id FROM documents ORDER BY id")]

    def put(self, document: str, entry: Entry) -> None:
        """Keep a document that is not in the ledger, in no group yet."""
        signature = entry.signature
        self._run(
            "INSERT INTO documents VALUES (?, ?, ?, NULL, ?, ?, ?, ?, ?)",
            *(document, entry.digest, entry.run, signature.digest, signature.hashes),
            *(entry.claims, entry.facts, entry.unjudged),
        )

    def drop(self, document: str) -> None:
        """Forget a document, the blocks of its claims and the parties that it names."""
        self._run("DELETE FROM documents WHERE id = ?", document)
        self._run("DELETE FROM texts WHERE document = ?", document)
        self._run("DELETE FROM blocks WHERE document = ?", document)

    def note_text(self, document: str, text: str) -> None:
        """Note the digest of a document's text."""
        self._run("INSERT OR REPLACE INTO texts VALUES (?, ?)", document, text)

    def find_text(self, text: str) -> list[str]:
        """Find the documents whose text has a digest, sorted."""
        return [id for (id,) in self._fetch("SELECT document FROM texts WHERE text = ? ORDER BY 1", text)]

    def regroup(self) -> dict[str, tuple[str | None, str]]:
        """Group the copies anew, and tell the former and the new group of each document where they differ."""
        grouper, former = CopyGrouper(), {}
        for id, copies, words, hashes in self._fetch("SELECT id, copies, words, hashes FROM documents ORDER BY id"):
            grouper.add_signed(id, Signature(words, hashes))
            former[id] = copies
        groups = grouper.groups()
        changed = {id: (copies, new) for id, copies in former.items() if (new := groups.get(id, id)) != copies}
        self._run_many("UPDATE documents SET copies = ? WHERE id = ?", ((new, id) for id, (_, new) in changed.items()))
        return changed

    def find_group(self, document: str) -> str:
        """Find the group of copies that a document is in."""
        row = self._fetch_one("SELECT copies FROM documents WHERE id = ?", document)
        return row[0] if row and row[0] else document

    def count_runs(self) -> dict[str, int]:
        """Count the documents by the run that read them."""
        return dict(self._fetch("SELECT run, COUNT(*) FROM documents GROUP BY run ORDER BY run"))

    def count_graphs(self) -> int:
        """Count the graphs that units make: that of the actions, and that of the judgements."""
        found = self._fetch_one(
            "SELECT EXISTS (SELECT 1 FROM units WHERE unit <> 'j|'), EXISTS (SELECT 1 FROM units WHERE unit = 'j|')"
        )
        return sum(found)

    def count_totals(self) -> dict[str, int]:
        """Count documents, claims, facts, actions and the agents of actions."""
        documents, claims, facts = self._fetch_one("SELECT COUNT(*), TOTAL(claims), TOTAL(facts) FROM documents")
        (actions,) = self._fetch_one("SELECT TOTAL(actions) FROM units")
        (agents,) = self._fetch_one("SELECT COUNT(DISTINCT agent) FROM parties WHERE source >= 'b|' AND source < 'b}'")
        totals = {"documents": documents, "claims": claims, "facts": facts, "actions": actions, "agents": agents}
        return {name: int(count) for name, count in totals.items()}

    # What rests on what

    def add_blocks(self, document: str, blocks: Iterable[str]) -> None:
        """Note in which blocks the claims of a document are."""
        self._run_many("INSERT INTO blocks VALUES (?, ?)", ((block, document) for block in blocks))

    def list_blocks(self, document: str) -> list[str]:
        """List the blocks of the claims of a document, sorted."""
        return [block for (block,) in self._fetch("SELECT block FROM blocks WHERE document = ? ORDER BY 1", document)]

    def list_members(self, block: str) -> list[str]:
        """List the documents that have claims in a block, sorted."""
        return [id for (id,) in self._fetch("SELECT document FROM blocks WHERE block = ? ORDER BY 1", block)]

    def replace_parties(self, source: str, parties: Iterable[tuple[AgentRef, int]]) -> set[str]:
        """Note which agents a document or a block names how often, in place of what was noted; give their ids."""
        touched = {agent for (agent,) in self._fetch("SELECT DISTINCT agent FROM parties WHERE source = ?", source)}
        self._run("DELETE FROM parties WHERE source = ?", source)
        rows = [(ref.id, source, ref.name, ref.type, ref.country or "", times) for ref, times in parties]
        self._run_many("INSERT INTO parties VALUES (?, ?, ?, ?, ?, ?)", rows)
        return touched | {row[0] for row in rows}

    def list_parties(self, agent: str) -> list[tuple[AgentRef, int]]:
        """List how an agent is named, and how often."""
        rows = self._fetch(
            "SELECT name, type, country, SUM(times) FROM parties WHERE agent = ? GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
            agent,
        )
        return [(AgentRef(agent, name, type_, country or None), times) for name, type_, country, times in rows]

    # Quads that rest on several documents, in units of what changes together

    def read_unit(self, unit: str) -> list[bytes]:
        """Read the N-Quads lines of a unit, sorted; none where there is no such unit."""
        row = self._fetch_one("SELECT lines FROM units WHERE unit = ?", unit)
        return zlib.decompress(row[0]).splitlines(keepends=True) if row else []

    def write_unit(self, unit: str, lines: list[bytes], actions: int = 0) -> None:
        """Keep the lines of a unit in place of the former ones, or drop it where there are none."""
        if lines:
            packed = zlib.compress(b"".join(lines), 1)
            self._run("INSERT OR REPLACE INTO units VALUES (?, ?, ?)", unit, actions, packed)
        else:
            self._run("DELETE FROM units WHERE unit = ?", unit)

    def count_sharers(self, line: bytes) -> int:
        """Count the units that have a line in common with others: at least 2, or 0."""
        row = self._fetch_one("SELECT times FROM shared WHERE line = ?", line)
        return row[0] if row else 0

    def write_sharers(self, line: bytes, units: int) -> None:
        """Keep how many units have a line in common."""
        if units > 1:
            self._run("INSERT OR REPLACE INTO shared VALUES (?, ?)", line, units)
        else:
            self._run("DELETE FROM shared WHERE line = ?", line)

    def _run(self, sql: str, *values: object) -> None:
        with self._named_in_errors():
            self._connection.execute(sql, values)

    def _run_many(self, sql: str, rows: Iterable[tuple[object, ...]]) -> None:
        with self._named_in_errors():
            self._connection.executemany(sql, rows)

    def _fetch(self, sql: str, *values: object) -> Iterator[tuple]:  # type: ignore[type-arg]
        with self._named_in_errors(), closing(self._connection.cursor()) as cursor:
            yield from cursor.execute(sql, values)

    def _fetch_one(self, sql: str, *values: object):  # type: ignore[no-untyped-def]
        with self._named_in_errors():
            return self._connection.execute(sql, values).fetchone()

    @contextmanager
    def _named_in_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            # A full disk, or a file that somebody changed.
            where = "memory" if self._path is None else self._path.parent
            raise StoreError(f"the ledger in {where} can't be read or written: {error}") from error
