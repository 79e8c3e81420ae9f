// Which part of the picture one sees, and how near: kept in the address unless it is all of it, fitted in.

// null while the picture stands as it opens: fitted, or brought to what is selected.
let camera = null;
let fitted = null;
let isFitting = false;
// A picture that is not on the page has no size to be fitted to: it is fitted once it shows.
let isFitted = false;
let noteTimer = 0;

function getAnimation() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 350 };
}

function readCamera() {
  const { x, y } = network.getViewPosition();
  const scale = network.getScale();
  const digits = scale > 1 ? 10 : 1;
  return { x: Math.round(x * digits) / digits, y: Math.round(y * digits) / digits, scale: Number(scale.toPrecision(3)) };
}

function isSameCamera(one, other) {
  return one !== null && other !== null && one.x === other.x && one.y === other.y && one.scale === other.scale;
}

// After one has moved or zoomed; a moment later, for the wheel turns many times.
function noteCamera() {
  clearTimeout(noteTimer);
  noteTimer = setTimeout(() => {
    const now = readCamera();
    camera = isSameCamera(now, fitted) ? null : now;
    writeAddress();
  }, 200);
}

function goTo({ x, y, scale }) {
  isFitted = canvas.clientWidth > 0;
  network.moveTo({ position: { x, y }, scale, animation: false });
}

// All that is shown, with a margin for the labels of the outermost.
function fitPicture(animation = false) {
  isFitted = canvas.clientWidth > 0;
  if (!isFitted) return;
  const shown = drawing.nodes.filter((node) => !node.isHidden).map((node) => node.id);
  if (!shown.length) return;
  clearTimeout(noteTimer);
  const before = readCamera();
  network.fit({ nodes: shown, animation: false, maxZoomLevel: 1.5 });
  network.moveTo({ scale: network.getScale() * 0.94 });
  [camera, fitted] = [null, readCamera()];
  if (!animation) return;
  const { x, y, scale } = { ...network.getViewPosition(), scale: network.getScale() };
  network.moveTo({ position: before, scale: before.scale });
  isFitting = true;
  network.moveTo({ position: { x, y }, scale, animation });
}

// As the address has it, else fitted and then brought to what is selected.
function showFromAddress() {
  if (camera) goTo(camera);
  else {
    fitPicture();
    if (state.selection) revealSelection(false);
  }
}

// Bring what is selected into view, unless it is there already.
function revealSelection(animation = getAnimation()) {
  if (!focus || canvas.clientWidth === 0 || !focus.nodes.size) return;
  const positions = network.getPositions([...focus.nodes]);
  const isInside = Object.values(positions).every((position) => {
    const { x, y } = network.canvasToDOM(position);
    return x > 20 && y > 20 && x < canvas.clientWidth - 20 && y < canvas.clientHeight - 20;
  });
  if (!isInside || network.getScale() < 0.35) network.fit({ nodes: [...focus.nodes], animation, maxZoomLevel: 0.9 });
}

// The sheet has another size than the window: all that is shown is fitted into it, and then it is as it was.
function fitPaper(isPaper) {
  const kept = camera;
  network.setSize("100%", "100%");
  if (isPaper) fitPicture();
  camera = kept;
  if (!isPaper) showFromAddress();
  network.redraw();
}

function startCamera() {
  window.matchMedia("print").addEventListener("change", ({ matches }) => fitPaper(matches));
  network.on("zoom", noteCamera);
  network.on("dragEnd", ({ nodes }) => {
    if (!nodes.length) noteCamera();
  });
  network.on("animationFinished", () => {
    if (!isFitting) noteCamera();
    isFitting = false;
  });
}
