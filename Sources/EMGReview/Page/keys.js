// The keyboard. Nothing here fires while somebody types.

export const keys = [
  ["A", "Approve, and go on"], ["R", "Reject, and go on"], ["F", "Flag, and go on"],
  ["U", "Undo, as often as you like"], ["Shift U", "Redo"],
  ["← →", "Previous, next recording"], ["N", "Note"],
  ["+ −", "Zoom in, out"], ["0", "Show everything"], ["Shift ← →", "Move along the signal"],
  ["↑ ↓", "Larger, smaller amplitude"],
  ["[ ]", "Choose a range; move its start, its end"], [", .", "Choose the previous, next label"],
  ["1 … 9", "Relabel the range"], ["L", "Label the range as another class"],
  ["I", "Import a table of events"], ["O", "Detect onsets"], ["P", "Other names for person, session, recording"],
  ["V", "Report page of the recording"], ["X", "Exclude the range"], ["Esc", "Clear the range, discard a proposal"],
  ["C", "Raw, conditioned"], ["S", "Spectrum"], ["/", "Search"], ["M", "Make collection"], ["T", "Light or dark"], ["?", "This help"],
];

export function listen(actions) {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    const target = event.target;
    const types = target.closest?.("input:not([type=checkbox]), textarea, select");
    if (types) {
      if (event.key === "Escape") target.blur();
      return;
    }
    let name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.shiftKey && (name === "u" || name.startsWith("Arrow"))) name = `Shift ${name}`;
    const digit = /^[1-9]$/.test(name) ? Number(name) : 0;
    const action = digit ? actions.digit : actions[name];
    if (!action) return;
    event.preventDefault();
    action(digit);
  });
}
