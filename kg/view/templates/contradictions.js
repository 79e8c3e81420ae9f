// Where what is told of an action does not go together: two days, two sums, or that it happened and that it did not.

function areDatesApart(one, other) {
  return !one.startsWith(other) && !other.startsWith(one);
}

function findApart(values, isApart) {
  for (let first = 0; first < values.length; first += 1) {
    for (let second = first + 1; second < values.length; second += 1) {
      if (isApart(values[first], values[second])) return [values[first], values[second]];
    }
  }
  return null;
}

function findConflicts(action, opposite) {
  const found = [];
  const dates = findApart(action.dates, areDatesApart);
  if (dates) found.push(`told with different dates: ${dates.join(" and ")}`);
  const sums = findApart(action.amounts, (one, other) => one.currency === other.currency && Number(one.value) !== Number(other.value));
  if (sums) found.push(`told with different amounts: ${sums.map(formatAmount).join(" and ")}`);
  const says = [...new Set(action.claims.map((claim) => claim.status ?? action.status))];
  if (says.includes("negated") && says.length > 1) found.push("one source denies what another says");
  if (opposite.length) {
    found.push(action.status === "negated" ? "elsewhere it is told that it did happen" : "elsewhere it is said that it did not happen");
  }
  return found;
}

const sidesOfDeed = new Map();
edges.forEach((edge, index) => {
  const key = `${edge.from} ${edge.to} ${edge.action}`;
  if (!sidesOfDeed.has(key)) sidesOfDeed.set(key, {});
  sidesOfDeed.get(key)[edge.status] = index;
});

// An action and its denial contradict one another only where their times, if both are known, may be the same.
function findOpposite(action) {
  const sides = sidesOfDeed.get(`${action.actor} ${action.target} ${action.kind}`);
  const other = { actual: sides.negated, negated: sides.actual }[action.status];
  if (other === undefined) return [];
  return actionsOfEdge[other].filter((one) => !one.date || !action.date || !areDatesApart(one.date, action.date));
}

for (const action of actions) action.conflicts = findConflicts(action, findOpposite(action));
