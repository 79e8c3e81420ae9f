"""Tables and questions of a graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kg.api.frames import frame_table, make_frame
from kg.api.handle import StoreHandle
from kg.errors import QueryError
from kg.export.tables import make_arrow


class Asking(StoreHandle):
    """A graph that answers: with tables, and with what SPARQL and the named questions ask."""

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

    def sparql(self, query: str, *, short: bool = False) -> Any:
        """Ask any SPARQL 1.1; the usual prefixes (``plr:``, ``agent:``, ``rdfs:`` …) are set.

        Parameters
        ----------
        query
            SELECT, ASK, CONSTRUCT or DESCRIBE.
        short
            Whether to write IRIs short, ``agent:telegram`` for instance, for people to read.
        """
        from kg.query import run_query
        from kg.rdf import make_prefixes

        frame = frame_table(run_query(self.store, query))
        return frame.map(make_shortener(make_prefixes(self.store.base))) if short else frame

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


def make_shortener(prefixes: Mapping[str, str]) -> Callable[[object], object]:
    """Make a function that writes an IRI with its prefix; what is none stays as it is."""
    # The longest namespace that fits names it best.
    spaces = sorted(((space, name) for name, space in prefixes.items()), key=lambda pair: -len(pair[0]))

    def shorten(cell: object) -> object:
        if isinstance(cell, str):
            for space, name in spaces:
                if cell.startswith(space) and len(cell) > len(space):
                    return f"{name}:{cell[len(space) :]}"
        return cell

    return shorten
