"""Write the network of actions as GraphML or GEXF: a node an agent, an edge an action, every attribute typed."""

from __future__ import annotations

import re
from typing import IO, Any

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from kg import __version__
from kg.analysis.money import convert_to_euros
from kg.analysis.projections import project_actions
from kg.analysis.read import read_graph_data
from kg.analysis.records import GraphData
from kg.rdf import Store

# XML has no place for these characters, not even escaped (XML 1.0, production 2).
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def make_network(data: GraphData) -> Any:
    """Make the directed multigraph of all actions, for programs that draw.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes have ``label``, ``kind``, ``jurisdiction``, ``owner`` and ``authority`` (a truth value); edges have
        ``label`` (the action), ``group``, ``status``, ``date``, ``case``, ``charges``, ``laws``, ``confidence``,
        ``sources`` (a whole number), and where a sum is known ``amount``, ``currency`` and ``euros``. The id of an edge
        is that of its action. What is not known is left out.
    """
    graph = project_actions(data)
    for agent, node in graph.nodes(data=True):
        known = data.agents[agent]
        label, kind = node.pop("name"), node.pop("type")
        owner = data.get_name(known.owner or known.operator) or ""
        node.update(label=_clean(label), kind=kind, authority=known.is_authority, owner=_clean(owner))
        node["jurisdiction"] = _clean(node["jurisdiction"])
    actions = {action.id: action for action in data.actions}
    for _, _, key, edge in graph.edges(data=True, keys=True):
        action = actions[key]
        edge.update(
            id=key,
            label=edge.pop("action"),
            case=action.case or "",
            charges=_clean("; ".join(map(data.get_label, action.charges))),
            laws=_clean("; ".join(map(data.get_label, action.laws))),
        )
        if action.amount is not None and action.currency:
            amount = float(action.amount)
            edge.update(amount=amount, currency=action.currency)
            euros = convert_to_euros(amount, action.currency, action.when).euros
            if euros is not None:
                edge["euros"] = round(euros, 2)
    return graph


def write_graphml(store: Store, out: IO[bytes]) -> None:
    """Write the network as GraphML."""
    # Not nx.write_graphml, which writes otherwise where lxml is installed.
    nx.write_graphml_xml(make_network(read_graph_data(store)), out, edge_id_from_attribute="id")


def write_gexf(store: Store, out: IO[bytes]) -> None:
    """Write the network as GEXF 1.2, which Gephi reads."""
    writer = GEXFWriter(version="1.2draft")
    meta = writer.xml.find("meta")
    # networkx writes the day of today, by which equal graphs would differ.
    del meta.attrib["lastmodifieddate"]
    meta.find("creator").text = f"kg {__version__}"
    writer.add_graph(make_network(read_graph_data(store)))
    writer.write(out)


def _clean(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
