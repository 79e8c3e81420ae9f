"""``kg serve``: the graph over HTTP."""

from __future__ import annotations

import os
import secrets
from functools import partial

import click

from kg.cli.command import ExampleCommand
from kg.cli.options import quiet_option, store_argument
from kg.errors import KgError

_MEGABYTE = 1_000_000
_TOKEN = "KG_REVIEW_TOKEN"
_SHORTEST = 16
_LIBRARIES = ("fastapi", "starlette", "uvicorn")


@click.command(
    cls=ExampleCommand,
    short_help="Serve the graph over HTTP: SPARQL, a JSON API, pages.",
    examples=(
        ("kg serve store", "open http://127.0.0.1:8080/ in a browser"),
        ("kg serve store --port 9000 --timeout 10", "let no query take more than ten seconds"),
        ("kg serve store --host 0.0.0.0 --allowed-host graph.example.org", "serve others, under that name"),
        ("kg serve store --allow-review", "judge claims and agents in the browser; it prints a token"),
    ),
)
@store_argument
@click.option("--host", default="127.0.0.1", show_default=True, metavar="NAME", help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0 takes any free one.")
@click.option("--title", default="Who acted against whom", help="The heading of the pages.")
@click.option("--timeout", type=click.FloatRange(0.1, 3600), default=30, show_default=True, help="Seconds a query.")
@click.option("--max-result", type=click.IntRange(1, 10_000), default=50, show_default=True, help="MB an answer.")
@click.option("--memory", type=click.IntRange(200), default=2000, show_default=True, help="MB a worker.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Queries at the same time.")
@click.option("--queue", type=click.IntRange(0, 10_000), default=32, show_default=True, help="Requests that may wait.")
@click.option("--allowed-host", "hosts", multiple=True, metavar="NAME", help="A name under which clients may call it.")
@click.option("--cors", "origins", multiple=True, metavar="ORIGIN", help="Pages of this origin may ask too; * is any.")
@click.option("--allow-service", is_flag=True, help="Let queries ask other endpoints (SERVICE).")
@click.option("--allow-update", is_flag=True, help="Take SPARQL updates, from this machine alone.")
@click.option("--allow-load", is_flag=True, help="Let updates fetch what LOAD names.")
@click.option("--allow-review", is_flag=True, help="Let whoever has the token that is printed judge claims and agents.")
@click.option("--judgements", metavar="FILE", help="Where they go; by default judgements.jsonl in the store's folder.")
@quiet_option
def command(
    store: str,
    host: str,
    port: int,
    title: str,
    timeout: float,
    max_result: int,
    memory: int,
    workers: int,
    queue: int,
    hosts: tuple[str, ...],
    origins: tuple[str, ...],
    allow_service: bool,
    allow_update: bool,
    allow_load: bool,
    allow_review: bool,
    judgements: str | None,
    quiet: bool,
) -> None:
    """Serve STORE until Ctrl-C: a SPARQL 1.1 endpoint at /sparql, a page to ask it, the graph to explore, a JSON API.

    It is for reading, unless an option says otherwise. A query that takes longer than its time is stopped; when too
    many wait, the next is answered with 503. A build may replace the store meanwhile: what is asked next sees it.
    """
    try:
        from kg.serve import Settings, run_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _LIBRARIES:
            raise
        raise KgError(f"{error.name} is not installed: pip install 'platform-regulation-kg[serve]'") from error
    settings = Settings(
        store=store,
        host=host,
        port=port,
        title=title,
        timeout=timeout,
        max_result=max_result * _MEGABYTE,
        memory=memory * _MEGABYTE,
        workers=workers,
        queue=queue,
        hosts=hosts,
        origins=origins,
        allow_service=allow_service,
        allow_update=allow_update,
        allow_load=allow_load,
        allow_review=allow_review,
        judgements=judgements,
        token=_find_token() if allow_review else "",
    )
    run_server(settings, on_ready=partial(_tell_address, settings.token, quiet))


def _find_token() -> str:
    """Take the token from the environment, where a list of processes does not show it, or make one up."""
    given = os.environ.get(_TOKEN, "")
    if given and len(given) < _SHORTEST:
        raise KgError(f"{_TOKEN} has {len(given)} signs: want at least {_SHORTEST}")
    return given or secrets.token_urlsafe(24)


def _tell_address(token: str, quiet: bool, address: str) -> None:
    if token and _TOKEN not in os.environ:
        click.echo(f"review at {address}review with the token {token}")
    if not quiet:
        click.echo(f"serving at {address} (Ctrl-C ends it)")
