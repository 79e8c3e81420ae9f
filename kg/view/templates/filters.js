// The panel of filters, which is the legend too: each value with its mark and how many actions it would show.

function makeLineSwatch(colour, status) {
  const dashes = palette.statuses[status].dashes;
  const line = makeSvg("line", { x1: 0, y1: 7, x2: 26, y2: 7, stroke: colour, "stroke-width": 2.5 });
  if (dashes) line.setAttribute("stroke-dasharray", dashes.map((length) => length * 0.7).join(" "));
  const svg = makeSvg("svg", { class: "swatch", width: 26, height: 14, "aria-hidden": "true" }, line);
  if (status === "negated") {
    svg.append(
      makeSvg("circle", { cx: 13, cy: 7, r: 5, fill: "var(--surface)", stroke: colour, "stroke-width": 1.6 }),
      makeSvg("line", { x1: 9.5, y1: 10.5, x2: 16.5, y2: 3.5, stroke: colour, "stroke-width": 1.6 }),
    );
  }
  return svg;
}

const SHAPES = {
  square: "2,2 12,2 12,12 2,12",
  diamond: "7,0 14,7 7,14 0,7",
  triangle: "7,1 14,13 0,13",
  triangleDown: "0,1 14,1 7,13",
  hexagon: "3.5,1 10.5,1 14,7 10.5,13 3.5,13 0,7",
  star: "7,0 8.7,4.9 13.8,5 9.8,8.1 11.3,13 7,10.1 2.7,13 4.2,8.1 .2,5 5.3,4.9",
};

function makeShapeSwatch(type) {
  const style = { fill: pickColour(type), stroke: "var(--text)", "stroke-width": 0.8 };
  const shape = SHAPES[type.shape]
    ? makeSvg("polygon", { points: SHAPES[type.shape], ...style })
    : makeSvg("circle", { cx: 7, cy: 7, r: 6, ...style });
  return makeSvg("svg", { class: "swatch", width: 14, height: 14, "aria-hidden": "true" }, shape);
}

// The rows of the panel, by facet and value, to bring up to date; rows of groups have the key "group".
let rows = [];

function makeRow(key, value, name, swatch, values, only) {
  const box = make("input", { type: "checkbox", "data-facet": key, "data-value": value });
  const number = make("span", { class: "number" });
  box.addEventListener("change", () => {
    for (const each of values) hidden[only.key][box.checked ? "delete" : "add"](each);
    changeFilters();
  });
  const button = make("button", { type: "button", "aria-label": `Only ${name}` }, "only");
  button.addEventListener("click", () => {
    hidden[only.key] = new Set(only.values.filter((each) => !values.includes(each)));
    changeFilters();
  });
  const row = make(
    "div",
    { class: "value" },
    make("label", {}, box, swatch, make("span", { class: "name" }, isolate(name)), number),
    button,
  );
  rows.push({ row, box, number, values, facet: only });
  return row;
}

function keepUnfolded(key, isOpen) {
  state.unfolded[isOpen ? "add" : "delete"](key);
  writeAddress();
}

// A group of actions, which opens on its single ones.
function makeGroup(facet, group, entry, kinds) {
  const row = makeRow("group", group, entry.label, makeLineSwatch(pickColour(entry), "actual"), kinds, facet);
  const id = `kinds-${group}`;
  const single = kinds.map((kind) => makeRow(facet.key, kind, facet.name(kind), null, [kind], facet));
  const values = make("div", { class: "values", id, hidden: !state.unfolded.has(group) }, single);
  const fold = make("button", {
    type: "button",
    class: "fold",
    "aria-label": `Actions of ${entry.label}`,
    "aria-controls": id,
    "aria-expanded": String(state.unfolded.has(group)),
  });
  fold.addEventListener("click", () => {
    values.hidden = !values.hidden;
    fold.setAttribute("aria-expanded", String(!values.hidden));
    keepUnfolded(group, !values.hidden);
  });
  row.prepend(fold);
  return make("div", { class: "group" }, row, values);
}

function makeFacet(facet) {
  const list = [];
  if (facet.key === "action") {
    for (const [group, entry] of Object.entries(palette.groups)) {
      const kinds = graph.actionGroups[group].filter((kind) => facet.values.includes(kind));
      if (!kinds.length) continue;
      list.push(makeGroup(facet, group, entry, kinds));
    }
  } else {
    for (const value of facet.values) {
      list.push(makeRow(facet.key, value, facet.name(value), facet.swatch?.(value), [value], facet));
    }
  }
  if (facet.folded) {
    const box = make("details", { class: "facet", "data-fold": facet.key, open: state.unfolded.has(facet.key) }, make("summary", {}, facet.title), list);
    box.addEventListener("toggle", () => keepUnfolded(facet.key, box.open));
    return box;
  }
  return make("fieldset", { class: "facet" }, make("legend", {}, facet.title), list);
}

function makeRange(range) {
  const output = make("output", { for: `range-${range.key}` });
  const input = make("input", { type: "range", id: `range-${range.key}`, min: range.least, max: range.most, step: 1 });
  input.addEventListener("input", () => {
    minimum[range.key] = Number(input.value);
    changeFilters();
  });
  range.show = () => {
    input.value = minimum[range.key];
    const reached = actions.reduce((sum, action) => sum + (range.read(action) >= minimum[range.key]), 0);
    output.textContent = `${minimum[range.key]}${range.unit} (${countOf(reached, "action")})`;
  };
  return make("div", { class: "facet slider" }, make("label", { for: `range-${range.key}` }, range.title), output, input);
}

function buildFilters() {
  rows = [];
  const shown = ranges.filter((range) => range.most > range.least);
  byId("facets").replaceChildren(...facets.filter((facet) => facet.values.length).map(makeFacet), ...shown.map(makeRange));
}

function showFilters(shownCount) {
  const counts = countValues();
  for (const { row, box, number, values, facet } of rows) {
    const on = values.filter((value) => !hidden[facet.key].has(value)).length;
    const count = values.reduce((sum, value) => sum + counts.get(facet.key).get(value), 0);
    box.checked = on > 0;
    box.indeterminate = on > 0 && on < values.length;
    number.textContent = count.toLocaleString("en");
    row.classList.toggle("none", count === 0);
  }
  for (const range of ranges) range.show?.();
  byId("count").textContent = `${shownCount.toLocaleString("en")} of ${countOf(actions.length, "action")} shown`;
  byId("reset").disabled = shownCount === actions.length && !state.ego && !state.path && !state.text && isWholeTime();
  showScope();
}

// What narrows the picture besides the boxes, each with a way out of it.
function showScope() {
  const off = (name, act) =>
    makeButton("✕", () => {
      act();
      changeFilters();
    }, { "aria-label": `No longer ${name}`, class: "off" });
  const found = [];
  if (state.ego) {
    const steps = countOf(state.ego.steps, "step");
    found.push([`within ${steps} of `, isolate(nameAgent(state.ego.agent)), off("only the neighbourhood", () => (state.ego = null))]);
  }
  if (state.path) {
    found.push([
      "ways from ", isolate(nameAgent(state.path.from)), " to ", isolate(nameAgent(state.path.to)), off("only the ways", () => (state.path = null)),
    ]);
  }
  if (state.text) found.push(["said: ", isolate(`“${state.text}”`), off("only what is said so", () => (state.text = ""))]);
  byId("scope").replaceChildren(...found.map((parts) => make("li", { class: "chip" }, parts)));
}
