"""Pairs of an owner and what it owns: their types, what is known of them, how they stand to each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from kg.extract.facts.agents import BUSINESSES, agent_of, type_of
from kg.extract.facts.mending import is_fragment
from kg.extract.facts.proposal import Proposal, cover
from kg.extract.facts.scene import Scene
from kg.model.mention import Mention

THINGS = BUSINESSES | {"Media"}
OWNERS = THINGS | {"Person", "CivilSociety"}
_RIVALS = frozenset({"rival", "competitor", "alternative", "clone", "challenger", "killer"})
_DEAL_WORDS = frozenset(
    ["acquire", "acquisition", "buy", "purchase", "takeover", "merger", "merge", "bid", "deal", "buyout"]
)


def propose_owner(
    scene: Scene, owner: Mention, things: Iterable[Mention], how: str, word: Token | None = None
) -> Iterator[Proposal]:
    """Propose that someone owns things, where the types of both allow it.

    Parameters
    ----------
    scene
        The text.
    owner, things
        The mentions that the construction joins.
    how
        The construction.
    word
        The word that tells of ownership, if there is one.
    """
    if type_of(owner) not in OWNERS and not (type_of(owner) == "Government" and how.startswith(("hyphen", "verb:own"))):
        return
    if not scene.is_known(agent_of(owner)) and is_fragment(scene.doc, owner):
        return
    for thing in things:
        one, other = agent_of(owner), agent_of(thing)
        if other.type not in THINGS or one.id == other.id or _names_rival(scene, thing):
            continue
        hints = [
            f"types:{one.type}+{other.type}",
            f"how+types:{how}+{one.type}+{other.type}",
            f"thing-known:{scene.is_known(other)}",
        ]
        if scene.is_known(other):
            owners = list(scene.owners_of(other))
            hints.append("kb:owner" if one.id in owners else "kb:other-owner" if owners else "kb:no-owner")
        if word is not None:
            hints.append(f"word:{word.lemma_.lower()}")
        hints += _describe_pair(scene, owner, thing)
        yield Proposal("owns", one, other, None, cover(owner, thing), how, tuple(hints))


def _names_rival(scene: Scene, thing: Mention) -> bool:
    """Whether a name only says whose rival is meant: "its ChatGPT rival"."""
    return thing.last < len(scene.doc) and scene.doc[thing.last].lemma_.lower() in _RIVALS


def list_names(scene: Scene, first: int, end: int) -> list[Mention | None]:
    """The names that a list after this token holds."""
    doc, index = scene.doc, first
    found: list[Mention | None] = []
    while index < min(end, first + 24):
        mention = scene.at.get(index)
        if mention is not None and mention.kind == "name":
            found.append(mention)
            index = mention.last
            if not (index < len(doc) and (doc[index].text == "," or doc[index].lower_ in {"and", "or", "&"})):
                break
        elif doc[index].pos_ in {"VERB", "AUX", "SCONJ", "PRON"} or doc[index].text in {".", ";", ")"}:
            break
        else:
            index += 1
    return found


def _describe_pair(scene: Scene, owner: Mention, thing: Mention) -> list[str]:
    """How two names stand to each other: how far apart, listed together, amid talk of a deal, one within the other."""
    doc = scene.doc
    first, last = (owner, thing) if owner.first < thing.first else (thing, owner)
    between = doc[first.last : last.first]
    hints = [f"order:{'owner' if first is owner else 'thing'}", f"gap:{min(len(between), 12) // 3}"]
    if all(t.text in {",", "/", "&", "("} or t.lower_ in {"and", "or"} or t.i in scene.at for t in between):
        hints.append("listed")
    if any(t.lemma_.lower() in _DEAL_WORDS for t in doc[first.first].sent):
        hints.append("deal-talk")
    if thing.last < len(doc) and doc[thing.last].pos_ == "NOUN":
        hints.append("next:deal" if doc[thing.last].lemma_.lower() in _DEAL_WORDS else "next:noun")
    if agent_of(owner).name.lower() in agent_of(thing).name.lower():
        hints.append("named-after")
    return hints
