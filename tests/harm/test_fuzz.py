"""Whatever comes in, kg refuses it in its own words: no crash, no hang, no file or address beside its own."""

from __future__ import annotations

import faulthandler
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import kg.kb.knowledge
from kg.errors import KgError
from tests.harm.guard import bounded_memory, guarded
from tests.harm.mutate import mutate
from tests.harm.targets import Target, list_targets
from tests.harm.world import use_small_knowledge

TARGETS = list_targets()


@pytest.fixture(scope="module", autouse=True)
def _small_knowledge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let these tests read a knowledge base of few agents: what reads a table makes an index of it each time."""
    before = kg.kb.knowledge.find_data  # type: ignore[attr-defined]
    use_small_knowledge(tmp_path_factory.mktemp("knowledge"))
    yield
    kg.kb.knowledge.find_data = before  # type: ignore[attr-defined]


def try_all(target: Target, folder: Path, cases: int) -> None:
    """Try so many mutations of a target's seeds."""
    with suppress(KgError):
        target.act(target.seeds[0], folder)  # What is imported on the way is so before it is watched.
    for number, data in enumerate(mutate(target.seeds, cases, name=target.name)):
        try:
            with guarded(folder):
                target.act(data, folder)
        except KgError as error:
            assert str(error), f"case {number}: an error that says nothing"
        except BaseException as error:
            kept = folder.with_name(f"{target.name.replace('/', '-')}-{number}")
            kept.write_bytes(data)
            raise AssertionError(
                f"{target.name}, case {number}, kept at {kept}: {type(error).__name__}: {error}"
            ) from error
        for path in folder.iterdir():
            (shutil.rmtree if path.is_dir() else Path.unlink)(path)


@pytest.mark.parametrize("target", TARGETS, ids=[target.name for target in TARGETS])
@pytest.mark.parametrize("cases", [pytest.param(60, id="few"), pytest.param(10_000, marks=pytest.mark.slow, id="many")])
def test_fuzzed_input_is_read_or_refused(
    target: Target, cases: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutations of good inputs are read or refused, each within 10 s, in bounded memory, without a look elsewhere."""
    folder = tmp_path / "input"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("KG_TRACEBACK", "")
    faulthandler.enable()
    with bounded_memory(700):
        try_all(target, folder, cases)
