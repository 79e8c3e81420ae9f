import json
from collections import defaultdict

import pyoxigraph as ox
import pytest
from pyoxigraph import NamedNode

from kg.model import vocabulary
from kg.model.judgement import AGENT_VERDICTS, CLAIM_VERDICTS
from kg.rdf import terms
from kg.rdf.namespaces import DATA_BASE, PLR, VOCABULARIES, make_prefixes
from kg.resources import find_ontology

FILES = ("plr.ttl", "charges.ttl", "mappings.ttl", "shapes.ttl")
GROUPS = {"Words", "Scrutiny", "Coercion", "Relief", "Response", "Abuse"}


def read(name):
    """Read a file of the ontology: subject -> predicate's prefixed name -> objects."""
    shorten = {namespace: prefix for prefix, namespace in VOCABULARIES.items()}
    said = defaultdict(lambda: defaultdict(list))
    for quad in ox.parse(path=find_ontology() / name):
        namespace = max((n for n in shorten if quad.predicate.value.startswith(n)), key=len, default="")
        predicate = f"{shorten.get(namespace, '')}:{quad.predicate.value[len(namespace) :]}"
        said[str(quad.subject)][predicate].append(quad.object)
    return said


PLR_TERMS, CHARGES, MAPPINGS = (read(name) for name in FILES[:3])


def name(node):
    """Give the local name of a term."""
    return getattr(node, "value", str(node)).rstrip(">").rpartition("#")[2]


def list_terms():
    """List the terms of the ontology itself."""
    return sorted(term for term in PLR_TERMS if term.startswith(f"<{PLR}"))


@pytest.mark.parametrize("term", list_terms(), ids=name)
def test_ontology_labels_and_defines_each_term(term):
    """Every term has one label and one definition, in English."""
    for predicate in ("rdfs:label", "skos:definition"):
        (text,) = PLR_TERMS[term][predicate]
        assert text.language == "en"
        assert text.value.strip()


@pytest.mark.parametrize("term", list_terms(), ids=name)
def test_ontology_names_classes_upper_and_properties_lower(term):
    """Classes are UpperCamel, properties and individuals lowerCamel; every term has a type."""
    is_class = any(value.value.endswith("#Class") for value in PLR_TERMS[term]["rdf:type"])
    assert PLR_TERMS[term]["rdf:type"]
    assert name(term)[0].isupper() == is_class


def test_ontology_has_the_actions_of_the_vocabulary_in_their_groups():
    """The 25 actions and their six groups are those of kg.model.vocabulary."""
    groups = defaultdict(set)
    for term in list_terms():
        if PLR_TERMS[term]["plr:directEdge"]:
            (group,) = PLR_TERMS[term]["rdfs:subClassOf"]
            (notation,) = PLR_TERMS[term]["skos:notation"]
            assert name(term) == notation.value.capitalize()
            groups[name(group).lower()].add(notation.value)
    assert groups == {group: set(actions) for group, actions in vocabulary.ACTION_GROUPS.items()}
    for group in GROUPS:
        assert [name(above) for above in PLR_TERMS[f"<{PLR}{group}>"]["rdfs:subClassOf"]] == ["Action"]


def test_ontology_has_an_edge_for_each_action():
    """Each action has its own direct edge, which falls under plr:actedAgainst or plr:actedTowards."""
    edges = [known.edge for known in terms.load_action_terms().values()]
    assert len(set(edges)) == len(vocabulary.ACTIONS)
    towards = {action for action, known in terms.load_action_terms().items() if name(known.stance) == "actedTowards"}
    assert towards == {"support", "release", "settle", "comply", "withdraw"}
    stances = {name(known.stance) for known in terms.load_action_terms().values()}
    assert stances == {"actedTowards", "actedAgainst"}


def test_ontology_has_the_statuses_types_and_relations_of_the_vocabulary():
    """Statuses, agent types and relations are those of kg.model.vocabulary."""
    assert set(terms.load_statuses()) == set(vocabulary.STATUSES)
    assert set(terms.load_relations()) == set(vocabulary.RELATIONS)
    assert set(terms.load_verdicts()) == {*AGENT_VERDICTS, *CLAIM_VERDICTS}
    types = {name(t) for t in list_terms() if [name(c) for c in PLR_TERMS[t]["rdfs:subClassOf"]] == ["Agent"]}
    assert types == vocabulary.AGENT_TYPES


def test_charges_are_those_of_the_vocabulary():
    """The charges with a notation are those of kg.model.vocabulary, and their IRIs end in it."""
    notations = {node: said["skos:notation"][0].value for node, said in CHARGES.items() if said["skos:notation"]}
    assert set(notations.values()) == vocabulary.CHARGES
    assert all(node == f"<{DATA_BASE}charge/{notation}>" for node, notation in notations.items())


