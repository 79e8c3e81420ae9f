"""The class that scripts and notebooks use."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from kg.api.frames import frame_table, make_arrow, make_frame
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.analysis import GraphData, Selection
    from kg.api.inline import GraphView
    from kg.rdf import Store


class KnowledgeGraph:
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

    def __init__(self, url: str | Path) -> None:
        self.url = str(url)
        self._store: Store | None = None
        self._data: GraphData | None = None
        self.store  # noqa: B018  (a store that is not there shall be refused here, not at the first question)

    @classmethod
    def open(cls, url: str | Path) -> KnowledgeGraph:
        """Open a store; the same as the class itself."""
        return cls(url)

    @classmethod
    def build(cls, sources: Iterable[str | Path], url: str | Path, **options: Any) -> KnowledgeGraph:
        """Read documents and build their graph, in place of what the store holds.

        Parameters
        ----------
        sources
            Files, folders, globs.
        url
            The folder or SPARQL endpoint to write.
        options
            As for ``kg.pipeline.build``: ``model``, ``processes``, ``columns``, ``progress``.
        """
        from kg.pipeline import build

        build([str(source) for source in sources], url, **options)
        return cls(url)

    @property
    def store(self) -> Store:
        """The open store, with its ``query``."""
        if self._store is None:
            from kg.rdf import open_store

            self._store = open_store(self.url)
        return self._store

    def close(self) -> None:
        """Let go of the store; the next question opens it again, as it is then."""
        if self._store is not None:
            self._store.close()
        self._store = self._data = None

    def __enter__(self) -> KnowledgeGraph:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        data = self._read()
        held = f"{len(data.actions):,} actions, {data.claims:,} claims, {data.documents:,} documents"
        return f"KnowledgeGraph({self.url!r}): {held}"

    # Tables

    def actions(self, *, arrow: bool = False) -> Any:
        """The actions, of any status, in order of time; see `describe` for the columns of this and other tables."""
        return self._make_table("actions", arrow)

    def claims(self, *, arrow: bool = False) -> Any:
        """What each document says, with the words that say so."""
        return self._make_table("claims", arrow)

    def agents(self, *, arrow: bool = False) -> Any:
        """Who acted or was acted on."""
        return self._make_table("agents", arrow)

    def cases(self, *, arrow: bool = False) -> Any:
        """The matters, with how each stands."""
        return self._make_table("cases", arrow)

    def facts(self, *, arrow: bool = False) -> Any:
        """Who is what, as the documents say it."""
        return self._make_table("facts", arrow)

    def documents(self, *, arrow: bool = False) -> Any:
        """What was read."""
        return self._make_table("documents", arrow)

    def describe(self, table: str) -> Any:
        """The columns of a table, with their types and meanings.

        Raises
        ------
        QueryError
            If there is no such table.
        """
        from kg.analysis.tables import LAYOUTS
        from kg.query import Table

        if table not in LAYOUTS:
            raise QueryError(f"table {table!r}: want one of {', '.join(LAYOUTS)}")
        rows = tuple((column.name, column.type, column.meaning) for column in LAYOUTS[table].columns)
        return frame_table(Table(("column", "type", "meaning"), rows))

    def _make_table(self, name: str, arrow: bool) -> Any:
        from kg.analysis.tables import LAYOUTS

        return (make_arrow if arrow else make_frame)(LAYOUTS[name], self.store)

    # Questions

    def sparql(self, query: str) -> Any:
        """Ask any SPARQL 1.1; the usual prefixes (``plr:``, ``agent:``, ``rdfs:`` …) are set."""
        from kg.query import run_query

        return frame_table(run_query(self.store, query))

    def questions(self) -> Any:
        """The named questions, with what each asks."""
        from kg.query import Table, list_questions

        rows = tuple(
            (one.name, one.title, ", ".join(parameter.name for parameter in one.parameters)) for one in list_questions()
        )
        return frame_table(Table(("question", "title", "parameters"), rows))

    def ask(self, question: str, **parameters: str) -> Any:
        """Ask a named question: ``graph.ask("who-acted-against", platform="Telegram")``."""
        from kg.query import run_question

        return frame_table(run_question(self.store, question, parameters))

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
        return PROJECTIONS[projection](select_actions(self._read(), make_selection(**selection)))

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
        before = None if former is None else select_actions(former._read(), chosen)
        options = Options(engine=engine, price_year=price_year, min_jurisdictions=min_jurisdictions, former=before)
        if sensitivity:
            return frame_table(measure_sensitivity(self._read(), found, chosen, options))
        table = found.make_table(select_actions(self._read(), chosen), options)
        return frame_table(table, dict(found.columns))

    def view(self, *, height: int = 600, title: str = "Who acted against whom") -> GraphView:
        """The picture: a notebook shows it in place."""
        from kg.api.inline import GraphView
        from kg.view import build_view_data, render_page

        return GraphView(render_page(build_view_data(self.store), title=title), height)

    def _read(self) -> GraphData:
        if self._data is None:
            from kg.analysis import read_graph_data

            self._data = read_graph_data(self.store)
        return self._data


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
