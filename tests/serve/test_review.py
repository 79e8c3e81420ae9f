"""The review pages write what ``kg review`` writes, and nothing without a token and a form of their own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from kg.judge import FILE_NAME
from kg.pipeline import rejudge
from tests.serve.conftest import MARKUP, write_store
from tests.served import Served, serve_store


@pytest.fixture(scope="module")
def reviewing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Served]]:
    """Serve a store for review."""
    store = write_store(tmp_path_factory.mktemp("review") / "store", knowledge=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("KG_REVIEW_TOKEN", raising=False)
        with serve_store(store, "--allow-review", "--workers", "1") as served:
            yield store, served


@pytest.fixture
def reviewed(reviewing: tuple[Path, Served]) -> Iterator[tuple[Path, Served]]:
    """Begin with nothing judged, and a browser that nobody knows."""
    store, served = reviewing
    (store / FILE_NAME).unlink(missing_ok=True)
    with httpx.Client(base_url=served.address, timeout=60, trust_env=False) as client:
        yield store, replace(served, client=client)


def find_token(served: Served) -> str:
    """Find the token in what the server said when it started."""
    return next(line.rpartition(" ")[2] for line in served.said if line.startswith("review at"))


def log_in(served: Served, by: str = "Ada") -> httpx.Response:
    """Bring the token."""
    return served.client.post("/review/login", data={"token": find_token(served), "by": by})


def read_forms(page: str) -> list[dict[str, str]]:
    """Read the hidden fields of the forms of a page."""
    forms = re.findall(r"<form.*?</form>", page, re.DOTALL)
    return [dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form)) for form in forms]


def read_judgements(store: Path) -> list[dict[str, object]]:
    """Read what was written so far."""
    file = store / FILE_NAME
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []


def test_review_writes_what_was_decided(reviewed: tuple[Path, Served]) -> None:
    """Accepting a claim writes a line with who, what and why; the claim is not asked again."""
    store, served = reviewed
    answer = log_in(served)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    page = served.client.get("/review/claims").text
    form = read_forms(page)[0]
    before = page.count("<article>")
    done = served.client.post("/review/claims", data={**form, "answer": "accepted", "why": "it says so"})
    assert done.status_code == 303
    (line,) = read_judgements(store)
    assert (line["is"], line["by"], line["why"]) == ("accepted", "Ada", "it says so")
    assert served.client.get(done.headers["location"]).text.count("<article>") == before - 1


def test_review_writes_corrections(reviewed: tuple[Path, Served]) -> None:
    """What is changed on the page is the correction; what is left as it was is no part of it."""
    store, served = reviewed
    log_in(served)
    page = served.client.get("/review/claims").text
    form = next(form for form in read_forms(page) if "claim" in form)
    values = {"action": "warn", "actor": "Germany", "amount": "EUR 5", "date": ""}
    assert served.client.post("/review/claims", data={**form, **values, "answer": "corrected"}).status_code == 303
    (line,) = read_judgements(store)
    assert line["is"] == "corrected"
    assert line["correction"] == {"action": "warn", "amount": "5", "currency": "EUR"}


@pytest.mark.parametrize("changed", ["no session", "no secret", "another secret", "another site", "fetched"])
def test_review_writes_nothing_for_other_pages(reviewed: tuple[Path, Served], changed: str) -> None:
    """Without a session, or the secret of its forms, or from another site, nothing is written."""
    store, served = reviewed
    log_in(served)
    form = {**read_forms(served.client.get("/review/claims").text)[0], "answer": "accepted"}
    headers = {}
    if changed == "no session":
        served.client.cookies.clear()
    elif changed == "no secret":
        del form["secret"]
    elif changed == "another secret":
        form["secret"] = "x" * 43
    elif changed == "another site":
        headers["Origin"] = "https://evil.example"
    else:
        headers["Sec-Fetch-Site"] = "cross-site"
    answer = served.client.post("/review/claims", data=form, headers=headers)
    assert answer.status_code == 403
    assert read_judgements(store) == []
    assert served.client.get("/review/claims?answer=accepted").status_code in (200, 303)
    assert read_judgements(store) == []


def test_review_lets_nobody_in_without_the_token(reviewed: tuple[Path, Served]) -> None:
    """A wrong token and no name are refused, and the pages lead to the door."""
    _, served = reviewed
    token = find_token(served)
    for given, by, status in (("wrong", "Ada", 403), ("", "Ada", 403), (token, "  ", 400), (token, "a\x00b", 400)):
        answer = served.client.post("/review/login", data={"token": given, "by": by})
        assert answer.status_code == status
        assert "set-cookie" not in answer.headers
    assert served.client.get("/review/claims").headers["location"] == "/review"
    assert token not in served.client.get("/review").text


def test_review_leaves(reviewed: tuple[Path, Served]) -> None:
    """Who leaves is let in no more by the same cookie."""
    _, served = reviewed
    log_in(served)
    cookies = dict(served.client.cookies)
    secret = read_forms(served.client.get("/review").text)[0]
    assert served.client.post("/review/logout", data=secret).status_code == 303
    served.client.cookies.update(cookies)
    assert served.client.get("/review/claims").status_code == 303


def test_review_refuses_answers_that_are_none(reviewed: tuple[Path, Served]) -> None:
    """An answer, a claim or a correction that is none is told on the page, and nothing is written."""
    store, served = reviewed
    log_in(served)
    form = read_forms(served.client.get("/review/claims").text)[0]
    for fields, status, said in (
        ({"answer": "perhaps"}, 400, "want one of"),
        ({"answer": "accepted", "claim": "nobody's"}, 404, "no claim has the id"),
        ({"answer": "corrected"}, 400, "nothing is corrected"),
        ({"answer": "corrected", "action": "hug"}, 400, "hug"),
        ({"answer": "corrected", "actor": f"{MARKUP} | Dog"}, 400, "Dog"),
    ):
        answer = served.client.post("/review/claims", data={**form, **fields})
        assert answer.status_code == status, answer.text
        assert said in answer.text
        assert "<img" not in answer.text
    assert read_judgements(store) == []


def test_review_shows_markup_as_words(reviewed: tuple[Path, Served]) -> None:
    """Names and quotes that are markup stand on the page as words, and an address that is a script is no link."""
    _, served = reviewed
    log_in(served, by=MARKUP)
    page = served.client.get("/review/claims").text + served.client.get("/review").text
    assert "<img" not in page
    assert "javascript:" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_review_judges_agents(reviewed: tuple[Path, Served]) -> None:
    """Two agents that may be one are judged so, and are asked about no more."""
    store, served = reviewed
    log_in(served)
    (form,) = (form for form in read_forms(served.client.get("/review/agents").text) if "first" in form)
    assert served.client.post("/review/agents", data={**form, "answer": "same"}).status_code == 303
    (line,) = read_judgements(store)
    assert (line["agents"], line["is"]) == ([form["first"], form["second"]], "same")
    assert str(line["why"]).startswith("proposed with")
    assert "Nothing is left" in served.client.get("/review/agents").text


def test_review_works_in_a_browser(reviewed: tuple[Path, Served], browser: Any) -> None:
    """In Chromium a reviewer enters, accepts and corrects; Enter in the field of the reason decides nothing."""
    store, served = reviewed
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{served.address}review")
    page.fill("input[name=token]", find_token(served))
    page.fill("input[name=by]", "Ada")
    page.click("button")
    page.click("text=Claims")
    page.fill("article:first-of-type form >> nth=0 >> input[name=why]", "it says so")
    page.press("article:first-of-type form >> nth=0 >> input[name=why]", "Enter")
    page.wait_for_timeout(300)
    assert read_judgements(store) == []
    page.click("article:first-of-type button[value=accepted]")
    page.wait_for_selector("text=Written.")
    page.click("summary >> nth=0")
    page.fill("details[open] input[name=status]", "planned")
    page.click("details[open] button")
    page.wait_for_url("**done=claim")
    page.wait_for_selector("text=Written.")
    first, second = read_judgements(store)
    assert (first["is"], first["why"], first["by"]) == ("accepted", "it says so", "Ada")
    assert (second["is"], second["correction"]) == ("corrected", {"status": "planned"})
    context.close()


@pytest.mark.slow
def test_review_reaches_the_graph(tmp_path: Path) -> None:
    """What was judged on the pages is applied to the store, and the server that runs shows it."""
    from kg.pipeline import build

    store = tmp_path / "store"
    for number, name in enumerate(("Acme Mediaworks", "Acme Mediaworks Ltd")):
        (tmp_path / f"{number}.txt").write_text(f"Germany sued {name} in 2023.", encoding="utf-8")
    build([str(path) for path in sorted(tmp_path.glob("*.txt"))], store, processes=1)
    with serve_store(store, "--allow-review", "--workers", "1") as served:
        log_in(served)
        form = next(form for form in read_forms(served.client.get("/review/agents").text) if "acme" in str(form))
        assert served.client.post("/review/agents", data={**form, "answer": "same"}).status_code == 303
        assert len(served.client.get("/api/agents?name=acme%20media").json()["items"]) == 2
        rejudge(str(store))
        assert len(served.client.get("/api/agents?name=acme%20media").json()["items"]) == 1


def test_review_is_off_unless_it_is_switched_on(served: Served) -> None:
    """A server for reading has no review pages, and no page points to any."""
    assert served.client.get("/review").status_code == 404
    assert served.client.post("/review/login", data={"token": "", "by": "Ada"}).status_code in (404, 405)
    assert "/review" not in served.client.get("/").text


def test_review_prints_a_token_that_nobody_can_guess(reviewed: tuple[Path, Served]) -> None:
    """Without a token of its own the server makes one up, and prints it once."""
    _, served = reviewed
    assert len(find_token(served)) >= 32
    assert len(served.said) == 2


def test_review_refuses_a_token_that_is_short(store: Path) -> None:
    """A token that could be tried out is refused in one line."""
    environment = {**os.environ, "KG_REVIEW_TOKEN": "secret"}
    command = [sys.executable, "-m", "kg", "serve", str(store), "--allow-review"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "kg: KG_REVIEW_TOKEN has 6 signs: want at least 16\n"
