// The strip under the picture: a histogram of what is shown, two handles to choose a period, a button that plays it.

const STRIP_HEIGHT = 46;
const PACE = 700;
let playing = null;

function drawHistogram(list) {
  const counts = countSteps(list);
  const most = counts.reduce((highest, count) => Math.max(highest, count.all), 0) || 1;
  const bars = counts.flatMap((count, step) => {
    let top = STRIP_HEIGHT;
    return Object.entries(palette.groups).flatMap(([group, entry]) => {
      if (!count[group]) return [];
      // A single action among many is still to be seen.
      const height = Math.max(1.2, (count[group] / most) * (STRIP_HEIGHT - 8));
      top -= height;
      const bar = makeSvg("rect", { x: step + 0.08, y: top, width: 0.84, height, fill: pickColour(entry) });
      if (!isStepShown(step)) bar.setAttribute("opacity", 0.25);
      return [bar];
    });
  });
  byId("histogram").setAttribute("viewBox", `0 0 ${Math.max(1, calendar.count)} ${STRIP_HEIGHT}`);
  byId("histogram").replaceChildren(...bars);
  showTicks(most);
}

// The years below the bars, as many as have room, and how high the highest bar is.
function showTicks(most) {
  const width = byId("histogram").clientWidth || 700;
  const starts = Array.from({ length: calendar.count }, (_, step) => step).filter((step) => (calendar.first + step * calendar.step) % 12 === 0);
  const every = Math.max(1, Math.ceil((starts.length * 46) / width));
  const ticks = starts
    .filter((_, place) => place % every === 0)
    .map((step) => {
      const tick = make("span", {}, writeStep(step).slice(0, 4));
      tick.style.left = `${(100 * (step + (calendar.step === 12 ? 0.5 : 0))) / calendar.count}%`;
      return tick;
    });
  const length = { 1: "month", 3: "quarter", 12: "year" }[calendar.step];
  byId("ticks").replaceChildren(...ticks);
  byId("period-most").textContent = `highest bar: ${countOf(Math.round(most), "action")} a ${length}`;
}

function isStepShown(step) {
  const { from, to, second } = period;
  return (step >= from && step <= to) || (second !== null && step >= second.from && step <= second.to);
}

// What the histogram counts: all that the other filters leave, so that one sees what lies outside the period too.
function findTimeless() {
  const kept = { ...period };
  Object.assign(period, { from: 0, to: calendar.count - 1, second: null });
  const list = findShownActions();
  Object.assign(period, kept);
  return list;
}

function showTimeline() {
  byId("timeline").hidden = calendar.count < 2;
  if (calendar.count < 2) return;
  drawHistogram(findTimeless());
  showSlider("period", period);
  byId("second").hidden = !period.second;
  if (period.second) showSlider("second", period.second);
  byId("compare").setAttribute("aria-pressed", String(period.second !== null));
  byId("play").disabled = period.second !== null;
  const undated = isWholeTime() ? 0 : actions.filter((action) => !action.months).length;
  const note = undated ? ` · ${undated} without a date left out` : "";
  byId("period-text").textContent = (isWholeTime() ? `all, ${sayStretch(period)}` : sayStretch(period)) + (period.second ? ` and ${sayStretch(period.second)}` : "") + note;
}

function showSlider(name, stretch) {
  for (const end of ["from", "to"]) {
    const input = byId(`${name}-${end}`);
    setAll(input, { max: calendar.count - 1, "aria-valuetext": sayStep(stretch[end]) });
    input.value = stretch[end];
  }
}

function startSlider(name, read) {
  for (const end of ["from", "to"]) {
    byId(`${name}-${end}`).addEventListener("input", (event) => {
      stopPlaying();
      const stretch = read();
      stretch[end] = Number(event.target.value);
      // One handle pushes the other along.
      if (end === "from") stretch.to = Math.max(stretch.to, stretch.from);
      else stretch.from = Math.min(stretch.from, stretch.to);
      changeFilters();
    });
  }
}

// From the whole of time the play lets it grow from its beginning; a shorter period moves on step by step.
function play() {
  const width = period.to - period.from;
  const isGrowing = isWholeTime();
  if (isGrowing) period.to = 0;
  else if (period.to >= calendar.count - 1) Object.assign(period, { from: 0, to: width });
  byId("play").textContent = "❚❚ Stop";
  byId("play").setAttribute("aria-pressed", "true");
  const step = () => {
    if (period.to >= calendar.count - 1) return stopPlaying();
    period.to += 1;
    if (!isGrowing) period.from += 1;
    changeFilters();
    return undefined;
  };
  playing = setInterval(step, PACE);
  changeFilters();
}

function stopPlaying() {
  clearInterval(playing);
  playing = null;
  byId("play").textContent = "▶ Play";
  byId("play").setAttribute("aria-pressed", "false");
}

function startTimeline() {
  startSlider("period", () => period);
  startSlider("second", () => period.second);
  byId("play").addEventListener("click", () => (playing === null ? play() : stopPlaying()));
  byId("compare").addEventListener("click", () => {
    stopPlaying();
    if (period.second) Object.assign(period, { to: Math.max(period.to, period.second.to), second: null });
    else startComparing();
    state.selection = null;
    changeFilters();
  });
}
