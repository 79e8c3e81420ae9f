"""``kg review claims``: say which claims are right."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from kg.cli.asking import Stopped, ask_key, ask_value
from kg.cli.command import ExampleCommand
from kg.cli.deciding import Decisions, add_deciding_options, find_file, read_answers, read_note, read_word
from kg.cli.lines import clean_line
from kg.cli.options import store_argument
from kg.cli.stores import opened_store
from kg.errors import DataError

if TYPE_CHECKING:
    from kg.model import Claim, ClaimJudgement
    from kg.review import ClaimQuestion

_WORDS = {"a": "accepted", "r": "rejected", "c": "corrected", "u": "undecided"}
_ANSWERS = {**_WORDS, "accept": "accepted", "reject": "rejected", "correct": "corrected"}
_KEYS = {"a": "accept", "r": "reject", "c": "correct", "u": "undecided", "s": "skip", "q": "quit"}


@click.command(
    cls=ExampleCommand,
    short_help="Decide which claims are right.",
    examples=(
        ("kg review claims store", "answer a (accept), r (reject), c (correct), s (skip) or q (quit)"),
        ("kg review claims store --list --limit 20", "see the twenty least certain"),
        ("kg review claims store --json > claims.jsonl", "fill in answers and corrections with an editor, then:"),
        ("kg review claims store --answers claims.jsonl --by ada", "take them"),
    ),
)
@store_argument
@add_deciding_options
@click.option("--again", is_flag=True, help="Ask about claims too that were accepted, corrected or left undecided.")
def claims(
    store: str,
    path: str | None,
    by: str | None,
    when: str | None,
    why: str,
    limit: int | None,
    as_json: bool,
    listing: bool,
    answers: str | None,
    again: bool,
) -> None:
    """Show the claims of STORE with their sentences, the least certain first, and write what you decide.

    Decisions go into the file of judgements, and into the graph with the next kg build: what was accepted is certain,
    what was rejected is left out, what was corrected says what it should. To correct, press Enter to keep a value and -
    to take away an amount or a date.
    """
    from kg.review import list_questions

    decisions = Decisions(find_file(store, path), by, when, why)
    given = None if answers is None else list(_read_claims(answers))
    only = None if given is None else {identifier for _, identifier, _ in given}
    with opened_store(store) as opened:
        # One at a time: who answers ten questions need not wait for ten thousand.
        questions = list_questions(opened, decisions.judgements, again=again or only is not None, only=only)
        if given is not None:
            _take_answers(decisions, given, {question.claim.id: question for question in questions})
        elif as_json:
            for question in islice(questions, limit):
                click.echo(json.dumps(describe_question(question), ensure_ascii=False))
        elif listing:
            for number, question in enumerate(islice(questions, limit)):
                click.echo("\n" * (number > 0) + "\n".join(_show_question(question)))
        else:
            _ask_all(decisions, islice(questions, limit))
    if not (as_json or listing):
        decisions.tell(store)


def describe_question(question: ClaimQuestion) -> dict[str, Any]:
    """Describe a claim as a JSON object, with an empty answer to fill in."""
    claim, document = question.claim, question.document
    return {
        "claim": claim.id,
        "answer": "",
        "correction": {},
        "why": "",
        "judged": question.judged.verdict if question.judged else None,
        "confidence": round(claim.confidence, 4),
        "action": claim.action,
        "actor": {"id": claim.actor.id, "name": claim.actor.name, "type": claim.actor.type},
        "target": {"id": claim.target.id, "name": claim.target.name, "type": claim.target.type},
        "status": claim.status,
        "amount": str(claim.money.amount) if claim.money else None,
        "currency": claim.money.currency if claim.money else None,
        "date": claim.date.iso if claim.date else None,
        "quote": claim.evidence.quote,
        "trigger": claim.evidence.trigger.text,
        "document": document.id,
        "published": document.published.iso if document.published else None,
        "url": document.url,
    }


def _show_question(question: ClaimQuestion) -> list[str]:
    from kg.review.decisions import list_values

    claim, document = question.claim, question.document
    values = list_values(claim)
    said = f"{claim.actor.name} — {claim.action} — {claim.target.name}  ({claim.status}"
    details = [f"{values['amount']}" if claim.money else "", values["date"] if claim.date else ""]
    line = ", ".join([said, *(part for part in details if part)]) + ")"
    published = f", {document.published.iso}" if document.published else ""
    head = f"confidence {claim.confidence:.2f}  {document.id}{published}"
    if question.judged:
        head += f"  ({question.judged.verdict} by {question.judged.origin.by})"
    width = min(shutil.get_terminal_size().columns, 110)
    quote = textwrap.wrap(clean_line(claim.evidence.quote), width - 4)
    trigger = clean_line(claim.evidence.trigger.text)
    marked = [row.replace(trigger, click.style(trigger, bold=True, underline=True), 1) for row in quote]
    return [clean_line(head), f"  {click.style(clean_line(line), bold=True)}", *(f"    {row}" for row in marked)]


def _ask_all(decisions: Decisions, questions: Iterable[ClaimQuestion]) -> None:
    for number, question in enumerate(questions, start=1):
        click.echo(f"\n{number}. " + "\n".join(_show_question(question)))
        try:
            while True:
                key = ask_key("Right?", _KEYS)
                if key == "q":
                    return
                if key == "s" or _decide(decisions, question, key):
                    break
        except Stopped:
            return


def _decide(decisions: Decisions, question: ClaimQuestion, key: str) -> bool:
    """Write the decision; False if there was nothing to correct."""
    correction: dict[str, Any] = {}
    if key == "c":
        correction = _ask_correction(question.claim, decisions)
        if not correction:
            click.echo("  nothing is corrected")
            return False
    try:
        decisions.add([_judge(decisions, question, _WORDS[key], correction)])
    except DataError as error:
        click.echo(f"  not written: {clean_line(str(error))}")
        return False
    return True


def _ask_correction(claim: Claim, decisions: Decisions) -> dict[str, Any]:
    from kg.judge.written import read_value
    from kg.review.decisions import list_values

    correction: dict[str, Any] = {}
    for name, former in list_values(claim).items():
        answer = ask_value(name, former, partial(read_value, name, kb=decisions.kb))
        if answer is not None:
            correction |= read_value(name, answer, kb=decisions.kb)
    return correction


def _judge(
    decisions: Decisions,
    question: ClaimQuestion,
    verdict: str,
    correction: Mapping[str, Any],
    why: str = "",
    by: str = "",
) -> ClaimJudgement:
    from kg.review.decisions import judge_claim

    return judge_claim(question, verdict, decisions.sign(why, by), correction, decisions.kb)


def _read_claims(path: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Read a file of answers: each with its place and the claim that it is about."""
    for place, record in read_answers(path):
        identifier = record.get("claim")
        if not isinstance(identifier, str):
            raise DataError(f"{place}: claim {identifier!r}: want the id of a claim")
        yield place, identifier, record


def _take_answers(
    decisions: Decisions, given: Iterable[tuple[str, str, Mapping[str, Any]]], questions: Mapping[str, ClaimQuestion]
) -> None:
    judgements = []
    for place, identifier, record in given:
        correction = record.get("correction") or {}
        if identifier not in questions:
            raise DataError(f"{place}: no claim {identifier!r} in the store")
        verdict = read_word(record, place, _ANSWERS)
        if (verdict == "corrected") != bool(correction):
            raise DataError(f"{place}: {verdict!r} {'wants' if verdict == 'corrected' else 'takes no'} correction")
        try:
            why, by = read_note(record, "why", place), read_note(record, "by", place)
            judgements.append(_judge(decisions, questions[identifier], verdict, correction, why, by))
        except DataError as error:
            message = str(error)
            raise DataError(message if message.startswith(place) else f"{place}: {message}") from error
    decisions.add(judgements)
