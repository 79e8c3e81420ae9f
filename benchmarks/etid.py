"""Measure how well fines are read: the summaries of the GDPR enforcement table against the cells of their own rows.

    python benchmarks/etid.py                       # the figures
    python benchmarks/etid.py --errors              # and every row that missed one, by kind
    python benchmarks/etid.py --table other.tsv --limit 200

The text extraction reads each row's *summary* (nothing else of the row, but its date as the day of publication) where
the amount of the row stands in that summary; the other cells are the answer. Four figures:

- amounts called fines that are right: of the amounts of all claims "fine, actual", those that are the row's. Counted
  strictly, and once more without those that the summary itself tells as a fine of its own: the original amount before
  a reduction, the same amount in another currency, or parts that add up to the row's.
- right amount found: rows where some such claim carries the row's amount.
- fined party: rows whose summary names the controller, where the target of such a claim is that controller.
- authority: rows whose summary names the authority, where the actor of such a claim is that authority.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from threadpoolctl import ThreadpoolController

from kg.annotate import Annotator, load_pipeline
from kg.evaluate.names import is_same_name, load_filler_words, split_name
from kg.extract import ClaimReader
from kg.kb import KnowledgeBase, load_knowledge_base
from kg.model import Claim, Document, PartialDate

TABLE = Path(__file__).resolve().parent.parent.parent / "shared" / "reference" / "gdpr-enforcement-etid-1-1200.tsv"
GOALS = {"called fines that are right": 0.97, "right amount found": 0.95, "fined party": 0.85, "authority": 0.90}
_MONEY_WORD = r"(?:EUR|Euros?|euros?|€)"
_BRACKETS = re.compile(r"\(([^)]*)\)")
_LEGAL_FORMS = frozenset(
    "sa sau sl slu sp zoo oo z srl spa as ab ltd llc inc ag gmbh bv nv kft ehf oy eood cv slp".split()
)
_AUTHORITY_NOUN = r"(?:DPA|SA|(?:Data|data) [Pp]rotection \w+|[Ss]upervisory [Aa]uthority|\w+ Commissioner)"


@dataclass(slots=True)
class Row:
    """One decision: what the table says, and what was read of its summary."""

    cells: dict[str, str]
    fine: Decimal
    fines: list[Claim] = field(default_factory=list)
    others: list[Claim] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """The text that is read."""
        return self.cells["summary"]

    def note(self, why: str) -> str:
        """Describe a miss in a few lines."""
        read = "; ".join(
            f"{claim.actor.name} -> {claim.target.name} {claim.money.amount if claim.money else '-'} "
            f"{claim.money.currency if claim.money else ''} ({claim.confidence:.2f})"
            for claim in self.fines
        )
        rest = ", ".join(sorted({f"{claim.action}/{claim.status}" for claim in self.others}))
        return (
            f"{self.cells['etid']} {why}\n   table: {self.cells['authority']} -> {self.cells['controller']} "
            f"{self.fine}\n"
            f"   fines: {read or 'none'}; other claims: {rest or 'none'}\n   {self.summary[:700]}"
        )


def states_amount(text: str, amount: Decimal) -> bool:
    """Tell whether a text states an amount of euros, without asking the reader of money that is under test."""
    whole = int(amount)
    forms = {str(whole), f"{whole:,}", f"{whole:,}".replace(",", "."), f"{whole:,}".replace(",", " ")}
    for unit, words in ((1_000_000, r"(?:million|mio|m)"), (1_000, r"(?:k|thousand)")):
        scaled = (amount / unit).normalize()
        if amount >= unit and -scaled.as_tuple().exponent <= 2:  # type: ignore[operator]
            forms |= {f"{text} {words}" for text in (f"{scaled:f}", f"{scaled:f}".replace(".", ","))}
    for form in forms:
        pattern = re.escape(form) if form[-1] != ")" else re.escape(form.split(" ")[0]) + r"\s?" + form.split(" ")[1]
        number = rf"(?<![\d.,]){pattern}(?![\d]|[.,]\d)"
        if re.search(rf"{_MONEY_WORD}\s?{number}|{number}\s?{_MONEY_WORD}", text):
            return True
    return False


def read_rows(table: Path) -> Iterator[Row]:
    """Read the rows whose amount stands in their summary."""
    with table.open(encoding="utf-8", newline="") as file:
        for cells in csv.DictReader(file, delimiter="\t"):
            if re.fullmatch(r"\d+(\.\d+)?", cells["fine_eur"]) and Decimal(cells["fine_eur"]) > 0:
                row = Row(cells, Decimal(cells["fine_eur"]))
                if states_amount(row.summary, row.fine):
                    yield row


def extract_rows(rows: Sequence[Row], kb: KnowledgeBase) -> None:
    """Let the extraction read each summary."""
    annotator, reader = Annotator(load_pipeline(), kb), ClaimReader(kb)
    with ThreadpoolController().limit(limits=1, user_api="blas"):
        parsed = annotator.read_many(row.summary for row in rows)
        for row, (doc, mentions) in zip(rows, parsed, strict=True):
            date = row.cells["date"]
            published = PartialDate(date) if re.fullmatch(r"\d{4}(-\d\d){0,2}", date) else None
            document = Document(row.cells["etid"], row.summary, published=published)
            for claim in reader.read(document, doc, mentions).claims:
                is_fine = claim.action == "fine" and claim.status == "actual"
                (row.fines if is_fine else row.others).append(claim)


def find_authority(cell: str, kb: KnowledgeBase, country: str | None) -> set[str]:
    """Find the authorities that a cell names, by its words, its words without brackets, and those in them."""
    names = {cell, _BRACKETS.sub("", cell).strip(), *_BRACKETS.findall(cell)}
    wanted = {split_name(name.strip(" '")) for name in names}
    found = {i for alias, ids in kb.aliases.items() if split_name(alias) in wanted for i in ids}
    return {i for i in found if kb.agents[i].country == country} or found


def names_authority(row: Row, ids: set[str], kb: KnowledgeBase, country: str | None) -> bool:
    """Tell whether the summary names the authority: by a name, an acronym, or as the "DPA" of its country."""
    names = [name for i in ids for name in (kb.agents[i].name, *kb.agents[i].aliases)]
    names += _BRACKETS.findall(row.cells["authority"])
    if any(re.search(rf"(?<!\w){re.escape(name.strip(chr(39)))}(?!\w)", row.summary, re.IGNORECASE) for name in names):
        return True
    places = [
        name
        for agent in kb.agents.values()
        if agent.type == "Government" and agent.country == country
        for name in (agent.name, *agent.aliases, *agent.adjectives)
    ]
    place = "|".join(re.escape(name) for name in places)
    before = rf"\b(?:{place})(?:'s)? (?:federal |national )?{_AUTHORITY_NOUN}"
    after = rf"{_AUTHORITY_NOUN} (?:of|from|in) (?:the )?(?:{place})\b"
    return bool(places) and re.search(f"{before}|{after}", row.summary) is not None


def find_country(cell: str, kb: KnowledgeBase) -> str | None:
    """Find the code of the country that a cell names in capitals."""
    wanted = cell.casefold().removeprefix("the ")
    for agent in kb.agents.values():
        if agent.type == "Government" and wanted in {name.casefold() for name in (agent.name, *agent.aliases)}:
            return agent.country
    return None


def names_controller(row: Row) -> bool:
    """Tell whether the summary names the controller: most telling words of its name stand there, capitalised."""
    words = [word for word in split_name(row.cells["controller"]) if word not in load_filler_words() and len(word) > 2]
    if not words or "unknown" in words:
        return False
    standing = {split_name(word) for word in row.summary.split() if word.strip("'\"(")[:1].isupper()}
    named = {part for parts in standing for part in parts}
    return words[0] in named and sum(word in named for word in words) / len(words) >= 0.6


def list_telling_words(name: str) -> set[str]:
    """List the words that tell a name from another, without dots and legal forms."""
    words = {word.replace(".", "") for word in split_name(name)}
    return words - load_filler_words() - _LEGAL_FORMS


def is_controller(claim: Claim, row: Row) -> bool:
    """Tell whether the target of a claim is the controller of the row, by its name or a short form of it."""
    wanted = list_telling_words(row.cells["controller"])
    for mention in {claim.target.name, *(span.text for span in claim.evidence.target_chain)}:
        words = list_telling_words(mention)
        if words and (words <= wanted or wanted <= words or is_same_name(mention, row.cells["controller"])):
            return True
    return False


def is_amount(claim: Claim, row: Row) -> bool:
    """Tell whether a claim has the row's amount, or the authority's own that the text puts beside it in euros."""
    if claim.money is None:
        return False
    if claim.money.currency != "EUR":
        return states_amount(claim.evidence.quote, row.fine)
    return claim.money.amount == row.fine


def excuse_amount(row: Row, claim: Claim) -> str | None:
    """Say why an amount other than the row's is still told as a fine by the summary; None if it is not."""
    assert claim.money is not None
    amount = claim.money.amount
    euros = [c.money.amount for c in row.fines if c.money and c.money.currency == "EUR"]
    if claim.money.currency != "EUR":
        return "in another currency"
    quote = re.sub(r"\s", " ", claim.evidence.quote)
    if amount > row.fine and re.search(r"\b(original|initial|reduced|reduction|lowered|was then)", row.summary):
        return "before a reduction"
    if sum(set(euros)) == row.fine or sum(euros) == row.fine:
        return "a part of the whole"
    if re.search(r"\b(two|three|four|several|total|overall|another|further|additional|each)\b", quote):
        return "one fine of several"
    return None


