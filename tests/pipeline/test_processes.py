"""Work in several processes, with real processes that really die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator, Sequence

import psutil
import pytest

from kg.errors import KgError
from kg.pipeline.processes import Failure, map_batches


def load_doubler():
    """Make a worker that doubles numbers, raises on 13 and is killed by 99."""

    def work(batch: Sequence[int]) -> list[int]:
        for number in batch:
            if number == 13:
                raise ValueError("13 is unlucky\nand this is a second line")
            if number == 99:
                os.kill(os.getpid(), signal.SIGKILL)
        return [2 * number for number in batch]

    return work


def load_nothing():
    """Fail to load, as a missing pipeline does."""
    raise KgError("no pipeline named 'xx': install it")


def make_batches(numbers: Sequence[int], size: int = 3) -> list[Sequence[int]]:
    """Cut the numbers into batches."""
    return [numbers[start : start + size] for start in range(0, len(numbers), size)]


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_processes_keep_the_order(processes: int) -> None:
    """The results come in the order of the items with any number of processes."""
    numbers = list(range(14, 60))
    assert list(map_batches(load_doubler, make_batches(numbers), processes)) == [2 * number for number in numbers]


@pytest.mark.parametrize("processes", [1, 2])
def test_processes_name_the_item_that_raises(processes: int) -> None:
    """An item that raises fails alone, in one line; its neighbours in the batch are worked on."""
    results = list(map_batches(load_doubler, make_batches([11, 12, 13, 14, 15]), processes))
    assert results == [22, 24, Failure("ValueError: 13 is unlucky"), 28, 30]


def test_processes_name_the_item_that_kills() -> None:
    """Two items that kill their process fail alone; the batches in flight beside them lose nothing."""
    numbers = [*range(20, 30), 99, *range(30, 40), 99, 41]
    results = list(map_batches(load_doubler, make_batches(numbers), 2))
    assert [number for number, result in zip(numbers, results, strict=True) if isinstance(result, Failure)] == [99, 99]
    assert [result for result in results if isinstance(result, int)] == [2 * n for n in numbers if n != 99]


@pytest.mark.parametrize("processes", [1, 2])
def test_processes_pass_on_a_failure_to_load(processes: int) -> None:
    """What stops the worker from loading is the caller's error, not a failure of each item."""
    with pytest.raises(KgError, match="no pipeline named 'xx'"):
        list(map_batches(load_nothing, make_batches([1, 2, 3]), processes))


def test_processes_draw_few_batches_ahead() -> None:
    """No more than two batches a process are drawn before the first result is asked for."""
    drawn = []

    def draw() -> Iterator[list[int]]:
        for number in range(100):
            drawn.append(number)
            yield [number]

    results = map_batches(load_doubler, draw(), 2)
    assert next(results) == 0
    assert len(drawn) <= 5
    results.close()


def test_processes_end_with_the_iteration() -> None:
    """No worker is left when the caller stops in the middle."""
    results = map_batches(load_doubler, make_batches(list(range(20, 90))), 2)
    next(results)
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    results.close()
    left = [child for child in psutil.Process().children(recursive=True) if child.pid in before]
    names = [" ".join(child.cmdline()) for child in left if child.status() != psutil.STATUS_ZOMBIE]
    assert not [name for name in names if "spawn_main" in name]


def test_processes_end_with_a_killed_caller(tmp_path) -> None:
    """Workers do not outlive a caller that is killed without a chance to tell them."""
    script = tmp_path / "caller.py"
    script.write_text(
        textwrap.dedent(
            """
            import os, sys, time
            from kg.pipeline.processes import map_batches

            def load():
                def work(batch):
                    # One write: print makes two where PYTHONUNBUFFERED is set, and the workers' lines mingle.
                    os.write(1, f"{os.getpid()}\\n".encode())
                    time.sleep(60)
                    return batch
                return work

            if __name__ == "__main__":
                list(map_batches(load, [[1], [2]], 2))
            """
        )
    )
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as caller:
        assert caller.stdout is not None
        workers = [int(caller.stdout.readline()) for _ in range(2)]
        caller.kill()
        caller.wait()
        deadline = time.monotonic() + 10
        while any(psutil.pid_exists(pid) for pid in workers) and time.monotonic() < deadline:
            time.sleep(0.05)
        left = [pid for pid in workers if psutil.pid_exists(pid)]
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        assert not left
