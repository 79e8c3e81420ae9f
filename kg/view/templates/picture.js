// The picture: vis-network draws what drawing.js holds, where it holds it; physics is off.

const FADED = 0.13;
const MANY = 1500;
// The more agents, the smaller the whole is shown, so the wider the lines.
const canvas = byId("canvas");
const nodeSet = new vis.DataSet();
const edgeSet = new vis.DataSet();
let network = null;
// What vis-network was last told of each, so that it is told only what has changed.
const drawnNodes = new Map();
const drawnEdges = new Map();
// The nodes and lines that the selection is about; null while nothing is selected.
let focus = null;

function startPicture() {
  network = new vis.Network(canvas, { nodes: nodeSet, edges: edgeSet }, graph.options);
  network.on("afterDrawing", drawLabels);
  network.once("afterDrawing", () => {
    performance.mark("kg-drawn");
    document.documentElement.dataset.drawn = "";
  });
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) chooseNode(node);
    else if (edge !== undefined) select(typeof edge === "number" ? { kind: "edge", index: edge } : { kind: "bundle", key: edge });
    else select(null);
  });
  network.on("hoverNode", ({ node, event }) => showTip(event, tellNode(node)));
  network.on("hoverEdge", ({ edge, event }) => showTip(event, tellLine(findLine(edge))));
  for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(event, hideTip);
  canvas.addEventListener("mouseleave", hideTip);
  startPanning();
  startCamera();
}

function chooseNode(id) {
  if (typeof id === "number") select({ kind: "agent", index: id });
  else openGroup(id.slice("group:".length));
}

function findFocus(selection) {
  // On a way between two, and about the one in the middle, nothing is of less weight than the rest.
  const isMiddle = selection?.kind === "agent" && (state.path || state.ego?.agent === selection.index);
  if (!selection || (isMiddle && !isGrouped())) return null;
  const found = { nodes: new Set(), edges: new Set() };
  const add = (line) => {
    if (!line || line.isHidden) return;
    found.edges.add(line.id);
    found.nodes.add(line.from).add(line.to);
  };
  const addEdge = (edge) => add(findLine(drawing.edgeOfEdge.get(edge)));
  if (selection.kind === "edge") addEdge(selection.index);
  else if (selection.kind === "action") addEdge(actions[selection.index].edge);
  else if (selection.kind === "case") for (const action of actionsOfCase[selection.index]) addEdge(action.edge);
  else if (selection.kind === "bundle") add(findLine(selection.key));
  else {
    const ids = new Set(
      selection.kind === "agent"
        ? [drawing.nodeOfAgent.get(selection.index)]
        : (listGroups(state.grouping).get(selection.key)?.members ?? []).map((agent) => drawing.nodeOfAgent.get(agent.index)),
    );
    for (const id of ids) found.nodes.add(id);
    for (const line of drawing.edges) if (ids.has(line.from) || ids.has(line.to)) add(line);
  }
  return found;
}

function findNodeColour(node) {
  if (node.agent) return pickColour(palette.agentTypes[node.agent.type]);
  return isDark ? "#465463" : "#c9d3dd";
}

function styleNode(node) {
  const colour = findNodeColour(node);
  const border = node.agent ? (isDark ? "#dfe6ee" : "#26313c") : theme.accent;
  const look = { background: colour, border };
  return {
    id: node.id,
    shape: node.agent ? palette.agentTypes[node.agent.type].shape : "dot",
    size: node.size,
    x: node.x,
    y: node.y,
    hidden: node.isHidden,
    opacity: focus && !focus.nodes.has(node.id) ? FADED : 1,
    color: { ...look, highlight: { background: colour, border: theme.accent }, hover: look },
    ...(node.agent ? {} : { borderWidth: 3 }),
  };
}

function findLineColour(line) {
  const side = findSide(line.list);
  return side ? pickSideColour(side) : pickColour(palette.groups[line.group]);
}

