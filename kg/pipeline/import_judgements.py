"""What reviewers decided on the stores that are imported: told of, or taken over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from kg.errors import StoreError
from kg.judge import FILE_NAME as JUDGEMENTS
from kg.judge import append_judgements, load_judgements
from kg.kb import load_knowledge_base
from kg.model import Judgement


def list_new_judgements(
    inputs: Sequence[str], store_url: str | Path, say: Callable[[str], None], *, taken: bool
) -> list[Judgement]:
    """List the judgements of stores among the inputs that the target lacks; without ``taken`` they are but told of."""
    kb, own = load_knowledge_base(), Path(str(store_url)) / JUDGEMENTS
    known = {entry.judgement.id for entry in load_judgements(own, kb)} if own.is_file() else set()
    new: dict[str, Judgement] = {}
    for path in inputs:
        file = Path(path) / JUDGEMENTS
        if "://" not in path and file.is_file():
            found = {entry.judgement.id: entry.judgement for entry in load_judgements(file, kb)}
            found = {id: one for id, one in found.items() if id not in known}
            if found and not taken:
                say(f"{file}: {len(found):,} judgements are not taken over (--with-judgements does that)")
            new |= found
    return list(new.values()) if taken else []


def join_judgements(file: Path | None, new: Sequence[Judgement], work: Path) -> Path:
    """Write a file of the judgements of a store and of new ones after them, into a folder for temporary files.

    Raises
    ------
    StoreError
        If the store is an endpoint, which has no file of judgements.
    """
    if file is None:
        raise StoreError("an endpoint keeps no judgements: want the folder of a store, or no --with-judgements")
    together = work / JUDGEMENTS
    together.write_bytes(file.read_bytes() if file.is_file() else b"")
    append_judgements(together, new)
    return together
