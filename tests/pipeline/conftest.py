"""Documents that were read once, so that tests can put them in and take them out by the hundred."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Document, Reading
from kg.pipeline.read import read_claims
from kg.pipeline.runs import Run, describe_run

_WIRE = (
    "The regulator of Italy fined TikTok 10 million euros on 14 March 2024 for weak checks of what children are shown. "
    "The authority said that the company had not looked closely enough at dangerous challenges, among them one in "
    "which young people mark their faces. TikTok denied that it had broken the law and announced that it would look at "
    "its options. The fine is one of several that the authority has handed down in recent years to large platforms."
)

TEXTS = {
    "de-1": "Germany fined Telegram 5.1 million euros in October 2022 for the lack of a way to complain about content.",
    "de-2": "In October 2022 Germany fined the messenger Telegram 5.1 million euros. Telegram appealed the fine.",
    "de-3": "Germany fined Telegram 4 million euros in October 2022, a newspaper reported.",
    "ru-1": "Russia banned Telegram in April 2018. The messenger had refused to hand its keys to the security service.",
    "ru-2": "Russia lifted its ban on Telegram in June 2020. Roskomnadzor had blocked Telegram in April 2018.",
    "us-1": "Texas sued TikTok on Thursday. The company denied the allegations of the attorney general the same day.",
    "us-2": "Acme Widgets Ltd sued Telegram in May 2021. Pavel Durov, the founder of Telegram, denied the allegations.",
    "wire-1": _WIRE,
    "wire-2": _WIRE.replace("dangerous challenges", "risky challenges"),
    "none": "The weather in the valley was fine on Tuesday, and the trains of the northern line ran as they should.",
}
"""Some of one fine, a contradiction, answers, two copies of a story, agents that nobody knows, and nothing at all."""

CHANGED = {
    "de-1": "Germany fined Telegram 5.2 million euros in October 2022. Russia banned Telegram in April 2018.",
    "us-2": "Acme Widgets Limited sued TikTok in May 2021.",
    "wire-2": "Italy ordered TikTok to remove videos.",
}
"""Later texts of some of them."""

Told = tuple[Document, Reading, Run]


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], Told]:
    """Read each text in its first and, where it has one, in its second form: by its id and the number of the form."""
    run, found = describe_run(), {}
    for number, texts in ((1, TEXTS), (2, CHANGED)):
        folder: Path = tmp_path_factory.mktemp("texts")
        for name, text in texts.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        reader = read_claims([str(folder)], model=None, processes=1, columns=None, progress=None, refuse=pytest.fail)
        found |= {(document.id, number): (document, reading, run) for document, reading in reader}
    return found
