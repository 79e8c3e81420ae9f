"""The class that scripts and notebooks use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.api.asking import Asking
from kg.api.frames import frame_table
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.analysis import Selection
    from kg.api.inline import GraphView
    from kg.pipeline import BuildSummary, RemoveSummary


class KnowledgeGraph(Asking):
    """A graph in a store: who acted against whom, each edge with its proof.

    Parameters
    ----------
    url
        The folder of a store, or the http(s) address of a SPARQL endpoint.

    Raises
    ------
    StoreError
        If there is no such store.

    Examples
    --------
    >>> from kg import KnowledgeGraph
    >>> graph = KnowledgeGraph.build(["articles/"], "store")  # doctest: +SKIP
    >>> graph.actions().query("action == 'fine'")  # doctest: +SKIP
    """

    @classmethod
    def open(cls, url: str | Path) -> KnowledgeGraph:
        """Open a store; the same as the class itself."""
        return cls(url)

    @classmethod
    def build(cls, sources: Iterable[str | Path], url: str | Path, **options: Any) -> KnowledgeGraph:
        """Read documents and build their graph, in place of what the store holds; see `add` to add to it.

        Parameters
        ----------
        sources
            Files, folders, globs: texts, and tables of trackers.
        url
            The folder or SPARQL endpoint to write.
        options
            As for ``kg.pipeline.build``: ``model``, ``processes``, ``columns``, ``progress`` …
        """
        from kg.pipeline import build

        build(_name_sources(sources), url, fresh=True, **options)
        return cls(url)

    def add(self, *sources: str | Path, **options: Any) -> BuildSummary:
        """Read more documents into the graph; of those that it has, by their ids, only what has changed is read.

        The graph is then the same as if all had been read at once. Without sources it takes up what was judged.
        """
        from kg.pipeline import build

        self.close()
        return build(_name_sources(sources), self.url, **options)

    def remove(self, *ids: str, **options: Any) -> RemoveSummary:
        """Take documents back, with all that rests on them alone; ``documents()`` has their ids.

        Raises
        ------
        SourceError
            If the graph has no such document.
        """
        from kg.pipeline import remove

        self.close()
        return remove(ids, self.url, **options)

    def doubts(self, count: int = 10) -> Any:
        """The claims that were read with least certainty and that nobody has judged, with their quotes."""
        from kg.api.judging import list_doubts

        return frame_table(list_doubts(self.store, self.url, count))

    def judge(self, verdicts: Mapping[str, str], *, by: str, when: str, why: str = "") -> BuildSummary:
        """Note what a reviewer decided of claims, and let the graph follow.

        Parameters
        ----------
        verdicts
            ``accepted``, ``rejected`` or ``undecided``, by the id of the claim as `doubts` and `claims` have it.
        by, when, why
            Who decided, on which day or at which UTC time (ISO 8601), and why.

        Raises
        ------
        KgError
            If there is no such claim or verdict, or the store is an endpoint, which has no file of judgements.
        """
        from kg.api.judging import note_verdicts

        note_verdicts(self.store, self.url, verdicts, by=by, when=when, why=why)
        return self.add()

    # Networks and measures

    def network(self, projection: str = "against", **selection: Any) -> Any:
        """Project the actions to a networkx graph.

        Parameters
        ----------
        projection
            ``actions`` (a multigraph), ``against`` (who acts against whom, weighted), ``authorities`` (and platforms,
            bipartite) or ``cotargets`` (joined by who acts against both).
        selection
            What counts: ``window="2022..2024"``, ``status="any"``, ``min_confidence=0.5``, ``min_sources=2``,
            ``kinds=("coercion", "fine")``.

        Raises
        ------
        QueryError
            If there is no such projection, or the selection is none.
        """
        from kg.analysis import PROJECTIONS, select_actions

        if projection not in PROJECTIONS:
            raise QueryError(f"projection {projection!r}: want one of {', '.join(PROJECTIONS)}")
        return PROJECTIONS[projection](select_actions(self.data, make_selection(**selection)))

    def measures(self) -> Any:
        """The measures, with what each tells and where its method comes from."""
        from kg.analysis import MEASURES
        from kg.query import Table

        rows = tuple((one.name, one.title, one.source) for one in MEASURES.values())
        return frame_table(Table(("measure", "title", "source"), rows))

    def analyze(
        self,
        measure: str,
        *,
        sensitivity: bool = False,
        former: KnowledgeGraph | None = None,
        price_year: int | None = None,
        min_jurisdictions: int = 3,
        engine: str | None = None,
        **selection: Any,
    ) -> Any:
        """Compute a measure, or with ``sensitivity`` how far it moves when what is less sure is left out.

        ``former`` is the graph of an earlier build, for ``changes``; ``selection`` is as for `network`.
        """
        from kg.analysis import Options, find_measure, measure_sensitivity, select_actions

        found, chosen = find_measure(measure), make_selection(**selection)
        before = None if former is None else select_actions(former.data, chosen)
        options = Options(engine=engine, price_year=price_year, min_jurisdictions=min_jurisdictions, former=before)
        if sensitivity:
            return frame_table(measure_sensitivity(self.data, found, chosen, options))
        table = found.make_table(select_actions(self.data, chosen), options)
        return frame_table(table, dict(found.columns))

    def view(self, *, height: int = 600, title: str = "Who acted against whom") -> GraphView:
        """The picture: a notebook shows it in place."""
        from kg.api.inline import GraphView
        from kg.view import build_view_data, render_page

        return GraphView(render_page(build_view_data(self.store), title=title), height)


def make_selection(
    *,
    window: str | None = None,
    status: str | Iterable[str] = "actual",
    min_confidence: float = 0.0,
    min_sources: int = 1,
    kinds: Iterable[str] | str | None = None,
) -> Selection:
    """Make a selection of what a caller says; ``status`` may be ``any``.

    Raises
    ------
    QueryError
        If it is none.
    """
    from kg.analysis import Selection, parse_window
    from kg.model.vocabulary import STATUSES

    statuses = STATUSES if status == "any" else (status,) if isinstance(status, str) else tuple(status)
    chosen = (kinds,) if isinstance(kinds, str) else None if kinds is None else tuple(kinds)
    return Selection(
        window=None if window is None else parse_window(window),
        statuses=statuses,
        min_confidence=min_confidence,
        min_sources=min_sources,
        kinds=chosen,
    )


def _name_sources(sources: Iterable[str | Path]) -> list[str]:
    return [str(source) for source in sources]
