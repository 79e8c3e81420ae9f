// What actions can be filtered by, and what passes.

function listCountries() {
  const counts = new Map();
  for (const action of actions) {
    for (const country of readCountries(action)) if (country !== "none") counts.set(country, (counts.get(country) ?? 0) + 1);
  }
  return [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).map(([country]) => country).concat("none");
}

function readCountries(action) {
  const found = [findCountry(action.actor), findCountry(action.target)].filter((country) => country !== undefined);
  return found.length ? [...new Set(found)].map((country) => agents[country].id) : ["none"];
}

const facets = [
  {
    key: "action",
    title: "Actions",
    values: Object.values(graph.actionGroups).flat(),
    read: (action) => [action.kind],
    name: (value) => words[value].label,
  },
  {
    key: "status",
    title: "Status",
    values: Object.keys(palette.statuses),
    read: (action) => [action.status],
    name: (value) => palette.statuses[value].label,
    swatch: (value) => makeLineSwatch("currentColor", value),
  },
  {
    key: "type",
    title: "Agents",
    values: Object.keys(palette.agentTypes),
    read: (action) => [...new Set([agents[action.actor].type, agents[action.target].type])],
    all: true,
    name: (value) => palette.agentTypes[value].label,
    swatch: (value) => makeShapeSwatch(palette.agentTypes[value]),
  },
  {
    key: "country",
    title: "Countries of who acts or is acted on",
    values: listCountries(),
    read: readCountries,
    name: (value) => (value === "none" ? "no country known" : nameAgent(agentOfId.get(value))),
    folded: true,
  },
  {
    key: "charge",
    title: "Charges",
    values: [...new Set(actions.flatMap((action) => action.charges))].sort().concat("none"),
    read: (action) => (action.charges.length ? action.charges : ["none"]),
    name: (value) => (value === "none" ? "no charge stated" : nameThing(value)),
    folded: true,
  },
  {
    key: "standing",
    title: "How its case stands",
    values: [...new Set(cases.map((one) => one.standing))].filter((standing) => !standing.startsWith("last: ")).sort().concat("none"),
    read: (action) => [action.case === undefined || cases[action.case].standing.startsWith("last: ") ? "none" : cases[action.case].standing],
    name: (value) => (value === "none" ? "not known" : value),
    folded: true,
  },
  {
    key: "told",
    title: "How it is told",
    values: ["alike", "apart"],
    read: (action) => [action.conflicts.length ? "apart" : "alike"],
    name: (value) => (value === "apart" ? "≠ contradictory" : "without contradiction"),
    folded: true,
  },
];
const ranges = [
  { key: "confidence", title: "Confidence at least", least: 0, most: 100, read: (action) => Math.round(action.confidence * 100), unit: " %" },
  { key: "sources", title: "Independent sources at least", least: 1, most: 1, read: (action) => action.sources, unit: "" },
];
for (const action of actions) ranges[1].most = Math.max(ranges[1].most, action.sources);

const hidden = Object.fromEntries(facets.map((facet) => [facet.key, new Set()]));
const minimum = Object.fromEntries(ranges.map((range) => [range.key, range.least]));

// Read once: every filter asks for these of every action.
for (const facet of facets) {
  facet.valuesOf = actions.map(facet.read);
  const present = new Set(facet.valuesOf.flat());
  facet.values = facet.values.filter((value) => present.has(value));
}

// An agent's type hides whatever touches it; a charge or country hides an action only if none other of it is shown.
function passesFacet(facet, action) {
  if (!hidden[facet.key].size) return true;
  const isShown = (value) => !hidden[facet.key].has(value);
  const values = facet.valuesOf[action.index];
  return facet.all ? values.every(isShown) : values.some(isShown);
}

function passesRanges(action) {
  return ranges.every((range) => range.read(action) >= minimum[range.key]);
}

function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

// All that is said of an action, to be searched for words; made when it is first asked for.
function readWords(action) {
  action.folded ??= fold(
    [saySentence(action), ...action.claims.flatMap((claim) => [claim.prefix, claim.quote, claim.suffix, documents[claim.document]?.title])].join(" "),
  );
  return action.folded;
}

function passesText(action) {
  if (!state.text) return true;
  const said = readWords(action);
  return fold(state.text).split(/\s+/).every((word) => said.includes(word));
}

function passesRest(action) {
  return passesRanges(action) && passesPeriod(action) && passesText(action);
}

function findShownActions() {
  return keepScope(actions.filter((action) => facets.every((facet) => passesFacet(facet, action)) && passesRest(action)));
}

// Per facet: how many actions each value has among those that all other filters let through.
function countValues() {
  const counts = new Map(facets.map((facet) => [facet.key, new Map(facet.values.map((value) => [value, 0]))]));
  const scope = state.ego || state.path ? new Set(keepScope(actions.filter(passesRest))) : null;
  for (const action of actions) {
    if (!passesRest(action) || (scope && !scope.has(action))) continue;
    const failed = facets.filter((facet) => !passesFacet(facet, action));
    if (failed.length > 1) continue;
    for (const facet of failed.length ? failed : facets) {
      const count = counts.get(facet.key);
      for (const value of facet.valuesOf[action.index]) count.set(value, count.get(value) + 1);
    }
  }
  return counts;
}

function resetFilters() {
  for (const facet of facets) hidden[facet.key].clear();
  for (const range of ranges) minimum[range.key] = range.least;
  Object.assign(period, { from: 0, to: calendar.count - 1, second: null });
  Object.assign(state, { ego: null, path: null, text: "" });
}
