"""A process whose children write a store until they are killed.

Arguments: a file of pickled documents with their readings, and the store. For each line on standard input, the number
of a state, a child begins there and goes round: it puts a document in, changes another, takes the first out, changes
the other back. Before and after each step it tells on standard output what it is about, as JSON.
"""

import json
import os
import pickle
import sys
from pathlib import Path

from kg.pipeline import build, remove

# No store may be open in this process when a child begins: Oxigraph's threads would be lost to the child.
told, store = pickle.loads(Path(sys.argv[1]).read_bytes()), Path(sys.argv[2])

STATES = ({"de-1": 1}, {"de-1": 1, "us-1": 1}, {"de-1": 2, "us-1": 1}, {"de-1": 2})


def say(what, number):
    """Write a line at once: the next moment may be the last."""
    os.write(1, (json.dumps([what, number]) + "\n").encode())


def write_round(number):
    """Go from one state to the next, for ever."""
    while True:
        before, number = STATES[number], (number + 1) % len(STATES)
        after = STATES[number]
        say("begins", number)
        if gone := [id for id in before if id not in after]:
            remove(gone, store, erase=number == 3)
        else:
            build((), store, ready=[told[one] for one in after.items() if one not in before.items()])
        say("done", number)


for line in sys.stdin:
    child = os.fork()
    if child == 0:
        write_round(int(line))
    say("child", child)
    os.waitpid(child, 0)
    say("dead", child)
