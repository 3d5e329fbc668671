// Pictures of movements: drawings of a hand, files of a protocol, and sheets with a name.

const svgNamespace = "http://www.w3.org/2000/svg";

/** Grows when other pictures are there than before: those shown are to be made anew. */
export const pictures = { version: 0 };

// Until the drawings are loaded, and for what has none, there is a sheet with the name.
let drawing = sheet;
import("./hand.js").then((module) => {
  drawing = module.hand;
  pictures.version += 1;
}).catch(() => {});

/** The picture of a movement: an element. */
export function pictureOf(movement) {
  if (movement.image) {
    const image = document.createElement("img");
    image.src = movement.image;
    image.alt = movement.text;
    return image;
  }
  return drawing(movement.hand) ?? sheet(movement.hand);
}

/** A sheet with a name on it, for a movement without a drawing. */
function sheet(name) {
  const letters = String(name).replaceAll("_", " ");
  const svg = shape("svg", { viewBox: "0 0 120 120", role: "img", "aria-label": letters, class: "session-sheet" });
  const text = shape("text", { x: 60, y: 66, "text-anchor": "middle", "font-size": Math.min(20, 150 / Math.max(4, letters.length)) });
  text.textContent = letters;
  svg.append(shape("rect", { x: 14, y: 24, width: 92, height: 72, rx: 10 }), text);
  return svg;
}

/** The sign of a phase without a movement. */
export function signOf(phase) {
  const svg = shape("svg", { viewBox: "0 0 120 120", class: "session-sign", "aria-hidden": "true" });
  svg.append(
    phase === "finished"
      ? shape("path", { d: "M36 62 L54 80 L86 44" })
      : shape("rect", { x: 42, y: 42, width: 36, height: 36, rx: 4 }));
  return svg;
}

/** An element of SVG. */
export function shape(name, attributes) {
  const made = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
