// The state of the page stands in the address after the #, so that a link restores what one sees.

// The shorter of what is hidden and what is left.
function writeFacet(facet, parameters) {
  const gone = facet.values.filter((value) => hidden[facet.key].has(value));
  const left = facet.values.filter((value) => !hidden[facet.key].has(value));
  if (!gone.length) return;
  if (left.length && left.length < gone.length) parameters.set(`only-${facet.key}`, left.join(","));
  else parameters.set(`hide-${facet.key}`, gone.join(","));
}

function formatSelection({ kind, index, key }) {
  if (kind === "agent") return agents[index].id;
  if (kind === "action") return actions[index].id;
  if (kind === "case") return cases[index].id;
  if (key !== undefined) return key;
  const edge = edges[index];
  return [agents[edge.from].id, agents[edge.to].id, edge.action, edge.status].join(",");
}

function writeStretch(parameters, prefix, { from, to }) {
  parameters.set(`${prefix}from`, writeStep(from));
  parameters.set(`${prefix}to`, writeStep(to, true));
}

function formatAddress() {
  const parameters = new URLSearchParams();
  if (state.selection) parameters.set(state.selection.kind, formatSelection(state.selection));
  for (const facet of facets) writeFacet(facet, parameters);
  for (const range of ranges) if (minimum[range.key] > range.least) parameters.set(range.key, minimum[range.key]);
  if (!isWholeTime()) writeStretch(parameters, "", period);
  if (period.second) writeStretch(parameters, "and-", period.second);
  if (state.text) parameters.set("text", state.text);
  if (state.ego) parameters.set("near", `${agents[state.ego.agent].id},${state.ego.steps}`);
  if (state.path) parameters.set("way", `${agents[state.path.from].id},${agents[state.path.to].id}`);
  if (state.grouping !== findUsualGrouping()) parameters.set("group-by", state.grouping);
  if (state.open.size) parameters.set("open", [...state.open].sort().map(encodeURIComponent).join(","));
  if (state.view !== "picture") parameters.set("view", state.view);
  if (camera) parameters.set("at", [camera.x, camera.y, camera.scale].join(","));
  if (state.moved.size) parameters.set("moved", [...state.moved].map(writePlace).sort().join(","));
  if (state.unfolded.size) parameters.set("unfold", [...state.unfolded].sort().join(","));
  if (state.isWide) parameters.set("filters", "off");
  if (state.theme) parameters.set("theme", state.theme);
  if (rowLimit !== ROWS_AT_ONCE && state.view !== "picture") parameters.set("rows", rowLimit);
  if (sorting.key !== "date" || sorting.descending) parameters.set("sort", (sorting.descending ? "-" : "") + sorting.key);
  return parameters.toString().replaceAll("%2C", ",").replaceAll("%40", "@");
}

// A mark's id holds no comma once it is encoded, and its place no @.
function writePlace([id, { x, y }]) {
  return `${encodeURIComponent(typeof id === "number" ? agents[id].id : id)}@${x}@${y}`;
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
  for (const [kind, numbers] of Object.entries({ agent: agentOfId, action: actionOfId, case: caseOfId })) {
    const index = numbers.get(parameters.get(kind));
    if (index !== undefined) return { kind, index };
  }
  for (const kind of ["group", "bundle"]) if (parameters.has(kind) && state.grouping !== "none") return { kind, key: parameters.get(kind) };
  const edge = parameters.has("edge") ? findEdge(parameters.get("edge")) : -1;
  return edge >= 0 ? { kind: "edge", index: edge } : null;
}

function readStretch(parameters, prefix) {
  const read = (name, isEnd) => {
    const months = readMonths(parameters.get(prefix + name) ?? "");
    if (!months || !calendar.count) return isEnd ? calendar.count - 1 : 0;
    const [step] = findSteps([months[isEnd ? 1 : 0]]);
    return Math.min(calendar.count - 1, Math.max(0, step));
  };
  const [from, to] = [read("from", false), read("to", true)];
  return from <= to ? { from, to } : { from: to, to: from };
}

function readFacets(parameters) {
  const read = (name) => (parameters.get(name) ?? "").split(",");
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
}

function readScope(parameters) {
  state.text = (parameters.get("text") ?? "").trim().slice(0, 200);
  const [near, steps] = (parameters.get("near") ?? "").split(",");
  if (agentOfId.has(near)) state.ego = { agent: agentOfId.get(near), steps: steps === "2" ? 2 : 1 };
  const [from, to] = (parameters.get("way") ?? "").split(",").map((id) => agentOfId.get(id));
  if (from !== undefined && to !== undefined) state.path = { from, to };
}

function readGrouping(parameters) {
  const wanted = parameters.get("group-by");
  state.grouping = Object.hasOwn(GROUPINGS, wanted ?? "") ? wanted : findUsualGrouping();
  state.open = new Set();
  if (state.grouping === "none") return;
  const groups = listGroups(state.grouping);
  for (const key of (parameters.get("open") ?? "").split(",").map(decodeSafely)) if (groups.has(key)) state.open.add(key);
}

function readPlaces(parameters) {
  state.moved = new Map();
  for (const text of (parameters.get("moved") ?? "").split(",")) {
    const [name, x, y] = text.split("@");
    const key = decodeSafely(name);
    const id = agentOfId.get(key) ?? (key.startsWith("group:") ? key : undefined);
    if (id !== undefined && /^-?\d{1,6}$/.test(x) && /^-?\d{1,6}$/.test(y)) state.moved.set(id, { x: Number(x), y: Number(y) });
  }
  const [x, y, scale] = (parameters.get("at") ?? "").split(",").map(Number);
  camera = [x, y, scale].every(Number.isFinite) && scale >= 0.005 && scale <= 20 && Math.abs(x) < 1e6 && Math.abs(y) < 1e6 ? { x, y, scale } : null;
}

function readPanels(parameters) {
  const known = new Set([...Object.keys(palette.groups), ...facets.map((facet) => facet.key)]);
  state.unfolded = new Set((parameters.get("unfold") ?? "").split(",").filter((key) => known.has(key)));
  state.isWide = parameters.get("filters") === "off";
  const rowCount = Number.parseInt(parameters.get("rows"), 10);
  rowLimit = rowCount > 0 ? Math.min(rowCount, Math.max(ROWS_AT_ONCE, actions.length)) : ROWS_AT_ONCE;
}

function decodeSafely(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// What the address names and the page has not is passed over.
function readAddress() {
  const parameters = new URLSearchParams(location.hash.slice(1));
  resetFilters();
  readFacets(parameters);
  Object.assign(period, readStretch(parameters, ""));
  if (parameters.has("and-from")) period.second = readStretch(parameters, "and-");
  readScope(parameters);
  readGrouping(parameters);
  readPlaces(parameters);
  readPanels(parameters);
  const sort = parameters.get("sort") ?? "date";
  sorting.descending = sort.startsWith("-");
  sorting.key = columns.find((column) => column.key === sort.replace(/^-/, ""))?.key ?? "date";
  state.view = VIEWS.includes(parameters.get("view")) ? parameters.get("view") : "picture";
  state.theme = ["light", "dark"].includes(parameters.get("theme")) ? parameters.get("theme") : "";
  state.selection = readSelection(parameters);
}
