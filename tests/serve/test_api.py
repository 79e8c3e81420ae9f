"""The JSON API gives what the graph has, page by page, and keeps to its own description."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.serve.api.select import CLASSES
from tests.serve.conftest import MARKUP
from tests.served import Served

LISTS = ["agents", "actions", "cases", "claims", "evidence"]


def read_all(served: Served, path: str) -> list[str]:
    """Follow a list to its end, and give the ids."""
    ids: list[str] = []
    address: str | None = path
    while address:
        page = served.client.get(address).json()
        ids += [item["id"] for item in page["items"]]
        address = page["next"]
    return ids


def test_api_tells_an_action_with_its_proof(served: Served) -> None:
    """From an action one gets to its claims, and from a claim to the words that say so."""
    (action,) = served.client.get("/api/actions?type=fine").json()["items"]
    assert action["actor"] == {"id": "germany", "name": "Germany"}
    assert action["target"] == {"id": "telegram", "name": "Telegram"}
    assert action["amounts"] == [{"value": "5100000", "currency": "EUR"}]
    assert (action["status"], action["date"]) == ("actual", "2022")
    claim = served.client.get(f"/api/claims/{action['claims'][0]}").json()
    assert (claim["action"], claim["document"], claim["type"]) == (action["id"], "fine", "fine")
    evidence = served.client.get(f"/api/evidence/{claim['evidence'][0]}").json()
    assert evidence["quote"] == "Germany fined Telegram in 2022."
    assert evidence["document"]["published"] == "2022-10-17"
    assert served.client.get(f"/api/evidence?action={action['id']}").json()["items"] == [evidence]


@pytest.mark.parametrize("path", LISTS)
def test_api_pages_hold_each_thing_once_in_order(served: Served, path: str) -> None:
    """However long a page is, all pages together are the same list, and the store's things of the class."""
    whole = read_all(served, f"/api/{path}?limit=200")
    kind = CLASSES[path if path == "evidence" else path.rstrip("s")]
    count = served.ask(
        f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a <https://w3id.org/platform-regulation#{kind}> }}"
    ).json()["results"]["bindings"][0]["n"]["value"]
    assert len(whole) == len(set(whole)) == int(count)
    if len(whole) < 20:
        assert read_all(served, f"/api/{path}?limit=1") == whole


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("actions?type=coercion", 3),
        ("actions?type=ban", 1),
        ("actions?actor=germany", 4),
        ("actions?target=telegram", 1),
        ("actions?target=germany", 0),
        ("actions?status=planned", 0),
        ("actions?charge=missing-complaint-channel", 1),
        ("actions?since=2022&until=2022-05", 1),
        ("actions?since=2023", 0),
        ("actions?min_confidence=1", 0),
        ("agents?name=telegram%20messenger&type=Platform", 1),
        ("agents?type=Ministry&country=zz", 0),
        ("claims?document=fine", 1),
        ("claims?actor=nobody", 0),
        ("evidence?document=story-1", 1),
    ],
)
def test_api_lists_are_narrowed_down(served: Served, query: str, count: int) -> None:
    """Each parameter leaves those that have it, and several leave those that have all."""
    assert len(served.client.get(f"/api/{query}").json()["items"]) == count


def test_api_gives_hostile_names_as_data(served: Served) -> None:
    """A name that is markup comes as it is, in JSON that no browser takes for a page."""
    answer = served.client.get("/api/agents", params={"name": MARKUP})
    assert [item["name"] for item in answer.json()["items"]] == [f"Evil {MARKUP}"]
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("value", ["x> ?s ?p ?o . <y", 'x" ) } #', "\\", "a\nb", "\x00", "%00", "\ud83e", "{}"])
def test_api_takes_nothing_typed_for_sparql(served: Served, value: str) -> None:
    """What would end a term or a text in SPARQL finds nothing, and does no harm."""
    text = value.encode("utf-8", "surrogatepass")
    for query in ("actions", "claims"):
        answer = served.client.get(f"/api/{query}", params={"actor": text})
        assert (answer.status_code, answer.json()["items"]) == (200, [])
    assert served.client.get("/api/agents", params={"name": text}).status_code == 200
    assert served.client.get("/api/agents", params={"after": text}).status_code == 200


@pytest.mark.parametrize(
    "query", ["actions?limit=0", "actions?limit=201", "actions?type=hug", "actions?since=may", "agents?type=Dog"]
)
def test_api_refuses_values_that_it_does_not_take(served: Served, query: str) -> None:
    """A value out of bounds is refused with 422, and the answer says which."""
    answer = served.client.get(f"/api/{query}")
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"][0] == "query"


def test_api_says_what_is_not_there(served: Served) -> None:
    """An id that nothing has is answered with 404, and so is the id of another kind of thing."""
    (action,) = served.client.get("/api/actions?type=fine").json()["items"]
    for path in ("agents/nobody", f"claims/{action['id']}", "actions/telegram"):
        answer = served.client.get(f"/api/{path}")
        assert answer.status_code == 404
        assert "has the id" in answer.json()["detail"]


def run_schemathesis(served: Served, *options: str) -> subprocess.CompletedProcess[str]:
    """Let schemathesis send what the description allows, and what it does not."""
    program = str(Path(sys.executable).with_name("schemathesis"))
    if not Path(program).exists() and not shutil.which("schemathesis"):
        pytest.skip("schemathesis is not installed")
    address = f"{served.address}openapi.json"
    command = [program, "run", address, "--checks", "all", "--seed", "20261122", "--no-color", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/tmp")


def test_api_keeps_to_its_description(served: Served) -> None:
    """Schemathesis finds no answer that the OpenAPI description does not allow."""
    assert served.client.get("/openapi.json").json()["openapi"].startswith("3.1")
    done = run_schemathesis(served, "--phases", "examples,fuzzing", "--max-examples", "4")
    assert done.returncode == 0, done.stdout[-3000:]
    assert "No issues found" in done.stdout


@pytest.mark.slow
def test_api_keeps_to_its_description_at_length(served: Served) -> None:
    """Schemathesis finds nothing in all its phases either: each boundary, sequences of requests, many more values."""
    done = run_schemathesis(served, "--max-examples", "100")
    assert done.returncode == 0, done.stdout[-3000:]
