// Labels in one size at any zoom, the weightiest first; one that would lie on another is left out until there is room.

const FONT = '"Liberation Sans", "Helvetica Neue", Arial, sans-serif';
const MOST_INK = 0.14; // the part of the picture that labels may cover, while nothing is selected
const MOST_EDGE_LABELS = 150;
const FEW_LINES = 60;
const CROWD = 250;
const ALWAYS_NAMED = 15;
const LEAST_SIGN_SCALE = 0.3; // from farther away there is no room for signs without names
const CELL = 64;
const widths = new Map();

function measure(pen, text) {
  const key = pen.font + text;
  if (!widths.has(key)) widths.set(key, pen.measureText(text).width);
  return widths.get(key);
}

// Boxes that are taken, in a coarse grid so that few need comparing.
function makeRoom() {
  const cells = new Map();
  const visit = ({ left, top, right, bottom }, act) => {
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x += 1) {
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y += 1) if (act(`${x},${y}`)) return true;
    }
    return false;
  };
  const clashes = (box) => (other) =>
    box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom;
  return {
    isFree: (box) => !visit(box, (cell) => (cells.get(cell) ?? []).some(clashes(box))),
    take: (box) =>
      visit(box, (cell) => {
        cells.set(cell, [...(cells.get(cell) ?? []), box]);
        return false;
      }),
  };
}

