from __future__ import annotations

from kg.analysis.projections import project_actions, project_against, project_authorities, project_cotargets
from kg.analysis.records import TOWARDS
from kg.rdf import PLR
from kg.rdf.terms import load_action_terms
from tests.analysis.samples import make_action, make_data

DATA = make_data(
    make_action("a", "france", "arrest", "durov", "2024-08-24", confidence=0.9),
    make_action("b", "france", "charge", "durov", "2024-08-28", confidence=0.6),
    make_action("c", "france", "accuse", "telegram"),
    make_action("d", "cnil", "fine", "tiktok", "2023"),
    make_action("e", "dpc", "fine", "tiktok", "2023-09"),
    make_action("f", "dpc", "settle", "telegram"),
    make_action("g", "durov", "comply", "france"),
)


def test_towards_is_what_the_ontology_says() -> None:
    """The actions that are not against their target are those whose direct edge falls under plr:actedTowards."""
    known = load_action_terms()
    assert {name for name, terms in known.items() if terms.stance.value == f"{PLR}actedTowards"} == TOWARDS


def test_actions_keep_every_edge_with_its_attributes() -> None:
    """The multigraph has an edge an action, parallel ones apart, those in somebody's favour too."""
    graph = project_actions(DATA)
    assert graph.number_of_edges() == 7
    assert graph.number_of_edges("france", "durov") == 2
    assert graph["france"]["durov"]["a"] == {
        "action": "arrest",
        "group": "coercion",
        "status": "actual",
        "date": "2024-08-24",
        "confidence": 0.9,
        "sources": 1,
    }
    assert graph.nodes["cnil"] == {"name": "CNIL", "type": "Regulator", "jurisdiction": "France"}


def test_against_sums_parallel_actions_and_leaves_out_favours() -> None:
    """Parallel actions are one edge with their number, the sum of their confidences and their first and last date."""
    graph = project_against(DATA)
    assert sorted(graph.edges()) == [
        ("cnil", "tiktok"),
        ("dpc", "tiktok"),
        ("france", "durov"),
        ("france", "telegram"),
    ]
    assert graph["france"]["durov"] == {"weight": 2, "confidence": 1.5, "first": "2024-08-24", "last": "2024-08-28"}
    assert graph["france"]["telegram"]["first"] == ""


def test_authorities_are_bipartite() -> None:
    """Authorities are on one side, platforms and companies on the other; a person is on neither."""
    graph = project_authorities(DATA)
    assert {node: side for node, side in graph.nodes(data="bipartite")} == {
        "cnil": 0,
        "dpc": 0,
        "france": 0,
        "telegram": 1,
        "tiktok": 1,
    }
    assert sorted(graph.edges(data="weight")) == [
        ("cnil", "tiktok", 1),
        ("dpc", "tiktok", 1),
        ("france", "telegram", 1),
    ]


def test_cotargets_share_an_actor() -> None:
    """Durov and Telegram are joined once, since France acted against both; TikTok has other actors."""
    graph = project_cotargets(DATA)
    assert list(graph.edges(data="weight")) == [("durov", "telegram", 1)]
