// Moving about the picture: by mouse (vis-network does that), by keyboard, by buttons.

function zoomBy(factor) {
  network.moveTo({ scale: Math.min(6, Math.max(0.02, network.getScale() * factor)), animation: getAnimation() });
  noteCamera();
}

function panBy(x, y) {
  const { x: left, y: top } = network.getViewPosition();
  const scale = network.getScale();
  network.moveTo({ position: { x: left + x / scale, y: top + y / scale } });
  noteCamera();
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

// A mark that one has dragged stays where it was put; the address keeps it.
function keepPlaces(ids) {
  for (const [id, { x, y }] of Object.entries(network.getPositions(ids))) {
    const node = drawing.nodes.find((one) => String(one.id) === id);
    if (!node) continue;
    Object.assign(node, { x: Math.round(x), y: Math.round(y) });
    state.moved.set(node.id, { x: node.x, y: node.y });
  }
  if (ids.length) writeAddress();
}

// While one drags a large picture vis-network draws nothing, to keep up. A still is drawn in its place, and in the margin that
// opens beside it plain lines and dots.
let still = null;

function takeStill() {
  const source = canvas.querySelector("canvas");
  const copy = make("canvas", { width: source.width, height: source.height });
  copy.getContext("2d").drawImage(source, 0, 0);
  return { copy, at: network.canvasToDOM({ x: 0, y: 0 }) };
}

function clipMargin(pen, left, top, width, height) {
  pen.beginPath();
  pen.rect(0, 0, width, height);
  pen.rect(left, top, width, height);
  pen.clip("evenodd");
}

// Whether a box reaches out of the still's place on the screen.
function isOutside(one, other, { left, top, width, height }) {
  const [least, most] = [Math.min(one.x, other.x), Math.max(one.x, other.x)];
  const [highest, lowest] = [Math.min(one.y, other.y), Math.max(one.y, other.y)];
  if (most < 0 || least > width || lowest < 0 || highest > height) return false;
  return least < left || most > left + width || highest < top || lowest > top + height;
}

function drawMargin(pen, frame) {
  const scale = network.getScale();
  const places = new Map();
  for (const node of drawing.nodes) if (!node.isHidden) places.set(node.id, network.canvasToDOM(node));
  pen.globalAlpha = 0.4;
  for (const line of drawing.edges) {
    const [from, to] = [places.get(line.from), places.get(line.to)];
    if (line.isHidden || !isOutside(from, to, frame)) continue;
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
    pen.lineWidth = Math.max(0.5, 1.5 * scale);
    pen.strokeStyle = findLineColour(line);
    pen.stroke();
  }
  pen.globalAlpha = 1;
  for (const node of drawing.nodes) {
    const at = places.get(node.id);
    if (!at || !isOutside(at, at, frame)) continue;
    pen.beginPath();
    pen.arc(at.x, at.y, Math.max(1, node.size * scale), 0, 2 * Math.PI);
    pen.fillStyle = findNodeColour(node);
    pen.fill();
  }
}

function drawStill(context) {
  const ratio = context.canvas.width / canvas.clientWidth;
  const now = network.canvasToDOM({ x: 0, y: 0 });
  const frame = { left: now.x - still.at.x, top: now.y - still.at.y, width: canvas.clientWidth, height: canvas.clientHeight };
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.drawImage(still.copy, frame.left * ratio, frame.top * ratio);
  context.scale(ratio, ratio);
  clipMargin(context, frame.left, frame.top, frame.width, frame.height);
  drawMargin(context, frame);
  context.restore();
}

function startPanning() {
  network.on("dragEnd", ({ nodes }) => keepPlaces(nodes));
  if (!graph.options.interaction.hideEdgesOnDrag) return;
  network.on("dragStart", ({ nodes }) => {
    if (!nodes.length) still = takeStill();
  });
  network.on("dragEnd", () => {
    still = null;
  });
  network.on("beforeDrawing", (context) => {
    if (still) drawStill(context);
  });
}
