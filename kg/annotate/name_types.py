"""What a name is called after: the type of agent by the recogniser's label or by a word of the name."""

from __future__ import annotations

from functools import lru_cache

from kg.kb import read_table
from kg.resources import find_data

TYPE_OF_LABEL = {
    "PERSON": "Person",
    "ORG": "Company",
    "GPE": "Place",
    "LOC": "Place",
    "PRODUCT": "Platform",
    "NORP": "Group",
}


@lru_cache(maxsize=1)
def load_name_types() -> dict[str, str]:
    """Load the words that tell what a name with them is ("court": a Court)."""
    file = find_data() / "kb" / "lexicon" / "name_types.csv"
    return {row["word"]: row["type"] for row in read_table(file, ("word", "type"))}
