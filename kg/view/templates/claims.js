// An action in the panel: what is known of it, and each claim with its sentence marked in its context.

function makeAgentButton(index) {
  return makeButton(isolate(nameAgent(index)), () => select({ kind: "agent", index }, { reveal: true }));
}

function makeCaseButton(index) {
  return makeButton(isolate(nameCase(index)), () => select({ kind: "case", index }, { reveal: true }));
}

function makeChip(...content) {
  return make("span", { class: "chip" }, ...content);
}

function makeSentence(action) {
  return [makeAgentButton(action.actor), ` ${saySo(action.kind, action.status)} `, makeAgentButton(action.target)];
}

function makeRows(pairs) {
  const rows = pairs.filter(([, value]) => value !== undefined && value !== null && value.length !== 0 && value !== "");
  if (!rows.length) return null;
  return make("dl", { class: "facts" }, rows.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
}

function isolateAll(values) {
  return values.length ? isolate(values.join(", ")) : null;
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
    action.conflicts.map((conflict) => make("span", { class: "chip conflict" }, "≠ ", isolate(conflict))),
  );
}

function cutContext(text, side) {
  if (!text) return "";
  // The context is cut by length, so drop the part of a word at its outer end.
  const whole = side === "before" ? text.replace(/^\S{0,30}?\s/, "") : text.replace(/\s\S{0,30}$/, "");
  return side === "before" ? `… ${whole}` : `${whole} …`;
}

function makeClaim(claim) {
  const source = documents[claim.document] ?? { title: "unknown document" };
  const status = claim.status ?? claim.action.status;
  return make(
    "li",
    { class: "claim" },
    make(
      "blockquote",
      { dir: "auto" },
      cutContext(claim.prefix, "before"),
      make("mark", {}, claim.quote ?? ""),
      cutContext(claim.suffix, "after"),
    ),
    make("p", { class: "source" }, makeSourceLink(source.title ?? source.id, source.url)),
    makeRows([
      ["Published", [source.publisher, source.date].filter(Boolean).map((text, index) => [index ? " · " : "", isolate(text)]).flat()],
      ["By", source.author && isolate(source.author)],
      ["Address", source.url && !findSafeUrl(source.url) ? isolate(source.url) : null],
      ["Said by", claim.speaker !== undefined ? makeAgentButton(claim.speaker) : "the document itself"],
      ["Date", claim.date && isolate(claim.date)],
      ["Status", palette.statuses[status]?.label ?? isolate(status)],
      ["Amount", claim.amounts.map((amount) => isolate(formatAmount(amount)))],
      ["Charges", isolateAll(claim.charges.map(nameThing))],
      ["Law", isolateAll(claim.laws.map(nameThing))],
      ["Confidence", claim.confidence !== undefined ? formatConfidence(claim.confidence) : null],
    ]),
  );
}

function makeAction(action, isOnly) {
  const others = (actionsOfCase[action.case] ?? []).filter((other) => other !== action);
  return make(
    "section",
    { class: "action", "data-action": action.id },
    isOnly ? null : make("h3", {}, makeSentence(action), action.date ? [" · ", isolate(action.date)] : ""),
    makeActionChips(action),
    makeRows([
      ["Charges", isolateAll(action.charges.map(nameThing))],
      ["Law", isolateAll(action.laws.map(nameThing))],
      ["Stage", action.stage && isolate(action.stage)],
      ["Case", others.length ? makeCaseButton(action.case) : null],
      ["In euros", action.amounts[0]?.euro !== undefined && action.amounts[0].currency !== "EUR" ? formatEuros(action.amounts[0].euro) : null],
    ]),
    make("h3", {}, action.claims.length === 1 ? "What is said" : `What is said, ${countOf(action.claims.length, "time")}`),
    make("ul", {}, action.claims.map(makeClaim)),
    makeQuery(writeActionQuery(action)),
    others.length ? [make("h3", {}, "In the same case"), makeDeeds(others)] : null,
  );
}

function makeDeeds(list) {
  return make("ol", { class: "deeds" }, list.map(makeDeed));
}

// A date is not broken at the end of a line, but several may stand below one another.
function makeDays(action) {
  const days = (action.dates.length ? action.dates : action.told ? [`told ${action.told}`] : ["no date"]).map((day) => make("bdi", { class: "day" }, day));
  return days.flatMap((day, place) => (place ? [" / ", day] : [day]));
}

function makeDeed(action) {
  const choose = () => select({ kind: "action", index: action.index }, { reveal: true });
  return make(
    "li",
    {},
    make("span", { class: "date" }, makeDays(action)),
    make(
      "span",
      {},
      makeButton(isolate(saySentence(action)), choose, { "data-deed": action.id }),
      action.amounts.length ? [" ", make("span", { class: "amount" }, isolate(action.amounts.map(formatAmount).join(" / ")))] : "",
      action.conflicts.length ? make("span", { class: "conflict", title: action.conflicts.join("; ") }, " ≠") : "",
    ),
  );
}
