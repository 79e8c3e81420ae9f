"""The members of a coordination, and of a group that names them."""

from __future__ import annotations

from spacy.tokens import Token

from kg.kb.lexicon import load_words


def expand_list(token: Token) -> list[Token]:
    """Expand a coordination, and a group that names its members (*such as*, *including*), into its parts."""
    parts = [token]
    for part in parts:
        parts += [
            child
            for child in part.children
            if child.dep_ == "conj"
            and child not in parts
            and not any(cc.dep_ == "cc" and cc.lower_ == "but" for cc in part.children)  # "from X but now of Y"
            and child.pos_ in {"NOUN", "PROPN", "PRON", "ADJ", "X", "NUM", "VERB", "DET"}
        ]
        if len(parts) > 40:
            break
    parts += [p for p in _find_added(token, parts) if p not in parts]
    members: list[Token] = []
    for part in parts:
        listed = _find_listed(part)
        if not listed and part.pos_ == "NOUN":  # "a coalition of companies including …"
            for child in part.children:
                if child.dep_ == "prep" and child.lower_ == "of":
                    listed = [t for c in child.children if c.dep_ == "pobj" for t in _find_listed(c)]
        counted = listed and any(child.dep_ == "nummod" for child in part.children)
        members += [part, *listed] if counted or not listed else listed
    return list(dict.fromkeys(members))


def _find_added(token: Token, parts: list[Token]) -> list[Token]:
    """What *as well as* or *along with* adds to an object, wherever it hangs ("sued them, as well as Acme")."""
    if token.dep_ not in {"dobj", "pobj"}:
        return []
    doc, index = token.doc, max(part.i for part in parts) + 1
    if index < len(doc) and doc[index].text == ",":
        index += 1
    opener = doc[index : index + 3] if index < len(doc) and doc[index].lower_ == "as" else doc[index : index + 2]
    if opener.text.lower() not in {"as well as", "along with", "together with"}:
        return []
    added = (child for word in opener for child in word.children if child.dep_ == "pobj")
    return [part for child in added if child.pos_ in {"NOUN", "PROPN"} for part in expand_list(child)]


def _find_listed(token: Token) -> list[Token]:
    if token.pos_ not in {"NOUN", "PRON", "DET"}:
        return []
    found: list[Token] = []
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"as", "including", "like", "such"}:
            for grandchild in child.subtree:
                if grandchild.dep_ == "pobj" and grandchild.head in (child, *child.children):
                    found += [t for t in expand_list(grandchild) if t != token]
        elif child.dep_ == "appos" and child.pos_ == "PROPN" and any(c.dep_ == "conj" for c in child.children):
            found += expand_list(child)
    if not found and token.tag_ == "NNS" and token.lemma_.lower() in load_words("listed"):
        for other in token.doc[token.i + 1 : token.sent.end]:  # a list that the parser hung elsewhere in the sentence
            if other.lower_ == "including" or (other.lower_ == "as" and other.i and other.nbor(-1).lower_ == "such"):
                found = [t for c in other.children if c.dep_ == "pobj" and c.pos_ == "PROPN" for t in expand_list(c)]
                break
    return found
