from kg.rdf import decode_readings, dump_store
from kg.rdf.shacl import validate_store
from kg.rdf.shapes import check_store
from tests.review.judging import judge_agents
from tests.review.test_claims import judge, judge_claim
from tests.review.world import make_quads, make_store, make_stories

OFFICE = "office-of-communications.regulator"


def make_records(stories):
    """Judge agents and claims, some twice."""
    names = ["Ofcom", "Office of Communications"]
    return (
        judge_agents("gb-ofcom", OFFICE, "undecided", names=names),
        judge_agents("gb-ofcom", OFFICE, "same", names=names, why="its full name"),
        judge_agents("zorbo-holdings.company", "zorbo-france.company", "different", by="bob"),
        judge_claim(stories[0], 0, "accepted", by="Ada L. <ada@example.org>\x1b[2J"),
        judge_claim(stories[1], 1, "rejected"),
        judge_claim(stories[3], 0, "corrected", correction={"action": "warn", "amount": "5", "currency": "EUR"}),
    )


def test_graph_of_judgements_keeps_its_shapes(kb):
    """A store with judgements of every kind breaks no shape, by the compiled queries and by pyshacl."""
    stories = make_stories()
    store = make_store(stories, judge(kb, *make_records(stories)), kb)
    assert list(check_store(store)) == []
    small = make_store(stories, judge(kb, *make_records(stories)), type(kb)({}, {}))
    assert validate_store(small) == list(check_store(small))


def test_graph_tells_who_decided_what_when_and_why(kb):
    """Each judgement leads to its reviewer, its day and its reason, and one that is superseded to the later one."""
    stories = make_stories()
    store = make_store(stories, judge(kb, *make_records(stories)), kb)
    rows = store.query(
        "PREFIX plr: <https://w3id.org/platform-regulation#> PREFIX prov: <http://www.w3.org/ns/prov#> "
        "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "SELECT ?verdict ?who ?when ?why (BOUND(?later) AS ?gone) WHERE { GRAPH ?g { "
        "?judgement plr:verdict ?verdict ; prov:wasAssociatedWith/rdfs:label ?who ; dcterms:date ?when ; "
        "plr:reason ?why "
        "OPTIONAL { ?judgement plr:supersededBy ?later } } FILTER ( STRENDS(STR(?g), '/graph/judgements') ) }"
    )
    names = ("verdict", "who", "when", "why", "gone")
    found = sorted(tuple(row[name].value.rpartition("#")[2] for name in names) for row in rows)
    assert found == sorted(
        [
            ("undecided", "ada", "2026-11-22", "w", "true"),
            ("same", "ada", "2026-11-22", "its full name", "false"),
            ("different", "bob", "2026-11-22", "w", "false"),
            ("accepted", "Ada L. <ada@example.org>\x1b[2J", "2026-11-22", "", "false"),
            ("rejected", "ada", "2026-11-22", "", "false"),
            ("corrected", "ada", "2026-11-22", "", "false"),
        ]
    )


def test_graph_leads_from_a_claim_to_its_review(kb):
    """An accepted claim names its review; a corrected one was made by it, out of the claim as it was read."""
    stories = make_stories()
    judgements = judge(kb, *make_records(stories))
    store = make_store(stories, judgements, kb)
    rows = store.query(
        "PREFIX plr: <https://w3id.org/platform-regulation#> PREFIX prov: <http://www.w3.org/ns/prov#> "
        "SELECT ?claim ?review ?by ?of WHERE { ?claim plr:review ?review ; prov:wasGeneratedBy ?by "
        "OPTIONAL { ?claim prov:wasRevisionOf ?of } }"
    )
    found = {}
    for row in rows:
        values = [row[name].value.rpartition("/")[2] if row[name] else None for name in ("claim", "review", "by", "of")]
        found[values[1]] = values
    accepted, corrected = judgements.judgements[3].id, judgements.judgements[5].id
    assert set(found) == {accepted, corrected}
    assert found[accepted][0] == stories[0][1].claims[0].id
    assert found[accepted][2].startswith("kg-")
    assert found[corrected][2:] == [corrected, stories[3][1].claims[0].id]


def test_graph_of_a_rejected_claim_is_that_of_judgements_alone(kb):
    """A rejected claim makes no claim, no action and no edge; its quote stands in the graph of judgements."""
    stories = make_stories()
    quads = make_quads(stories, judge(kb, *make_records(stories)), kb)
    claim = stories[1][1].claims[1]
    assert not [quad for quad in quads if claim.id in str(quad)]
    told = {quad.graph_name.value.rpartition("/")[2] for quad in quads if claim.evidence.quote in str(quad.object)}
    assert told == {"judgements", "two"}


def test_graph_gives_the_names_of_merged_agents_to_the_one_that_stands_for_them(kb):
    """What was judged the same is found by its other name, and its former IRI leads to the one that stands for it."""
    stories = make_stories()
    store = make_store(stories, judge(kb, judge_agents("tiktok", OFFICE, "same", names=["TikTok", "Office"])), kb)
    rows = store.query(
        "PREFIX plr: <https://w3id.org/platform-regulation#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        "PREFIX dcterms: <http://purl.org/dc/terms/> SELECT ?agent ?now WHERE { ?agent dcterms:isReplacedBy ?now . "
        "?now a plr:Agent ; skos:altLabel 'Office' }"
    )
    assert [(row["agent"].value.rpartition("/")[2], row["now"].value.rpartition("/")[2]) for row in rows] == [
        (OFFICE, "tiktok")
    ]


def test_graph_decodes_reviews(kb):
    """What a store says of reviewed claims is read back as it was written."""
    stories = make_stories()
    judgements = judge(kb, *make_records(stories))
    applied = {document.id: judgements.apply(document, reading) for document, reading in stories}
    store = make_store(stories, judgements, kb)
    assert {reading.document_id: reading for reading in decode_readings(store)} == applied


def test_graph_is_the_same_in_any_order_of_documents(kb, tmp_path):
    """With judgements, too, a store's export is the same to the byte in whatever order its documents came."""
    stories, exports = make_stories(), []
    for order in (stories, stories[::-1]):
        path = tmp_path / f"{len(exports)}.nq"
        with path.open("wb") as out:
            dump_store(make_store(order, judge(kb, *make_records(stories)), kb), "nquads", out)
        exports.append(path.read_bytes())
    assert exports[0] == exports[1]
