// Moving about the picture: by mouse (vis-network does that), by keyboard, by buttons.

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

// While one drags a large picture vis-network leaves its lines out, to keep up. A still of them is drawn in their place.
let still = null;

function startPanning() {
  if (!graph.options.interaction.hideEdgesOnDrag) return;
  network.on("dragStart", ({ nodes }) => {
    if (nodes.length) return;
    const source = canvas.querySelector("canvas");
    const copy = make("canvas", { width: source.width, height: source.height });
    copy.getContext("2d").drawImage(source, 0, 0);
    still = { copy, at: network.canvasToDOM({ x: 0, y: 0 }) };
  });
  network.on("dragEnd", () => {
    still = null;
  });
  network.on("beforeDrawing", (context) => {
    if (!still) return;
    const ratio = context.canvas.width / canvas.clientWidth;
    const now = network.canvasToDOM({ x: 0, y: 0 });
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(still.copy, (now.x - still.at.x) * ratio, (now.y - still.at.y) * ratio);
    context.restore();
  });
}
