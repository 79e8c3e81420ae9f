// An agent in the panel: who it is, what it did and had done to it, its fines and cases, and ways from it to others.

function makeFact(fact) {
  const source = documents[fact.document];
  const words = Object.hasOwn(graph.relations, fact.relation) ? graph.relations[fact.relation] : { verb: fact.relation, link: "in" };
  const parts = [makeAgentButton(fact.subject), ` ${words.verb} `];
  if (fact.value) parts.push(isolate(fact.value), fact.object === undefined ? "" : ` ${words.link} `);
  if (fact.object !== undefined) parts.push(makeAgentButton(fact.object));
  return make(
    "li",
    {},
    parts,
    make("div", { class: "fact-quote" }, "“", isolate(fact.quote ?? ""), "” ", source ? makeSourceLink(source.title ?? source.id, source.url) : ""),
  );
}

// The first amount is the best supported; what has no rate to euros is counted but not summed.
function sumFines(list) {
  const fines = list.filter((action) => action.kind === "fine" && action.status === "actual");
  const known = fines.filter((action) => action.amounts[0]?.euro !== undefined);
  return { fines, known: known.length, euros: known.reduce((sum, action) => sum + action.amounts[0].euro, 0) };
}

function makeFines(title, list) {
  const { fines, known, euros } = sumFines(list);
  if (!fines.length) return null;
  const sum = known ? `${countOf(fines.length, "fine")}, ${formatEuros(euros)} in all` : countOf(fines.length, "fine");
  const rest = known && known < fines.length ? ` (${fines.length - known} without a known amount)` : "";
  return [make("h3", { tabindex: "-1" }, title), make("p", {}, sum + rest), makeDeeds(fines)];
}

function makeCases(list) {
  const found = [...new Set(list.map((action) => action.case).filter((one) => one !== undefined && actionsOfCase[one].length > 1))];
  if (!found.length) return null;
  return [
    make("h3", { tabindex: "-1" }, "Cases"),
    make(
      "ul",
      { class: "deeds-facts" },
      found.map((one) => make("li", {}, makeCaseButton(one), ` (${countOf(actionsOfCase[one].length, "action")}) `, makeChip(isolate(cases[one].standing)))),
    ),
  ];
}

function makeEgoButtons(index) {
  const go = (steps) => () => {
    Object.assign(state, { ego: { agent: index, steps }, path: null });
    changeFilters();
  };
  return [
    make("button", { type: "button", onclick: go(1), "data-ego": 1 }, "Only its neighbours"),
    make("button", { type: "button", onclick: go(2), "data-ego": 2 }, "Two steps"),
  ];
}

function makeWayForm(index) {
  const list = make("datalist", { id: "way-names" }, drawnAgents.map((agent) => make("option", { value: agent.name })));
  const input = make("input", { type: "text", id: "way-to", list: "way-names", autocomplete: "off" });
  const go = () => {
    const wanted = fold(input.value.trim());
    const found = drawnAgents.find((agent) => fold(agent.name) === wanted || agent.aliases.some((alias) => fold(alias) === wanted));
    input.setAttribute("aria-invalid", String(!found));
    if (!found || found.index === index) return;
    Object.assign(state, { path: { from: index, to: found.index }, ego: null });
    changeFilters();
  };
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") go();
  });
  return make(
    "div",
    { class: "way" },
    make("label", { for: "way-to" }, "Way to "),
    input,
    list,
    make("button", { type: "button", onclick: go, "data-way": "" }, "Find"),
  );
}

// The way that was asked for, step by step.
function makeWay() {
  const { from, to } = state.path;
  const list = actions.filter((action) => facets.every((facet) => passesFacet(facet, action)) && passesRest(action));
  const way = findWay(list, state.path);
  if (!way) return make("p", { class: "hints" }, "No way leads from ", isolate(nameAgent(from)), " to ", isolate(nameAgent(to)), " by what is shown.");
  const steps = way.slice(1).map((agent, place) => {
    const before = way[place];
    const between = list.filter((action) => (action.actor === before && action.target === agent) || (action.actor === agent && action.target === before));
    return make("li", {}, makeAgentButton(before), " – ", makeAgentButton(agent), makeDeeds(between.sort(compareDates).slice(0, 8)));
  });
  return [make("h3", {}, `A shortest way, ${countOf(steps.length, "step")}`), make("ol", { class: "steps" }, steps)];
}

// What the panel holds further down, each a click away: a list of hundreds of actions may stand above it.
function makeContents(sections) {
  const go = (heading) => () => {
    heading.scrollIntoView({ block: "start" });
    heading.focus({ preventScroll: true });
  };
  const items = sections
    .filter(Boolean)
    .flat(Infinity)
    .filter((element) => element?.tagName === "H3")
    .map((heading) => make("li", {}, makeButton(heading.textContent, go(heading))));
  return items.length > 1 ? make("ul", { class: "contents" }, items) : null;
}

function showAgent(index) {
  const agent = agents[index];
  const type = palette.agentTypes[agent.type];
  const link = (other) => (other === undefined ? null : makeAgentButton(other));
  const deeds = actionsOfAgent[index];
  const acted = deeds.filter((action) => action.actor === index);
  const suffered = deeds.filter((action) => action.target === index);
  const hiddenCount = deeds.length - (shownDegree.get(index) ?? 0);
  const sections = [
    make("h3", { tabindex: "-1" }, `Actions in order of time: ${acted.length} of its own, ${deeds.length - acted.length} by others`),
    hiddenCount ? make("p", { class: "quiet" }, `The filters hide ${hiddenCount} of these in the picture.`) : null,
    makeDeeds(deeds),
    makeFines("Fines received", suffered),
    makeFines("Fines imposed", acted),
    makeCases(deeds),
    factsOfAgent[index].length ? make("h3", { tabindex: "-1" }, "What is said of it") : null,
    make("ul", { class: "deeds-facts" }, factsOfAgent[index].map(makeFact)),
  ];
  return [
    makeHead(isolate(agent.name)),
    make("div", { class: "chips" }, makeChip(makeShapeSwatch(type), type.label)),
    makeRows([
      ["Country", link(agent.country)],
      ["Owner", link(agent.owner)],
      ["Run by", link(agent.operator)],
      ["Part of", link(agent.part_of)],
      ["Also called", isolateAll(agent.aliases.slice(0, 12))],
    ]),
    deeds.length ? make("div", { class: "tools" }, makeEgoButtons(index), makeWayForm(index)) : null,
    state.path ? makeWay() : null,
    makeContents(sections),
    sections,
  ];
}
