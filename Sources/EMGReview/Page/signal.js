// Pictures of a signal, fetched a little wider than what is shown and kept for a while.

import { picture } from "./api.js";

export class Signal {
  overview = null;
  #pictures = [];
  #wanted = null;
  #loading = false;
  #stopped = false;

  // changed: called when there is something new to draw.
  constructor(id, kind, samples, changed) {
    Object.assign(this, { id, kind, samples, changed, fault: null });
  }

  stop() { this.#stopped = true; }

  // The best picture of a segment so far; asks for a better one when there should be one.
  picture(start, end, columns) {
    const span = (end - start) / columns;
    const covers = (p) => p.start <= Math.max(0, start) + 1e-9 && p.start + p.span * p.columns >= Math.min(this.samples, end) - 1e-9;
    const good = this.#pictures.filter((p) => covers(p) && (p.span <= span * 1.01 || p.span <= 1));
    const best = good.sort((a, b) => b.span - a.span)[0];
    if (!best || best.completeness < 1) this.#want(start, end, columns);
    return best ?? this.#pictures.filter(covers).sort((a, b) => a.span - b.span)[0] ?? this.overview;
  }

  #want(start, end, columns) {
    const margin = (end - start) / 2;
    const from = Math.max(0, Math.floor(start - margin));
    const to = Math.min(this.samples, Math.ceil(end + margin));
    const count = Math.min(8192, Math.max(1, Math.ceil(columns * (to - from) / (end - start))));
    this.#wanted = { start: from, end: to, columns: count };
    this.#load();
  }

  async #load() {
    if (this.#loading) return;
    this.#loading = true;
    while (this.#wanted && !this.#stopped) {
      const wanted = this.#wanted;
      this.#wanted = null;
      try {
        const fresh = await picture({ id: this.id, kind: this.kind, ...wanted });
        this.fault = null;
        if (!this.overview || (wanted.start === 0 && wanted.end === this.samples)) this.overview = fresh;
        this.#pictures = [fresh, ...this.#pictures.filter((p) => p.completeness === 1)].slice(0, 6);
        if (fresh.completeness < 1) {
          // What is left out of the picture is being read: look again soon.
          setTimeout(() => { if (!this.#stopped) this.changed(); }, 150);
        }
      } catch (error) {
        this.fault = error.message || "the signal cannot be read";
        this.#wanted = null;
      }
      if (!this.#stopped) this.changed();
    }
    this.#loading = false;
  }
}

// For each channel the middle and half the height that hold nearly all of it.
export function extents(picture) {
  const result = [];
  for (let channel = 0; channel < picture.channels; channel += 1) {
    const width = picture.isExtremes ? 2 : 1;
    const values = picture.values.subarray(channel * picture.columns * width, (channel + 1) * picture.columns * width);
    const sorted = Array.from(values).filter(Number.isFinite).sort((a, b) => a - b);
    if (!sorted.length) {
      result.push({ middle: 0, half: 1 });
      continue;
    }
    // One artifact must not flatten everything else.
    const low = sorted[Math.floor(sorted.length * 0.002)];
    const high = sorted[Math.ceil(sorted.length * 0.998) - 1];
    const half = (high - low) / 2;
    result.push({ middle: (high + low) / 2, half: half > 0 ? half : Math.abs(high) || 1 });
  }
  return result;
}
