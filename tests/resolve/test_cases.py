from __future__ import annotations

from kg.resolve.cases import make_case_id
from tests.factories import GERMANY, TELEGRAM, make_agent


def test_cases_hold_both_directions() -> None:
    """The fine and the appeal against it are one matter, whoever acts."""
    assert make_case_id(GERMANY, TELEGRAM) == make_case_id(TELEGRAM, GERMANY)


def test_cases_keep_other_parties_apart() -> None:
    """The founder's matter is not the platform's, and agents are told apart by id, not by name."""
    durov = make_agent("Pavel Durov", "Person")
    assert make_case_id(GERMANY, durov) != make_case_id(GERMANY, TELEGRAM)
    assert make_case_id(GERMANY, make_agent("Telegram", "Company")) != make_case_id(GERMANY, TELEGRAM)
