"""How far a noun's phrase reaches."""

from __future__ import annotations

from collections.abc import Container

from spacy.tokens import Token

_RESTRICTING = frozenset({"prep", "acl", "relcl"})
_INSIDE = frozenset({"-", "'", "’", '"', "“", "”"})
_MAX_PHRASE = 14


def find_phrase_end(token: Token) -> int:
    """The end of a noun's phrase with what restricts it ("posts that deny the massacre"), as a token index.

    A phrase that names nobody known is told by all its words; what stands behind a comma no longer restricts.
    """
    end = token.i + 1
    for child in token.rights:
        if child.dep_ not in _RESTRICTING or child.left_edge.i != end:
            break
        end = min(child.right_edge.i + 1, token.i + _MAX_PHRASE)
    words = token.doc[token.i + 1 : end]
    # A sentence's last token may be the line break behind it, which no quote holds.
    return next((w.i for w in words if w.is_space or (w.is_punct and w.text not in _INSIDE)), end)


def is_capital_line(token: Token, besides: Container[int] = ()) -> bool:
    """Tell whether a word stands in a line in capitals, such as a headline, where a capital proves no name.

    Words that are in a name already (``besides``, their indexes) tell nothing of the others.
    """
    words = [word for word in token.sent if word.is_alpha and word.i not in besides]
    return 3 * sum(word.text[:1].isupper() for word in words) >= 2 * len(words)
