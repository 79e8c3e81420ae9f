"""The terms that the graph uses, as nodes; those of an action come from the ontology itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.model.case import STAGES, STANDINGS
from kg.rdf.namespaces import PLR, VOCABULARIES
from kg.resources import find_ontology


def make_term(name: str) -> NamedNode:
    """Expand a prefixed name of a vocabulary, such as ``plr:actor`` or ``schema:text``."""
    prefix, _, local = name.partition(":")
    return NamedNode(VOCABULARIES[prefix] + local)


TYPE = make_term("rdf:type")
LABEL = make_term("rdfs:label")
ALT_LABEL = make_term("skos:altLabel")
SOURCE = make_term("dcterms:source")
IDENTIFIER = make_term("dcterms:identifier")
SAME_AS = make_term("owl:sameAs")
LEI = make_term("schema:leiCode")

AGENT = make_term("plr:Agent")
COUNTRY = make_term("plr:country")
COUNTRY_CODE = make_term("plr:countryCode")
OWNER = make_term("plr:owner")
OPERATOR = make_term("plr:operator")
PART_OF = make_term("plr:partOf")
IN_KNOWLEDGE_BASE = make_term("plr:inKnowledgeBase")
NAMED_AS = make_term("plr:namedAs")
TYPED_AS = make_term("plr:typedAs")
STATED_AS = make_term("plr:statedAs")
ORDER = make_term("plr:order")

LEGAL_ACT = make_term("plr:LegalAct")
CELEX = make_term("plr:celex")
YEAR = make_term("plr:year")
USUAL_CHARGE = make_term("plr:usualCharge")

DOCUMENT = make_term("plr:Document")
ARTICLE = make_term("schema:Article")
TEXT = make_term("schema:text")
URL = make_term("schema:url")
TITLE = make_term("dcterms:title")
ISSUED = make_term("dcterms:issued")
PUBLISHER = make_term("dcterms:publisher")
CREATOR = make_term("dcterms:creator")
LANGUAGE = make_term("dcterms:language")
LICENSE = make_term("dcterms:license")
RETRIEVED = make_term("plr:retrieved")
COPY_GROUP = make_term("plr:copyGroup")

CLAIM_CLASS = make_term("plr:Claim")
ABOUT = make_term("plr:about")
DERIVED_FROM = make_term("prov:wasDerivedFrom")
GENERATED_BY = make_term("prov:wasGeneratedBy")
ATTRIBUTED_TO = make_term("prov:wasAttributedTo")
CONFIDENCE = make_term("plr:confidence")
RULE = make_term("plr:rule")
STATED_TYPE = make_term("plr:statedType")
STATED_ACTOR = make_term("plr:statedActor")
STATED_TARGET = make_term("plr:statedTarget")
STATED_STATUS = make_term("plr:statedStatus")
STATED_CHARGE = make_term("plr:statedCharge")
STATED_LAW = make_term("plr:statedLaw")
STATED_PENALTY = make_term("plr:statedPenalty")
STATED_DATE = make_term("plr:statedDate")

EVIDENCE_CLASS = make_term("plr:Evidence")
EVIDENCE = make_term("plr:evidence")
HAS_SOURCE = make_term("oa:hasSource")
START = make_term("oa:start")
END = make_term("oa:end")
EXACT = make_term("oa:exact")
PREFIX = make_term("oa:prefix")
SUFFIX = make_term("oa:suffix")
MENTION = make_term("plr:Mention")
TRIGGER = make_term("plr:trigger")
ACTOR_MENTION = make_term("plr:actorMention")
TARGET_MENTION = make_term("plr:targetMention")

FACT = make_term("plr:Fact")
RELATION = make_term("plr:relation")
SUBJECT = make_term("plr:subject")
OBJECT = make_term("plr:object")
VALUE = make_term("plr:value")
USERS = make_term("plr:users")

ACTION = make_term("plr:Action")
ACTOR = make_term("plr:actor")
TARGET = make_term("plr:target")
STATUS = make_term("plr:status")
CHARGE = make_term("plr:charge")
LEGAL_BASIS = make_term("plr:legalBasis")
DATE = make_term("plr:date")
BEST_DATE = make_term("plr:bestDate")
PENALTY = make_term("plr:penalty")
BEST_PENALTY = make_term("plr:bestPenalty")
CLAIM = make_term("plr:claim")
SOURCE_COUNT = make_term("plr:sourceCount")
PART_OF_CASE = make_term("plr:partOfCase")
CASE = make_term("plr:Case")
STAGE = make_term("plr:stage")
STAGE_CLASS = make_term("plr:Stage")
REPORTED = make_term("plr:reported")
STANDING = make_term("plr:standing")
STANDING_CLASS = make_term("plr:Standing")
PURSUED_BY = make_term("plr:pursuedBy")
CONCERNS = make_term("plr:concerns")
OPENED = make_term("plr:opened")
LATEST = make_term("plr:latest")
DISPUTED = make_term("plr:disputed")
MONETARY_AMOUNT = make_term("plr:MonetaryAmount")
AMOUNT_VALUE = make_term("schema:value")
CURRENCY = make_term("schema:currency")

RUN = make_term("plr:Run")
ACTIVITY = make_term("prov:Activity")
SOFTWARE_VERSION = make_term("schema:softwareVersion")
COMPONENT = make_term("plr:component")

JUDGEMENT = make_term("plr:Judgement")
AGENT_JUDGEMENT = make_term("plr:AgentJudgement")
CLAIM_JUDGEMENT = make_term("plr:ClaimJudgement")
REVIEWER = make_term("plr:Reviewer")
VERDICT = make_term("plr:verdict")
REASON = make_term("plr:reason")
SUPERSEDED_BY = make_term("plr:supersededBy")
JUDGED_AGENT = make_term("plr:judgedAgent")
JUDGED_DOCUMENT = make_term("plr:judgedDocument")
JUDGED_TYPE = make_term("plr:judgedType")
JUDGED_ACTOR = make_term("plr:judgedActor")
JUDGED_TARGET = make_term("plr:judgedTarget")
JUDGED_STATUS = make_term("plr:judgedStatus")
JUDGED_TRIGGER = make_term("plr:judgedTrigger")
CORRECTION = make_term("plr:correction")
REVIEW = make_term("plr:review")
REVISION_OF = make_term("prov:wasRevisionOf")
ASSOCIATED_WITH = make_term("prov:wasAssociatedWith")
PROV_AGENT = make_term("prov:Agent")
DATED = make_term("dcterms:date")
REPLACED_BY = make_term("dcterms:isReplacedBy")


@dataclass(frozen=True, slots=True)
class ActionTerms:
    """The terms of one of the actions: its class and group, its direct edge, and the property that edge falls under."""

    leaf: NamedNode
    group: NamedNode
    edge: NamedNode
    stance: NamedNode


@cache
def _read_ontology() -> dict[tuple[str, str], list[str]]:
    objects: dict[tuple[str, str], list[str]] = {}
    for quad in parse(path=find_ontology() / "plr.ttl", format=RdfFormat.TURTLE):
        objects.setdefault((quad.subject.value, quad.predicate.value), []).append(quad.object.value)
    return objects


def _find_notations() -> dict[str, str]:
    notation = make_term("skos:notation").value
    return {value: subject for (subject, predicate), (value, *_) in _read_ontology().items() if predicate == notation}


@cache
def load_action_terms() -> dict[str, ActionTerms]:
    """Map the id of each action (``fine``) to its terms, as ``ontology/plr.ttl`` has them."""
    objects = _read_ontology()
    above, narrower = make_term("rdfs:subClassOf").value, make_term("rdfs:subPropertyOf").value
    terms: dict[str, ActionTerms] = {}
    for notation, leaf in _find_notations().items():
        if edges := objects.get((leaf, f"{PLR}directEdge")):
            group, stance = objects[leaf, above][0], objects[edges[0], narrower][0]
            terms[notation] = ActionTerms(*(NamedNode(iri) for iri in (leaf, group, edges[0], stance)))
    return terms


@cache
def load_relations() -> dict[str, NamedNode]:
    """Map the id of each relation of a fact (``based_in``) to its property."""
    domains = make_term("rdfs:domain").value
    return {
        notation: NamedNode(iri) for notation, iri in _find_notations().items() if (iri, domains) in _read_ontology()
    }


@cache
def load_statuses() -> dict[str, NamedNode]:
    """Map the id of each status to its node."""
    return _find_individuals("Status")


@cache
def load_verdicts() -> dict[str, NamedNode]:
    """Map the id of each verdict of a reviewer to its node."""
    return _find_individuals("Verdict")


def _find_individuals(kind: str) -> dict[str, NamedNode]:
    objects = _read_ontology()
    return {
        notation: NamedNode(iri)
        for notation, iri in _find_notations().items()
        if f"{PLR}{kind}" in objects.get((iri, TYPE.value), ())
    }


@cache
def load_stages() -> dict[str, NamedNode]:
    """Map the id of each stage of a case (``inquiry``) to its node, in the order of a case's life."""
    return {stage: make_term(f"plr:{stage}Stage") for stage in STAGES}


@cache
def load_standings() -> dict[str, NamedNode]:
    """Map the id of each standing of a case (``open``) to its node."""
    return {standing: make_term(f"plr:{standing}Standing") for standing in STANDINGS}
