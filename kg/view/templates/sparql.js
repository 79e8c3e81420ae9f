// The question to the store that gives what the panel shows, to be copied into `kg query` or any SPARQL endpoint.

const VOCABULARY = "https://w3id.org/platform-regulation#";

// Nothing that would end an IRI in SPARQL gets into one.
function writeIri(kind, id) {
  return `<${(graph.base + kind + "/" + id).replace(/[\u0000-\u0020<>"{}|^`\\]/g, (sign) => encodeURIComponent(sign))}>`;
}

function writeQuery(pattern) {
  return [
    `PREFIX plr: <${VOCABULARY}>`,
    "PREFIX oa: <http://www.w3.org/ns/oa#>",
    "PREFIX prov: <http://www.w3.org/ns/prov#>",
    "SELECT DISTINCT ?claim ?quote ?document ?confidence WHERE {",
    `  GRAPH ?resolved { ${pattern} }`,
    "  GRAPH ?told {",
    "    ?claim plr:evidence/oa:exact ?quote ; prov:wasDerivedFrom ?document .",
    "    OPTIONAL { ?claim plr:confidence ?confidence }",
    "  }",
    "} ORDER BY ?document ?claim",
    "",
  ].join("\n");
}

function writeActionQuery(action) {
  return writeQuery(`${writeIri("action", action.id)} plr:claim ?claim`);
}

function writeEdgeQuery(edge) {
  const kind = edge.action.charAt(0).toUpperCase() + edge.action.slice(1);
  return writeQuery(
    `?action a plr:${kind} ; plr:actor ${writeIri("agent", agents[edge.from].id)} ; ` +
      `plr:target ${writeIri("agent", agents[edge.to].id)} ; plr:status plr:${edge.status} ; plr:claim ?claim`,
  );
}

function makeQuery(query) {
  const box = make("pre", { class: "query", tabindex: "0" }, query);
  const copy = makeButton("Copy", async () => {
    try {
      await navigator.clipboard.writeText(query);
      copy.textContent = "Copied";
    } catch {
      // Not every browser lets a page from a file write to the clipboard: then it is marked, to be copied by hand.
      getSelection().selectAllChildren(box);
    }
  });
  return make("details", { class: "sparql" }, make("summary", {}, "The SPARQL query that gives this"), box, copy);
}
