// Where agents stand while one looks at a part only: about the one in the middle, or step by step from one to another.

const RING_STEP = 88;
const ARC = 96; // what an agent takes up of a ring
const PER_RING = 22;
const LAYER_STEP = 330;
const ROW_STEP = 74;
const PER_COLUMN = 12;

// What the places belong to: with another part of the graph, marks that were dragged go back.
function nameScope() {
  if (isGrouped()) return state.grouping;
  if (state.path) return `way ${state.path.from} ${state.path.to}`;
  return state.ego ? `near ${state.ego.agent} ${state.ego.steps}` : "none";
}

// Who stands in the middle and those about it by how many steps away, in the order of their places in the whole.
function placeAround(list, { agent, steps }) {
  const places = new Map([[agent, { x: 0, y: 0 }]]);
  const far = measureSteps(linkAgents(list), agent, steps);
  const turnOf = (index) => Math.atan2(agents[index].y - agents[agent].y, agents[index].x - agents[agent].x);
  let inner = 120;
  for (let step = 1; step <= steps; step += 1) {
    const members = [...far].filter(([, distance]) => distance === step).map(([index]) => index);
    if (!members.length) continue;
    members.sort((one, other) => turnOf(one) - turnOf(other) || one - other);
    const rings = Math.max(1, Math.min(6, Math.ceil(members.length / PER_RING)));
    inner = Math.max(inner + RING_STEP, (members.length * ARC) / (2 * Math.PI * rings) - ((rings - 1) * RING_STEP) / 2);
    members.forEach((index, place) => {
      const turn = (2 * Math.PI * place) / members.length - Math.PI;
      const radius = inner + (place % rings) * RING_STEP;
      places.set(index, { x: Math.round(1.35 * radius * Math.cos(turn)), y: Math.round(radius * Math.sin(turn)) });
    });
    inner += (rings - 1) * RING_STEP;
  }
  return places;
}

// From left to right by the steps from the first; those of one step below one another, in columns where they are many.
function placeAlong(list, { from }) {
  const places = new Map();
  const layers = [];
  for (const [index, step] of measureSteps(linkAgents(list), from)) (layers[step] ??= []).push(index);
  let left = 0;
  for (const members of layers) {
    members.sort((one, other) => agents[one].y - agents[other].y || one - other);
    const columnCount = Math.ceil(members.length / PER_COLUMN);
    const rowCount = Math.ceil(members.length / columnCount);
    members.forEach((index, place) => {
      const [row, column] = [Math.floor(place / columnCount), place % columnCount];
      places.set(index, { x: left + column * 150, y: Math.round((row - (rowCount - 1) / 2 + column * 0.3) * ROW_STEP) });
    });
    left += (columnCount - 1) * 150 + LAYER_STEP;
  }
  return places;
}

// The places of what is shown, where they are not those of the whole.
function findScopePlaces(list) {
  if (state.path) return placeAlong(list, state.path);
  return state.ego ? placeAround(list, state.ego) : null;
}
