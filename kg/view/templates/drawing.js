// What the picture is to hold: agents and lines, or groups of agents and the lines between groups.

const MOST_BUNDLES = 1200;
const MOST_ALONE = 600;
const drawing = { nodes: [], edges: [], nodeOfAgent: new Map(), edgeOfEdge: new Map(), left: 0, liveCount: 0, lineCount: 0 };
const shownOfEdge = edges.map(() => []);
const shownDegree = new Map();

// Mend which edges and agents are shown, from the actions that pass the filters.
function countShown(shown) {
  for (const list of shownOfEdge) list.length = 0;
  shownDegree.clear();
  for (const action of shown) {
    shownOfEdge[action.edge].push(action);
    for (const agent of new Set([action.actor, action.target])) {
      shownDegree.set(agent, (shownDegree.get(agent) ?? 0) + 1);
    }
  }
}

function takeShown(shown) {
  const { nodes, edges: lines, left = 0 } = isGrouped() ? drawGroups() : drawAgents(findScopePlaces(shown));
  const countLive = (list) => list.reduce((sum, one) => sum + !one.isHidden, 0);
  Object.assign(drawing, { nodes, edges: lines, left, liveCount: countLive(nodes), lineCount: countLive(lines) });
}

function drawAgent(agent, place = agent) {
  const degree = shownDegree.get(agent.index) ?? 0;
  const { x, y } = state.moved.get(agent.index) ?? place;
  // A part is seen from nearer than the whole.
  const size = place === agent ? agent.size : Math.min(agent.size, 18, 7 + 1.6 * Math.sqrt(degree));
  return { id: agent.index, agent, name: agent.name, size, x, y, degree, isHidden: degree === 0 };
}

function drawEdge(edge, index) {
  const { from, to, status } = edge;
  const list = shownOfEdge[index];
  const label = list.length ? labelEdge(edge, list.length) : "";
  return { id: index, edge: index, from, to, status, list, label, group: groupOf.get(edge.action), bend: edge.bend, isHidden: !list.length };
}

// A part of the graph is drawn agent by agent, however large the whole, unless the part is large itself.
function isGrouped() {
  return state.grouping !== "none" && !((state.ego || state.path) && shownDegree.size <= MOST_ALONE);
}

function drawAgents(places) {
  drawing.nodeOfAgent = new Map(drawnAgents.map((agent) => [agent.index, agent.index]));
  drawing.edgeOfEdge = new Map(edges.map((_, index) => [index, index]));
  const nodes = drawnAgents.map((agent) => drawAgent(agent, places?.get(agent.index)));
  const lines = edges.map(drawEdge);
  if (!isLarge()) return { nodes, edges: lines };
  // What is hidden is kept for when it shows again; of tens of thousands that would take longer than to draw anew.
  return { nodes: nodes.filter((node) => !node.isHidden), edges: lines.filter((line) => !line.isHidden) };
}

function drawGroups() {
  const groups = listGroups(state.grouping);
  const opened = [...state.open].filter((key) => groups.has(key)).map((key) => {
    const group = groups.get(key);
    return { group, radius: ROOM * Math.sqrt(Math.min(group.members.length, MOST_OPENED)) };
  });
  drawing.nodeOfAgent = new Map();
  const nodes = [];
  for (const group of groups.values()) {
    const at = stepAside(group, opened);
    if (group.members.length === 1) {
      // One alone is no group.
      const [agent] = group.members;
      nodes.push(drawAgent(agent, at));
      drawing.nodeOfAgent.set(agent.index, agent.index);
      continue;
    }
    const singles = state.open.has(group.key) ? placeMembers({ ...group, ...at }, MOST_OPENED) : [];
    for (const { agent, ...place } of singles) {
      nodes.push(drawAgent(agent, place));
      drawing.nodeOfAgent.set(agent.index, agent.index);
    }
    const rest = group.members.slice(singles.length);
    if (!rest.length) continue;
    const id = `group:${group.key}`;
    for (const agent of rest) drawing.nodeOfAgent.set(agent.index, id);
    const degree = rest.reduce((sum, agent) => sum + (shownDegree.get(agent.index) ?? 0), 0);
    const live = rest.filter((agent) => shownDegree.has(agent.index)).length;
    const name = `${singles.length ? "others of " : ""}${group.name} (${live})`;
    const y = singles.length ? at.y + ROOM * Math.sqrt(singles.length) + 90 : at.y;
    const place = state.moved.get(id) ?? { x: at.x, y };
    nodes.push({ id, groupKey: group.key, name, size: group.size, ...place, degree, isHidden: degree === 0 });
  }
  const all = bundleEdges();
  const live = new Set(nodes.filter((node) => !node.isHidden).map((node) => node.id));
  return { nodes: nodes.filter((node) => live.has(node.id)), edges: all.slice(0, MOST_BUNDLES), left: Math.max(0, all.length - MOST_BUNDLES) };
}

// Between two agents each line stays itself; between groups the actions of a group of kinds share a line.
function bundleEdges() {
  const bundles = new Map();
  drawing.edgeOfEdge = new Map();
  edges.forEach((edge, index) => {
    const list = shownOfEdge[index];
    if (!list.length) return;
    const [from, to] = [drawing.nodeOfAgent.get(edge.from), drawing.nodeOfAgent.get(edge.to)];
    if (typeof from === "number" && typeof to === "number") {
      bundles.set(index, { ...drawEdge(edge, index), from, to });
      drawing.edgeOfEdge.set(index, index);
      return;
    }
    if (from === to) return;
    const group = groupOf.get(edge.action);
    const id = `${from}~${to}~${group}`;
    if (!bundles.has(id)) bundles.set(id, { id, from, to, group, status: edge.status, list: [], bend: 0, isHidden: false });
    const bundle = bundles.get(id);
    bundle.list.push(...list);
    // Drawn through if any of it happened.
    if (edge.status === "actual") bundle.status = "actual";
    drawing.edgeOfEdge.set(index, id);
  });
  const lines = [...bundles.values()];
  for (const line of lines) line.label ??= `${palette.groups[line.group].label.toLowerCase()} ×${line.list.length.toLocaleString("en")}`;
  bendBundles(lines);
  // Those between agents of open groups come first, since they are what one has opened them for.
  const isInner = (line) => typeof line.from === "number" && typeof line.to === "number";
  return lines.sort(
    (one, other) => isInner(other) - isInner(one) || other.list.length - one.list.length || (String(one.id) < String(other.id) ? -1 : 1),
  );
}

function bendBundles(lines) {
  const parallel = new Map();
  for (const line of lines) {
    const ends = [String(line.from), String(line.to)].sort().join("~");
    if (!parallel.has(ends)) parallel.set(ends, []);
    parallel.get(ends).push(line);
  }
  for (const list of parallel.values()) {
    list.forEach((line, place) => {
      const offset = (place - (list.length - 1) / 2) * Math.min(0.22, 1.2 / list.length);
      line.bend = line.from === list[0].from ? offset : -offset;
    });
  }
}

function findLine(id) {
  return drawing.edges.find((line) => line.id === id);
}
