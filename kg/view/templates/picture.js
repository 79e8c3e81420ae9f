// The picture: vis-network draws nodes and edges where the build has placed them; physics is off.

const FADED = 0.13;
const MANY = 1500;
// The more agents, the smaller the whole is shown, so the wider the lines.
const WIDTH = Math.min(2.2, Math.max(1, Math.sqrt(nodes.length / 40)));
const canvas = byId("canvas");
const nodeSet = new vis.DataSet();
const edgeSet = new vis.DataSet();
let network = null;
// What vis-network was last told of each, so that it is told only what has changed.
const drawnNodes = new Map();
const drawnEdges = new Map();

const shownOfEdge = edges.map(() => []);
const shownDegree = new Map();
// The agents and edges that the selection is about; null while nothing is selected.
let focus = null;

function startPicture() {
  network = new vis.Network(canvas, { nodes: nodeSet, edges: edgeSet }, graph.options);
  network.on("afterDrawing", drawLabels);
  network.once("afterDrawing", () => {
    performance.mark("kg-drawn");
    document.documentElement.dataset.drawn = "";
  });
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) select({ kind: "agent", index: node });
    else if (edge !== undefined) select({ kind: "edge", index: edge });
    else select(null);
  });
  network.on("hoverNode", ({ node, event }) => showTip(event, tellAgent(node)));
  network.on("hoverEdge", ({ edge, event }) => showTip(event, tellEdge(edge)));
  for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(event, hideTip);
  canvas.addEventListener("mouseleave", hideTip);
}

// Mend which edges and agents are shown, from the actions that pass the filters.
function takeShown(shown) {
  for (const list of shownOfEdge) list.length = 0;
  shownDegree.clear();
  for (const action of shown) {
    shownOfEdge[action.edge].push(action);
    for (const agent of new Set([action.actor, action.target])) {
      shownDegree.set(agent, (shownDegree.get(agent) ?? 0) + 1);
    }
  }
}

function findFocus(selection) {
  if (!selection) return null;
  const found = { nodes: new Set(), edges: new Set() };
  if (selection.kind === "agent") {
    found.nodes.add(selection.index);
    edges.forEach((edge, index) => {
      if (!shownOfEdge[index].length || (edge.from !== selection.index && edge.to !== selection.index)) return;
      found.edges.add(index);
      found.nodes.add(edge.from).add(edge.to);
    });
  } else {
    const edge = selection.kind === "edge" ? selection.index : actions[selection.index].edge;
    found.edges.add(edge);
    found.nodes.add(edges[edge].from).add(edges[edge].to);
  }
  return found;
}

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return { text: read("--text"), quiet: read("--quiet"), surface: read("--surface"), accent: read("--accent") };
}

let theme = readTheme();

function styleNode(node) {
  const colour = pickColour(palette.agentTypes[agents[node.id].type]);
  const border = darkScheme.matches ? "#dfe6ee" : "#26313c";
  const look = { background: colour, border };
  return {
    id: node.id,
    shape: node.shape,
    size: node.size,
    x: node.x,
    y: node.y,
    hidden: !shownDegree.has(node.id),
    opacity: focus && !focus.nodes.has(node.id) ? FADED : 1,
    color: { ...look, highlight: { background: colour, border: theme.accent }, hover: look },
  };
}

function styleEdge(edge, index) {
  const colour = pickColour(palette.groups[groupOf.get(edge.action)]);
  const claims = shownOfEdge[index].reduce((sum, action) => sum + Math.max(1, action.claims.length), 0);
  const opacity = focus && !focus.edges.has(index) ? FADED : focus || edges.length <= MANY ? 0.85 : 0.45;
  const bend = edge.bend ?? 0;
  return {
    id: index,
    from: edge.from,
    to: edge.to,
    hidden: claims === 0,
    width: WIDTH * Math.min(9, 1.3 + 1.1 * Math.log2(Math.max(1, claims))),
    dashes: palette.statuses[edge.status].dashes,
    smooth: bend ? { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) } : false,
    color: { color: colour, highlight: colour, hover: colour, opacity, inherit: false },
  };
}

function sendChanges(set, drawn, items) {
  const changed = [];
  for (const item of items) {
    const key = JSON.stringify(item);
    if (drawn.get(item.id) === key) continue;
    drawn.set(item.id, key);
    changed.push(item);
  }
  if (changed.length) set.update(changed);
}

