"""Reading on Spark, by real workers that really die, gives what reading on one machine gives."""

from __future__ import annotations

import importlib.util
import io
import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from kg.cli import run
from kg.errors import KgError
from kg.pipeline import build, read
from kg.pipeline.processes import Failure
from kg.pipeline.spark import map_batches_on_spark
from kg.rdf import dump_store, open_store
from tests.conftest import TREE
from tests.pipeline import spark_loads
from tests.pipeline.conftest import TEXTS, Told

MASTER = "local[2]"


@pytest.fixture(scope="module")
def spark() -> Iterator[str]:
    """Let the workers of Spark import the tests; skip where Spark or its Java is missing."""
    if not importlib.util.find_spec("pyspark"):
        pytest.skip("pyspark is not installed (pip install 'platform-regulation-kg[spark]')")
    if not shutil.which(os.path.join(home, "bin", "java") if (home := os.environ.get("JAVA_HOME")) else "java"):
        pytest.skip("there is no Java for Spark (apt-get install openjdk-17-jre-headless)")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(TREE), prepend=os.pathsep)
        yield MASTER
    end_java()


def end_java() -> None:
    """End the Java that Spark keeps for its next context: other tests look at the children of this process."""
    from pyspark import SparkContext

    gateway = SparkContext._gateway
    if gateway is not None:
        SparkContext._gateway = SparkContext._jvm = None
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait(60)


def dump(folder: Path) -> bytes:
    """Export a store as N-Quads."""
    store, out = open_store(folder), io.BytesIO()
    dump_store(store, "nquads", out)
    store.close()
    return out.getvalue()


def test_spark_loses_and_doubles_nothing(spark: str, tmp_path: Path) -> None:
    """Results come in order, each once, though a worker is lost on the way; whoever raises or kills fails alone."""
    numbers = [*range(20, 70), 13, *range(70, 99), 99, *range(100, 140)]
    batches = [numbers[start : start + 3] for start in range(0, len(numbers), 3)]
    lost = tmp_path / "lost"
    results = list(map_batches_on_spark(partial(spark_loads.load_doubler, lost), batches, spark))
    assert lost.exists()
    assert results == [
        Failure("ValueError: 13 is unlucky")
        if number == 13
        else Failure("the process that read it was killed (out of memory?)")
        if number == 99
        else 2 * number
        for number in numbers
    ]


def test_spark_builds_the_same_graph(
    spark: str, told: dict[tuple[str, int], Told], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lost worker costs nothing, a document that kills is named: the others' graph is the local one, to the byte."""
    sources, lost = tmp_path / "texts", tmp_path / "lost"
    sources.mkdir()
    for name, text in [*TEXTS.items(), ("bomb", "Germany fined Telegram.")]:
        (sources / f"{name}.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(read, "_load_reader", partial(spark_loads.load_fragile_reader, lost))
    monkeypatch.setattr(read, "_BATCH_DOCUMENTS", 2)  # so that there is more than one task
    summary = build([str(sources)], tmp_path / "spark", master=spark)
    assert lost.exists()
    assert [refusal.reason for refusal in summary.refused] == [
        "'bomb' could not be read: the process that read it was killed (out of memory?)"
    ]
    assert summary.documents == len(TEXTS)
    build((), tmp_path / "local", ready=[told[name, 1] for name in TEXTS])
    assert dump(tmp_path / "spark") == dump(tmp_path / "local")


def test_spark_tells_why_it_stops(spark: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """What stops all workers, or one each time, stops the build with one line; so does a master that is none."""
    with pytest.raises(KgError, match="^no pipeline named 'xx': install it$"):
        list(map_batches_on_spark(spark_loads.load_nothing, [[1]], spark))
    with pytest.raises(KgError, match="^Spark gave up: .*failed 4 times"):
        list(map_batches_on_spark(spark_loads.load_loser, [[1]], spark))
    with pytest.raises(KgError, match="^Spark does not start at 'lokal': .*'lokal'"):
        list(map_batches_on_spark(spark_loads.load_nothing, [[1]], "lokal"))
    (tmp_path / "one.txt").write_text(TEXTS["de-1"])
    assert run(["build", str(tmp_path / "one.txt"), "-o", str(tmp_path / "store"), "--master", spark]) == 2
    assert "--master local[2] is for --engine spark" in capsys.readouterr().err
