"""The network that pyvis builds: every edge, told apart, in colours that most eyes tell apart."""

from __future__ import annotations

import itertools
import random

import pytest

from kg.model.vocabulary import ACTION_GROUPS, ACTIONS, AGENT_TYPES, STATUSES
from kg.view import build_pyvis_network, build_view_data
from kg.view.network import build_network
from kg.view.tables import load_table
from tests.view.factories import Deed, Saying, StoreBuilder, build_large_data
from tests.view.story import build_story

# How the three kinds of colour blindness see: Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
SIGHTS = {
    "all three cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
SURFACES = {"light": "#FFFFFF", "dark": "#14181D"}


def read_linear(colour: str) -> list[float]:
    """Read a colour as linear RGB."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def read_lab(linear: list[float]) -> tuple[float, float, float]:
    """Turn linear RGB into CIE L*a*b*, in which distance is difference to the eye."""
    r, g, b = linear
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def find_least_difference(colours: list[str], sight: str) -> float:
    """Find how far apart the two most alike of these colours are, as seen with this sight."""
    seen = []
    for colour in colours:
        linear = read_linear(colour)
        mixed = [sum(row[i] * linear[i] for i in range(3)) for row in SIGHTS[sight]]
        seen.append(read_lab([min(1.0, max(0.0, part)) for part in mixed]))
    return min(
        sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5
        for one, other in itertools.combinations(seen, 2)
    )


def find_contrast(one: str, other: str) -> float:
    """Compute the contrast ratio of WCAG."""
    low, high = sorted(
        sum(p * w for p, w in zip(read_linear(colour), (0.2126, 0.7152, 0.0722), strict=True))
        for colour in (one, other)
    )
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_palette_is_told_apart_by_all(scheme: str, sight: str) -> None:
    """Action groups differ by 20 and more in CIELAB, agents' colours by 13 (their shapes differ too), to any sight."""
    palette = load_table("palette")
    assert find_least_difference([group[scheme] for group in palette["groups"].values()], sight) > 20
    agents = {entry[scheme] for entry in palette["agentTypes"].values()}
    assert find_least_difference(sorted(agents), sight) > 13


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_palette_edges_stand_out_from_the_surface(scheme: str) -> None:
    """The colours of edges, in which their labels are written too, have WCAG's contrast for graphics: 3 to 1."""
    for group in load_table("palette")["groups"].values():
        assert find_contrast(group[scheme], SURFACES[scheme]) >= 3


def test_palette_and_words_cover_the_vocabulary() -> None:
    """Each agent type has a colour and shape of its own, each group a colour, each action and status its words."""
    palette, words = load_table("palette"), load_table("words")
    assert set(palette["agentTypes"]) == AGENT_TYPES
    assert len({(entry["light"], entry["shape"]) for entry in palette["agentTypes"].values()}) == len(AGENT_TYPES)
    assert set(palette["groups"]) == set(ACTION_GROUPS) and tuple(palette["statuses"]) == STATUSES
    assert set(words) == ACTIONS


def test_network_loses_no_edge() -> None:
    """Each actor, target, action and status is an edge of its own, and each action lies on the right one."""
    data = build_view_data(build_story())
    network = build_network(data, random.Random(1))
    assert len(network.edges) == len({(a.actor, a.target, a.action, a.status) for a in data.actions}) == 59
    for action, index in zip(data.actions, network.edge_of_action, strict=True):
        edge = network.edges[index]
        ends = data.agents[edge.source].id, data.agents[edge.target].id
        assert (*ends, edge.action, edge.status) == (action.actor, action.target, action.action, action.status)
    assert network.options["physics"] == {"enabled": False}


def test_network_bends_parallel_edges_apart() -> None:
    """Edges between two agents, there and back, each take a way of their own; a single one goes straight."""
    builder = StoreBuilder()
    deeds = [("a", kind, "b") for kind in ("fine", "ban", "sue")] + [("b", "deny", "a"), ("b", "appeal", "a")]
    for number, (actor, kind, target) in enumerate([*deeds, ("c", "warn", "a")]):
        builder.add_deed(f"x{number}", Deed(actor, kind, target, (Saying("d", "q"),)))
    data = build_view_data(builder.build())
    edges = build_network(data, random.Random(1)).edges
    assert [edge.bend for edge in edges if edge.action == "warn"] == [0]
    # Seen from a: a bend to the right on the way back is one to the left.
    sides = [edge.bend * (1 if data.agents[edge.source].id == "a" else -1) for edge in edges if edge.action != "warn"]
    assert len(set(sides)) == 5 and sum(sides) == pytest.approx(0)


def test_network_makes_the_busy_larger() -> None:
    """An agent of many actions is drawn larger than one of few, up to a limit."""
    data = build_view_data(build_story())
    size = {data.agents[node.agent].name: node.size for node in build_network(data, random.Random(1)).nodes}
    assert size["Telegram"] > size["Meta"] > size["Ofcom"] and max(size.values()) <= 30


def test_network_of_six_thousand_edges_is_laid_out_in_seconds() -> None:
    """2,000 agents and 6,000 edges are placed, none on another."""
    network = build_network(build_large_data(2000, 6000), random.Random(1))
    assert len(network.edges) == 6000
    assert len({(node.x, node.y) for node in network.nodes}) == len(network.nodes)


def test_pyvis_network_holds_the_picture() -> None:
    """The network of pyvis has our marks where we place them and all our lines, and says nothing as HTML."""
    data = build_view_data(build_story())
    made, drawn = build_pyvis_network(data, seed=1), build_network(data, random.Random(1))
    assert [(node["id"], node["x"], node["y"]) for node in made.nodes] == [
        (node.agent, node.x, node.y) for node in drawn.nodes
    ]
    assert [(edge["from"], edge["to"]) for edge in made.edges] == [(edge.source, edge.target) for edge in drawn.edges]
    assert not [item for item in made.nodes + made.edges if "title" in item]
    assert '"physics": {"enabled": false}' in made.generate_html()
