"""Find the keywords of a SPARQL text without parsing it: those in names, IRIs, strings and comments don't count.

Oxigraph parses for itself and tells nobody what it found. What decides whether a query may run errs on one side: a
keyword that is there is always found, whatever stands around it; now and then one is found that is none, such as a
prefix named ``service``.
"""

from __future__ import annotations

import re
from functools import cache

# What is passed over, in the order in which SPARQL's grammar prefers them. An escaped sign is passed over wherever it
# stands, or a quote of the name ex:it\'s would seem to begin a string; the local part of a name ends before a dot,
# which may end a triple.
_PASSED = r"""
      (?P<iri> <(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*> )
    | \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}
    | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
    | "(?:[^"\\\n\r]|\\.)*"
    | '(?:[^'\\\n\r]|\\.)*'
    | \#[^\n\r]*
    | [?$]\w+
    | @[A-Za-z]+(?:-[A-Za-z0-9]+)*
    | :(?:[\w%:-]|\\.)+
    | \\.
"""


@cache
def _compile(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<word>{word})|{_PASSED}", re.VERBOSE | re.DOTALL | re.IGNORECASE)


def has_keyword(sparql: str, word: str) -> bool:
    """Tell whether a query or an update may use a keyword.

    Parameters
    ----------
    sparql
        The text, which need not be right.
    word
        The keyword, in any case.
    """
    if word.lower() not in sparql.lower():
        return False
    return any(_counts(match, word) for match in _compile(word).finditer(sparql))


def _counts(match: re.Match[str], word: str) -> bool:
    if match["word"]:
        return True
    # "?a<?b)SERVICE#>" looks like an IRI, but may be "less than", the keyword, and a comment.
    iri = match["iri"]
    return bool(iri) and ")" in iri and word.lower() in iri.lower()
