// Search with suggestions, by the names and other names of agents.

const MOST_SUGGESTIONS = 12;

function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

const searchable = nodes.map((node) => {
  const agent = agents[node.id];
  return { index: node.id, names: [agent.name, ...(agent.aliases ?? [])], folded: [agent.name, ...(agent.aliases ?? [])].map(fold) };
});
let suggestions = [];
let chosen = -1;

// A name that starts so, then a word that starts so, then anything that holds it; the busiest first.
function findSuggestions(query) {
  const wanted = fold(query.trim());
  if (!wanted) return [];
  const found = [];
  for (const { index, names, folded } of searchable) {
    let best = 3;
    let alias = null;
    folded.forEach((name, position) => {
      const rank = name.startsWith(wanted) ? 0 : name.includes(` ${wanted}`) ? 1 : name.includes(wanted) ? 2 : 3;
      if (rank < best) {
        best = rank;
        alias = position ? names[position] : null;
      }
    });
    if (best < 3) found.push({ index, alias, best, weight: actionsOfAgent[index].length });
  }
  found.sort((one, other) => one.best - other.best || other.weight - one.weight || one.index - other.index);
  return found.slice(0, MOST_SUGGESTIONS);
}

function showSuggestions() {
  const input = byId("search");
  const list = byId("suggestions");
  list.replaceChildren(
    ...suggestions.map(({ index, alias }, position) => {
      const item = make(
        "li",
        { role: "option", id: `suggestion-${position}`, "aria-selected": String(position === chosen) },
        makeShapeSwatch(palette.agentTypes[agents[index].type]),
        make("span", {}, isolate(nameAgent(index)), alias ? [" (", isolate(alias), ")"] : ""),
        make("span", { class: "quiet" }, countOf(actionsOfAgent[index].length, "action")),
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
  const { index } = suggestions[position];
  byId("search").value = nameAgent(index);
  closeSuggestions();
  select({ kind: "agent", index }, { reveal: true });
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
