// Agents taken together, by country or by community: a large graph opens so, and each group opens on a click.

const MANY_AGENTS = 3000;
const MANY_EDGES = 8000;
const ROOM = 70; // what an agent of an open group takes up, in the picture's units
const MOST_OPENED = 400; // so many of an open group are drawn by themselves, the busiest; the others stay together

const groupings = {
  country: (agent) => findCountry(agent.index) ?? `${palette.agentTypes[agent.type].label}, no country`,
  community: (agent) => agent.community,
};
const groupsOf = new Map();

function isLarge() {
  return drawnAgents.length > MANY_AGENTS || edges.length > MANY_EDGES;
}

// A large graph opens by country, if most agents have one, else by community.
function findUsualGrouping() {
  if (!isLarge()) return "none";
  const placed = drawnAgents.filter((agent) => findCountry(agent.index) !== undefined).length;
  return placed >= drawnAgents.length * 0.6 ? "country" : "community";
}

function nameGroup(grouping, value, members) {
  if (grouping === "country") return typeof value === "number" ? nameAgent(value) : value;
  return members.length === 1 ? nameAgent(members[0].index) : `around ${nameAgent(members[0].index)}`;
}

// Groups by key, the members of each the busiest first; made once for each way of grouping.
function listGroups(grouping) {
  if (groupsOf.has(grouping)) return groupsOf.get(grouping);
  const found = new Map();
  for (const agent of drawnAgents) {
    const value = groupings[grouping](agent);
    const key = typeof value === "number" && grouping === "country" ? agents[value].id : String(value);
    if (!found.has(key)) found.set(key, { key, value, members: [] });
    found.get(key).members.push(agent);
  }
  for (const group of found.values()) {
    group.members.sort((one, other) => actionsOfAgent[other.index].length - actionsOfAgent[one.index].length || one.index - other.index);
    group.name = nameGroup(grouping, group.value, group.members);
    group.size = Math.min(60, 10 + 4 * Math.sqrt(group.members.length));
    const sum = group.members.reduce((total, agent) => ({ x: total.x + agent.x, y: total.y + agent.y }), { x: 0, y: 0 });
    Object.assign(group, { x: sum.x / group.members.length, y: sum.y / group.members.length });
  }
  const groups = [...found.values()].sort((one, other) => other.members.length - one.members.length || (one.key < other.key ? -1 : 1));
  gather(groups);
  groupsOf.set(grouping, found);
  return found;
}

// Bring the groups as near to one another as they can stand without touching.
function gather(groups) {
  if (groups.length < 2) return;
  const radius = (group) => group.size + 55;
  const middle = { x: mean(groups.map((group) => group.x)), y: mean(groups.map((group) => group.y)) };
  const extent = Math.max(...groups.map((group) => Math.hypot(group.x - middle.x, group.y - middle.y))) || 1;
  const wanted = 1.3 * Math.sqrt(groups.reduce((sum, group) => sum + radius(group) ** 2, 0));
  groups.forEach((group, index) => {
    // The turn parts groups whose members have the same middle.
    group.x = ((group.x - middle.x) / extent) * wanted * 1.3 + Math.cos(index * 2.4);
    group.y = ((group.y - middle.y) / extent) * wanted + Math.sin(index * 2.4);
  });
  for (let round = 0; round < 120; round += 1) if (!pushApart(groups, radius)) break;
}

function pushApart(groups, radius) {
  let isMoved = false;
  for (let first = 0; first < groups.length; first += 1) {
    for (let second = first + 1; second < groups.length; second += 1) {
      const [one, other] = [groups[first], groups[second]];
      const [x, y] = [other.x - one.x, other.y - one.y];
      const distance = Math.hypot(x, y) || 1;
      const least = radius(one) + radius(other);
      if (distance >= least) continue;
      const push = (least - distance) / 2 + 0.5;
      one.x -= (x / distance) * push;
      one.y -= (y / distance) * push;
      other.x += (x / distance) * push;
      other.y += (y / distance) * push;
      isMoved = true;
    }
  }
  return isMoved;
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

// The agents of an open group stand about its place, the busiest in the middle; all else makes room.
function placeMembers(group, count) {
  return group.members.slice(0, count).map((agent, place) => {
    const distance = ROOM * Math.sqrt(place + 0.2);
    const turn = place * 2.399963;
    return { agent, x: group.x + 1.25 * distance * Math.cos(turn), y: group.y + distance * Math.sin(turn) };
  });
}

function stepAside(place, opened) {
  let { x, y } = place;
  for (const { group, radius } of opened) {
    if (group === place) continue;
    const [across, down] = [place.x - group.x, place.y - group.y];
    const distance = Math.hypot(across, down) || 1;
    x += (across / distance) * radius * 1.25;
    y += (down / distance) * radius;
  }
  return { x, y };
}

function toggleGroup(key) {
  if (state.open.has(key)) state.open.delete(key);
  else state.open.add(key);
}
