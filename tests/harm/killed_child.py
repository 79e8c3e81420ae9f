"""A process whose children make one change of a store each, and are killed at it.

Argument: the store. Each line on standard input is JSON: the step, and after how many events of the file system below
the store the child is to kill itself (null: others may kill it); an empty line then asks how it ended. It tells on
standard output when it begins and, if it lives to the end, how many such events there were.
"""

import json
import os
import signal
import sys
from pathlib import Path

from tests.harm.world import make_told, take_step, use_small_knowledge

store = Path(sys.argv[1])
use_small_knowledge(store.parent)
told = make_told()
EVENTS = {"open", "mkdir", "mkdtemp", "mkstemp", "rename", "remove", "rmdir", "rmtree", "copyfile", "flock", "connect"}


def say(what):
    """Write a line at once: the next moment may be the last."""
    os.write(1, (json.dumps(what) + "\n").encode())


def count_events(last):
    """Watch the file system below the store, and die before the event of that number."""
    seen = [0]

    def watch(event, arguments):
        if event.rpartition(".")[2] in EVENTS and (event.startswith("fcntl") or str(store) in str(arguments)):
            seen[0] += 1
            if seen[0] == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    return seen


# No store may be open in this process when a child begins: Oxigraph's threads would be lost to the child.
say("ready")
for line in sys.stdin:
    step, last = json.loads(line)
    child = os.fork()
    if child == 0:
        seen = count_events(last)
        say(["begins", os.getpid()])
        take_step(step, store, told)
        say(["done", seen[0]])
        os._exit(0)
    sys.stdin.readline()  # Until then the child's number is nobody else's, and it may be killed by it.
    _, status = os.waitpid(child, 0)
    say(["ended", os.waitstatus_to_exitcode(status)])
