// The data and vis-network travel deflated, in base64; the browser itself inflates them.

async function unpack(id) {
  const element = document.getElementById(id);
  const packed = atob(element.textContent.trim());
  const bytes = new Uint8Array(packed.length);
  for (let index = 0; index < packed.length; index += 1) bytes[index] = packed.charCodeAt(index);
  element.textContent = "";
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
}

// The policy of the page names the script by its hash: were it another, the browser would not run it.
async function loadLibrary() {
  const script = document.createElement("script");
  script.textContent = await unpack("library");
  document.head.append(script);
}

// Columns back to rows. Tags: s a string, S strings, n a number, N numbers, r the position of a row elsewhere.
// A column with a count holds one value, which all its rows share.
function readTable(columns, strings) {
  const read = {
    s: (value) => (value ? strings[value] : undefined),
    S: (value) => (value ? [value].flat().map((number) => strings[number]) : []),
    n: (value) => value ?? undefined,
    N: (value) => value || [],
    r: (value) => (value < 0 ? undefined : value),
  };
  const names = Object.keys(columns);
  const [, first, count = first.length] = columns[names[0]];
  const rows = Array.from({ length: count }, () => ({}));
  for (const name of names) {
    const [tag, values, shared] = columns[name];
    const decode = read[tag];
    for (let index = 0; index < rows.length; index += 1) rows[index][name] = decode(values[shared ? 0 : index]);
  }
  return rows;
}

async function readGraph() {
  const graph = JSON.parse(await unpack("data"));
  for (const [name, columns] of Object.entries(graph.tables)) graph[name] = readTable(columns, graph.strings);
  delete graph.tables;
  delete graph.strings;
  return graph;
}
