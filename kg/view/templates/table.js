// The same data as a table: every action that passes the filters, sortable, a keyboard away from its claims.

const ROWS_AT_ONCE = 200;
const columns = [
  { key: "date", title: "Date", read: readTime, show: sayTime, kind: "date" },
  { key: "actor", title: "Who", read: (action) => nameAgent(action.actor), agent: "actor" },
  { key: "action", title: "Action", read: (action) => words[action.kind].label, isDeed: true },
  { key: "target", title: "Whom", read: (action) => nameAgent(action.target), agent: "target" },
  {
    key: "status",
    title: "Status",
    read: (action) => palette.statuses[action.status].label + (action.conflicts.length ? " ≠" : ""),
  },
  { key: "charges", title: "Charges", read: (action) => action.charges.map(nameThing).join(", ") },
  {
    key: "amount",
    title: "Amount",
    read: (action) => (action.amounts.length ? (action.amounts[0].euro ?? Number(action.amounts[0].value)) : -1),
    show: (action) => action.amounts.map(formatAmount).join(" / "),
    kind: "number",
  },
  { key: "sources", title: "Sources", read: (action) => action.sources, kind: "number" },
  {
    key: "confidence",
    title: "Confidence",
    read: (action) => action.confidence,
    show: (action) => formatConfidence(action.confidence),
    kind: "number",
  },
];
const sorting = { key: "date", descending: false };
let rowLimit = ROWS_AT_ONCE;
let lastShown = [];
const collator = new Intl.Collator("en", { sensitivity: "base" });

function sortActions(shown) {
  const { read } = columns.find((column) => column.key === sorting.key);
  const sign = sorting.descending ? -1 : 1;
  const compare = (one, other) =>
    typeof one === "number" ? one - other : sorting.key === "date" ? (one < other ? -1 : one > other ? 1 : 0) : collator.compare(one, other);
  return shown
    .map((action) => [read(action), action])
    .sort(([one, first], [other, second]) => sign * compare(one, other) || first.index - second.index)
    .map(([, action]) => action);
}

function makeHeadCell(column) {
  const isSorted = sorting.key === column.key;
  const button = make("button", { type: "button", "data-sort": column.key }, column.title, isSorted ? (sorting.descending ? " ▼" : " ▲") : "");
  button.addEventListener("click", () => {
    sorting.descending = isSorted && !sorting.descending;
    sorting.key = column.key;
    rowLimit = ROWS_AT_ONCE;
    showTable(lastShown);
    writeAddress();
    byId("table-pane").querySelector(`[data-sort="${column.key}"]`).focus();
  });
  return make(
    "th",
    { scope: "col", class: column.kind, "aria-sort": isSorted ? (sorting.descending ? "descending" : "ascending") : null },
    button,
  );
}

function makeCell(column, action) {
  const text = column.show ? column.show(action) : String(column.read(action));
  if (column.agent) return make("td", {}, makeAgentButton(action[column.agent]));
  if (column.isDeed) {
    const choose = () => select({ kind: "action", index: action.index }, { reveal: true, toPanel: true });
    const swatch = makeLineSwatch(pickColour(palette.groups[action.group]), action.status);
    return make("td", { class: "deed" }, swatch, makeButton(text, choose, { "data-row": action.id }));
  }
  return make("td", { class: column.kind }, text ? isolate(text) : "");
}

function showTable(shown) {
  lastShown = shown;
  const pane = byId("table-pane");
  if (state.view === "picture") {
    pane.replaceChildren();
    return;
  }
  const sorted = sortActions(shown);
  const body = make(
    "tbody",
    {},
    sorted.slice(0, rowLimit).map((action) =>
      make(
        "tr",
        { class: isSelected(action) ? "selected" : null, "data-id": action.id },
        columns.map((column) => makeCell(column, action)),
      ),
    ),
  );
  const caption = make("caption", {}, `${countOf(shown.length, "action")}; choose an action to read what is said and where.`);
  const head = make("thead", {}, make("tr", {}, columns.map(makeHeadCell)));
  const rest = sorted.length - rowLimit;
  const more = () => {
    const firstNew = rowLimit;
    rowLimit += ROWS_AT_ONCE * 5;
    showTable(lastShown);
    writeAddress();
    pane.querySelectorAll("tbody tr")[firstNew]?.querySelector("button")?.focus();
  };
  pane.replaceChildren(
    make("table", {}, caption, head, body),
    ...(rest > 0 ? [make("button", { type: "button", class: "more", onclick: more }, `Show more (${rest.toLocaleString("en")} left)`)] : []),
  );
}

function markRow() {
  for (const row of byId("table-pane").querySelectorAll("tbody tr")) {
    row.classList.toggle("selected", isSelected(actions[actionOfId.get(row.dataset.id)]));
  }
}
