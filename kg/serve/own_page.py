"""Tell whether a form was sent by a page of ours, as far as a browser says."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.requests import Request

from kg.serve.work import Refused


def require_own_page(request: Request, *, origins: Collection[str] = ()) -> None:
    """Make sure that no page of another origin sent this.

    A browser lets any page send a form anywhere, and says in ``Origin`` which did; other programs say nothing.

    Parameters
    ----------
    request
        The request.
    origins
        Other origins that may.

    Raises
    ------
    Refused
        If the browser says that it was another.
    """
    origin = request.headers.get("origin")
    if origin is not None and origin in origins:
        return
    is_other = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if is_other or request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refused(403, "this was sent by a page of another site")
