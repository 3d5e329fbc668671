// Line drawings of a right hand, one for each usual class of movements; a class without one is a
// labeled card.
//
// A drawing is a list of layers from back to front. A layer is one outline round all its parts:
// areas (closed paths) and limbs (lines of a width with round ends); what lies behind it is hidden.
// Lines are strokes upon it. Everything has the color of the text, so that a drawing fits any page.

const size = 120;
const edge = 3.4;

const area = (d) => ({ d });
const limb = (d, width) => ({ d, width });
const turned = (parts, angle, x, y) =>
  parts.map((part) => ({ ...part, transform: `rotate(${angle} ${x} ${y})` }));
const mirror = `matrix(-1 0 0 1 ${size} 0)`;
const mirrored = (parts) => parts.map((part) => ({ ...part, transform: mirror }));

// A hand that is held upright, its palm to the viewer, so that the thumb is on the right.
const palm = area("M34 66C33 57 38 52 46 52L72 52C80 52 84 57 83 66L80 88C78 97 74 101 73 108L47 108C46 101 40 97 38 88Z");
const wrist = area("M47 104 73 104C73 112 75 120 75 130L45 130C45 120 47 112 47 104Z");
const spread = [limb("M40 64 22 36", 11), limb("M51.5 58 43 19", 12), limb("M64 57 66 13", 12), limb("M77 60 88 22", 12)];
const together = [limb("M40.5 62 39 34", 11), limb("M53 58 52.5 22", 12), limb("M66 58 66.5 18", 12), limb("M78 60 79.5 27", 11)];
const outThumb = limb("M75 88Q86 82 98 60", 12);
const thumbBall = "M67 96C63 84 68 76 79 71";
const knuckles = ["M37 69Q40.5 65 44 69", "M49.5 66Q53 62 56.5 66", "M63 66Q66.5 62 70 66", "M75 69Q78 65 81 69"];
// The same hand without a forearm, to be turned about its wrist, and what it turns on.
const sideways = [palm, ...together, limb("M75 86Q85 78 89 58", 12)];
const straightWrist = [area("M47 106 73 106 75 130 45 130Z"), limb("M60 104 60 105", 26)];
const gaps = ["M46.5 52 46.5 38", "M59.5 52 59.5 32", "M72.5 52 72.5 34"];

// A fist, its fingers' middle joints to the viewer.
const fistPalm = area("M30 52C30 44 36 42 46 42L78 42C88 42 91 50 91 60L86 86C84 96 76 99 75 106L46 106C45 99 34 96 32 86Z");
const fistWrist = area("M46 102 75 102C75 112 77 120 77 130L44 130C44 120 46 112 46 102Z");
const curled = [[37, 40], [52.5, 34], [68, 32], [83, 36]].map(([x, y]) => [limb(`M${x} ${y} ${x} 62`, 14.5)]);
const acrossThumb = [limb("M85 86Q88 74 72 73L52 73", 14)];

// A forearm from the left, and a hand that is seen from the thumb's side, its palm down.
const forearm = [area("M-10 36C10 36 30 42 44 46L44 74C30 77 10 82 -10 82Z"), limb("M43 60 44 60", 28)];
const levelHand = [area("M44 46C56 43 68 46 80 51C84 53 84 67 80 69C68 74 58 76 44 74Z"), limb("M78 60Q90 59 98 62", 13)];
const levelThumb = limb("M58 70Q68 79 80 79", 11);

const arrow = (line, head) => ({ lines: [line, head], isBold: true });

const poses = {
  relax: [
    { parts: [area("M-10 56C12 56 26 54 38 50C54 45 70 46 78 56L66 82C56 88 44 90 30 90L-10 90Z"), limb("M74 60Q96 64 102 84", 14)] },
    { parts: [limb("M56 72Q70 76 80 86", 12)] },
    { lines: ["M6 97 114 97"] },
  ],
  open: [
    { parts: [palm, wrist, limb("M75 86Q86 82 104 62", 13), ...spread] },
    { lines: [thumbBall] },
  ],
  close: [
    { parts: [fistPalm, fistWrist] }, ...curled.map((parts) => ({ parts })), { parts: acrossThumb },
  ],
  point: [
    { parts: [fistPalm, fistWrist, limb("M83 60 84 12", 14.5)] },
    ...curled.slice(0, 3).map((parts) => ({ parts })), { parts: acrossThumb },
  ],
  pinch: [
    { parts: [area("M-10 44C10 44 26 42 40 38C50 34 60 32 70 36L62 76C56 83 46 84 34 84L-10 84Z"), limb("M66 42Q96 34 104 64", 14)] },
    { parts: [limb("M48 76Q72 94 100 76", 14)] },
  ],
  flexion: [
    { parts: [...forearm, ...turned([...levelHand, levelThumb], 54, 44, 60)] },
    arrow("M82 36Q102 48 104 74", "M94 66 104 75 112 64"),
  ],
  extension: [
    { parts: [...forearm, ...turned([...levelHand, levelThumb], -54, 44, 60)] },
    arrow("M96 98Q110 78 104 52", "M95 61 103.5 51 113 59"),
  ],
  "radial deviation": [
    { parts: [...straightWrist, ...turned(sideways, 22, 60, 104)] },
    arrow("M20 50Q22 30 38 18", "M26 17 39 17.5 37 30"),
  ],
  "ulnar deviation": [
    { parts: [...straightWrist, ...turned(sideways, -22, 60, 104)] },
    arrow("M104 46Q98 26 82 16", "M94 14 81 16 84 29"),
  ],
  supination: [
    { parts: [palm, wrist, ...together, outThumb] }, { lines: [...gaps, thumbBall] },
    arrow("M28 98C34 112 80 114 94 102", "M88 113 95 101 83 97"),
  ],
  pronation: [
    { parts: mirrored([palm, wrist, ...together, outThumb]) },
    { lines: [...gaps, ...knuckles], transform: mirror },
    arrow("M92 98C86 112 40 114 26 102", "M32 113 25 101 37 97"),
  ],
};

