import hashlib
import io
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.rdf import Iris, StoreWriter, dump_store, open_store, read_manifest, write_nquads
from kg.rdf.graph_content import Content, ContentTally, format_lines, measure_content
from tests.rdf.samples import make_quads

SCRIPT = Path(__file__).with_name("write_slowly.py")


def write_file(path, documents):
    """Write the small world of so many documents."""
    with path.open("wb") as file:
        write_nquads(make_quads(documents), file)
    return path


def build(folder, documents):
    """Build a store of so many documents."""
    with StoreWriter(folder) as writer:
        writer.load(make_quads(documents))
        return writer.publish()


def count_documents(folder):
    """Open a store and count its documents."""
    store = open_store(folder)
    count = sum(Iris().is_document(graph.value) for graph in store.graphs())
    store.close()
    return count


def list_versions(folder):
    """List what lies in the folder of versions."""
    return sorted(path.name for path in (folder / "versions").iterdir())


def start_writer(folder, nquads, step):
    """Start a process that writes until a step."""
    root = Path(__file__).resolve().parents[2]
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), str(folder), str(nquads), step],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(root)},
    )


def test_writer_leaves_one_store_in_order_however_it_was_loaded(tmp_path):
    """What was loaded in two parts lies in about as many files as what was loaded at once, not in twice as many."""
    quads = sorted(make_quads(30), key=str)
    counts = []
    for name, parts in (("once", 1), ("twice", 2)):
        with StoreWriter(tmp_path / name) as writer:
            for part in range(parts):
                writer.load(quads[part::parts])
            version = writer.publish().version
        counts.append(len(list((tmp_path / name / "versions" / version / "oxigraph").glob("*.sst"))))
    assert counts[0] <= counts[1] <= counts[0] + 2


def test_writer_names_a_version_by_its_content(tmp_path):
    """The version is the hash of what it holds: equal for equal content in any order, and another for other content."""
    first, second = tmp_path / "first", tmp_path / "second"
    quads = make_quads(2)
    random.Random(1).shuffle(quads)
    with StoreWriter(second) as writer:
        writer.load(quads + quads[:10])
        shuffled = writer.publish()
    assert build(first, 2) == shuffled
    assert build(first, 3).version != shuffled.version


def test_writer_hash_is_that_of_the_export(tmp_path):
    """The version is made of the lines of the store's N-Quads, one by one in whatever order."""
    manifest = build(tmp_path / "store", 2)
    out = io.BytesIO()
    dump_store(open_store(tmp_path / "store"), "nquads", out)
    lines = out.getvalue().splitlines(keepends=True)
    total = sum(int.from_bytes(hashlib.blake2b(line).digest(), "big") for line in reversed(lines))
    assert manifest.version == hashlib.sha256((total % 2**512).to_bytes(64, "big")).hexdigest()
    assert manifest.quads == len(set(make_quads(2))) == len(lines)


def test_writer_copies_the_current_version_without_its_bytes(tmp_path):
    """A copy has the quads of the current version and shares its large files; what is changed in it stays there."""
    folder = tmp_path / "store"
    old = build(folder, 2)
    reader = open_store(folder)
    with StoreWriter(folder) as writer:
        writer.copy_quads()
        assert measure_content(writer.store) == old.content
        shared = [path.stat().st_nlink for path in writer.home.rglob("*.sst")]
        assert shared and min(shared) == 2
        document = Iris().make("doc", "doc-1")
        removed = len(list(writer.store.quads(document)))
        writer.store.oxigraph.remove_graph(document)
        new = writer.publish()
    assert new.quads == old.quads - removed
    assert measure_content(reader) == old.content
    assert count_documents(folder) == 1
    reader.close()


def test_content_tally_follows_a_change():
    """Lines put in and taken out in any order come to the content of what is left."""
    lines = format_lines(make_quads(2))
    tally = ContentTally()
    tally.add(lines)
    tally.subtract(lines[::2])
    other = ContentTally(Content(0, 0, 0))
    other.add(reversed(lines[1::2]))
    assert tally.measure() == other.measure()
    assert tally.measure().digest != Content(0, 0, 0).digest


def test_writer_keeps_details_in_the_manifest(tmp_path):
    """What the builder wants kept is in the manifest, and nothing else changes from build to build."""
    folder = tmp_path / "store"
    texts = []
    for _ in range(2):
        with StoreWriter(folder) as writer:
            writer.load(make_quads(1))
            writer.publish({"model": "en_core_web_md 3.7.1"})
        texts.append((folder / "versions" / read_manifest(folder).version / "manifest.json").read_text())
    assert texts[0] == texts[1]
    assert read_manifest(folder).details == {"model": "en_core_web_md 3.7.1"}


