// Light or dark: as the system has it, unless the reader says otherwise.

const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
let isDark = systemDark.matches;
let theme = null;

function pickColour(entry) {
  return isDark ? entry.dark : entry.light;
}

function applyTheme() {
  isDark = state.theme ? state.theme === "dark" : systemDark.matches;
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  theme = {
    text: read("--text"),
    quiet: read("--quiet"),
    surface: read("--surface"),
    raised: read("--raised"),
    accent: read("--accent"),
    before: read("--before"),
    after: read("--after"),
  };
}