// What classes are called, without the words that say nothing of the movement.
const names = {
  relax: "relax relaxed rest resting neutral idle no_motion no_movement",
  open: "open opened opening spread extend_fingers finger_extension fingers_extension",
  close: "close closed closing fist power grip grasp cylindrical finger_flexion fingers_flexion",
  flexion: "flexion flex",
  extension: "extension extend",
  "radial deviation": "radial radial_deviation",
  "ulnar deviation": "ulnar ulnar_deviation",
  pinch: "pinch fine_pinch tip_pinch precision",
  point: "point pointing pointer index index_point",
  pronation: "pronation pronate",
  supination: "supination supinate",
};
const poseOf = new Map(
  Object.entries(names).flatMap(([pose, words]) => words.split(" ").map((word) => [word, pose])));
const emptyWords = new Set(["hand", "wrist", "forearm", "grip", "grasp"]);

function plain(name) {
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const telling = words.filter((word) => !emptyWords.has(word));
  return (telling.length ? telling : words).join("_");
}

let count = 0;

/**
 * The drawing of a class: an SVG element in the color of the text (`currentColor`), as large as its
 * CSS says, with the class `hand` and the name as its label.
 *
 * @param {string} name The class, as `relax`, `open`, `hand_close`, `Wrist Flexion`, `ulnar deviation`.
 * @returns {SVGSVGElement} A drawing of the movement; for other names a card with the name on it.
 */
export function hand(name) {
  const pose = poseOf.get(plain(name));
  const root = element("svg", { viewBox: `0 0 ${size} ${size}`, class: "hand", role: "img", "aria-label": name });
  root.append(...(pose ? drawing(poses[pose]) : card(name)));
  return root;
}

function element(name, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) node.setAttribute(key, value);
  }
  return node;
}

// White in the mask is ink; dark gray lets a little of it through, which makes the hand's skin.
function drawing(layers) {
  const id = `hand-${(count += 1)}`;
  const mask = element("mask", { id, maskUnits: "userSpaceOnUse", x: 0, y: 0, width: size, height: size });
  const path = (color, width, { d, transform }, fill = "none") => mask.append(element("path", {
    d, transform, fill, stroke: color, "stroke-width": width, "stroke-linecap": "round", "stroke-linejoin": "round",
  }));
  for (const { parts = [], lines = [], transform, isBold } of layers) {
    for (const [color, margin] of [["#fff", 2 * edge], ["#1c1c1c", 0]]) {
      for (const part of parts) path(color, (part.width ?? 0) + margin, part, part.width ? "none" : color);
    }
    // A bold line has a margin in which nothing of what it crosses is seen.
    for (const [color, width] of isBold ? [["#000", 11], ["#fff", 5]] : [["#fff", edge]]) {
      for (const d of lines) path(color, width, { d, transform });
    }
  }
  return [mask, element("rect", { width: size, height: size, fill: "currentColor", mask: `url(#${id})` })];
}

function card(name) {
  const words = name.split(/[\s_]+/).filter(Boolean).slice(0, 3).map((word) => word.length > 14 ? `${word.slice(0, 13)}…` : word);
  const letters = Math.max(1, ...words.map((word) => word.length));
  const height = Math.min(30, 150 / letters, 84 / Math.max(1, words.length));
  const frame = element("rect", {
    x: 6, y: 14, width: size - 12, height: size - 28, rx: 12, fill: "none", stroke: "currentColor", "stroke-width": edge,
  });
  return [frame, ...words.map((word, line) => {
    const text = element("text", {
      x: size / 2, y: size / 2 + (line - (words.length - 1) / 2) * height * 1.1, fill: "currentColor",
      "font-size": height, "font-weight": 600, "text-anchor": "middle", "dominant-baseline": "central",
    });
    text.textContent = word;
    return text;
  })];
}
