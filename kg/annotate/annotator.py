"""Parse texts and find who they speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.headlines import HeadlineReader
from kg.annotate.names import NameFinder
from kg.annotate.references import ReferenceResolver
from kg.annotate.tokens import tokenize
from kg.kb import KnowledgeBase
from kg.kb.lexicon import load_lexicon
from kg.model.mention import Mention


class Annotator:
    """Parse texts and find their mentions of agents, by name and by reference."""

    def __init__(self, nlp: Language, kb: KnowledgeBase) -> None:
        self._nlp = nlp
        self._headlines = HeadlineReader(nlp)
        self._names = NameFinder(kb, nlp)
        self._references = ReferenceResolver(kb, load_lexicon())

    def read_many(self, texts: Iterable[str], batch_size: int = 8) -> Iterator[tuple[Doc, dict[int, Mention]]]:
        """Yield each text's parse and its mentions by the index of their head token, in order."""
        docs = (tokenize(self._nlp, text) for text in texts)
        for doc in self._nlp.pipe(docs, batch_size=batch_size):
            yield self.annotate(doc)

    def annotate(self, doc: Doc) -> tuple[Doc, dict[int, Mention]]:
        """Mend a parse where that helps, and find its mentions."""
        doc = self._headlines.mend(doc)
        return doc, self._references.resolve(doc, self._names.find(doc))
