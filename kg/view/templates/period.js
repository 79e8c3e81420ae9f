// Time: when each action was, in steps of a month, a quarter or a year, and which stretch of it is shown.

// "2022", "2022-10" and "2022-10-17" each stand for the months they cover.
function readMonths(text) {
  const parts = /^(\d{4})(?:-(\d{2}))?/.exec(text);
  if (!parts) return null;
  const year = Number(parts[1]) * 12;
  const month = Number(parts[2]);
  return parts[2] && month >= 1 && month <= 12 ? [year + month - 1, year + month - 1] : [year, year + 11];
}

for (const action of actions) action.months = readMonths(action.date || action.told);

const calendar = (() => {
  let first = Infinity;
  let last = -Infinity;
  for (const { months } of actions) {
    if (!months) continue;
    first = Math.min(first, months[0]);
    last = Math.max(last, months[1]);
  }
  if (first > last) return { first: 0, step: 12, count: 0 };
  const span = last - first + 1;
  const step = span <= 48 ? 1 : span <= 160 ? 3 : 12;
  first -= first % step;
  return { first, step, count: Math.floor((last - first) / step) + 1 };
})();

// Steps of the calendar, both counted in. The second stretch is there while two periods are compared.
const period = { from: 0, to: calendar.count - 1, second: null };

function findSteps(months) {
  return months.map((month) => Math.floor((month - calendar.first) / calendar.step));
}

function isWholeTime() {
  return period.from <= 0 && period.to >= calendar.count - 1 && !period.second;
}

function isWithin(action, from, to) {
  if (!action.months) return false;
  const [start, end] = findSteps(action.months);
  return start <= to && end >= from;
}

function passesPeriod(action) {
  if (isWholeTime()) return true;
  return isWithin(action, period.from, period.to) || (period.second !== null && isWithin(action, period.second.from, period.second.to));
}

function writeMonth(month) {
  return `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;
}

function writeStep(step, isEnd = false) {
  return writeMonth(calendar.first + step * calendar.step + (isEnd ? calendar.step - 1 : 0));
}

function sayStep(step) {
  const text = writeStep(step);
  if (calendar.step === 12) return text.slice(0, 4);
  return calendar.step === 1 ? text : `${text.slice(0, 4)} Q${Math.floor(Number(text.slice(5)) / 3) + 1}`;
}

function sayStretch({ from, to }) {
  return from === to ? sayStep(from) : `${sayStep(from)} to ${sayStep(to)}`;
}

// How many actions each step has, by group; what is known by its year alone is spread over that year.
function countSteps(list) {
  const counts = Array.from({ length: calendar.count }, () => ({ all: 0 }));
  for (const action of list) {
    if (!action.months) continue;
    const [start, end] = findSteps(action.months);
    for (let step = start; step <= end; step += 1) {
      const share = 1 / (end - start + 1);
      counts[step].all += share;
      counts[step][action.group] = (counts[step][action.group] ?? 0) + share;
    }
  }
  return counts;
}
