// What is shown, to take along: a picture, a table, the quotes with their sources.

function nameFile(ending) {
  const name = graph.title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "graph";
  return `${name.slice(0, 80)}.${ending}`;
}

function saveBlob(blob, ending) {
  const href = URL.createObjectURL(blob);
  make("a", { href, download: nameFile(ending) }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10000);
}

// The picture as it stands on the screen, on the page's own background.
function savePng() {
  network.once("afterDrawing", (context) => {
    const source = context.canvas;
    const copy = make("canvas", { width: source.width, height: source.height });
    const pen = copy.getContext("2d");
    pen.fillStyle = theme.surface;
    pen.fillRect(0, 0, copy.width, copy.height);
    pen.drawImage(source, 0, 0);
    copy.toBlob((blob) => saveBlob(blob, "png"), "image/png");
  });
  network.redraw();
}

const CSV_COLUMNS = [
  "action_id", "date", "told", "actor", "action", "target", "status", "confidence", "sources", "charges", "laws", "amount", "currency",
  "euros", "case", "contradictions", "claim_id", "quote", "speaker", "claim_status", "claim_confidence", "document", "publisher",
  "published", "url",
];

function listCsvValues(action, claim) {
  const source = documents[claim?.document] ?? {};
  const [amount = {}] = action.amounts;
  return [
    action.id, action.dates.join(" / "), action.told, nameAgent(action.actor), action.kind, nameAgent(action.target), action.status,
    action.confidence, action.sources, action.charges.map(nameThing).join("; "), action.laws.map(nameThing).join("; "), amount.value,
    amount.currency, amount.euro, action.case === undefined ? "" : nameCase(action.case), action.conflicts.join("; "), claim?.id,
    claim?.quote, claim?.speaker === undefined ? "" : nameAgent(claim.speaker), claim && (claim.status ?? action.status), claim?.confidence,
    source.title ?? source.id, source.publisher, source.date, source.url,
  ];
}

// A cell that a spreadsheet would take for a formula is kept text by an apostrophe; plain numbers are left alone.
function formatCell(value) {
  let text = value === undefined || value === null ? "" : String(value);
  if (/^[\s\u0000-\u001f]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u.test(text) && !/^-?\d+(\.\d+)?$/.test(text)) text = `'${text}`;
  return /[",;\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// One row a claim; an action that has none has a row all the same.
function formatCsv(list) {
  const rows = list.flatMap((action) => (action.claims.length ? action.claims : [undefined]).map((claim) => listCsvValues(action, claim)));
  return [CSV_COLUMNS, ...rows].map((row) => row.map(formatCell).join(",")).join("\r\n") + "\r\n";
}

// Spreadsheets read UTF-8 only where a mark at the beginning says so.
function saveCsv() {
  saveBlob(new Blob(["\ufeff", formatCsv(sortActions(lastShown))], { type: "text/csv" }), "csv");
}

// Text from documents stays text: no link, picture, heading, list or HTML of its own.
function escapeMarkdown(text) {
  return String(text)
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\s]+/g, " ")
    .trim()
    .replace(/[\\`*_{}[\]()<>#+\-.!|~&$:@=^"']/g, (sign) => (/[.\-:'"=]/.test(sign) ? sign : `\\${sign}`))
    .replace(/^([-=.:]+)/, "\\$1")
    .replace(/^(\d+)\./, "$1\\.")
    .replace(/\b(https?|ftp|www|mailto)(?=[:.])/gi, (start) => `${start}\u200b`);
}

function formatSource(source) {
  const parts = [escapeMarkdown(source.title ?? source.id ?? "unknown document"), source.publisher, source.date]
    .filter(Boolean)
    .map((part, place) => (place ? escapeMarkdown(part) : part));
  const href = source.url ? findSafeUrl(source.url) : null;
  const address = href ? `<${href.replace(/[<>\s|`*_]/g, encodeURIComponent)}>` : source.url ? escapeMarkdown(source.url) : "";
  return [parts.join(", "), address].filter(Boolean).join(", ");
}

function formatQuote(claim) {
  const source = documents[claim.document] ?? {};
  const speaker = claim.speaker === undefined ? "" : `, said by ${escapeMarkdown(nameAgent(claim.speaker))}`;
  const sure = claim.confidence === undefined ? "" : `, confidence ${formatConfidence(claim.confidence)}`;
  return `> ${escapeMarkdown(claim.quote ?? "")}\n>\n> — ${formatSource(source)}${speaker}${sure}\n`;
}

function formatQuotePack(list) {
  const blocks = list.map((action) => {
    const amount = action.amounts.length ? `, ${escapeMarkdown(action.amounts.map(formatAmount).join(" / "))}` : "";
    const conflicts = action.conflicts.map((conflict) => `\nNote: ${escapeMarkdown(conflict)}.\n`).join("");
    const time = sayTime(action) ? ` (${escapeMarkdown(sayTime(action))})` : "";
    return `## ${escapeMarkdown(saySentence(action))}${time}${amount}\n${conflicts}\n${action.claims.map(formatQuote).join("\n")}`;
  });
  const intro = `${countOf(list.length, "action")}, each with what says so. The address that shows the same: ${escapeMarkdown(`#${formatAddress()}`)}`;
  return [`# ${escapeMarkdown(graph.title)}\n`, `${intro}\n`, ...blocks].join("\n");
}

function saveQuotes() {
  saveBlob(new Blob([formatQuotePack([...lastShown].sort(compareDates))], { type: "text/markdown" }), "md");
}

const EXPORTS = { png: savePng, svg: saveSvg, csv: saveCsv, md: saveQuotes };

function startExports() {
  for (const [kind, save] of Object.entries(EXPORTS)) {
    byId(`save-${kind}`).addEventListener("click", () => {
      save();
      byId("save-menu").open = false;
      byId("save-menu").querySelector("summary").focus();
    });
  }
  byId("print").addEventListener("click", () => {
    byId("save-menu").open = false;
    window.print();
  });
}
