// Search with suggestions: agents by any of their names, charges, countries, cases, and words in what is said.

const MOST_SUGGESTIONS = 12;

function onlyValue(key, value) {
  return () => {
    const facet = facets.find((one) => one.key === key);
    hidden[key] = new Set(facet.values.filter((each) => each !== value));
    changeFilters();
  };
}

// Made when first asked for: what can be found, under which names, and what choosing it does.
let searchable = null;

function listSearchable() {
  searchable ??= [
    ...drawnAgents.map((agent) => ({
      names: [agent.name, ...agent.aliases],
      weight: actionsOfAgent[agent.index].length,
      note: countOf(actionsOfAgent[agent.index].length, "action"),
      agent,
      choose: () => select({ kind: "agent", index: agent.index }, { reveal: true }),
    })),
    ...["charge", "country"].flatMap((key) =>
      facets
        .find((facet) => facet.key === key)
        .values.filter((value) => value !== "none")
        .map((value) => ({
          names: [facets.find((facet) => facet.key === key).name(value)],
          weight: 0,
          note: `only this ${key}`,
          choose: onlyValue(key, value),
        })),
    ),
    ...cases.flatMap((one, index) =>
      actionsOfCase[index].length > 1
        ? [{ names: [nameCase(index)], weight: 0, note: "case", choose: () => select({ kind: "case", index }, { reveal: true }) }]
        : [],
    ),
  ].map((item) => ({ ...item, folded: item.names.map(fold) }));
  return searchable;
}

let suggestions = [];
let chosen = -1;

function rankName(name, wanted) {
  return name.startsWith(wanted) ? 0 : name.includes(` ${wanted}`) ? 1 : name.includes(wanted) ? 2 : 3;
}

// A name that starts so, then a word that starts so, then anything that holds it; the busiest first.
function findSuggestions(query) {
  const wanted = fold(query.trim());
  if (!wanted) return [];
  const found = [];
  listSearchable().forEach((item, index) => {
    const ranks = item.folded.map((name) => rankName(name, wanted));
    const best = Math.min(...ranks);
    const place = ranks.indexOf(best);
    if (best < 3) found.push({ ...item, index, best, alias: place ? item.names[place] : null });
  });
  found.sort((one, other) => one.best - other.best || other.weight - one.weight || one.index - other.index);
  const first = found.slice(0, MOST_SUGGESTIONS);
  return wanted.length > 2 ? [...first, suggestWords(query.trim())] : first;
}

function suggestWords(query) {
  const list = fold(query).split(/\s+/);
  const count = actions.filter((action) => list.every((word) => readWords(action).includes(word))).length;
  const choose = () => {
    state.text = query;
    changeFilters();
  };
  return { names: [`“${query}” in what is said`], note: countOf(count, "action"), alias: null, choose };
}

function showSuggestions() {
  const input = byId("search");
  const list = byId("suggestions");
  list.replaceChildren(
    ...suggestions.map(({ names, note, alias, agent }, position) => {
      const item = make(
        "li",
        { role: "option", id: `suggestion-${position}`, "aria-selected": String(position === chosen) },
        agent ? makeShapeSwatch(palette.agentTypes[agent.type]) : null,
        make("span", {}, isolate(names[0]), alias ? [" (", isolate(alias), ")"] : ""),
        make("span", { class: "quiet" }, note),
      );
      item.addEventListener("mousedown", (event) => {
        event.preventDefault();
        chooseSuggestion(position);
      });
      return item;
    }),
  );
  list.hidden = suggestions.length === 0;
  setAll(input, { "aria-expanded": String(!list.hidden) });
  if (chosen >= 0) input.setAttribute("aria-activedescendant", `suggestion-${chosen}`);
  else input.removeAttribute("aria-activedescendant");
  if (chosen >= 0) list.children[chosen].scrollIntoView({ block: "nearest" });
}

function closeSuggestions() {
  suggestions = [];
  chosen = -1;
  showSuggestions();
}

function chooseSuggestion(position) {
  const { agent, choose } = suggestions[position];
  byId("search").value = agent ? agent.name : "";
  closeSuggestions();
  choose();
}

function startSearch() {
  const input = byId("search");
  input.addEventListener("input", () => {
    suggestions = findSuggestions(input.value);
    chosen = suggestions.length ? 0 : -1;
    showSuggestions();
  });
  input.addEventListener("keydown", (event) => {
    const last = suggestions.length - 1;
    if (event.key === "ArrowDown" && last >= 0) chosen = chosen >= last ? 0 : chosen + 1;
    else if (event.key === "ArrowUp" && last >= 0) chosen = chosen <= 0 ? last : chosen - 1;
    else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      chooseSuggestion(chosen);
      return;
    } else if (event.key === "Escape" && last >= 0) {
      event.stopPropagation();
      closeSuggestions();
      return;
    } else return;
    event.preventDefault();
    showSuggestions();
  });
  input.addEventListener("blur", closeSuggestions);
}
