"""Run the annotation steps over parsed texts."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.headlines import HeadlineReader
from kg.annotate.names import NameFinder
from kg.annotate.references import ReferenceResolver
from kg.kb import KnowledgeBase
from kg.kb.lexicon import load_lexicon
from kg.model.mention import Mention


class Annotator:
    """Find the mentions of agents in a parsed text, by name and by reference."""

    def __init__(self, nlp: Language, kb: KnowledgeBase) -> None:
        self._headlines = HeadlineReader(nlp)
        self._names = NameFinder(kb, nlp)
        self._references = ReferenceResolver(kb, load_lexicon())

    def annotate(self, doc: Doc) -> tuple[Doc, dict[int, Mention]]:
        """Mend the parse where that helps, and find the mentions by the index of their head token."""
        doc = self._headlines.mend(doc)
        return doc, self.find_mentions(doc)

    def find_mentions(self, doc: Doc) -> dict[int, Mention]:
        """Return the mentions of a text by the index of their head token."""
        return self._references.resolve(doc, self._names.find(doc))
