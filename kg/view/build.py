"""Build what the page shows from a store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from kg.errors import StoreError
from kg.model.vocabulary import ACTIONS, AGENT_TYPES, STATUSES
from kg.view.cases import build_cases
from kg.view.data import ViewAction, ViewAgent, ViewAmount, ViewClaim, ViewData, ViewDocument, ViewFact
from kg.view.euros import convert_amounts
from kg.view.read import QueryableStore, Thing, get_local_name, read_things

_ACTION_CLASSES = frozenset(action.capitalize() for action in ACTIONS)
_Amounts = Mapping[str, ViewAmount]


def build_view_data(store: QueryableStore) -> ViewData:
    """Read actions, their claims and parties, and the facts about the parties.

    Agents without an action are left out, save those that the page names: speakers, countries, owners.

    Raises
    ------
    StoreError
        If an action lacks its type, status, actor or target.
    """
    evidence = read_things(store, "evidence")
    told = read_things(store, "actions")
    amounts = _build_amounts(read_things(store, "penalties"))
    claims_of: dict[str, list[ViewClaim]] = {}
    for thing in read_things(store, "claims").values():
        claims_of.setdefault(thing.get("about") or "", []).append(_build_claim(thing, evidence, amounts))
    actions = tuple(_build_action(thing, claims_of.get(thing.iri, []), amounts) for thing in told.values())
    parties = {party for action in actions for party in (action.actor, action.target)}
    facts = _build_facts(read_things(store, "facts").values(), evidence, parties)
    named = {claim.document for action in actions for claim in action.claims} | {fact.document for fact in facts}
    documents = tuple(_build_document(thing) for thing in read_things(store, "documents").values() if thing.id in named)
    published = {item.id: item.date for item in documents}
    actions = convert_amounts(actions, published)
    agents = _build_agents(read_things(store, "agents").values(), actions, facts, parties)
    return ViewData(
        agents=agents,
        actions=actions,
        facts=facts,
        documents=documents,
        cases=build_cases(read_things(store, "cases"), actions, agents, published),
        labels={
            thing.id: label
            for thing in read_things(store, "labels").values()
            if (label := thing.get("prefLabel") or thing.get("label"))
        },
        base=min((iri.rpartition("action/")[0] for iri in told), default=""),
    )


def _build_amounts(penalties: Mapping[str, Thing]) -> _Amounts:
    return {
        iri: ViewAmount(value, thing.get("currency") or "")
        for iri, thing in penalties.items()
        if (value := thing.get("value"))
    }


def _pick_amounts(thing: Thing, name: str, amounts: _Amounts, best: str | None = None) -> tuple[ViewAmount, ...]:
    found = sorted(thing.get_all(name), key=lambda iri: (iri != best, iri))
    return tuple(amounts[iri] for iri in found if iri in amounts)


def _sort_dates(dates: Iterable[str], best: str | None = None) -> tuple[str, ...]:
    # The best supported first, else the most precise: it is the one to sort by.
    return tuple(sorted(dates, key=lambda date: (date != best, -len(date), date)))


def _name_relation(local_name: str) -> str:
    # The property plr:basedIn is the relation based_in of the model.
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in local_name)


def _parse_number(text: str | None) -> float | None:
    return None if text is None else float(text)


def _require(thing: Thing, name: str, value: str | None) -> str:
    if value is None:
        raise StoreError(f"the action <{thing.iri}> has no {name}")
    return value


def _find_class(thing: Thing, classes: frozenset[str]) -> str | None:
    return min(classes.intersection(map(get_local_name, thing.get_all("type"))), default=None)


def _build_action(thing: Thing, claims: list[ViewClaim], amounts: _Amounts) -> ViewAction:
    kind = _find_class(thing, _ACTION_CLASSES)
    status = next((status for status in thing.get_ids("status") if status in STATUSES), None)
    documents = {claim.document for claim in claims}
    return ViewAction(
        id=thing.id,
        action=_require(thing, "type among the 25 actions", kind).lower(),
        actor=_require(thing, "actor", thing.get_id("actor")),
        target=_require(thing, "target", thing.get_id("target")),
        status=_require(thing, f"status ({', '.join(STATUSES)})", status),
        claims=tuple(sorted(claims, key=lambda claim: claim.id)),
        confidence=_parse_number(thing.get("confidence")) or 0.0,
        source_count=int(thing.get("sourceCount") or len(documents)),
        case=thing.get_id("partOfCase"),
        stage=(thing.get_id("stage") or "").removesuffix("Stage") or None,
        dates=_sort_dates(thing.get_all("date"), thing.get("bestDate")),
        charges=thing.get_ids("charge"),
        laws=thing.get_ids("legalBasis"),
        amounts=_pick_amounts(thing, "penalty", amounts, thing.get("bestPenalty")),
    )


def _build_claim(thing: Thing, evidence: Mapping[str, Thing], amounts: _Amounts) -> ViewClaim:
    proof = evidence.get(thing.get("evidence") or "", thing)
    dates = _sort_dates(thing.get_all("statedDate"))
    return ViewClaim(
        id=thing.id,
        document=thing.get_id("wasDerivedFrom") or proof.get_id("hasSource") or "",
        quote=proof.get("exact") or "",
        prefix=proof.get("prefix") or "",
        suffix=proof.get("suffix") or "",
        speaker=thing.get_id("wasAttributedTo"),
        status=thing.get_id("statedStatus"),
        confidence=_parse_number(thing.get("confidence")),
        date=dates[0] if dates else None,
        charges=thing.get_ids("statedCharge"),
        laws=thing.get_ids("statedLaw"),
        amounts=_pick_amounts(thing, "statedPenalty", amounts),
    )


def _build_facts(things: Iterable[Thing], evidence: Mapping[str, Thing], parties: set[str]) -> tuple[ViewFact, ...]:
    facts = []
    for thing in things:
        subject, target = thing.get_id("subject"), thing.get_id("object")
        if subject is None or not parties & {subject, target}:
            continue
        proof = evidence.get(thing.get("evidence") or "", thing)
        facts.append(
            ViewFact(
                relation=_name_relation(thing.get_id("relation") or ""),
                subject=subject,
                object=target,
                value=thing.get("value"),
                document=thing.get_id("wasDerivedFrom") or proof.get_id("hasSource") or "",
                quote=proof.get("exact") or "",
            )
        )
    return tuple(facts)


def _build_agents(
    things: Iterable[Thing], actions: tuple[ViewAction, ...], facts: tuple[ViewFact, ...], parties: set[str]
) -> tuple[ViewAgent, ...]:
    known = {thing.id: _build_agent(thing) for thing in things}
    wanted = set(parties)
    wanted.update(claim.speaker for action in actions for claim in action.claims if claim.speaker)
    wanted.update(party for fact in facts for party in (fact.subject, fact.object) if party)
    for agent_id in sorted(parties & known.keys()):
        agent = known[agent_id]
        wanted.update(party for party in (agent.country, agent.owner, agent.operator, agent.part_of) if party)
    return tuple(known.get(agent_id) or ViewAgent(agent_id, agent_id, "Group") for agent_id in sorted(wanted))


def _build_agent(thing: Thing) -> ViewAgent:
    name, country = thing.get("label") or thing.id, thing.get_id("country")
    return ViewAgent(
        id=thing.id,
        name=name,
        type=_find_class(thing, AGENT_TYPES) or "Group",
        aliases=tuple(alias for alias in thing.get_all("altLabel") if alias != name),
        country=country if country != thing.id else None,
        owner=thing.get_id("owner"),
        operator=thing.get_id("operator"),
        part_of=thing.get_id("partOf"),
    )


def _build_document(thing: Thing) -> ViewDocument:
    return ViewDocument(
        id=thing.id,
        title=thing.get("title") or unquote(thing.id),
        url=thing.get("url"),
        date=thing.get("issued"),
        publisher=thing.get("publisher"),
        author=thing.get("creator"),
    )
