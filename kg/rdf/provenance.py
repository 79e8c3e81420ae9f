"""Describe what read the documents: one run for each version of the extractor, and no clock.

A run stands for "this version reads this text so", not for an hour on somebody's machine: the same version reads the
same text alike, so two builds of one input have the same runs. A claim leads to its run (prov:wasGeneratedBy), its
document (prov:wasDerivedFrom) and who says it (prov:wasAttributedTo); a document tells its source and, where that is
known, when it was fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Quad

from kg import __version__
from kg.rdf import terms
from kg.rdf.graph_writer import GraphWriter
from kg.rdf.iris import Iris
from kg.rdf.namespaces import DATA_BASE


def encode_run(
    *, base: str = DATA_BASE, extractor: str = f"kg-{__version__}", components: Iterable[str] = ()
) -> Iterator[Quad]:
    """Describe a run in the graph of actions.

    Parameters
    ----------
    base
        The data base IRI.
    extractor
        The version of the extractor, as given to `encode_document`.
    components
        What the run rests on, with versions: ``en_core_web_md 3.7.1``, ``knowledge base 3f2a…``.
    """
    iris = Iris(base)
    writer, node = GraphWriter(iris, iris.actions), iris.make("run", extractor)
    writer.add(node, terms.TYPE, terms.RUN)
    writer.add(node, terms.TYPE, terms.ACTIVITY)
    writer.add_text(node, terms.LABEL, f"Reading by {extractor}")
    writer.add_text(node, terms.SOFTWARE_VERSION, extractor)
    for component in sorted(set(components)):
        writer.add_text(node, terms.COMPONENT, component)
    return iter(writer.quads)
