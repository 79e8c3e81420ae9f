"""``kg review agents``: say which agents are one."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from kg.cli.asking import Stopped, ask_key
from kg.cli.command import ExampleCommand
from kg.cli.deciding import Decisions, add_deciding_options, find_file, read_answers, read_note, read_word
from kg.cli.lines import clean_line
from kg.cli.options import store_argument
from kg.cli.review_candidates import describe_profile, format_profile
from kg.cli.stores import opened_store
from kg.errors import DataError

if TYPE_CHECKING:
    from kg.review import Profile, Proposal

_WORDS = {"y": "same", "n": "different", "u": "undecided"}
_LONGEST_QUOTE = 200
_KEYS = {"y": "yes", "n": "no", "u": "undecided", "s": "skip", "q": "quit"}


@click.command(
    cls=ExampleCommand,
    short_help="Decide which agents are one.",
    examples=(
        ("kg review agents store", "answer y, n, u (undecided), s (skip) or q (quit), pair by pair"),
        ("kg review agents store --list --limit 20", "see the twenty likeliest pairs"),
        ("kg review agents store --json > pairs.jsonl", "fill in the answers with an editor, then:"),
        ("kg review agents store --answers pairs.jsonl --by ada", "take them"),
    ),
)
@store_argument
@add_deciding_options
@click.option("--least", type=click.FloatRange(0, 1), default=0.3, help="The least score of a pair; by default 0.3.")
@click.option("--undecided", is_flag=True, help="Ask again about the pairs that were left undecided.")
def agents(
    store: str,
    path: str | None,
    by: str | None,
    when: str | None,
    why: str,
    limit: int | None,
    as_json: bool,
    listing: bool,
    answers: str | None,
    least: float,
    undecided: bool,
) -> None:
    """Show pairs of agents of STORE that may be one, the likeliest first, and write what you decide.

    At least one of a pair is new, the other new or of the knowledge base. The score ranks the pairs and is no
    probability. Decisions go into the file of judgements, and into the graph with the next kg build.
    """
    from kg.review import read_profiles

    decisions = Decisions(find_file(store, path), by, when, why)
    with opened_store(store) as opened:
        profiles = read_profiles(opened)
    if answers is not None:
        _take_answers(decisions, answers, profiles)
        decisions.tell(store)
        return
    questions = list(islice(_list_questions(profiles, decisions, least=least, undecided=undecided), limit))
    if as_json:
        for question in questions:
            click.echo(json.dumps(describe_proposal(question), ensure_ascii=False))
    elif listing:
        for question in questions:
            click.echo("\n".join(_show_proposal(question, profiles)))
        _show_undecided(decisions, profiles)
    else:
        _ask_all(decisions, questions, profiles)
        decisions.tell(store)


def _list_questions(
    profiles: Mapping[str, Profile], decisions: Decisions, *, least: float, undecided: bool
) -> Iterator[Proposal]:
    from kg.review import propose_pairs
    from kg.review.proposals import PairScorer

    identity = decisions.judgements.identity
    if undecided:
        scorer = PairScorer(profiles, decisions.kb)
        for first, second in identity.list_undecided():
            if first in profiles and second in profiles:
                yield scorer.score(profiles[first], profiles[second])
        return
    yield from propose_pairs(profiles, decisions.kb, identity.tell_verdict, least=least)


def _ask_all(decisions: Decisions, questions: list[Proposal], profiles: Mapping[str, Profile]) -> None:
    for number, proposal in enumerate(questions, start=1):
        # Earlier answers may have answered this: what is the same as the same is one.
        identity = decisions.judgements.identity
        if identity.tell_verdict(proposal.first.id, proposal.second.id) in ("same", "different"):
            continue
        click.echo(f"\n{number}/{len(questions)}  " + "\n".join(_show_proposal(proposal, profiles)))
        try:
            key = ask_key("The same?", _KEYS)
        except Stopped:
            return
        if key == "q":
            return
        if key in _WORDS:
            try:
                decisions.add(
                    [
                        _judge(
                            decisions, proposal.first, proposal.second, _WORDS[key], decisions.why or _explain(proposal)
                        )
                    ]
                )
            except DataError as error:
                click.echo(f"not written: {clean_line(str(error))}")


def _explain(proposal: Proposal) -> str:
    return f"proposed with {proposal.score:.2f}: {'; '.join(proposal.signs)}"


def _judge(decisions: Decisions, first: Profile, second: Profile, verdict: str, why: str, by: str = "") -> Any:
    from kg.review.decisions import judge_agents

    return judge_agents(first, second, verdict, decisions.sign(why, by))


def _take_answers(decisions: Decisions, path: str, profiles: Mapping[str, Profile]) -> None:
    judgements = []
    for place, record in read_answers(path):
        pair = record.get("agents")
        if not isinstance(pair, list) or len(pair) != 2 or pair[0] == pair[1]:
            raise DataError(f"{place}: agents {pair!r}: want a list of two ids")
        for agent in pair:
            if not isinstance(agent, str) or agent not in profiles:
                raise DataError(f"{place}: no agent {agent!r} in the store")
        first, second = (profiles[agent] for agent in pair)
        verdict = read_word(record, place, _WORDS)
        note, by = read_note(record, "why", place), read_note(record, "by", place)
        judgements.append(_judge(decisions, first, second, verdict, note, by))
    decisions.add(judgements)


def describe_proposal(proposal: Proposal) -> dict[str, Any]:
    """Describe a pair as a JSON object, with an empty answer to fill in."""
    pair = (proposal.first, proposal.second)
    return {
        "agents": [profile.id for profile in pair],
        "answer": "",
        "why": "",
        "score": proposal.score,
        "signs": list(proposal.signs),
        "about": [describe_profile(profile) for profile in pair],
    }


def _show_proposal(proposal: Proposal, profiles: Mapping[str, Profile]) -> list[str]:
    pair = (proposal.first, proposal.second)
    lines = []
    for profile in pair:
        lines.append(f"  {format_profile(profile, profiles)}")
        if not profile.known and profile.quote:
            lines.append(f"    “{textwrap.shorten(clean_line(profile.quote), _LONGEST_QUOTE, placeholder=' …')}”")
    return [f"{proposal.score:.2f}  {clean_line('; '.join(proposal.signs))}", *lines]


def _show_undecided(decisions: Decisions, profiles: Mapping[str, Profile]) -> None:
    for first, second in decisions.judgements.identity.list_undecided():
        names = [profiles[agent].name if agent in profiles else agent for agent in (first, second)]
        click.echo(clean_line(f"undecided: {names[0]} ({first}) and {names[1]} ({second})"))
