// Neighbourhoods and ways: who is how many steps from whom, along the actions that are shown, in either direction.

function linkAgents(list) {
  const neighbours = new Map();
  const link = (one, other) => {
    if (!neighbours.has(one)) neighbours.set(one, new Set());
    neighbours.get(one).add(other);
  };
  for (const { actor, target } of list) {
    link(actor, target);
    link(target, actor);
  }
  return neighbours;
}

// How many steps each agent is from the first, as far as ``most`` steps.
function measureSteps(neighbours, first, most = Infinity) {
  const steps = new Map([[first, 0]]);
  let rim = [first];
  for (let step = 1; rim.length && step <= most; step += 1) {
    const next = [];
    for (const agent of rim) {
      for (const neighbour of neighbours.get(agent) ?? []) {
        if (steps.has(neighbour)) continue;
        steps.set(neighbour, step);
        next.push(neighbour);
      }
    }
    rim = next;
  }
  return steps;
}

function keepEgo(list, { agent, steps }) {
  const near = measureSteps(linkAgents(list), agent, steps);
  return list.filter((action) => near.has(action.actor) && near.has(action.target));
}

// All actions that lie on a shortest way.
function keepPath(list, { from, to }) {
  const neighbours = linkAgents(list);
  const there = measureSteps(neighbours, from);
  const back = measureSteps(neighbours, to);
  const length = there.get(to);
  if (length === undefined) return [];
  const isStep = (one, other) => there.get(one) + 1 + back.get(other) === length;
  return list.filter(({ actor, target }) => isStep(actor, target) || isStep(target, actor));
}

function keepScope(list) {
  if (state.path) return keepPath(list, state.path);
  if (state.ego) return keepEgo(list, state.ego);
  return list;
}

// One shortest way, as agents in order; where there are several, that of the busiest agents.
function findWay(list, { from, to }) {
  const neighbours = linkAgents(list);
  const back = measureSteps(neighbours, to);
  if (!back.has(from)) return null;
  const way = [from];
  while (way.at(-1) !== to) {
    const here = way.at(-1);
    const nearer = [...neighbours.get(here)].filter((agent) => back.get(agent) === back.get(here) - 1);
    nearer.sort((one, other) => actionsOfAgent[other].length - actionsOfAgent[one].length || one - other);
    way.push(nearer[0]);
  }
  return way;
}
