// The whole picture as SVG: lines, marks and names as shapes and text, to be worked on in a drawing program.

const SVG_WIDTH = 1600; // as it opens; being made of shapes it is as sharp at any size
const SVG_FONT = "Liberation Sans, Helvetica, Arial, sans-serif";

// XML has no place for control characters and lone surrogates.
function cleanXml(text) {
  return cleanLabel(text, 60).replace(/[\u0000-\u001f\ufffe\uffff]/g, " ").toWellFormed?.() ?? cleanLabel(text, 60);
}

function findPlaces() {
  return new Map(drawing.nodes.filter((node) => !node.isHidden).map((node) => [node.id, node]));
}

// The curve through the middle that vis-network draws; it ends where the arrow's tip touches the mark.
function traceLine(line, places) {
  const [from, to] = [places.get(line.from), places.get(line.to)];
  const edge = network.body.edges[line.id];
  const middle = line.bend && edge?.edgeType && edge.connected ? edge.edgeType.getPoint(0.5) : { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  if (from === to) return { path: `M${from.x} ${from.y - from.size}a18 18 0 1 1 14 6`, at: { x: from.x, y: from.y - from.size - 36 } };
  const control = { x: 2 * middle.x - (from.x + to.x) / 2, y: 2 * middle.y - (from.y + to.y) / 2 };
  const distance = Math.hypot(to.x - control.x, to.y - control.y) || 1;
  const gap = (to.size + 2) / distance;
  const end = { x: to.x + (control.x - to.x) * gap, y: to.y + (control.y - to.y) * gap };
  const [a, b, c] = [from, control, end].map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
  return { path: `M${a}Q${b} ${c}`, at: middle };
}

function drawSvgLine(line, places) {
  const colour = findLineColour(line);
  const { path, at } = traceLine(line, places);
  const dashes = palette.statuses[line.status].dashes;
  const width = drawnEdges.has(line.id) ? JSON.parse(drawnEdges.get(line.id)).width : 1.5;
  const sign = findSign(line);
  const text = `${sign === "≠" ? "≠ " : ""}${line.label}`;
  return [
    makeSvg("path", {
      d: path, fill: "none", stroke: colour, "stroke-width": width, "marker-end": `url(#arrow-${line.group})`,
      ...(dashes ? { "stroke-dasharray": dashes.join(" ") } : {}),
    }),
    makeSvg("text", { x: at.x.toFixed(1), y: at.y.toFixed(1), fill: colour, class: "line" }, cleanXml(text)),
  ];
}

function drawSvgNode(node) {
  const type = node.agent ? palette.agentTypes[node.agent.type] : null;
  const style = { fill: findNodeColour(node), stroke: theme.text, "stroke-width": node.agent ? 1 : 3 };
  const points = type && SHAPES[type.shape];
  const scale = node.size / 7;
  const mark = points
    ? makeSvg("polygon", { points, transform: `translate(${node.x - node.size} ${node.y - node.size}) scale(${scale.toFixed(3)})`, ...style, "stroke-width": 1 / scale })
    : makeSvg("circle", { cx: node.x, cy: node.y, r: node.size, ...style });
  return [mark, makeSvg("text", { x: node.x, y: node.y + node.size + 14, fill: theme.text, class: "name" }, cleanXml(node.name))];
}

function makeArrow(group) {
  const arrow = makeSvg("path", { d: "M0 0L10 4L0 8z", fill: pickColour(palette.groups[group]) });
  return makeSvg(
    "marker",
    { id: `arrow-${group}`, viewBox: "0 0 10 8", refX: 9, refY: 4, markerWidth: 11, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto" },
    arrow,
  );
}

function buildSvg() {
  const places = findPlaces();
  const xs = [...places.values()].map((node) => node.x);
  const ys = [...places.values()].map((node) => node.y);
  const least = (list) => list.reduce((one, other) => Math.min(one, other), Infinity);
  const most = (list) => list.reduce((one, other) => Math.max(one, other), -Infinity);
  const box = xs.length ? [least(xs) - 120, least(ys) - 60, most(xs) - least(xs) + 240, most(ys) - least(ys) + 130] : [0, 0, 100, 100];
  const style = makeSvg("style", {}, `text{font-family:${SVG_FONT};text-anchor:middle;paint-order:stroke;stroke:${theme.surface};stroke-width:3px}.name{font-size:13px}.line{font-size:10px}`);
  const lines = drawing.edges.filter((line) => !line.isHidden && places.has(line.from) && places.has(line.to));
  return makeSvg(
    "svg",
    { xmlns: SVG, viewBox: box.join(" "), width: SVG_WIDTH, height: Math.round((SVG_WIDTH * box[3]) / box[2]) },
    makeSvg("title", {}, cleanXml(graph.title)),
    style,
    makeSvg("defs", {}, ...Object.keys(palette.groups).map(makeArrow)),
    makeSvg("rect", { x: box[0], y: box[1], width: box[2], height: box[3], fill: theme.surface }),
    ...lines.flatMap((line) => drawSvgLine(line, places)),
    ...[...places.values()].flatMap(drawSvgNode),
  );
}

function saveSvg() {
  const text = new XMLSerializer().serializeToString(buildSvg());
  saveBlob(new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`], { type: "image/svg+xml" }), "svg");
}
