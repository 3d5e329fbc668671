// What is decided now: the class, its probability beside the others', how often and how surely.
import { hand } from "./hand.js";

const views = new WeakMap();

/** Shows the decision; `state` is the whole state of the page. */
export function render(root, state) {
  let view = views.get(root);
  if (!view) {
    view = build(root, state.decisions.classes);
    views.set(root, view);
  }
  const { decisions } = state;
  const flows = decisions.state === "decided" || decisions.state === "held" || decisions.state === "rejected";
  const name = flows ? decisions.class ?? "neutral" : "—";
  if (view.name.textContent !== name) {
    view.name.textContent = name;
    view.hand.replaceChildren(...(flows ? [hand(name)] : []));
  }
  write(view.note, note(decisions));
  decisions.classes.forEach((label, index) => {
    const share = decisions.probabilities[index];
    view.bars[index].row.classList.toggle("decided", flows && label === decisions.class);
    view.bars[index].fill.style.width = `${100 * share}%`;
    write(view.bars[index].value, `${(100 * share).toFixed(0)} %`);
  });
  write(view.rate, decisions.rate === null || decisions.rate === undefined
    ? "–" : `${decisions.rate.toFixed(1)} of ${decisions.nominal_rate.toFixed(1)} a second`);
  write(view.count, String(decisions.count));
  write(view.velocity, `${(100 * decisions.velocity).toFixed(0)} %`);
}

function note(decisions) {
  switch (decisions.state) {
    case "decided": return "";
    case "held": return "held: the next class is not sure enough yet";
    case "rejected": return "no class is likely enough";
    case "fault": return "no whole window of good samples yet";
    default: return `neutral: ${decisions.state}`;
  }
}

function build(root, classes) {
  const head = make("div", "panel-head", make("h2", "", "Decision"));
  const picture = make("div", "hand");
  const name = make("strong");
  const sentence = make("p", "muted");
  const bars = classes.map((label) => {
    const fill = make("span");
    const value = make("span", "", "–");
    const row = make("div", "bar", make("span", "", label), make("div", "meter", fill), value);
    return { row, fill, value };
  });
  const [rate, count, velocity] = ["", "", ""].map(() => make("dd"));
  root.replaceChildren(
    head, make("div", "decision", picture, make("div", "", name, sentence)),
    make("div", "bars", ...bars.map((bar) => bar.row)),
    make("dl", "facts", make("dt", "", "Decisions"), rate, make("dt", "", "So far"), count,
      make("dt", "", "Velocity"), velocity));
  return { name, hand: picture, note: sentence, bars, rate, count, velocity };
}

/** What the synthetic person is told to do; nothing when somebody real is measured. */
export function renderPerson(root, state, act) {
  root.hidden = !state.synthetic;
  if (root.hidden) return;
  if (!root.firstChild) {
    root.append(
      make("div", "panel-head", make("h2", "", "Synthetic person"), make("span", "muted", "does what you choose")),
      make("div", "buttons", ...state.decoder.classes.map((name) => {
        const button = make("button", "", name);
        button.type = "button";
        button.addEventListener("click", () => act("intention", { class: name }));
        return button;
      })));
  }
  for (const button of root.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.textContent === state.synthetic.intention));
    button.classList.toggle("primary", button.textContent === state.synthetic.intention);
  }
}

/** An element with a class and children. */
export function make(name, style = "", ...children) {
  const node = document.createElement(name);
  if (style) node.className = style;
  node.append(...children);
  return node;
}

/** Changes a text only when it is another one. */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