function styleEdge(line) {
  const colour = findLineColour(line);
  const claimCount = line.list.reduce((sum, action) => sum + Math.max(1, action.claims.length), 0);
  const opacity = focus ? (focus.edges.has(line.id) ? 0.85 : drawing.lineCount > 500 ? FADED / 2 : FADED) : findOpacity();
  const width = Math.min(2.2, Math.max(1, Math.sqrt(drawing.liveCount / 40)));
  return {
    id: line.id,
    from: line.from,
    to: line.to,
    hidden: line.isHidden,
    width: Math.round(width * Math.min(line.edge === undefined ? 5 : 9, 1.3 + 1.1 * Math.log2(Math.max(1, claimCount))) * 100) / 100,
    dashes: palette.statuses[line.status].dashes,
    smooth: line.bend ? { enabled: true, type: line.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(line.bend) } : false,
    color: { color: colour, highlight: colour, hover: colour, opacity, inherit: false },
  };
}

// The more lines, the fainter each, so that one sees where they are many.
function findOpacity() {
  const count = drawing.lineCount;
  return count <= 250 ? 0.85 : count <= MANY ? 0.6 : 0.45;
}

function sendChanges(set, drawn, items) {
  const changed = [];
  const gone = new Set(drawn.keys());
  for (const item of items) {
    gone.delete(item.id);
    const key = JSON.stringify(item);
    if (drawn.get(item.id) === key) continue;
    drawn.set(item.id, key);
    changed.push(item);
  }
  for (const id of gone) drawn.delete(id);
  if (gone.size) set.remove([...gone]);
  if (changed.length) set.update(changed);
}

function paintPicture(selection) {
  focus = findFocus(selection);
  // Lines go before their ends do, and come after them.
  const lines = drawing.edges.map(styleEdge);
  const wanted = new Set(lines.map((line) => line.id));
  const stale = [...drawnEdges.keys()].filter((id) => !wanted.has(id));
  for (const id of stale) drawnEdges.delete(id);
  if (stale.length) edgeSet.remove(stale);
  sendChanges(nodeSet, drawnNodes, drawing.nodes.map(styleNode));
  sendChanges(edgeSet, drawnEdges, lines);
  byId("nothing").hidden = shownDegree.size > 0;
  byId("nothing-why").textContent = actions.length ? "The filters leave no action." : "The store holds no actions.";
  if (!network) startPicture();
  const node = selection?.kind === "agent" ? drawing.nodeOfAgent.get(selection.index) : undefined;
  network.setSelection(
    {
      nodes: node !== undefined && drawnNodes.has(node) ? [node] : [],
      edges: focus && ["edge", "action", "bundle"].includes(selection.kind) ? [...focus.edges] : [],
    },
    { highlightEdges: false },
  );
  network.redraw();
}

function tellNode(id) {
  if (typeof id === "number") return `${nameAgent(id)} · ${countOf(shownDegree.get(id) ?? 0, "action")}`;
  return `${drawing.nodes.find((node) => node.id === id)?.name ?? ""} · click to open`;
}

function tellLine(line) {
  if (!line) return "";
  const told = line.list.reduce((sum, action) => sum + action.claims.length, 0);
  if (line.edge === undefined) {
    const name = (id) => drawing.nodes.find((node) => node.id === id)?.name ?? "";
    return `${name(line.from)} → ${name(line.to)}: ${line.label} · ${countOf(told, "claim")}`;
  }
  const edge = edges[line.edge];
  const dates = line.list.map((action) => action.date).filter(Boolean);
  const when = dates.length ? ` · ${dates.slice(0, 3).join(", ")}${dates.length > 3 ? " …" : ""}` : "";
  const sentence = saySentence({ actor: edge.from, target: edge.to, kind: edge.action, status: edge.status });
  return `${sentence}${line.list.length > 1 ? ` (${line.list.length} times)` : ""}${when} · ${countOf(told, "claim")}`;
}

function showTip(event, text) {
  if (still) return;
  const tip = byId("tip");
  const frame = byId("picture").getBoundingClientRect();
  const point = event.clientX === undefined ? event.center : { x: event.clientX, y: event.clientY };
  tip.textContent = text;
  tip.hidden = false;
  const left = Math.min(point.x - frame.left + 14, frame.width - tip.offsetWidth - 8);
  const top = Math.min(point.y - frame.top + 14, frame.height - tip.offsetHeight - 8);
  tip.style.left = `${Math.max(0, left)}px`;
  tip.style.top = `${Math.max(0, top)}px`;
}

function hideTip() {
  byId("tip").hidden = true;
}
