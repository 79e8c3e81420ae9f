"""Two states of a small graph, through the real encoders."""

from __future__ import annotations

from pathlib import Path

from kg.rdf import StoreWriter, dump_store, open_store
from tests.query.story import Story, encode_story, make_story

FINE = "The Data Protection Commission fined WhatsApp."


def tell_later() -> Story:
    """Tell the story as it is later: Russia's ban is gone, WhatsApp is fined, and Germany's fine is told otherwise."""
    story = make_story()
    changed = next(number for number, (document, _) in enumerate(story.readings) if document.id == "fine-2")
    kept = [one for one in story.readings if one[0].id not in ("ban", "fine-1")]
    story.readings = []
    text = kept[changed - 1][0].text
    story.tell("fine-2", text, "germany", "fine", "telegram", "fined", money="5200000 EUR", date="2022-10-17")
    fine_again = story.readings
    story.readings = [one for one in kept if one[0].id != "fine-2"] + fine_again
    story.tell("whatsapp", FINE, "ie-dpc", "fine", "whatsapp", "fined", money="225000000 EUR", date="2024-12-20")
    return story


def write_state(story: Story, folder: Path) -> Path:
    """Write a store."""
    with StoreWriter(folder) as writer:
        writer.load(encode_story(story))
        writer.publish()
    return folder


def export_state(store: Path, form: str, path: Path) -> Path:
    """Export a store into a file."""
    opened = open_store(store)
    with path.open("wb") as stream:
        dump_store(opened, form, stream)
    opened.close()
    return path