def test_charges_stand_in_a_hierarchy_with_definitions():
    """Every charge is labelled, defined and in the scheme, and leads up to a top concept without a loop."""
    scheme = f"<{DATA_BASE}charge/scheme>"
    tops = {str(node) for node in CHARGES[scheme]["skos:hasTopConcept"]}
    for charge, said in CHARGES.items():
        assert [text.language for text in said["skos:prefLabel"]] == ["en"]
        assert [text.language for text in said["skos:definition"]] == ["en"]
        if charge == scheme:
            continue
        assert [str(node) for node in said["skos:inScheme"]] == [scheme]
        assert (charge in tops) == (not said["skos:broader"])
        climbed, above = set(), {charge}
        while above:
            assert not above & climbed
            climbed |= above
            above = {str(node) for step in above for node in CHARGES[step]["skos:broader"]}
        assert climbed & tops


def test_terms_in_code_are_in_the_ontology_and_all_are_used():
    """Every plr: term that the code names is in plr.ttl, and every property there is written by the code."""
    named = {node.value for node in vars(terms).values() if isinstance(node, NamedNode)}
    named |= {node.value for known in terms.load_action_terms().values() for node in (known.leaf, known.group)}
    named |= {node.value for known in terms.load_action_terms().values() for node in (known.edge, known.stance)}
    named |= {node.value for node in (*terms.load_relations().values(), *terms.load_statuses().values())}
    named |= {node.value for node in terms.load_verdicts().values()}
    named |= {node.value for node in (*terms.load_stages().values(), *terms.load_standings().values())}
    named |= {PLR + kind for kind in vocabulary.AGENT_TYPES}
    ours = {iri for iri in named if iri.startswith(PLR)}
    known = {term.strip("<>") for term in list_terms()}
    assert ours <= known
    # The classes of statuses and verdicts and the annotation of classes are the ontology's own.
    assert known - ours == {f"{PLR}Status", f"{PLR}Verdict", f"{PLR}directEdge"}


@pytest.mark.parametrize("file", FILES)
def test_namespaces_and_files_agree_on_prefixes(file):
    """Each prefix of a file of the ontology has the namespace that namespaces.py gives it."""
    own = {"shape": f"{PLR[:-1]}/shapes#", "sh": "http://www.w3.org/ns/shacl#"}
    own |= {"ace": f"{PLR[:-1]}/ace/", "plover": f"{PLR[:-1]}/plover/"}
    parser = ox.parse(path=find_ontology() / file)
    for _ in parser:
        pass
    assert parser.prefixes
    for prefix, namespace in parser.prefixes.items():
        assert (make_prefixes() | own)[prefix] == namespace


@pytest.mark.parametrize("file", FILES[:3])
def test_ontology_has_no_blank_nodes(file):
    """What goes into a store beside the data has no blank node, so that exports are stable."""
    for quad in ox.parse(path=find_ontology() / file):
        assert not isinstance(quad.subject, ox.BlankNode)
        assert not isinstance(quad.object, ox.BlankNode)


def test_mappings_lead_from_our_terms_and_define_codes_without_iris():
    """Mappings start at terms of the ontology; the codes of ACE and PLOVER, which have no IRIs, are defined."""
    known = set(list_terms())
    for subject, said in MAPPINGS.items():
        if subject.startswith(f"<{PLR}"):
            assert subject in known
        else:
            assert said["skos:definition"] and said["skos:prefLabel"]
    local = {str(o) for said in MAPPINGS.values() for o in said["skos:closeMatch"] if f"{PLR[:-1]}/" in str(o)}
    assert local <= set(MAPPINGS)


def test_mappings_cover_the_justice_events_of_ace():
    """The ACE events of justice that are actions on somebody each match the action that says the same."""
    matches = {
        (name(term), str(other).rpartition("/")[2].strip(">"))
        for term, said in MAPPINGS.items()
        for other in said["skos:closeMatch"]
        if "/ace/" in str(other)
    }
    assert {
        ("Arrest", "Justice.Arrest-Jail"),
        ("Charge", "Justice.Charge-Indict"),
        ("Sue", "Justice.Sue"),
        ("Convict", "Justice.Convict"),
        ("Fine", "Justice.Fine"),
        ("Release", "Justice.Acquit"),
        ("Appeal", "Justice.Appeal"),
    } <= matches


@pytest.mark.parametrize("prefix", ["prov", "schema", "oa", "org", "eli", "dpv", "sem", "foaf"])
def test_mappings_use_the_vocabularies_of_others(prefix):
    """Each vocabulary that the design names is linked to."""
    linked = {str(other) for said in MAPPINGS.values() for values in said.values() for other in values}
    assert any(iri.startswith(f"<{VOCABULARIES[prefix]}") for iri in linked)


def test_context_names_every_property():
    """The JSON-LD context has a name for each property of the ontology, and the prefixes of namespaces.py."""
    context = json.loads((find_ontology() / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    named = {entry["@id"] for entry in context.values() if isinstance(entry, dict)}
    for term in list_terms():
        if any(value.value.endswith("Property") for value in PLR_TERMS[term]["rdf:type"]):
            assert f"plr:{name(term)}" in named
    assert {key: context[key] for key in make_prefixes()} == make_prefixes()
    assert context["@vocab"] == PLR
