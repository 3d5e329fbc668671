// Each electrode with how strong its signal is and what is wrong with it, before anything is recorded.
import { make, write } from "./decisions.js";

const sentences = {
  flat: "does not move", clipping: "at the end of its range", hum: "mains hum", missing: "no numbers",
};
const views = new WeakMap();

/** Shows the electrodes; `state` is the whole state of the page. */
export function render(root, state) {
  const { quality } = state;
  let view = views.get(root);
  if (!view) {
    view = { summary: make("span", "muted", "looking"), list: make("div"), rows: [] };
    root.replaceChildren(make("div", "panel-head", make("h2", "", "Quality"), view.summary), view.list);
    views.set(root, view);
  }
  if (!quality) return;
  if (view.rows.length !== quality.electrodes.length) {
    view.rows = quality.electrodes.map((electrode) => {
      const fill = make("span");
      const finding = make("span");
      const row = make("div", "electrode", make("span", "name", electrode.name), make("div", "meter", fill), finding);
      return { row, fill, finding };
    });
    view.list.replaceChildren(...view.rows.map((row) => row.row));
  }
  const strongest = Math.max(...quality.electrodes.map((electrode) => electrode.level), 1e-12);
  let bad = 0;
  quality.electrodes.forEach((electrode, index) => {
    const row = view.rows[index];
    row.fill.style.width = `${100 * electrode.level / strongest}%`;
    row.row.title = `${electrode.level.toPrecision(3)} ${electrode.unit} beside the mean`;
    const findings = electrode.findings.map((name) => sentences[name]).join(", ");
    if (findings) bad += 1;
    row.finding.className = findings ? "finding" : "fine";
    write(row.finding, findings || "good");
  });
  const turn = lastTurn(state);
  const remarks = [
    bad ? `${bad} of ${quality.electrodes.length} electrodes need a look` : "all electrodes are good",
    ...(quality.held ? ["the device repeats samples"] : []),
    ...(turn ? [`the band looks turned by ${turn} electrodes`] : []),
  ];
  write(view.summary, remarks.join("; "));
}

/** By how many electrodes the band looks turned, as the last adaptation saw it; 0 for not at all. */
export function lastTurn(state) {
  return state.adaptation.steps.at(-1)?.turn ?? 0;
}
