"""A process that makes one change of a store, or says in one line why it could not.

Arguments: a folder with a small knowledge base, the step, and the store; KG_TEST_COPIES in the environment adds so many
copies of a document to what the step puts in.
"""

import os
import sys
from pathlib import Path

import kg.kb.knowledge
from kg.errors import KgError, describe_os_error
from kg.pipeline import build
from tests.harm.world import make_told, rename_documents, take_step

kb, step, store = sys.argv[1:]
kg.kb.knowledge.find_data = lambda: Path(kb)
told, copies = make_told(), int(os.environ.get("KG_TEST_COPIES", "0"))
try:
    if copies:
        build((), store, ready=rename_documents(told, (f"copy-{number}" for number in range(copies))))
    else:
        take_step(step, Path(store), told)
except KgError as error:
    sys.exit(f"kg: {error}")
except OSError as error:  # As the command line tells it.
    sys.exit(f"kg: {describe_os_error(error)}")
