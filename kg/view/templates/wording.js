// The words for what the data says.

function sayTime(action) {
  return action.dates.join(" / ") || (action.told ? `told ${action.told}` : "");
}

function nameThing(id) {
  return Object.hasOwn(graph.labels, id) ? graph.labels[id] : id.replace(/-/g, " ");
}

function nameAgent(index) {
  return agents[index].name;
}

function nameCase(index) {
  return cases[index].label;
}

function saySo(kind, status) {
  if (status === "planned") return `may ${words[kind].infinitive}`;
  if (status === "negated") return `did not ${words[kind].infinitive}`;
  return words[kind].past;
}

function saySentence(action) {
  return `${nameAgent(action.actor)} ${saySo(action.kind, action.status)} ${nameAgent(action.target)}`;
}

function labelEdge(edge, count) {
  const sign = { planned: "may ", negated: "⊘ " }[edge.status] ?? "";
  const word = edge.status === "planned" ? words[edge.action].infinitive : words[edge.action].label;
  return sign + word + (count > 1 ? ` ×${count}` : "");
}

function formatAmount({ value, currency = "" }) {
  const number = Number(value);
  if (!Number.isFinite(number)) return `${value} ${currency}`;
  const options = { maximumFractionDigits: 2 };
  if (/^[A-Z]{3}$/.test(currency)) return `${currency} ${number.toLocaleString("en", options)}`;
  return `${number.toLocaleString("en", options)} ${currency}`.trim();
}

function formatEuros(number) {
  return `EUR ${Math.round(number).toLocaleString("en")}`;
}

function formatConfidence(value) {
  return `${Math.round(value * 100)} %`;
}

function countOf(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