def measure(rows: Sequence[Row], kb: KnowledgeBase) -> tuple[dict[str, tuple[int, int]], dict[str, list[str]]]:
    """Count each figure's hits and cases, and describe the misses by kind."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    errors: dict[str, list[str]] = defaultdict(list)

    def count(figure: str, right: bool) -> None:
        counts[figure][0] += right
        counts[figure][1] += 1

    for row in rows:
        told = [claim for claim in row.fines if claim.money]
        for claim in told:
            assert claim.money is not None
            right = claim.money.amount == row.fine and claim.money.currency == "EUR"
            count("called fines that are right (strict)", right)
            reason = None if right else excuse_amount(row, claim)
            if reason is None:
                count("called fines that are right", right)
            if not right:
                kind = f"amount not the row's: {reason}" if reason else "amount wrong"
                errors[kind].append(row.note(f"says {claim.money.amount} {claim.money.currency}"))
        found = any(is_amount(claim, row) for claim in told)
        count("right amount found", found)
        if not found:
            errors[f"amount missed: {explain_missed_amount(row)}"].append(row.note("amount missed"))
        if names_controller(row):
            right = any(is_controller(claim, row) for claim in row.fines)
            count("fined party", right)
            if not right:
                kind = "no fine read" if not row.fines else "another party"
                errors[f"party missed: {kind}"].append(row.note("party missed"))
        country = find_country(row.cells["country"], kb)
        ids = find_authority(row.cells["authority"], kb, country)
        if names_authority(row, ids, kb, country):
            right = any(claim.actor.id in ids for claim in row.fines)
            count("authority", right)
            nearly = any(claim.actor.country == country for claim in row.fines)
            count("authority or its country", right or nearly)
            if not right:
                kind = "its country, or another body there" if nearly else "another" if row.fines else "no fine read"
                errors[f"authority missed: {kind}"].append(row.note(f"want {sorted(ids)}"))
    return {name: (hit, of) for name, (hit, of) in counts.items()}, errors


_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_TELLINGS = (
    (r"\b(?:reduced|reduction|lowered)\b", "told as the sum after a reduction"),
    (
        r"\b(?:was|were|been|had been) (?:\w+ )?(?:fined|imposed|sanctioned|issued)\b",
        "passive, by nobody named beside it",
    ),
    (r"\b(?:sanctioned|sanction|penalty|penalised)\b", "called a sanction or a penalty"),
    (r"\bfine[sd]?\b", "active, the party described or its name misread"),
)


def explain_missed_amount(row: Row) -> str:
    """Say at which step the amount was lost."""
    if row.fines:
        return "a fine with another amount" if any(claim.money for claim in row.fines) else "a fine without an amount"
    other = Counter(f"{claim.action}/{claim.status}" for claim in row.others if claim.action in ("fine", "settle"))
    if other:
        return f"read as {other.most_common(1)[0][0]}"
    telling = next((part for part in _SENTENCE.split(row.summary) if states_amount(part, row.fine)), "")
    how = next((name for pattern, name in _TELLINGS if re.search(pattern, telling)), "told otherwise")
    return f"no fine read ({how})"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--table", type=Path, default=TABLE)
    parser.add_argument("--limit", type=int, help="read only so many rows")
    parser.add_argument("--errors", action="store_true", help="describe every miss, by kind")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    options = parser.parse_args(arguments)
    if not options.table.is_file():
        print(f"left out: there is no {options.table}")
        return 0
    kb = load_knowledge_base()
    rows = list(read_rows(options.table))[: options.limit]
    extract_rows(rows, kb)
    figures, errors = measure(rows, kb)
    if options.json:
        print(
            json.dumps(
                {name: {"hits": hit, "of": of, "share": round(hit / of, 4)} for name, (hit, of) in figures.items()}
            )
        )
        return 0
    print(f"{len(rows)} rows whose amount stands in the summary")
    for name, (hit, of) in figures.items():
        goal = f"  (goal: {GOALS[name]:.2f})" if name in GOALS else ""
        print(f"{name:40} {hit / of:.3f}  {hit}/{of}{goal}")
    for kind, notes in sorted(errors.items(), key=lambda item: (-len(item[1]), item[0])):
        print(f"{len(notes):4}  {kind}")
    if options.errors:
        for kind, notes in sorted(errors.items(), key=lambda item: (-len(item[1]), item[0])):
            print(f"\n=== {kind}: {len(notes)}")
            print("\n".join(notes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
