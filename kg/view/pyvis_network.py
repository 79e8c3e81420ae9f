"""The picture as a network of pyvis, for those who want to go on with it there: change it, add to it, save it."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

from kg.model.vocabulary import GROUP_OF
from kg.view.data import ViewData
from kg.view.network import DrawnEdge, build_network
from kg.view.tables import load_table

if TYPE_CHECKING:
    from pyvis.network import Network


def build_pyvis_network(data: ViewData, *, seed: int = 20240824, **options: Any) -> Network:
    """Build a network of pyvis with our places, colours and names, and physics off.

    Parameters
    ----------
    data
        What the page shows.
    seed
        For the places; the same gives the same.
    options
        Passed on to pyvis: ``height``, ``notebook``, ``cdn_resources`` and so on.

    Notes
    -----
    Unlike our page, that of pyvis asks a CDN for files, so it does not work offline; and it would read titles as HTML,
    which is why there are none here.
    """
    # Imported here, since pyvis pulls in IPython.
    from pyvis.edge import Edge
    from pyvis.network import Network

    drawn, palette, words = build_network(data, random.Random(seed)), load_table("palette"), load_table("words")
    network = Network(directed=True, **options)
    for node in drawn.nodes:
        agent = data.agents[node.agent]
        look = palette["agentTypes"][agent.type]
        name = agent.name or agent.id
        network.add_node(node.agent, name, look["shape"], color=look["light"], size=node.size, x=node.x, y=node.y)
    # Straight into the list: add_edge looks both ends up in a list each time.
    network.edges.extend(
        Edge(edge.source, edge.target, True, label=words[edge.action]["label"], **_style(edge, palette)).options
        for edge in drawn.edges
    )
    network.set_options(json.dumps(drawn.options))
    return network


def _style(edge: DrawnEdge, palette: dict[str, Any]) -> dict[str, Any]:
    style: dict[str, Any] = {
        "color": palette["groups"][GROUP_OF[edge.action]]["light"],
        "dashes": palette["statuses"][edge.status]["dashes"],
    }
    if edge.bend:
        kind = "curvedCW" if edge.bend > 0 else "curvedCCW"
        style["smooth"] = {"enabled": True, "type": kind, "roundness": abs(edge.bend)}
    return style
