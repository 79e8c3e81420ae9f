// Elements are made one by one and text only ever goes in as text: nothing of the data is read as HTML.

const SVG = "http://www.w3.org/2000/svg";

function setAll(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  return element;
}

// Strings among the children become text nodes.
function make(tag, attributes = {}, ...children) {
  const element = setAll(document.createElement(tag), attributes);
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== ""));
  return element;
}

function makeSvg(tag, attributes = {}, ...children) {
  const element = setAll(document.createElementNS(SVG, tag), attributes);
  element.append(...children);
  return element;
}

function byId(id) {
  return document.getElementById(id);
}

// A string of the data, kept from turning the writing direction of what stands around it.
function isolate(text) {
  return make("bdi", {}, String(text));
}

// Control characters and turns of direction have no place in a label on the canvas.
function cleanLabel(text, length = 34) {
  const clean = String(text).replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, " ").trim();
  const characters = Array.from(clean);
  return characters.length > length ? characters.slice(0, length - 1).join("").trimEnd() + "…" : clean;
}

// Only http and https become links; any other address (javascript:, data:, file:) is shown as text.
function findSafeUrl(address) {
  try {
    const url = new URL(String(address));
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

function makeSourceLink(text, address) {
  const href = address ? findSafeUrl(address) : null;
  if (!href) return isolate(text);
  return make("a", { href, rel: "noopener noreferrer", target: "_blank" }, isolate(text));
}

function makeButton(content, onclick, attributes = {}) {
  return make("button", { type: "button", class: "link", onclick, ...attributes }, content);
}
