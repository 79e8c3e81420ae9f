"""Read a noun phrase as a title: "the former head of public policy at Acme"."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.facts.agents import ORGANISATIONS, STATES, type_of
from kg.extract.facts.scene import Scene
from kg.extract.facts.titles import LINKS, POSSESSIVE, Title, Titles
from kg.model.mention import Mention

PRINCIPALS = ORGANISATIONS | {"Person"}  # lawyers and spokespeople may speak for a person
_PREPOSITIONS = frozenset({"of", "at", "for", "with", "from", "in"})
_MAX_TOKENS = 26


class PhraseReader:
    """Read titles from left to right, with the organisation that stands inside or behind them."""

    def __init__(self, titles: Titles) -> None:
        self._titles = titles

    def read(self, scene: Scene, first: int, end: int, where: str) -> Title | None:
        """Read a noun phrase that starts at a token as a title with its organisation."""
        doc = scene.doc
        end = min(end, first + _MAX_TOKENS, len(doc))
        organisation: Mention | None = None
        state: Mention | None = None
        index, start, head = first, first, -1
        while index < end:
            token = doc[index]
            mention = scene.at.get(index)
            if mention is not None and head < 0 and mention.first == index and self._is_office(scene, mention):
                title = self._titles.make(scene, mention.last, mention.last, mention, where)
                return replace(title, where=where) if title is not None else None
            if mention is not None and not self._titles.kind_of(doc[mention.last - 1]):
                if type_of(mention) == "Person" and (mention.last >= end or doc[mention.last].text not in POSSESSIVE):
                    return None
                born = doc[mention.last : mention.last + 2].text.lower() == "-born"
                if mention.kind == "adjective" or born:
                    state = state or mention
                if type_of(mention) in PRINCIPALS and not born:
                    organisation = organisation or mention
                index = start = mention.last + 2 * born
                continue
            if token.tag_ == "PRP$":
                organisation = organisation or scene.organisation_of(index, PRINCIPALS)
                start = index + 1
            elif token.text in POSSESSIVE:
                organisation = organisation or scene.organisation_of(index - 1)
                start = index + 1
            elif (
                self._titles.kind_of(token)
                and token.pos_ not in {"VERB", "AUX"}
                or token.lower_ in {"general", "officer"}
                and head == index - 1
            ):
                head = index
            elif (
                token.pos_ in {"NOUN", "PROPN", "ADJ", "DET", "NUM", "ADV", "CCONJ"}
                or token.tag_ in {"VBN", "VBG", "HYPH"}
                or token.text in LINKS - {"of", "for", "on"}
            ):
                if head >= 0 and token.pos_ == "PROPN" and not self._titles.kind_of(token):
                    return (
                        None if token.i in scene.at else self._titles.make(scene, start, head + 1, organisation, where)
                    )
            else:
                break
            index += 1
        if head < 0 or start > head:
            return None
        if (
            index < end
            and index > head + 1
            and doc[index - 1].pos_ in {"NOUN"}
            and doc[index - 1].i != head
            and not any(t.lower_ in {"and", "or"} for t in doc[head:index])
        ):
            return None  # the title was not the head: "the founder generation"
        last = head + 1
        if organisation is None or type_of(organisation) in STATES:
            inner, last_ = self.find_organisation(scene, index, end)
            if inner is not None and (organisation is None or type_of(inner) not in STATES):
                organisation, last = inner, max(last, last_)
        title = self._titles.make(scene, start, last, organisation, where)
        return title if title is None or state is organisation else replace(title, state=state)

    def _is_office(self, scene: Scene, mention: Mention) -> bool:
        """Tell whether a name is an office and its holder's title in one: "Ken Paxton, the Texas attorney general"."""
        words = scene.doc[mention.first : mention.last]
        return (
            len(words) > 1
            and mention.kind == "name"
            and type_of(mention) in ORGANISATIONS
            and self._titles.kind_of(words[-1]) in {"justice", "general"}
        )

    def find_organisation(self, scene: Scene, index: int, end: int) -> tuple[Mention | None, int]:
        """Follow the prepositions behind a title to the organisation: "vice president of sales at Acme"."""
        doc = scene.doc
        last = index
        while index < end:
            token = doc[index]
            if (
                token.is_punct
                and token.text not in {"-", "&", "'", "’"}
                or token.pos_ in {"VERB", "AUX", "SCONJ", "PRON"}
                and token.tag_ not in {"VBG", "VBN"}
            ):
                break
            mention = scene.mention_of(index)
            if (
                mention is not None
                and mention.agent is not None
                and mention.kind != "adjective"
                and (mention.agent.type in PRINCIPALS or mention.agent.type == "Group" and mention.kind == "name")
            ):
                after = doc[mention.last] if mention.last < end else None
                if (
                    mention.kind == "description"
                    and after is not None
                    and (name := scene.name_of(after)) is not None
                    and name.kind == "name"
                ):
                    return name, max(last - 1, 0)  # "director of the data agency NITDA"
                if after is not None and after.text == "-":  # "at Dublin-based Acme"
                    index = mention.last + 1
                    continue
                if after is not None and after.text in POSSESSIVE:  # "a member of Fiji's Acme Party"
                    inner = next(
                        scene.names_between(mention.last + 1, min(end, mention.last + 5), ORGANISATIONS | {"Group"}),
                        None,
                    )
                    if inner is not None and inner.kind == "name":
                        return inner, max(last - 1, 0)
                return mention, max(last - 1, 0)
            if token.lower_ in _PREPOSITIONS:
                last = index + 1
            index += 1
        return None, 0
