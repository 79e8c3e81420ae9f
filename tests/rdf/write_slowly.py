"""A process that the tests kill: it writes a store and says on standard output how far it is.

Arguments: the store's folder, an N-Quads file, and the step before which it waits to be killed.
"""

import os
import sys
import time
from pathlib import Path

import kg.rdf.writer as writing

folder, nquads, wanted = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]


def wait_at(step):
    """Wait for the end if this is the step to die before."""
    if step == wanted:
        print("ready", flush=True)
        time.sleep(60)


real_replace, real_rmtree = os.replace, writing.shutil.rmtree


def replace(source, target):
    """Name the step by what is replaced."""
    wait_at(f"replace-{Path(target).name[:7]}" if Path(target).parent.name != "versions" else "replace-version")
    real_replace(source, target)


def rmtree(path, **more):
    """Stop before a deletion, and in the midst of one."""
    wait_at("delete")
    if wanted == "half-deleted":
        (Path(path) / "manifest.json").unlink(missing_ok=True)
    wait_at("half-deleted")
    real_rmtree(path, **more)


os.replace, writing.shutil.rmtree = replace, rmtree
if wanted == "none":
    print("started", flush=True)
with writing.StoreWriter(folder) as writer:
    wait_at("load")
    writer.load(nquads)
    wait_at("publish")
    writer.publish()
wait_at("end")
