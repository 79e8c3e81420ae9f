// Two periods side by side: what was there before, what came, what stayed.

// "before", "after" or "both"; null while nothing is compared.
function findSide(list) {
  if (!period.second) return null;
  const isBefore = list.some((action) => isWithin(action, period.from, period.to));
  const isAfter = list.some((action) => isWithin(action, period.second.from, period.second.to));
  return isBefore && isAfter ? "both" : isBefore ? "before" : "after";
}

const SIDE_NAMES = { before: "only in the first period", both: "in both", after: "only in the second period" };

function pickSideColour(side) {
  return { before: theme.before, after: theme.after, both: theme.quiet }[side];
}

function startComparing() {
  const { from, to } = period;
  if (to <= from) return false;
  const middle = Math.floor((from + to - 1) / 2);
  Object.assign(period, { from, to: middle, second: { from: middle + 1, to } });
  return true;
}

function countSides(list) {
  const rows = new Map();
  for (const [group, entry] of Object.entries(palette.groups)) rows.set(group, { name: entry.label, before: 0, after: 0 });
  for (const action of list) {
    const row = rows.get(action.group);
    if (isWithin(action, period.from, period.to)) row.before += 1;
    if (isWithin(action, period.second.from, period.second.to)) row.after += 1;
  }
  return [...rows.values()].filter((row) => row.before || row.after);
}

function makeComparison(list) {
  const head = make("tr", {}, make("td"), make("th", { scope: "col" }, sayStretch(period)), make("th", { scope: "col" }, sayStretch(period.second)));
  const body = countSides(list).map((row) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, row.name),
      make("td", { class: "number" }, row.before.toLocaleString("en")),
      make("td", { class: "number" }, row.after.toLocaleString("en")),
    ),
  );
  const lines = { before: 0, both: 0, after: 0 };
  shownOfEdge.forEach((shown) => {
    if (shown.length) lines[findSide(shown)] += 1;
  });
  return [
    make("h3", {}, "Two periods compared"),
    make("table", { class: "small" }, make("caption", { class: "unseen" }, "Actions by group in each period"), make("thead", {}, head), make("tbody", {}, body)),
    make(
      "ul",
      { class: "ranking" },
      Object.entries(SIDE_NAMES).map(([side, name]) =>
        make("li", {}, makeSideSwatch(side), `lines ${name}`, make("span", { class: "number" }, lines[side].toLocaleString("en"))),
      ),
    ),
  ];
}

function makeSideSwatch(side) {
  const line = makeSvg("line", { x1: 0, y1: 7, x2: 26, y2: 7, stroke: pickSideColour(side), "stroke-width": 3 });
  return makeSvg("svg", { class: "swatch", width: 26, height: 14, "aria-hidden": "true" }, line);
}
