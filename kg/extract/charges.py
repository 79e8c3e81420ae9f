"""For what, and under which law: charges from the field's phrases and from the laws that are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from kg.extract.charge_evidence import SPECIAL, ChargeEvidence, Phrase
from kg.extract.confidence import ConfidenceModel, load_confidence_model
from kg.kb import KnowledgeBase
from kg.kb.lexicon import Lexicon
from kg.model import AgentRef
from kg.resources import find_data

_SECOND = 0.5  # a further charge beside the likeliest must be likelier than not
_LISTED = 0.3  # or stand in one list with a chosen one
_LIST = 0.45  # or with one that is nearly as likely


def load_charge_model() -> ConfidenceModel:
    """Load the weights by which charges are chosen (``data/kb/models/charges.json``)."""
    return load_confidence_model(find_data() / "kb" / "models" / "charges.json")


class _Phrasebook:
    """Longest runs of words -> what they stand for."""

    def __init__(self) -> None:
        self._runs: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}

    def add(self, words: tuple[str, ...], payload: tuple[str, ...]) -> None:
        self._runs.setdefault(words[0], []).append((words, payload))

    def close(self) -> None:
        for runs in self._runs.values():
            runs.sort(key=lambda run: (-len(run[0]), run))

    def find(self, *rows: list[str]) -> Iterator[tuple[int, int, tuple[str, ...], str]]:
        """Find the runs in parallel rows of forms (words, lemmas) of one text; the longest at each place counts."""
        index, end = 0, len(rows[0])
        while index < end:
            step = 1
            starting = [run for first in dict.fromkeys(row[index] for row in rows) for run in self._runs.get(first, ())]
            for run, payload in sorted(starting, key=lambda entry: -len(entry[0])):
                size = len(run)
                if index + size <= end and all(
                    any(row[index + offset] == word for row in rows) for offset, word in enumerate(run)
                ):
                    yield index, index + size, payload, " ".join(run)
                    step = size
                    break
            index += step


class ChargeFinder:
    """Find charges and laws in a text and say which belong to which action."""

    def __init__(self, kb: KnowledgeBase, lexicon: Lexicon, model: ConfidenceModel | None = None) -> None:
        self._kb = kb
        self._model = model or load_charge_model()
        self._phrases, self._laws = _Phrasebook(), _Phrasebook()
        by_phrase: dict[tuple[str, ...], set[str]] = {}
        for phrase, charge in lexicon.charges:
            words = tuple(phrase.replace("-", " - ").replace("'s", " 's").split())
            by_phrase.setdefault(words, set()).add(charge)
        for words, charges in by_phrase.items():
            self._phrases.add(words, tuple(sorted(charges)))
        for law in kb.laws.values():
            for name in sorted({law.name, *law.aliases}):
                self._laws.add(tuple(name.replace("-", " - ").replace("’s", " ’s").split()), (law.id,))
        self._phrases.close()
        self._laws.close()

    def read(self, doc: Doc) -> Charges:
        """Find all charges and laws of one text."""
        lower = [token.lower_ for token in doc]
        lemmas = [token.lemma_.lower() for token in doc]
        words = [token.text for token in doc]
        laws = [
            Phrase(first, last, self._kb.laws[ids[0]].charges, ids[0], ids[0])
            for first, last, ids, _ in self._laws.find(words)
        ]
        phrases = [Phrase(first, last, charges, run) for first, last, charges, run in self._phrases.find(lower, lemmas)]
        return Charges(ChargeEvidence(doc, phrases, laws), laws, self._model)


class Charges:
    """The charges and laws of one text."""

    def __init__(self, evidence: ChargeEvidence, laws: list[Phrase], model: ConfidenceModel) -> None:
        self.evidence = evidence
        self._laws = laws
        self._model = model

    def charges_of(
        self,
        trigger: Token,
        action: str,
        light_verb: Token | None = None,
        parties: tuple[AgentRef | None, AgentRef | None] = (None, None),
    ) -> tuple[str, ...]:
        """Return the charges of the action that a trigger tells: the likeliest, and others that are likely.

        Parameters
        ----------
        trigger, light_verb
            The word that tells the action and the verb that lends it its arguments, if any.
        action
            The action's type.
        parties
            Who acts and whom it is done to.
        """
        described = self.evidence.describe(trigger, action, light_verb, parties)
        scored = [(self._model.estimate(dict.fromkeys(features)), charge) for charge, features in described.items()]
        ranked = sorted(scored, key=lambda pair: (-pair[0], pair[1]))
        return choose_charges(ranked, self._model.threshold, self.evidence.find_listed(trigger, light_verb))

    def laws_of(self, trigger: Token) -> tuple[str, ...]:
        """Return the ids of the laws named in a trigger's sentence."""
        sentence = trigger.sent
        named = (law.law for law in self._laws if sentence.start <= law.first < sentence.end)
        return tuple(dict.fromkeys(law for law in named if law is not None))


def choose_charges(
    scored: list[tuple[float, str]], threshold: float, listed: Iterable[set[str]] = ()
) -> tuple[str, ...]:
    """Choose from charges with their probabilities, the likeliest first.

    Parameters
    ----------
    scored
        Charges with their probabilities, the likeliest first.
    threshold
        The least probability of the first.
    listed
        Charges that the text lists together; one that is chosen brings its companions.
    """
    if not scored or scored[0][0] < threshold:
        return ()
    chosen = {scored[0][1], *(charge for confidence, charge in scored if confidence >= _SECOND)}
    likely = {charge for confidence, charge in scored if confidence >= _LISTED}
    for charges in listed:
        if charges & chosen or any(charge in charges and confidence >= _LIST for confidence, charge in scored):
            chosen |= charges & likely
    if len(chosen) > 2:
        chosen = {charge for charge in chosen if not SPECIAL.get(charge, frozenset()) & chosen}
    return tuple(sorted(chosen))
