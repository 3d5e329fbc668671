// Light or dark: what the system says until somebody chooses.

const system = matchMedia("(prefers-color-scheme: dark)");
const listeners = [];
let chosen = null;
try { chosen = localStorage.getItem("myotask.theme"); } catch { /* private windows keep nothing */ }

function apply() {
  document.documentElement.dataset.theme = chosen ?? (system.matches ? "dark" : "light");
  listeners.forEach((listener) => listener());
}

export function onTheme(listener) { listeners.push(listener); }

export function toggleTheme() {
  chosen = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  try { localStorage.setItem("myotask.theme", chosen); } catch { /* as above */ }
  apply();
}

export function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

export function classColor(index) { return color(`class-${index % 8}`); }

system.addEventListener("change", apply);
apply();