function writeLabel(pen, text, x, y, colour, halo = 3.5) {
  pen.lineWidth = halo;
  pen.strokeStyle = theme.surface;
  pen.strokeText(text, x, y);
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

function drawLabels(context) {
  // The still that is drawn while one drags has its labels in it.
  if (still) return;
  const ratio = context.canvas.width / canvas.clientWidth;
  const view = { width: canvas.clientWidth, height: canvas.clientHeight, scale: network.getScale() };
  const room = makeRoom();
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const visible = findVisibleNodes(view);
  const nodeRoom = makeRoom();
  // In a crowd labels may lie over nodes, else there would be none.
  if (visible.length <= CROWD) for (const { box } of visible) nodeRoom.take(box);
  drawNodeLabels(context, visible, room, nodeRoom, focus ? Infinity : MOST_INK * view.width * view.height);
  drawLineLabels(context, view, room);
  context.restore();
}

function findVisibleNodes(view) {
  const visible = [];
  drawing.nodes.forEach((node, position) => {
    if (node.isHidden) return;
    const { x, y } = network.canvasToDOM(node);
    if (x < -40 || y < -40 || x > view.width + 40 || y > view.height + 40) return;
    const radius = Math.max(2, node.size * view.scale);
    const box = { left: x - radius * 0.7, right: x + radius * 0.7, top: y - radius * 0.7, bottom: y + radius * 0.7 };
    const inFocus = focus ? (focus.nodes.has(node.id) ? 2 : 0) : 1;
    visible.push({ node, position, x, y, radius, degree: node.degree, inFocus, box });
  });
  return visible.sort((one, other) => other.inFocus - one.inFocus || other.degree - one.degree || one.position - other.position);
}

function drawNodeLabels(pen, visible, room, nodeRoom, ink) {
  const largest = visible.length <= CROWD ? 17 : 14;
  visible.forEach(({ node, x, y, radius, degree, inFocus }, rank) => {
    if (ink <= 0 || inFocus === 0) return;
    const size = Math.min(largest, 11 + Math.log2(degree));
    pen.font = `${degree > 5 || inFocus === 2 ? "600 " : ""}${size.toFixed(1)}px ${FONT}`;
    node.label ??= cleanLabel(node.name);
    const half = measure(pen, node.label) / 2 + 2;
    const height = size * 1.15;
    // Below the node, else above it, else to its right or left.
    const places = [
      [x, y + radius + 2 + height / 2],
      [x, y - radius - 2 - height / 2],
      [x + radius + 3 + half, y],
      [x - radius - 3 - half, y],
    ];
    const boxes = places
      .map(([left, top]) => ({ left: left - half, right: left + half, top: top - height / 2, bottom: top + height / 2, at: [left, top] }))
      .filter(room.isFree);
    const whole = boxes.filter((box) => box.left >= 0 && box.right <= canvas.clientWidth);
    // The weightiest are named even where that covers a lesser node; none is cut off by the picture's sides.
    const free = whole.find(nodeRoom.isFree) ?? (rank < ALWAYS_NAMED ? whole[0] : undefined);
    if (!free) return;
    room.take(free);
    writeLabel(pen, node.label, ...free.at, theme.text);
    ink -= 2 * half * height;
  });
}

// Where a line is, on the screen, after a part of its way.
function findMiddle(id, part = 0.5) {
  const edge = network.body.edges[id];
  if (!edge?.edgeType || !edge.connected) return null;
  const point = edge.edgeType.getPoint(part);
  return Number.isFinite(point?.x) ? network.canvasToDOM(point) : null;
}

// What a line's label must not leave out, however little room there is.
function findSign(line) {
  if (line.edge === undefined) return "";
  if (line.list.some((action) => action.conflicts.length)) return "≠";
  return line.status === "negated" ? "⊘" : "";
}

// From afar only few lines have a label, or there would be nothing but labels; those that are few anyway all have one.
function mayNameLines(view) {
  return focus || view.scale >= 0.45 || drawing.lineCount <= FEW_LINES;
}

function findVisibleLines(view) {
  const found = [];
  const isNamed = mayNameLines(view);
  if (!isNamed && view.scale < LEAST_SIGN_SCALE) return found;
  drawing.edges.forEach((line, position) => {
    if (line.isHidden || (focus && !focus.edges.has(line.id))) return;
    const sign = findSign(line);
    if (!isNamed && !sign) return;
    const middle = findMiddle(line.id);
    if (!middle || middle.x < 0 || middle.y < 0 || middle.x > view.width || middle.y > view.height) return;
    found.push({ line, position, sign, count: line.list.length, ...middle });
  });
  return found.sort((one, other) => other.count - one.count || one.position - other.position);
}

function drawLineLabels(pen, view, room) {
  pen.font = `11px ${FONT}`;
  const isNamed = mayNameLines(view);
  let drawn = 0;
  for (const { line, sign, x, y } of findVisibleLines(view)) {
    const colour = findLineColour(line);
    const text = sign === "≠" ? `≠ ${line.label}` : line.label;
    const half = measure(pen, text) / 2 + 2;
    const mayLabel = drawn < MOST_EDGE_LABELS && isNamed;
    const places = mayLabel || sign ? [{ x, y }, findMiddle(line.id, 0.36), findMiddle(line.id, 0.64)] : [];
    const findRoom = (width) =>
      places.map((at) => ({ at, left: at.x - width, right: at.x + width, top: at.y - 7, bottom: at.y + 7 })).find(room.isFree);
    const free = mayLabel ? findRoom(half) : undefined;
    const freeForSign = free ?? (sign ? findRoom(7) : undefined);
    if (free) {
      writeLabel(pen, text, free.at.x, free.at.y, colour, 5.5);
      drawn += 1;
    } else if (freeForSign) drawSign(pen, freeForSign.at.x, freeForSign.at.y, colour, sign);
    if (freeForSign) room.take(freeForSign);
  }
}

// The sign on a line whose label has no room: ⊘ is said not to have happened, ≠ is told in ways that don't go together.
function drawSign(pen, x, y, colour, sign) {
  pen.beginPath();
  pen.arc(x, y, sign === "≠" ? 6 : 4.5, 0, 2 * Math.PI);
  pen.fillStyle = theme.surface;
  pen.fill();
  pen.lineWidth = 1.5;
  pen.strokeStyle = colour;
  if (sign === "⊘") {
    pen.moveTo(x - 3.2, y + 3.2);
    pen.lineTo(x + 3.2, y - 3.2);
  }
  pen.stroke();
  if (sign === "≠") {
    pen.fillStyle = theme.text;
    pen.fillText("≠", x, y);
  }
}
