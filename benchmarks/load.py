"""Put a server under load: 32 clients at once, on this machine alone.

    python benchmarks/load.py                                   # 100,000 quads, 15 seconds: what `make bench` runs
    python benchmarks/load.py --quads 1000000 --seconds 60      # the figures of docs/serve.md
    python benchmarks/load.py --store build/demo                # of a store that is there

Prints what each kind of request got and how long it took, and what memory the server took at the start and at the end;
ends with 1 if anything but an answer or 503 came, or if memory grew by more than a tenth after the first half.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

import httpx
import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent))
from query import make_quads

from kg.rdf import StoreWriter, make_prefixes

PLR = "PREFIX plr: <https://w3id.org/platform-regulation#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
# What people ask: a name, an edge, a count over all, the pages of the API; and what should not be asked.
REQUESTS = {
    "label": f"{PLR} SELECT ?name {{ <{make_prefixes()['agent']}platform-1> rdfs:label ?name }}",
    "edges": f"{PLR} SELECT ?who ?whom {{ ?a plr:fined ?b . ?a rdfs:label ?who . ?b rdfs:label ?whom }} LIMIT 100",
    "group": f"{PLR} SELECT ?whom (COUNT(*) AS ?n) {{ ?a a plr:Fine ; plr:target ?whom }} GROUP BY ?whom",
    "graph": f"{PLR} CONSTRUCT {{ ?a plr:fined ?b }} {{ ?a plr:fined ?b }} LIMIT 500",
    "long": "SELECT * { ?s ?p ?o } LIMIT 20000",
    "endless": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "api": "/api/actions?type=fine&limit=50",
    "agent": "/api/agents/platform-2",
}
WEIGHTS = {"label": 30, "edges": 20, "group": 10, "graph": 10, "long": 4, "endless": 0.2, "api": 10, "agent": 15}


class Tally:
    """What came of the requests of each kind."""

    def __init__(self) -> None:
        self.statuses: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.times: defaultdict[str, list[float]] = defaultdict(list)

    def add(self, kind: str, status: str, seconds: float) -> None:
        """Count one."""
        self.statuses[kind][status] += 1
        if status == "200":
            self.times[kind].append(seconds)

    def tell(self) -> None:
        """Print a line a kind: how many were answered, how many turned away, and how long the answers took."""
        print(
            f"{'kind':10}{'answered':>10}{'503':>8}{'other':>8}"
            f"{'median ms':>12}{'95 % ms':>10}{'99 % ms':>10}{'worst ms':>10}"
        )
        for kind in REQUESTS:
            counts, times = self.statuses[kind], sorted(self.times[kind])
            other = counts.total() - counts["200"] - counts["503"]
            shown = "".join(
                f"{1000 * find_quantile(times, share):>{width}.0f}" if times else f"{'-':>{width}}"
                for share, width in ((0.5, 12), (0.95, 10), (0.99, 10), (1, 10))
            )
            print(f"{kind:10}{counts['200']:>10}{counts['503']:>8}{other:>8}{shown}")

    @property
    def failures(self) -> list[str]:
        """What came that should not have."""
        return sorted(
            {
                f"{kind}: {status}"
                for kind, counts in self.statuses.items()
                for status in counts
                if status not in ("200", "503")
            }
        )


def find_quantile(times: list[float], share: float) -> float:
    """Find the time that this share of the requests did not exceed."""
    return times[min(len(times) - 1, int(share * len(times)))]


async def act_as_client(number: int, address: str, until: float, tally: Tally) -> None:
    """Ask one thing after the other, and wait a little where the server says so."""
    chance = random.Random(number)
    async with httpx.AsyncClient(base_url=address, timeout=60, trust_env=False) as client:
        while time.monotonic() < until:
            (kind,) = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))
            asked, start = REQUESTS[kind], time.perf_counter()
            try:
                if asked.startswith("/"):
                    answer = await client.get(asked)
                else:
                    answer = await client.post("/sparql", data={"query": asked})
                status, body = str(answer.status_code), answer.content
                if status == "200" and not body:
                    status = "empty"
            except httpx.HTTPError as error:
                status = type(error).__name__
            tally.add(kind, status, time.perf_counter() - start)
            if status == "503" and kind != "endless":
                await asyncio.sleep(0.2)


async def run_load(address: str, clients: int, seconds: float, server: psutil.Process) -> tuple[Tally, list[int]]:
    """Let clients ask for so long; measure the server's memory each second."""
    tally, memory = Tally(), []
    until = time.monotonic() + seconds
    work = [asyncio.create_task(act_as_client(number, address, until, tally)) for number in range(clients)]
    while time.monotonic() < until:
        memory.append(measure_memory(server))
        await asyncio.sleep(1)
    await asyncio.gather(*work)
    return tally, memory


def measure_memory(server: psutil.Process) -> int:
    """Sum what the server and its workers hold for themselves; files that they share are not counted."""
    total = 0
    for process in [server, *server.children(recursive=True)]:
        try:
            total += process.memory_full_info().uss
        except psutil.Error:
            continue
    return total


def write_store(folder: Path, quads: int) -> Path:
    """Write a store of about that many quads, made up by the benchmark of queries."""
    with StoreWriter(folder) as writer:
        writer.load(make_quads(quads))
        print(f"{writer.publish().quads:,} quads")
    return folder


def main() -> int:
    """Serve, load, tell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quads", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--store", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        store = options.store or write_store(Path(work) / "store", options.quads)
        command = [sys.executable, "-m", "kg", "serve", str(store), "--port", "0", "--timeout", "5", "--queue", "24"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            match = re.search(r"http://\S+", process.stdout.readline())
            assert match, "the server did not start"
            run = run_load(match[0], options.clients, options.seconds, psutil.Process(process.pid))
            tally, memory = asyncio.run(run)
        finally:
            process.terminate()
            process.wait(20)
    tally.tell()
    half = len(memory) // 2
    early, late = statistics.median(memory[half // 2 : half]), statistics.median(memory[half:])
    answered = sum(counts["200"] for counts in tally.statuses.values())
    rate, load = answered / options.seconds, os.getloadavg()[0]
    print(f"{rate:.0f} answers a second to {options.clients} clients; load of the machine {load:.0f}")
    shown = [f"{size / 1e6:.0f} MB" for size in (early, late, max(memory))]
    print(f"memory: {shown[0]} in the second quarter, {shown[1]} in the second half, {shown[2]} at most")
    if tally.failures:
        print("failed:", ", ".join(tally.failures))
    return 1 if tally.failures or late > 1.1 * early else 0


if __name__ == "__main__":
    raise SystemExit(main())