function paintPicture(selection) {
  focus = findFocus(selection);
  sendChanges(nodeSet, drawnNodes, nodes.map(styleNode));
  sendChanges(edgeSet, drawnEdges, edges.map(styleEdge));
  byId("nothing").hidden = shownDegree.size > 0;
  byId("nothing-why").textContent = actions.length ? "The filters leave no action." : "The store holds no actions.";
  if (!network) startPicture();
  network.setSelection(
    {
      nodes: selection?.kind === "agent" && drawnNodes.has(selection.index) ? [selection.index] : [],
      edges: selection && selection.kind !== "agent" ? [...focus.edges] : [],
    },
    { highlightEdges: false },
  );
  network.redraw();
}

function getAnimation() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 350 };
}

// A picture that is not on the page has no size to be fitted to: it is fitted once it shows.
let isFitted = false;

function fitPicture(animation = false) {
  isFitted = canvas.clientWidth > 0;
  if (!isFitted) return;
  const shown = nodes.filter((node) => shownDegree.has(node.id)).map((node) => node.id);
  if (!shown.length) return;
  network.fit({ nodes: shown, animation: false, maxZoomLevel: 1.5 });
  // A margin for the labels of the outermost.
  network.moveTo({ scale: network.getScale() * 0.9, animation });
}

// Bring what is selected into view, unless it is there already.
function revealSelection() {
  if (!focus || canvas.clientWidth === 0) return;
  const positions = network.getPositions([...focus.nodes]);
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const isInside = Object.values(positions).every((position) => {
    const { x, y } = network.canvasToDOM(position);
    return x > 20 && y > 20 && x < width - 20 && y < height - 20;
  });
  if (!isInside || network.getScale() < 0.35) {
    network.fit({ nodes: [...focus.nodes], animation: getAnimation(), maxZoomLevel: 1.1 });
  }
}

function zoomBy(factor) {
  network.moveTo({ scale: Math.min(6, Math.max(0.02, network.getScale() * factor)), animation: getAnimation() });
}

function panBy(x, y) {
  const { x: left, y: top } = network.getViewPosition();
  const scale = network.getScale();
  network.moveTo({ position: { x: left + x / scale, y: top + y / scale } });
}

function handlePictureKey(event) {
  const step = 80;
  const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
  if (moves[event.key]) panBy(...moves[event.key]);
  else if (event.key === "+" || event.key === "=") zoomBy(1.3);
  else if (event.key === "-") zoomBy(1 / 1.3);
  else if (event.key === "0") fitPicture(getAnimation());
  else return;
  event.preventDefault();
}

function tellAgent(index) {
  return `${nameAgent(index)} · ${countOf(shownDegree.get(index) ?? 0, "action")}`;
}

function tellEdge(index) {
  const edge = edges[index];
  const shown = shownOfEdge[index];
  const claims = shown.reduce((sum, action) => sum + action.claims.length, 0);
  const dates = shown.map((action) => action.date).filter(Boolean);
  const when = dates.length ? ` · ${dates.slice(0, 3).join(", ")}${dates.length > 3 ? " …" : ""}` : "";
  const sentence = `${nameAgent(edge.from)} ${saySo(edge.action, edge.status)} ${nameAgent(edge.to)}`;
  return `${sentence}${shown.length > 1 ? ` (${shown.length} times)` : ""}${when} · ${countOf(claims, "claim")}`;
}

function showTip(event, text) {
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

// The picture as it stands on the screen, on the page's own background.
function savePicture() {
  network.once("afterDrawing", (context) => {
    const source = context.canvas;
    const copy = make("canvas", { width: source.width, height: source.height });
    const pen = copy.getContext("2d");
    pen.fillStyle = theme.surface;
    pen.fillRect(0, 0, copy.width, copy.height);
    pen.drawImage(source, 0, 0);
    copy.toBlob((blob) => {
      const href = URL.createObjectURL(blob);
      const name = graph.title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "graph";
      make("a", { href, download: `${name}.png` }).click();
      setTimeout(() => URL.revokeObjectURL(href), 10000);
    }, "image/png");
  });
  network.redraw();
}
