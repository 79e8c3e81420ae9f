// What one has chosen to see; all of it stands in the address (address.js).

const VIEWS = ["picture", "both", "table"];
const GROUPINGS = { none: "each agent", country: "by country", community: "by community" };
const state = {
  // { kind: "agent" | "edge" | "action" | "case" | "group" | "bundle", index or key }
  selection: null,
  view: "picture",
  theme: "",
  grouping: "none",
  open: new Set(),
  // { agent, steps }: that agent and who is that many steps from it
  ego: null,
  // { from, to }: the shortest ways between two agents
  path: null,
  text: "",
  // The marks that one has dragged elsewhere, by their ids.
  moved: new Map(),
  // What is opened of the filters: groups of actions and folded facets, by their keys.
  unfolded: new Set(),
  isWide: false,
};
