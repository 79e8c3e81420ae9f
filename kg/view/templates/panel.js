// The panel beside the picture: what is selected, and where it is said.

const MOST_DEEDS = 300;

function makeHead(title, attributes = {}) {
  const heading = make("h2", { tabindex: "-1", ...attributes }, title);
  return make("div", { class: "head" }, heading, make("button", { type: "button", "aria-label": "Close", onclick: () => select(null) }, "✕"));
}

function makeFirstDeeds(list) {
  const rest = list.length - MOST_DEEDS;
  return [makeDeeds(list.slice(0, MOST_DEEDS)), rest > 0 ? make("p", { class: "quiet" }, `… and ${rest.toLocaleString("en")} more, in the table.`) : null];
}

function showEdge(index) {
  const edge = edges[index];
  const shown = shownOfEdge[index].length ? [...shownOfEdge[index]].sort(compareDates) : actionsOfEdge[index];
  const title = makeSentence({ actor: edge.from, target: edge.to, kind: edge.action, status: edge.status });
  return [
    makeHead(title),
    shown.length > 1 ? make("p", { class: "quiet" }, `${shown.length} times`) : null,
    ...shown.map((action) => makeAction(action, shown.length === 1)),
    shown.length > 1 ? makeQuery(writeEdgeQuery(edge)) : null,
  ];
}

function showAction(index) {
  const action = actions[index];
  return [makeHead(makeSentence(action)), makeAction(action, true)];
}

function showCase(index) {
  const list = actionsOfCase[index];
  const claimCount = list.reduce((sum, action) => sum + action.claims.length, 0);
  return [
    makeHead(isolate(nameCase(index))),
    make("div", { class: "chips" }, makeChip("Case"), makeChip("Standing: ", isolate(cases[index].standing)), makeChip(countOf(claimCount, "claim"))),
    cases[index].disputed.length ? make("p", { class: "conflict" }, "≠ the reports contradict one another in: ", isolateAll(cases[index].disputed)) : null,
    make("h3", {}, "In order of time"),
    makeDeeds(list),
  ];
}

function showGroup(key) {
  const group = listGroups(state.grouping).get(key);
  const isOpen = state.open.has(key);
  return [
    makeHead(isolate(group.name)),
    make("p", { class: "hints" }, `${countOf(group.members.length, "agent")}, taken together ${GROUPINGS[state.grouping]}.`),
    make("p", { class: "tools" }, make("button", { type: "button", onclick: () => openGroup(key), "data-open": key }, isOpen ? "Close the group" : "Open the group")),
    make("h3", {}, "The busiest"),
    makeRankingList(group.members.slice(0, 40).map((agent) => [agent.index, actionsOfAgent[agent.index].length])),
  ];
}

function showBundle(key) {
  const line = findLine(key);
  const name = (id) => drawing.nodes.find((node) => node.id === id)?.name ?? "";
  return [makeHead(isolate(`${name(line.from)} → ${name(line.to)}`)), make("p", { class: "quiet" }, line.label), ...makeFirstDeeds([...line.list].sort(compareDates))];
}

function makeRankingList(ranked) {
  return make(
    "ol",
    { class: "ranking" },
    ranked.map(([index, count]) =>
      make(
        "li",
        {},
        makeShapeSwatch(palette.agentTypes[agents[index].type]),
        makeAgentButton(index),
        make("span", { class: "number" }, count.toLocaleString("en")),
      ),
    ),
  );
}

function makeRanking(title, key, shown) {
  const counts = new Map();
  for (const action of shown) counts.set(action[key], (counts.get(action[key]) ?? 0) + 1);
  const ranked = [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, 8);
  return ranked.length ? [make("h3", {}, title), makeRankingList(ranked)] : [];
}

function showOverview(shown) {
  const told = shown.reduce((sum, action) => sum + action.claims.length, 0);
  const apart = shown.filter((action) => action.conflicts.length);
  return [
    make("h2", { tabindex: "-1" }, "Who acted against whom"),
    make(
      "p",
      { class: "hints" },
      `${countOf(shown.length, "action")} among ${countOf(shownDegree.size, "agent")}, by ${countOf(told, "claim")} ` +
        "of the documents. An arrow leads from who acts to who is acted on; the thicker, the more often it is told.",
    ),
    make(
      "p",
      { class: "hints" },
      !isGrouped()
        ? "Click a line to read what is said and where, an agent for its story."
        : `Agents stand together ${GROUPINGS[state.grouping]}: click a group to open it, a line to see what it holds.`,
    ),
    drawing.left ? make("p", { class: "hints" }, `${drawing.left.toLocaleString("en")} lines of few actions are not drawn.`) : null,
    state.path ? makeWay() : null,
    ...(period.second ? makeComparison(shown) : []),
    ...makeRanking("Acts most", "actor", shown),
    ...makeRanking("Is acted on most", "target", shown),
    apart.length ? [make("h3", {}, "Told in ways that don’t go together"), makeDeeds(apart.slice(0, 12).sort(compareDates))] : null,
  ];
}

function makeDetails(selection, shown) {
  if (!selection) return showOverview(shown);
  const byIndex = { agent: showAgent, edge: showEdge, action: showAction, case: showCase };
  if (byIndex[selection.kind]) return byIndex[selection.kind](selection.index);
  if (selection.kind === "group" && state.grouping !== "none" && listGroups(state.grouping).has(selection.key)) return showGroup(selection.key);
  if (selection.kind === "bundle" && findLine(selection.key)) return showBundle(selection.key);
  return showOverview(shown);
}

function showDetails(selection, shown) {
  const panel = byId("details");
  panel.replaceChildren(...makeDetails(selection, shown).flat(Infinity).filter(Boolean));
  panel.scrollTop = 0;
}
