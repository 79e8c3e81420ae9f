// The parts put together: what happens when something is chosen, filtered or turned to.

function isSelected(action) {
  const { selection } = state;
  if (!selection || !action) return false;
  if (selection.kind === "action") return selection.index === action.index;
  return selection.kind === "edge" && selection.index === action.edge;
}

function select(selection, { reveal = false, toPanel = false } = {}) {
  if (!selection && !state.selection) return;
  state.selection = selection;
  hideTip();
  paintPicture(selection);
  showDetails(selection, lastShown);
  markRow();
  writeAddress({ isStep: true });
  if (reveal) revealSelection();
  // From the keyboard one goes on reading in the panel; focus that was on something now gone goes there too.
  if (toPanel || document.activeElement === document.body) byId("details").querySelector("h2").focus({ preventScroll: true });
}

function showView() {
  byId("stage").dataset.view = state.view;
  for (const button of document.querySelectorAll("[data-view]")) {
    if (button.tagName === "BUTTON") button.setAttribute("aria-pressed", String(button.dataset.view === state.view));
  }
  byId("save-png").disabled = state.view === "table";
}

function refresh() {
  const shown = findShownActions();
  takeShown(shown);
  showView();
  showFilters(shown.length);
  showTable(shown);
  paintPicture(state.selection);
  showDetails(state.selection, shown);
}

function changeFilters() {
  rowLimit = ROWS_AT_ONCE;
  refresh();
  writeAddress();
}

function turnTo(view) {
  state.view = view;
  showView();
  showTable(lastShown);
  writeAddress();
  network.redraw();
  if (!isFitted) fitPicture();
}

function restore() {
  const former = formatAddress();
  readAddress();
  if (formatAddress() === former) return;
  refresh();
  revealSelection();
}

function changeTheme() {
  theme = readTheme();
  buildFilters();
  refresh();
}

function start() {
  readAddress();
  buildFilters();
  refresh();
  fitPicture();
  if (state.selection) revealSelection();
  startSearch();
  for (const button of document.querySelectorAll("button[data-view]")) {
    button.addEventListener("click", () => turnTo(button.dataset.view));
  }
  byId("reset").addEventListener("click", () => {
    resetFilters();
    changeFilters();
  });
  byId("toggle-filters").addEventListener("click", (event) => {
    const isOff = document.querySelector(".columns").classList.toggle("no-filters");
    event.currentTarget.setAttribute("aria-expanded", String(!isOff));
  });
  byId("save-png").addEventListener("click", savePicture);
  byId("zoom-in").addEventListener("click", () => zoomBy(1.3));
  byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
  byId("zoom-fit").addEventListener("click", () => fitPicture(getAnimation()));
  canvas.addEventListener("keydown", handlePictureKey);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") select(null);
  });
  window.addEventListener("hashchange", restore);
  window.addEventListener("popstate", restore);
  darkScheme.addEventListener("change", changeTheme);
  // For scripts and tests: the drawing, and where an edge's middle is on the screen.
  window.kgView = { network, nodeSet, edgeSet, findMiddle, state };
}

start();
