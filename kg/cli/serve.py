"""``kg serve``: the graph over HTTP."""

from __future__ import annotations

import click

from kg.cli.command import ExampleCommand
from kg.cli.options import quiet_option, store_argument
from kg.errors import KgError

_MEGABYTE = 1_000_000
_LIBRARIES = ("fastapi", "starlette", "uvicorn")


@click.command(
    cls=ExampleCommand,
    short_help="Serve the graph over HTTP: SPARQL, a JSON API, pages.",
    examples=(
        ("kg serve store", "open http://127.0.0.1:8080/ in a browser"),
        ("kg serve store --port 9000 --timeout 10", "let no query take more than ten seconds"),
        ("kg serve store --host 0.0.0.0 --allowed-host graph.example.org", "serve others, under that name"),
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
    )
    run_server(settings, on_ready=None if quiet else _tell_address)


def _tell_address(address: str) -> None:
    click.echo(f"serving at {address} (Ctrl-C ends it)")
