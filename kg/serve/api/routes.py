"""The addresses of the API, and what each takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from kg.model.case import STANDINGS
from kg.model.vocabulary import ACTION_GROUPS, AGENT_TYPES, GROUP_OF, STATUSES
from kg.serve.answers import make_response, wait_for_client
from kg.serve.api import models
from kg.serve.pool import Pool

PREFIX = "/api"
MOST = 200
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    404: {"model": models.Problem, "description": "There is no such thing."},
    500: {"model": models.Problem, "description": "It could not be worked out."},
    503: {
        "model": models.Problem,
        "description": "Too many ask, or it took too long; Retry-After says when to ask again.",
    },
}

_Id = Annotated[str, Path(max_length=500, description="As lists have it.")]
_Limit = Annotated[int, Query(ge=1, le=MOST, description="How many a page has.")]
_After = Annotated[str | None, Query(max_length=500, description="The id of the last of the page before.")]
_Filter = Annotated[str | None, Query(max_length=500)]
_Date = Annotated[str | None, Query(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", examples=["2022-05"])]
_Share = Annotated[float | None, Query(ge=0, le=1)]
_ACTION_TYPES, _AGENT_TYPES = tuple(sorted({*GROUP_OF, *ACTION_GROUPS})), tuple(sorted(AGENT_TYPES))
_ActionType = Literal[_ACTION_TYPES]  # type: ignore[valid-type]
_AgentType = Literal[_AGENT_TYPES]  # type: ignore[valid-type]
_Status = Literal[STATUSES]  # type: ignore[valid-type]
_Standing = Literal[STANDINGS]  # type: ignore[valid-type]

_PATHS = {"agent": "agents", "action": "actions", "case": "cases", "claim": "claims", "evidence": "evidence"}


def make_router(pool: Pool) -> APIRouter:
    """Make the API of a server whose workers are these."""
    router = APIRouter(prefix=PREFIX)

    async def give_page(
        request: Request, kind: str, limit: int, after: str | None, filters: Mapping[str, Any]
    ) -> Response:
        given = {name: str(value) for name, value in filters.items() if value is not None}
        arguments = {"kind": kind, "filters": given, "after": after, "limit": limit, "path": f"{PREFIX}/{_PATHS[kind]}"}
        return make_response(*await wait_for_client(request, pool.run("api_list", arguments)))

    @router.get("/agents", summary="List agents", tags=["agents"], **_describe(models.Agents))
    async def list_agents(
        request: Request,
        name: Annotated[str | None, Query(max_length=200, description="A part of a name, in any case.")] = None,
        type: _AgentType | None = None,
        country: Annotated[str | None, Query(max_length=8, description="A code, such as de.")] = None,
        limit: _Limit = 50,
        after: _After = None,
    ) -> Response:
        return await give_page(request, "agent", limit, after, {"name": name, "type": type, "country": country})

    @router.get("/actions", summary="List actions", tags=["actions"], **_describe(models.Actions))
    async def list_actions(
        request: Request,
        type: Annotated[_ActionType | None, Query(description="One of the 25 actions, or of their six groups.")] = None,
        actor: _Filter = None,
        target: _Filter = None,
        status: _Status | None = None,
        case: _Filter = None,
        charge: _Filter = None,
        since: _Date = None,
        until: _Date = None,
        min_confidence: _Share = None,
        limit: _Limit = 50,
        after: _After = None,
    ) -> Response:
        filters = {
            "type": type,
            "actor": actor,
            "target": target,
            "status": status,
            "case": case,
            "charge": charge,
            "since": since,
            "until": until,
            "min_confidence": min_confidence,
        }
        return await give_page(request, "action", limit, after, filters)

    @router.get("/cases", summary="List cases", tags=["cases"], **_describe(models.Cases))
    async def list_cases(
        request: Request,
        standing: _Standing | None = None,
        pursued_by: _Filter = None,
        concerns: _Filter = None,
        limit: _Limit = 50,
        after: _After = None,
    ) -> Response:
        filters = {"standing": standing, "pursued_by": pursued_by, "concerns": concerns}
        return await give_page(request, "case", limit, after, filters)

    @router.get("/claims", summary="List claims", tags=["claims"], **_describe(models.Claims))
    async def list_claims(
        request: Request,
        action: _Filter = None,
        document: _Filter = None,
        actor: _Filter = None,
        target: _Filter = None,
        status: _Status | None = None,
        min_confidence: _Share = None,
        limit: _Limit = 50,
        after: _After = None,
    ) -> Response:
        filters = {
            "action": action,
            "document": document,
            "actor": actor,
            "target": target,
            "status": status,
            "min_confidence": min_confidence,
        }
        return await give_page(request, "claim", limit, after, filters)

    @router.get("/evidence", summary="List evidence", tags=["evidence"], **_describe(models.Evidences))
    async def list_evidence(
        request: Request,
        claim: _Filter = None,
        action: _Filter = None,
        document: _Filter = None,
        limit: _Limit = 50,
        after: _After = None,
    ) -> Response:
        return await give_page(
            request, "evidence", limit, after, {"claim": claim, "action": action, "document": document}
        )

    for kind, model in _KINDS.items():
        router.add_api_route(
            f"/{_PATHS[kind]}/{{id}}",
            _make_getter(pool, kind),
            methods=["GET"],
            summary=f"Get {kind if kind == 'evidence' else f'a {kind}' if kind[0] not in 'ae' else f'an {kind}'}",
            operation_id=f"get_{kind}",
            tags=[_PATHS[kind]],
            **_describe(model),
        )
    return router


_KINDS: dict[str, type[models.Shape]] = {
    "agent": models.Agent,
    "action": models.Action,
    "case": models.Case,
    "claim": models.Claim,
    "evidence": models.Evidence,
}


def _make_getter(pool: Pool, kind: str) -> Callable[..., Any]:
    async def get_one(request: Request, id: _Id) -> Response:
        return make_response(*await wait_for_client(request, pool.run("api_get", {"kind": kind, "id": id})))

    return get_one


def _describe(model: type[models.Shape]) -> dict[str, Any]:
    is_page = issubclass(model, models.Page)
    problems = {status: problem for status, problem in _PROBLEMS.items() if status != 404 or not is_page}
    return {"response_model": model, "responses": problems}
