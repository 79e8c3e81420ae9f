// The data of the page: what belongs to what, and when it was.

const [graph] = await Promise.all([readGraph(), loadLibrary()]);
const { palette, words, agents, documents, facts, actions, edges, cases, claims, amounts } = graph;
const groupOf = new Map(
  Object.entries(graph.actionGroups).flatMap(([group, kinds]) => kinds.map((kind) => [kind, group])),
);

const actionsOfEdge = edges.map(() => []);
const actionsOfAgent = agents.map(() => []);
const factsOfAgent = agents.map(() => []);
const actionsOfCase = cases.map(() => []);

agents.forEach((agent, index) => {
  agent.index = index;
  agent.name ??= agent.id;
});
// Those that stand in the picture; of the others it is only spoken.
const drawnAgents = agents.filter((agent) => agent.x !== undefined);

let firstClaim = 0;
actions.forEach((action, index) => {
  const edge = edges[action.edge];
  Object.assign(action, { index, actor: edge.from, target: edge.to, kind: edge.action, status: edge.status });
  action.amounts = action.amounts.map((number) => amounts[number]);
  action.claims = claims.slice(firstClaim, firstClaim + action.claims);
  firstClaim += action.claims.length;
  for (const claim of action.claims) {
    claim.action = action;
    claim.amounts = claim.amounts.map((number) => amounts[number]);
  }
  action.group = groupOf.get(action.kind);
  action.date = action.dates[0] ?? "";
  // When it is first told of: what has no date of its own stands there in the order of time.
  action.told = action.claims.map((claim) => documents[claim.document]?.date ?? "").filter(Boolean).sort()[0] ?? "";
  actionsOfEdge[action.edge].push(action);
  actionsOfAgent[action.actor].push(action);
  if (action.target !== action.actor) actionsOfAgent[action.target].push(action);
  if (action.case !== undefined) actionsOfCase[action.case].push(action);
});
for (const fact of facts) {
  for (const agent of new Set([fact.subject, fact.object])) if (agent !== undefined) factsOfAgent[agent].push(fact);
}
const agentOfId = new Map(agents.map((agent, index) => [agent.id, index]));
const actionOfId = new Map(actions.map((action) => [action.id, action.index]));
const caseOfId = new Map(cases.map((one, index) => [one.id, index]));

// What is neither dated nor told of at a known time comes last.
function readTime(action) {
  return action.date || action.told || "9999";
}

function compareDates(one, other) {
  const [first, second] = [readTime(one), readTime(other)];
  return first < second ? -1 : first > second ? 1 : one.index - other.index;
}
for (const list of [...actionsOfEdge, ...actionsOfAgent, ...actionsOfCase]) list.sort(compareDates);

// Which country an agent belongs to: its own, or it is the government of one.
function findCountry(index) {
  const agent = agents[index];
  if (agent.country !== undefined) return agent.country;
  return ["Government", "Supranational"].includes(agent.type) ? index : undefined;
}
