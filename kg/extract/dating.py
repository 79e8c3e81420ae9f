"""When: the date that belongs to an action."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from kg.extract.confidence import ConfidenceModel, load_confidence_model
from kg.extract.date_evidence import DateEvidence, Telling
from kg.model import PartialDate
from kg.resources import find_data

_DATED_TELLINGS = frozenset({"telling-level=0", "telling-level=1"})
"""Another telling of the action by the same actor, whose verb or noun a date modifies."""


def load_date_model() -> ConfidenceModel:
    """Load the weights by which a date is chosen (``data/kb/models/dates.json``)."""
    return load_confidence_model(find_data() / "kb" / "models" / "dates.json")


class Dates:
    """The dates in one text, resolved against its day of publication."""

    def __init__(self, doc: Doc, published: PartialDate | None, model: ConfidenceModel | None = None) -> None:
        self._evidence = DateEvidence(doc, published)
        self._published = published
        self._model = model or load_date_model()

    def date_of(
        self,
        trigger: Token,
        status: str,
        light_verb: Token | None,
        action: str,
        tellings: Sequence[Telling] = (),
        unlike: Sequence[Token] = (),
    ) -> PartialDate | None:
        """Return when the action that a trigger tells took place, or None if the text does not say.

        Parameters
        ----------
        trigger, light_verb
            The word that tells the action and the verb that lends it its arguments, if any.
        status, action
            The action's status and type: what is done by saying so has the date of the saying.
        tellings
            What else in the text tells an action of this type against the same target.
        unlike
            The words of actions that are others for certain; their dates are their own.
        """
        others, reckoned = self._evidence.find_elapsed(trigger)
        if reckoned is not None:
            return reckoned
        words = [trigger] if light_verb is None else [trigger, light_verb]
        others |= self._evidence.find_dates_of(unlike) - self._evidence.find_dates_of(words)
        best: tuple[float, int, str] | None = None
        told_again = []
        for date, features in self._evidence.describe(trigger, action, status, light_verb, tellings).items():
            if date in others or (status == "actual" and self._is_still_to_come(date)):
                continue  # what is told as done was done when it was told
            confidence = self._model.estimate(dict.fromkeys(features))
            rank = (confidence, len(date.iso), date.iso)
            if confidence >= self._model.threshold and (best is None or rank > best):
                best = rank
            if not _DATED_TELLINGS.isdisjoint(features):
                told_again.append(date)
        if best is None:  # the labels hold too few such cases to learn from
            return told_again[0] if len(told_again) == 1 else None
        return PartialDate(best[2])

    def _is_still_to_come(self, date: PartialDate) -> bool:
        if self._published is None:
            return False
        told = min(len(date.iso), len(self._published.iso))
        return date.iso[:told] > self._published.iso[:told]
