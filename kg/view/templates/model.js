// The data of the page, and the words for it.

const graph = JSON.parse(byId("data").textContent);
const { palette, words, agents, documents, facts, actions, nodes, edges } = graph;
const groupOf = new Map(
  Object.entries(graph.actionGroups).flatMap(([group, kinds]) => kinds.map((kind) => [kind, group])),
);
const darkScheme = window.matchMedia("(prefers-color-scheme: dark)");

const actionsOfEdge = edges.map(() => []);
const actionsOfAgent = agents.map(() => []);
const factsOfAgent = agents.map(() => []);
const actionsOfCase = new Map();

for (const edge of edges) edge.status ??= "actual";
for (const node of nodes) node.shape = palette.agentTypes[agents[node.id].type].shape;

actions.forEach((action, index) => {
  const edge = edges[action.edge];
  Object.assign(action, { index, actor: edge.from, target: edge.to, kind: edge.action, status: edge.status });
  for (const list of ["dates", "charges", "laws", "amounts"]) action[list] ??= [];
  action.sources ??= 1;
  action.group = groupOf.get(action.kind);
  action.date = action.dates[0] ?? "";
  // When it is first told of: what has no date of its own stands there in the order of time.
  action.told = action.claims.map((claim) => documents[claim.document]?.date ?? "").filter(Boolean).sort()[0] ?? "";
  actionsOfEdge[action.edge].push(action);
  actionsOfAgent[action.actor].push(action);
  if (action.target !== action.actor) actionsOfAgent[action.target].push(action);
  if (action.case) {
    if (!actionsOfCase.has(action.case)) actionsOfCase.set(action.case, []);
    actionsOfCase.get(action.case).push(action);
  }
});
for (const fact of facts) {
  for (const agent of new Set([fact.subject, fact.object])) if (agent !== undefined) factsOfAgent[agent].push(fact);
}
const agentOfId = new Map(agents.map((agent, index) => [agent.id, index]));
const actionOfId = new Map(actions.map((action) => [action.id, action.index]));

// What is neither dated nor told of at a known time comes last.
function readTime(action) {
  return action.date || action.told || "9999";
}

function sayTime(action) {
  return action.dates.join(" / ") || (action.told ? `told ${action.told}` : "");
}

function compareDates(one, other) {
  const [first, second] = [readTime(one), readTime(other)];
  return first < second ? -1 : first > second ? 1 : one.index - other.index;
}
for (const list of [...actionsOfEdge, ...actionsOfAgent, ...actionsOfCase.values()]) list.sort(compareDates);

function pickColour(entry) {
  return darkScheme.matches ? entry.dark : entry.light;
}

function nameThing(id) {
  return Object.hasOwn(graph.labels, id) ? graph.labels[id] : id.replace(/-/g, " ");
}

function nameAgent(index) {
  return agents[index].name;
}

function saySo(kind, status) {
  if (status === "planned") return `may ${words[kind].infinitive}`;
  if (status === "negated") return `did not ${words[kind].infinitive}`;
  return words[kind].past;
}

function labelEdge(edge, count) {
  const sign = { planned: "may ", negated: "⊘ " }[edge.status] ?? "";
  const word = edge.status === "planned" ? words[edge.action].infinitive : words[edge.action].label;
  return sign + word + (count > 1 ? ` ×${count}` : "");
}

function formatAmount([value, currency]) {
  const number = Number(value);
  if (!Number.isFinite(number)) return `${value} ${currency}`;
  const options = { maximumFractionDigits: 2 };
  if (/^[A-Z]{3}$/.test(currency)) return `${currency} ${number.toLocaleString("en", options)}`;
  return `${number.toLocaleString("en", options)} ${currency}`.trim();
}

function formatConfidence(value) {
  return `${Math.round(value * 100)} %`;
}

function countOf(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
