"""Bounds that a worker process sets itself, and can't lift again: its memory, the server's life, no network.

They hold beneath what is checked before: a query that got SERVICE past the check would still reach nobody.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import select
import struct
import sys
import threading
from multiprocessing.connection import Connection

# Numbers of the system calls socket, socketpair and connect, by machine; from Linux's own tables.
_CALLS = {"x86_64": (0xC000003E, (41, 53, 42)), "aarch64": (0xC00000B7, (198, 199, 203))}
_SET_NO_NEW_PRIVILEGES, _SET_SECCOMP = 38, 22
_FILTER = 2
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 1  # EPERM
_WHERE_CALL, _WHERE_MACHINE = 0, 4


def limit_memory(size: int) -> None:
    """Let the process take so many bytes; where it wants more it ends."""
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))
    # A core of that size would be of no use to anybody.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def end_with_server(connection: Connection) -> None:
    """End the process when the server's end of the connection closes, whatever it does then.

    A worker that waits for a job would see it itself. One in the midst of a query would not; but Oxigraph lets other
    threads run meanwhile.
    """
    watch = select.poll()
    watch.register(connection.fileno(), 0)  # asks for nothing, and so is told only that the other side hung up
    threading.Thread(target=_follow_server, args=(watch,), daemon=True).start()


def _follow_server(watch: select.poll) -> None:
    watch.poll()
    os._exit(1)


def forbid_network() -> bool:
    """Forbid the process to open sockets, and its children too; False where the system can't."""
    known = _CALLS.get(platform.machine())
    if known is None or sys.platform != "linux":
        return False
    machine, calls = known
    count = len(calls)
    steps = [
        # Another machine's calls, such as those of 32 bits, are numbered otherwise: all are denied, by the last step.
        _step(_LOAD, 0, 0, _WHERE_MACHINE),
        _step(_JUMP_IF_EQUAL, 0, count + 2, machine),
        _step(_LOAD, 0, 0, _WHERE_CALL),
        *(_step(_JUMP_IF_EQUAL, count - number, 0, call) for number, call in enumerate(calls)),
        _step(_RETURN, 0, 0, _ALLOW),
        _step(_RETURN, 0, 0, _DENY),
    ]
    program = ctypes.create_string_buffer(b"".join(steps))
    described = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), ctypes.addressof(program)))
    return _control(_SET_NO_NEW_PRIVILEGES, 1) and _control(_SET_SECCOMP, _FILTER, ctypes.addressof(described))


def _step(code: int, if_true: int, if_false: int, value: int) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)


def _control(option: int, first: int, second: int = 0) -> bool:
    try:
        prctl = ctypes.CDLL(None, use_errno=True).prctl
    except (OSError, AttributeError):
        return False
    arguments = (ctypes.c_ulong(value) for value in (first, second, 0, 0))
    return bool(prctl(option, *arguments) == 0)