def test_writer_leaves_the_old_store_if_the_build_fails(tmp_path):
    """An error, or a writer that was not published, leaves the former store and no rubbish."""
    folder = tmp_path / "store"
    version = build(folder, 1).version
    bad = tmp_path / "bad.nq"
    bad.write_text('<http://e/s> <http://e/p> "never closed .\n')
    with pytest.raises(StoreError, match="bad.nq"), StoreWriter(folder) as writer:
        writer.load(bad)
    with StoreWriter(folder) as writer:
        writer.load(make_quads(3))
    assert count_documents(folder) == 1
    assert list_versions(folder) == [version]


def test_writer_keeps_writers_apart(tmp_path):
    """A second writer is refused with the number of the process that writes, and the first goes on."""
    folder = tmp_path / "store"
    with StoreWriter(folder) as writer:
        with pytest.raises(StoreError, match=str(os.getpid())), StoreWriter(folder):
            pass
        writer.load(make_quads(1))
        writer.publish()
    assert count_documents(folder) == 1


def test_writer_does_not_disturb_a_reader(tmp_path):
    """A store that is open keeps answering after two newer versions; what it read is deleted when it is closed."""
    folder = tmp_path / "store"
    old = build(folder, 1).version
    reader = open_store(folder)
    build(folder, 2)
    newest = build(folder, 3).version
    assert measure_content(reader).digest == old
    assert count_documents(folder) == 3
    assert list_versions(folder) == sorted([old, newest])
    reader.close()
    build(folder, 3)
    assert list_versions(folder) == [newest]


def test_writer_can_go_back_to_a_version_that_is_being_read(tmp_path):
    """A build whose content an open old version has takes that one."""
    folder = tmp_path / "store"
    old = build(folder, 1).version
    reader = open_store(folder)
    build(folder, 2)
    assert build(folder, 1).version == old
    assert count_documents(folder) == 1
    reader.close()


def test_writer_can_be_read_while_it_writes(tmp_path):
    """The old version is read while a new one is being loaded."""
    folder = tmp_path / "store"
    build(folder, 1)
    with StoreWriter(folder) as writer:
        writer.load(make_quads(2))
        assert count_documents(folder) == 1
        writer.publish()
        assert count_documents(folder) == 2


def test_writer_refuses_a_folder_of_other_things(tmp_path):
    """A folder that holds something else is not made a store, and keeps what it has."""
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(StoreError, match="thesis.txt"), StoreWriter(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    with pytest.raises(StoreError), StoreWriter(tmp_path / "thesis.txt"):
        pass


def test_open_store_says_that_a_version_is_damaged(tmp_path):
    """A store whose files are gone or unreadable is one line, not a traceback of Oxigraph."""
    folder = tmp_path / "store"
    version = build(folder, 1).version
    (folder / "versions" / version / "manifest.json").write_text("{")
    with pytest.raises(StoreError, match="manifest.json"):
        open_store(folder)
    (folder / "CURRENT").write_text("deadbeef\n")
    with pytest.raises(StoreError, match="deadbeef"):
        open_store(folder)


STEPS = ["load", "publish", "replace-manifes", "replace-version", "replace-CURRENT", "delete", "half-deleted", "end"]


@pytest.mark.parametrize("step", STEPS)
def test_writer_killed_at_a_step_leaves_a_whole_store(tmp_path, step):
    """Killed before any step, a writer leaves the former store, or after the swap the new one; the next one heals."""
    folder = tmp_path / "store"
    build(folder, 1)
    process = start_writer(folder, write_file(tmp_path / "new.nq", 2), step)
    assert process.stdout.readline() == b"ready\n"
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    process.stdout.close()
    assert count_documents(folder) == (2 if step in ("delete", "half-deleted", "end") else 1)
    version = build(folder, 3).version
    assert count_documents(folder) == 3
    assert list_versions(folder) == [version]
    assert sorted(path.name for path in folder.iterdir()) == ["CURRENT", "lock", "versions"]


def test_writer_killed_at_any_moment_leaves_a_whole_store(tmp_path):
    """Killed after any time, a writer leaves one of the two stores whole, never something between."""
    folder = tmp_path / "store"
    build(folder, 1)
    nquads = write_file(tmp_path / "new.nq", 40)
    random_times = random.Random(7)
    for _ in range(6):
        process = start_writer(folder, nquads, "none")
        assert process.stdout.readline() == b"started\n"
        time.sleep(random_times.uniform(0, 0.25))
        process.kill()
        process.wait(10)
        process.stdout.close()
        store = open_store(folder)
        assert measure_content(store).digest == read_manifest(folder).version
        store.close()
    assert build(folder, 2).graphs == 4
    assert count_documents(folder) == 2
