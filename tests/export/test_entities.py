"""Entities of FollowTheMoney become claims whose proof is the record."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.export.followthemoney import write_followthemoney
from kg.kb import KnowledgeBase, load_knowledge_base
from kg.model import Money, Refusal
from kg.pipeline import import_graphs
from kg.rdf import decode_actions, encode_document, open_store
from kg.trackers.followthemoney import EntityRow, load_entity_mapping, read_entities


def write(folder: Path, *entities: Any) -> str:
    """Write a file of entities; a text is a line as it is."""
    lines = [one if isinstance(one, str) else json.dumps(one) for one in entities]
    path = folder / "x.ftm.json"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", errors="surrogatepass")
    return str(path)


def make(id: str, schema: str, *datasets: str, **properties: str | list[str]) -> dict[str, Any]:
    """Make an entity."""
    listed = {name: [value] if isinstance(value, str) else value for name, value in properties.items()}
    return {"id": id, "schema": schema, "datasets": list(datasets) or ["list"], "properties": listed}


SANCTION = make(
    "s1",
    "Sanction",
    entity="t1",
    authority="Office of Foreign Assets Control",
    country="us",
    startDate="2021-11-03",
    program="Network Enforcement Act",
    reason="spyware; hacking",
    provisions="Asset freeze",
    sourceUrl="https://list.example/1",
)
COMPANY = make("t1", "Company", name=["Mallory Spyware Ltd", "Mallory"])


@cache
def load_kb() -> KnowledgeBase:
    """Load the knowledge base once."""
    return load_knowledge_base()


def read(path: str) -> tuple[list[EntityRow], list[Refusal]]:
    """Read a file, and sort what comes out."""
    found = list(read_entities(path, load_kb()))
    return [one for one in found if isinstance(one, EntityRow)], [one for one in found if isinstance(one, Refusal)]


def test_entities_of_a_sanction_make_a_claim(tmp_path: Path) -> None:
    """The record is the document; who, whom, when and by which law are read from it, and each span stands there."""
    (one,), refused = read(write(tmp_path, SANCTION, COMPANY))
    (claim,) = one.reading.claims
    assert refused == []
    assert (claim.actor.name, claim.action, claim.target.name, claim.status) == (
        *("Office of Foreign Assets Control", "restrict", "Mallory Spyware", "actual"),
    )
    assert (claim.target.type, claim.target.country, claim.date and claim.date.iso) == ("Company", None, "2021-11-03")
    assert (claim.laws, claim.charges) == (("netzdg",), ())
    document = one.document
    assert (document.id, document.url, document.publisher) == ("followthemoney:s1", "https://list.example/1", "list")
    claim.evidence.check(document.text)
    assert document.text.splitlines()[:2] == ["schema: Sanction", "authority: Office of Foreign Assets Control"]


@pytest.mark.parametrize(
    ("provisions", "action"),
    [
        ([], "restrict"),
        (["fine", "EUR 5100000"], "fine"),
        ("Civil penalty of 3 million", "fine"),
        ("Debarment", "ban"),
        ("designate", "designate"),
        ("Travel ban", "restrict"),
    ],
)
def test_entities_say_what_was_done(provisions: Any, action: str, tmp_path: Path) -> None:
    """The provisions decide the action; where they say nothing that is known, a sanction restricts."""
    sanction = make("s1", "Sanction", entity="t1", authority="Ofcom", provisions=provisions)
    ((one,), _) = read(write(tmp_path, sanction, COMPANY))
    (claim,) = one.reading.claims
    assert claim.action == action
    assert claim.money == (Money(Decimal(5_100_000), "EUR") if "EUR 5100000" in provisions else None)


def test_entities_link_to_the_knowledge_base(tmp_path: Path) -> None:
    """A target that the knowledge base knows is that agent; the authority is chosen by its country."""
    target = make("t1", "LegalEntity", name="Telegram")
    ((one,), _) = read(write(tmp_path, make("s", "Sanction", entity="t1", authority="CNIL", country="fr"), target))
    (claim,) = one.reading.claims
    assert (claim.actor.id, claim.target.id) == ("fr-cnil", "telegram")


def test_entities_of_links_make_facts(tmp_path: Path) -> None:
    """Ownership and posts are facts with their record as the proof; a link without a name is refused by its line."""
    path = write(
        tmp_path,
        make("o", "Ownership", owner="p", asset="t1", percentage="51"),
        make("d", "Directorship", director="p", organization="g", role="chief executive"),
        make("e", "Employment", employee="p", employer="nobody"),
        COMPANY,
        make("p", "Person", name="Mallory Moe"),
        make("g", "LegalEntity", name="Telegram"),
    )
    rows, refused = read(path)
    (owns,), (post,) = (one.reading.facts for one in rows)
    assert (owns.relation, owns.subject.name, owns.object and owns.object.name) == (
        *("owns", "Mallory Moe", "Mallory Spyware"),
    )
    assert (post.relation, post.object and post.object.id, post.value) == ("role", "telegram", "chief executive")
    for one, fact in zip(rows, (owns, post), strict=True):
        assert one.document.text[fact.start : fact.end] == fact.quote
        assert (
            len(list(encode_document(one.document, one.reading, {}))) > 10
        )  # which refuses what is not in the vocabulary
    assert [refusal.reason for refusal in refused] == ["the file has no name for an end of this Employment"]


def test_entities_that_are_bad_are_refused_by_line(tmp_path: Path) -> None:
    """Lines that are no entities are named; records that make no claim are counted; the rest goes in."""
    path = write(
        tmp_path,
        "{",
        "[1]",
        '{"id": 5, "schema": "Sanction", "properties": {}}',
        {"id": "p", "schema": "Sanction", "properties": {"entity": "t1", "authority": 7}},
        make("n", "Sanction", entity="t1"),
        make("m", "Sanction", entity="nobody", authority="Ofcom"),
        make("l", "UnknownLink", subject="t1", object="t1", role="friend"),
        SANCTION,
        COMPANY,
    )
    rows, refused = read(path)
    assert [one.document.id for one in rows] == ["followthemoney:s1"]
    reasons = {refusal.source.rpartition(":")[2]: refusal.reason for refusal in refused if ":" in refusal.source}
    assert reasons["1"].startswith("not JSON")
    assert reasons["2"] == "JSON of type list: want an entity, an object"
    assert reasons["3"].startswith("no entity: 'id' is missing")
    left_out = [refusal.reason for refusal in refused if ":" not in refusal.source]
    assert any("nobody is named who did it" in reason and reason.startswith("2 rows") for reason in left_out)
    assert any("has no name for its entity" in reason for reason in left_out)
    assert any("no action" in reason for reason in left_out)


def test_entities_of_one_list_are_one_source(tmp_path: Path) -> None:
    """Two records of one list on one sanction are one source; that of another list is a second one."""
    same = [make(f"s{n}", "Sanction", "a", entity="t1", authority="Ofcom", date="2024-05-02") for n in (1, 2)]
    other = make("s3", "Sanction", "b", entity="t1", authority="Ofcom", date="2024-05-02")
    import_graphs([write(tmp_path, *same, other, COMPANY)], tmp_path / "store")
    store = open_store(tmp_path / "store")
    (action,) = decode_actions(store)
    assert (len(action.claim_ids), action.source_count) == (3, 2)
    store.close()


def test_entities_of_our_own_come_back(world, tmp_path: Path) -> None:
    """What was exported comes back: parties, actions and sums; odd names are read as those of trackers are."""
    out = io.BytesIO()
    write_followthemoney(world, out)
    (tmp_path / "own.ftm.jsonl").write_bytes(out.getvalue())
    summary = import_graphs([str(tmp_path / "own.ftm.jsonl")], tmp_path / "store")
    assert summary.facts == 0 and summary.documents == summary.actions
    store = open_store(tmp_path / "store")
    told, known = (
        {
            (one.actor.name, one.type, one.target.name, one.amounts)
            for one in decode_actions(each)
            if one.status == "actual"
        }
        for each in (store, world)
    )
    store.close()
    plain = {one for one in known if one[2].isalpha()}
    assert len(plain) == 2 and plain <= told
    assert len(told) == len(known)


def test_entities_of_nothing_are_an_error(tmp_path: Path) -> None:
    """A file without a sanction says so, and no store comes of it."""
    with pytest.raises(SourceError, match="no document could be taken"):
        import_graphs([write(tmp_path, COMPANY)], tmp_path / "store")


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "entity", "id"]), inner),
    max_leaves=6,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_entities_that_are_mangled_break_nothing(data: st.DataObject, tmp_path: Path) -> None:
    """Whatever stands in place of a value, the records are read or refused, and spans stand in their texts."""
    entities = [
        json.loads(json.dumps(one)) for one in (SANCTION, COMPANY, make("o", "Ownership", owner="t1", asset="a"))
    ]
    for _ in range(data.draw(st.integers(1, 4))):
        entity = data.draw(st.sampled_from(entities))
        if data.draw(st.booleans()):
            entity[data.draw(st.sampled_from(["id", "schema", "properties", "datasets"]))] = data.draw(JSON)
        elif isinstance(entity.get("properties"), dict):
            name = data.draw(st.sampled_from(["name", "entity", "authority", "country", "date", "provisions", "owner"]))
            entity["properties"][name] = data.draw(st.lists(st.text(max_size=30)) | JSON)
    lines = [json.dumps(entity) for entity in entities]
    if data.draw(st.booleans()):
        lines.append(data.draw(st.text(max_size=20)))
    for one in read(write(tmp_path, *lines))[0]:
        for claim in one.reading.claims:
            claim.evidence.check(one.document.text)
        assert all(one.document.text[fact.start : fact.end] == fact.quote for fact in one.reading.facts)


def test_entity_mapping_knows_our_charges() -> None:
    """The labels of charges, which an export writes as reasons, lead back to them."""
    (rule, _) = load_entity_mapping().claims
    assert rule.charges is not None
    assert rule.charges.map["missing complaint channel"] == ("missing-complaint-channel",)
