// Elements, numbers and directions as the control page has them.

/** The directions of classes, y pointing up. */
export const ways = {
  left: { name: "Left", x: -1, y: 0 }, right: { name: "Right", x: 1, y: 0 },
  up: { name: "Up", x: 0, y: 1 }, down: { name: "Down", x: 0, y: -1 },
};

/** An HTML element with attributes (`onclick` and the like are listeners) and children. */
export const html = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);
/** The same for SVG. */
export const svg = (name, attributes = {}, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);

function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

/** Writes a text where it is not written yet. */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A number with a real minus; a dash for none. */
export function number(value, digits = 2) {
  return value === null || value === undefined ? "–" : value.toFixed(digits).replace("-", "−");
}

/** Where a target lies, in words. */
export function bearing(degrees) {
  const names = ["right", "upper right", "above", "upper left", "left", "lower left", "below", "lower right"];
  return names[Math.round(degrees / 45) % 8];
}
