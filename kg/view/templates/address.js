// The state of the page stands in the address after the #, so that a link restores what one sees.

const state = { selection: null, view: "picture" };
const VIEWS = ["picture", "both", "table"];

// The shorter of what is hidden and what is left.
function writeFacet(facet, parameters) {
  const gone = facet.values.filter((value) => hidden[facet.key].has(value));
  const left = facet.values.filter((value) => !hidden[facet.key].has(value));
  if (!gone.length) return;
  if (left.length && left.length < gone.length) parameters.set(`only-${facet.key}`, left.join(","));
  else parameters.set(`hide-${facet.key}`, gone.join(","));
}

function formatSelection(selection) {
  if (selection.kind === "agent") return agents[selection.index].id;
  if (selection.kind === "action") return actions[selection.index].id;
  const edge = edges[selection.index];
  return [agents[edge.from].id, agents[edge.to].id, edge.action, edge.status].join(",");
}

function formatAddress() {
  const parameters = new URLSearchParams();
  if (state.selection) parameters.set(state.selection.kind, formatSelection(state.selection));
  for (const facet of facets) writeFacet(facet, parameters);
  for (const range of ranges) if (minimum[range.key] > range.least) parameters.set(range.key, minimum[range.key]);
  if (state.view !== "picture") parameters.set("view", state.view);
  if (sorting.key !== "date" || sorting.descending) parameters.set("sort", (sorting.descending ? "-" : "") + sorting.key);
  return parameters.toString().replaceAll("%2C", ",");
}

function writeAddress({ isStep = false } = {}) {
  const text = formatAddress();
  if (text === location.hash.slice(1)) return;
  try {
    const address = text ? `#${text}` : location.pathname + location.search;
    history[isStep ? "pushState" : "replaceState"](null, "", address);
  } catch {
    // A page inside another one (a notebook, say) may have no address of its own to write.
  }
}

function findEdge(text) {
  const [actor, target, kind, status] = text.split(",");
  const from = agentOfId.get(actor);
  const to = agentOfId.get(target);
  return edges.findIndex((edge) => edge.from === from && edge.to === to && edge.action === kind && edge.status === status);
}

function readSelection(parameters) {
  const agent = agentOfId.get(parameters.get("agent"));
  if (agent !== undefined) return { kind: "agent", index: agent };
  const action = actionOfId.get(parameters.get("action"));
  if (action !== undefined) return { kind: "action", index: action };
  const edge = parameters.has("edge") ? findEdge(parameters.get("edge")) : -1;
  return edge >= 0 ? { kind: "edge", index: edge } : null;
}

// What the address names and the page has not is passed over.
function readAddress() {
  const parameters = new URLSearchParams(location.hash.slice(1));
  const read = (name) => (parameters.get(name) ?? "").split(",");
  resetFilters();
  for (const facet of facets) {
    const only = facet.values.filter((value) => read(`only-${facet.key}`).includes(value));
    const gone = read(`hide-${facet.key}`);
    for (const value of facet.values) {
      if (only.length ? !only.includes(value) : gone.includes(value)) hidden[facet.key].add(value);
    }
  }
  for (const range of ranges) {
    const value = Number.parseInt(parameters.get(range.key), 10);
    if (Number.isFinite(value)) minimum[range.key] = Math.min(range.most, Math.max(range.least, value));
  }
  const sort = parameters.get("sort") ?? "date";
  sorting.descending = sort.startsWith("-");
  sorting.key = columns.find((column) => column.key === sort.replace(/^-/, ""))?.key ?? "date";
  state.view = VIEWS.includes(parameters.get("view")) ? parameters.get("view") : "picture";
  state.selection = readSelection(parameters);
}
