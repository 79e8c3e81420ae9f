"""Work through batches on a Spark cluster, with the same results in the same order as in processes of one machine.

Spark brings the batches to its workers and runs a task again that was lost with its machine; what came of the attempt
that was lost is never seen, so nothing is doubled. What an item can do to its worker is not left to Spark, which would
run it four times and then give up the build: each worker has a process of its own do the work, as in
`kg.pipeline.processes`, so that an item that kills this process is found and named.

Batches go out in waves, two at a time, and results come back wave by wave: the memory of the driver is bounded by two
waves, however many documents there are, and workers need no folder in common with the driver or with one another.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import threading
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from kg.errors import KgError
from kg.pipeline.processes import Failure, Item, ProcessPool, Result, Work, hold_interrupts

if TYPE_CHECKING:
    from py4j.java_gateway import JavaGateway
    from pyspark import SparkConf, SparkContext

_BATCHES_PER_TASK = 4  # about a second of work: little is lost with a worker, and Spark's own part is small beside it
_TASKS_PER_CORE = 8  # of a wave; while the last ones run, the cores that are done begin the next wave
_WAVES_IN_FLIGHT = 2
_ATTEMPTS = 4  # Spark's default on a cluster; on one machine it has none but the first unless told
_SETTINGS = (("spark.ui.enabled", "false"), ("spark.ui.showConsoleProgress", "false"), ("spark.log.level", "OFF"))
# Nothing of what runs on this machine alone can be reached from another.
_LOCAL_SETTINGS = (("spark.driver.host", "127.0.0.1"), ("spark.driver.bindAddress", "127.0.0.1"))

_pool: ProcessPool[Any, Any] | None = None


def map_batches_on_spark(
    load: Callable[[], Work[Item, Result]], batches: Iterable[Sequence[Item]], master: str
) -> Generator[Result | Failure, None, None]:
    """Give each item's result, in the order of the items; see `kg.pipeline.processes.map_batches`.

    Parameters
    ----------
    load
        Makes the function that turns a batch into as many results; called once in each worker, where it must be
        importable: kg, its models and its knowledge base must be installed there.
    batches
        Drawn lazily, two waves ahead of what has been given.
    master
        Spark's master, such as ``local[2]`` or ``spark://host:7077``; a context that is already there is used as it is.

    Raises
    ------
    KgError
        If Spark is not installed or does not start, if ``load`` fails, or if a task fails each time it is tried.
    """
    with _open_context(master) as context, ThreadPoolExecutor(_WAVES_IN_FLIGHT) as threads:
        source = iter(batches)
        waiting: deque[Future[list[_Told]]] = deque()
        try:
            while True:
                while len(waiting) < _WAVES_IN_FLIGHT:
                    tasks = _draw_wave(source, _TASKS_PER_CORE * context.defaultParallelism)
                    if not tasks:
                        break
                    waiting.append(threads.submit(_run_wave, context, load, tasks))
                if not waiting:
                    return
                for told in waiting.popleft().result():
                    if isinstance(told, str):
                        raise KgError(told)
                    yield from told
        finally:
            for wave in waiting:
                wave.cancel()
            if waiting:
                context.cancelAllJobs()


_Told = list[Any] | str
"""What came of a task: the results, or the one line of an error that stops the build."""


def _draw_wave(source: Iterator[Sequence[Item]], tasks: int) -> list[list[Sequence[Item]]]:
    drawn = (list(islice(source, _BATCHES_PER_TASK)) for _ in range(tasks))
    return [task for task in drawn if task]


def _run_wave(context: SparkContext, load: Callable[[], Work[Any, Any]], tasks: list[Any]) -> list[_Told]:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    def work(partition: Iterable[list[Sequence[Any]]]) -> Iterator[_Told]:
        # By name, for this function goes to the workers as it is.
        from kg.pipeline.spark import work_on_task

        return (work_on_task(load, task) for task in partition)

    try:
        return context.parallelize(tasks, len(tasks)).mapPartitions(work).collect()
    except (Py4JError, PySparkException) as error:
        raise KgError(f"Spark gave up: {_find_cause(str(error))}") from error


def work_on_task(load: Callable[[], Work[Any, Any]], batches: list[Sequence[Any]]) -> _Told:
    """Work on a task's batches, in a worker of Spark; its process for that stays for the next task."""
    global _pool
    if _pool is None:
        _pool = ProcessPool(load, 1)
    try:
        return list(_pool.map(batches))
    except KgError as error:
        # To try again would not help: it is told, rather than raised, so that Spark does not.
        return str(error)


def _find_cause(message: str) -> str:
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    told = [line for line in lines if "Exception: " in line or "Job aborted" in line] or lines or ["no reason is given"]
    return told[0][:300]


@contextmanager
def _open_context(master: str) -> Iterator[SparkContext]:
    try:
        from pyspark import SparkConf, SparkContext
    except ImportError:
        raise KgError("Spark is not installed: want pip install 'platform-regulation-kg[spark]'") from None
    running = SparkContext._active_spark_context
    if running is not None:
        yield running
        return
    _check_java()
    conf = SparkConf().setMaster(_allow_attempts(master)).setAppName("kg build")
    is_local = master.startswith("local")
    for name, value in _SETTINGS + (_LOCAL_SETTINGS if is_local else ()):
        conf.setIfMissing(name, value)
    with _kept_interrupt(), tempfile.TemporaryFile() as said:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", FutureWarning)  # on the version of pandas, which is not used here
                # What Spark says as it starts is of use only where it does not.
                context = SparkContext(conf=conf, gateway=SparkContext._gateway or launch_quietly(conf, said))
        except Exception as error:  # Py4J's and Spark's own errors have no class in common.
            said.seek(0)
            told = said.read(100_000).decode("utf-8", "replace") if "GATEWAY_EXITED" in str(error) else str(error)
            raise KgError(f"Spark does not start at {master!r}: {_find_cause(told)}") from error
        if is_local and "PYSPARK_PYTHON" not in os.environ:
            context.pythonExec = sys.executable  # else whatever python3 is first on the path
        try:
            yield context
        finally:
            context.stop()


def launch_quietly(conf: SparkConf, said: IO[bytes]) -> JavaGateway | None:
    """Start Spark's Java, with what it says going to a file; None leaves it to Spark, where Java runs already."""
    from pyspark.java_gateway import launch_gateway

    if "PYSPARK_GATEWAY_PORT" in os.environ:
        return None
    launch: Callable[..., JavaGateway] = launch_gateway
    # Java that is left alone before it has told where it can be reached would wait forever.
    with hold_interrupts():
        return launch(conf, {"stdout": said, "stderr": said})


def _check_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if not shutil.which(os.path.join(home, "bin", "java") if home else "java"):
        where = f"JAVA_HOME, {home}, has none" if home else "there is none on the path"
        raise KgError(f"Spark wants Java 17 or later: {where}")


@contextmanager
def _kept_interrupt() -> Iterator[None]:
    # Spark answers Ctrl-C in its own way, and leaves it so when it is stopped.
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)


def _allow_attempts(master: str) -> str:
    """Let a lost task of a local master be run again, as on a cluster: ``local[2]`` becomes ``local[2,4]``."""
    if master == "local":
        return f"local[1,{_ATTEMPTS}]"
    if master.startswith("local[") and master.endswith("]") and "," not in master:
        return f"{master[:-1]},{_ATTEMPTS}]"
    return master
