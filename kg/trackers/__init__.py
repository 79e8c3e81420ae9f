"""Tables of trackers become documents and claims whose evidence is the row: `read_tracker`, by a mapping in YAML."""

from kg.trackers.load import find_mapping, list_shipped, load_mapping, load_shipped_mappings
from kg.trackers.mapping import TrackerMapping
from kg.trackers.read import TrackerRow, choose_mapping, list_missing_columns, read_tracker

__all__ = [
    "TrackerMapping",
    "TrackerRow",
    "choose_mapping",
    "find_mapping",
    "list_missing_columns",
    "list_shipped",
    "load_mapping",
    "load_shipped_mappings",
    "read_tracker",
]
