// The panel beside the picture: what is selected, and where it is said.

function makeAgentButton(index) {
  return makeButton(isolate(nameAgent(index)), () => select({ kind: "agent", index }, { reveal: true }));
}

function makeChip(...content) {
  return make("span", { class: "chip" }, ...content);
}

function makeSentence(action) {
  return [makeAgentButton(action.actor), ` ${saySo(action.kind, action.status)} `, makeAgentButton(action.target)];
}

function makeHead(title, attributes = {}) {
  const heading = make("h2", { tabindex: "-1", ...attributes }, title);
  return make("div", { class: "head" }, heading, make("button", { type: "button", "aria-label": "Close", onclick: () => select(null) }, "✕"));
}

function makeRows(pairs) {
  const rows = pairs.filter(([, value]) => value !== undefined && value !== null && value.length !== 0 && value !== "");
  if (!rows.length) return null;
  return make("dl", { class: "facts" }, rows.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
}

function isolateAll(values) {
  return isolate(values.join(", "));
}

function makeActionChips(action) {
  const entry = palette.groups[action.group];
  return make(
    "div",
    { class: "chips" },
    makeChip(makeLineSwatch(pickColour(entry), action.status), `${entry.label}: ${words[action.kind].label}`),
    makeChip(palette.statuses[action.status].label),
    action.dates.map((date) => makeChip(isolate(date))),
    action.amounts.map((amount) => makeChip(isolate(formatAmount(amount)))),
    makeChip(countOf(action.sources, "source")),
    makeChip(`confidence ${formatConfidence(action.confidence)}`),
  );
}

function cutContext(text, side) {
  if (!text) return "";
  // The context is cut by length, so drop the part of a word at its outer end.
  const whole = side === "before" ? text.replace(/^\S{0,30}?\s/, "") : text.replace(/\s\S{0,30}$/, "");
  return side === "before" ? `… ${whole}` : `${whole} …`;
}

function makeClaim(claim, action) {
  const source = documents[claim.document] ?? { title: "unknown document" };
  const status = claim.status ?? action.status;
  return make(
    "li",
    { class: "claim" },
    make(
      "blockquote",
      { dir: "auto" },
      cutContext(claim.prefix, "before"),
      make("mark", {}, claim.quote),
      cutContext(claim.suffix, "after"),
    ),
    make("p", { class: "source" }, makeSourceLink(source.title, source.url)),
    makeRows([
      ["Published", [source.publisher, source.date].filter(Boolean).map((text, index) => [index ? " · " : "", isolate(text)]).flat()],
      ["By", source.author && isolate(source.author)],
      ["Address", source.url && !findSafeUrl(source.url) ? isolate(source.url) : null],
      ["Said by", claim.speaker !== undefined ? makeAgentButton(claim.speaker) : "the document itself"],
      ["Date", claim.date && isolate(claim.date)],
      ["Status", palette.statuses[status]?.label ?? isolate(status)],
      ["Amount", (claim.amounts ?? []).map((amount) => isolate(formatAmount(amount)))],
      ["Charges", claim.charges && isolateAll(claim.charges.map(nameThing))],
      ["Law", claim.laws && isolateAll(claim.laws.map(nameThing))],
      ["Confidence", claim.confidence !== undefined ? formatConfidence(claim.confidence) : null],
    ]),
  );
}

function makeAction(action, isOnly) {
  const others = (actionsOfCase.get(action.case) ?? []).filter((other) => other !== action);
  return make(
    "section",
    { class: "action", "data-action": action.id },
    isOnly ? null : make("h3", {}, makeSentence(action), action.date ? [" · ", isolate(action.date)] : ""),
    makeActionChips(action),
    makeRows([
      ["Charges", action.charges.length ? isolateAll(action.charges.map(nameThing)) : null],
      ["Law", action.laws.length ? isolateAll(action.laws.map(nameThing)) : null],
    ]),
    make("h3", {}, action.claims.length === 1 ? "What is said" : `What is said, ${countOf(action.claims.length, "time")}`),
    make("ul", {}, action.claims.map((claim) => makeClaim(claim, action))),
    others.length ? [make("h3", {}, "In the same case"), makeDeeds(others)] : null,
  );
}

function makeDeeds(list) {
  return make(
    "ol",
    { class: "deeds" },
    list.map((action) =>
      make(
        "li",
        {},
        make("span", { class: "date" }, isolate(sayTime(action) || "no date")),
        make(
          "span",
          {},
          makeButton(
            isolate(`${nameAgent(action.actor)} ${saySo(action.kind, action.status)} ${nameAgent(action.target)}`),
            () => select({ kind: "action", index: action.index }, { reveal: true }),
            { "data-deed": action.id },
          ),
          action.amounts.length ? [" ", make("span", { class: "amount" }, isolate(action.amounts.map(formatAmount).join(" / ")))] : "",
        ),
      ),
    ),
  );
}

function showEdge(index) {
  const edge = edges[index];
  const shown = shownOfEdge[index].length ? [...shownOfEdge[index]].sort(compareDates) : actionsOfEdge[index];
  const title = makeSentence({ actor: edge.from, target: edge.to, kind: edge.action, status: edge.status });
  return [
    makeHead(title),
    shown.length > 1 ? make("p", { class: "quiet" }, `${shown.length} times`) : null,
    ...shown.map((action) => makeAction(action, shown.length === 1)),
  ];
}

function showAction(index) {
  const action = actions[index];
  return [makeHead(makeSentence(action)), makeAction(action, true)];
}

const RELATIONS = new Map([
  ["role", "is"],
  ["nationality", "has the nationality of"],
  ["based_in", "is based in"],
  ["owns", "owns"],
  ["part_of", "is part of"],
  ["users", "has as users"],
]);

function makeFact(fact) {
  const source = documents[fact.document];
  const parts = [makeAgentButton(fact.subject), ` ${RELATIONS.get(fact.relation) ?? fact.relation} `];
  if (fact.value) parts.push(isolate(fact.value), fact.object === undefined ? "" : fact.relation === "role" ? " of " : " in ");
  if (fact.object !== undefined) parts.push(makeAgentButton(fact.object));
  return make(
    "li",
    {},
    parts,
    make("div", { class: "fact-quote" }, "“", isolate(fact.quote), "” ", source ? makeSourceLink(source.title, source.url) : ""),
  );
}

function showAgent(index) {
  const agent = agents[index];
  const type = palette.agentTypes[agent.type];
  const link = (other) => (other === undefined ? null : makeAgentButton(other));
  const deeds = actionsOfAgent[index];
  const acted = deeds.filter((action) => action.actor === index).length;
  const hiddenCount = deeds.length - (shownDegree.get(index) ?? 0);
  return [
    makeHead(isolate(agent.name)),
    make("div", { class: "chips" }, makeChip(makeShapeSwatch(type), type.label)),
    makeRows([
      ["Country", link(agent.country)],
      ["Owner", link(agent.owner)],
      ["Run by", link(agent.operator)],
      ["Part of", link(agent.part_of)],
      ["Also called", agent.aliases && isolateAll(agent.aliases.slice(0, 12))],
    ]),
    make("h3", {}, `Actions in order of time: ${acted} of its own, ${deeds.length - acted} by others`),
    hiddenCount ? make("p", { class: "quiet" }, `The filters hide ${hiddenCount} of these in the picture.`) : null,
    makeDeeds(deeds),
    factsOfAgent[index].length ? make("h3", {}, "What is said of it") : null,
    make("ul", { class: "deeds-facts" }, factsOfAgent[index].map(makeFact)),
  ];
}

function makeRanking(title, key, shown) {
  const counts = new Map();
  for (const action of shown) counts.set(action[key], (counts.get(action[key]) ?? 0) + 1);
  const ranked = [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, 8);
  if (!ranked.length) return [];
  return [
    make("h3", {}, title),
    make(
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
    ),
  ];
}

function showOverview(shown) {
  const claims = shown.reduce((sum, action) => sum + action.claims.length, 0);
  return [
    make("h2", { tabindex: "-1" }, "Who acted against whom"),
    make(
      "p",
      { class: "hints" },
      `${countOf(shown.length, "action")} among ${countOf(shownDegree.size, "agent")}, by ${countOf(claims, "claim")} ` +
        "of the documents. An arrow leads from who acts to who is acted on; the thicker, the more often it is told.",
    ),
    make("p", { class: "hints" }, "Click a line to read what is said and where, an agent for its story."),
    ...makeRanking("Acts most", "actor", shown),
    ...makeRanking("Is acted on most", "target", shown),
  ];
}

function showDetails(selection, shown) {
  const show = { agent: showAgent, edge: showEdge, action: showAction };
  const content = selection ? show[selection.kind](selection.index) : showOverview(shown);
  const panel = byId("details");
  panel.replaceChildren(...content.flat().filter(Boolean));
  panel.scrollTop = 0;
}
