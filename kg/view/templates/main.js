// The parts put together: what happens when something is chosen, filtered or turned to.

function isSelected(action) {
  const { selection } = state;
  if (!selection || !action) return false;
  if (selection.kind === "action") return selection.index === action.index;
  if (selection.kind === "case") return selection.index === action.case;
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
  if (reveal) noteCamera();
  // From the keyboard one goes on reading in the panel; focus that was on something now gone goes there too.
  if (toPanel || document.activeElement === document.body) byId("details").querySelector("h2").focus({ preventScroll: true });
}

function openGroup(key) {
  hideTip();
  toggleGroup(key);
  state.selection = { kind: "group", key };
  refresh();
  fitPicture(getAnimation());
  writeAddress({ isStep: true });
}

function showView() {
  byId("stage").dataset.view = state.view;
  for (const button of document.querySelectorAll("button[data-view]")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === state.view));
  }
  for (const kind of ["png", "svg"]) byId(`save-${kind}`).disabled = state.view === "table";
  byId("group-by").value = state.grouping;
  byId("theme").setAttribute("aria-pressed", String(isDark));
  document.querySelector(".columns").classList.toggle("no-filters", state.isWide);
  byId("toggle-filters").setAttribute("aria-expanded", String(!state.isWide));
}

let lastScope = null;

function refresh() {
  const shown = findShownActions();
  countShown(shown);
  const isElsewhere = lastScope !== null && lastScope !== nameScope();
  lastScope = nameScope();
  if (isElsewhere) state.moved.clear();
  takeShown(shown);
  showView();
  showFilters(shown.length);
  showTimeline();
  showTable(shown);
  paintPicture(state.selection);
  showDetails(state.selection, shown);
  if (isElsewhere) fitPicture();
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
  if (!isFitted) showFromAddress();
}

function restore() {
  const former = formatAddress();
  readAddress();
  if (formatAddress() === former) return;
  const wanted = camera;
  lastScope = null;
  applyTheme();
  buildFilters();
  refresh();
  camera = wanted;
  showFromAddress();
}

function changeTheme() {
  applyTheme();
  buildFilters();
  refresh();
}

function startButtons() {
  for (const button of document.querySelectorAll("button[data-view]")) {
    button.addEventListener("click", () => turnTo(button.dataset.view));
  }
  byId("reset").addEventListener("click", () => {
    stopPlaying();
    resetFilters();
    changeFilters();
  });
  byId("toggle-filters").addEventListener("click", () => {
    state.isWide = !state.isWide;
    showView();
    writeAddress();
  });
  byId("theme").addEventListener("click", () => {
    state.theme = isDark ? "light" : "dark";
    changeTheme();
    writeAddress();
  });
  byId("group-by").addEventListener("change", (event) => {
    Object.assign(state, { grouping: event.target.value, open: new Set(), selection: null });
    changeFilters();
  });
  byId("zoom-in").addEventListener("click", () => zoomBy(1.3));
  byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
  byId("zoom-fit").addEventListener("click", () => {
    fitPicture(getAnimation());
    writeAddress();
  });
}

function start() {
  readAddress();
  applyTheme();
  buildFilters();
  refresh();
  showFromAddress();
  startSearch();
  startTimeline();
  startExports();
  startButtons();
  canvas.addEventListener("keydown", handlePictureKey);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") select(null);
  });
  window.addEventListener("hashchange", restore);
  window.addEventListener("popstate", restore);
  systemDark.addEventListener("change", changeTheme);
  document.documentElement.dataset.ready = "";
  // For scripts and tests: the data, the drawing, and where a line's middle is on the screen.
  window.kgView = { graph, network, nodeSet, edgeSet, findMiddle, state, drawing, hidden, findShownActions, formatCsv, formatQuotePack, buildSvg };
}

start();
