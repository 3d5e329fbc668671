// The newest seconds of every channel: a line from the least to the greatest value of each interval.
const SECONDS = 8;

export class SignalView {
  channels = [];
  rate = null;
  unit = "";
  /** The number of the first interval that did not come yet. */
  next = 0;
  /** How many frames were drawn. */
  frames = 0;
  #canvas;
  #scale;
  #bins = [];
  #binSamples = 1;
  #ranges = [];

  constructor(canvas, scale) {
    this.#canvas = canvas;
    this.#scale = scale;
  }

  /** Takes the bytes of `GET /api/signal`. */
  take(bytes) {
    if (bytes.byteLength < 16) return;
    const head = new Uint32Array(bytes, 0, 4);
    const [first, count, channels, binSamples] = head;
    const values = new Float32Array(bytes, 16);
    if (first !== this.next) this.#bins = [];
    this.#binSamples = binSamples;
    for (let bin = 0; bin < count; bin += 1) {
      this.#bins.push(values.subarray(bin * channels * 2, (bin + 1) * channels * 2));
    }
    this.next = first + count;
    const most = Math.ceil(SECONDS * (this.rate ?? 1000) / binSamples);
    if (this.#bins.length > most) this.#bins.splice(0, this.#bins.length - most);
  }

  draw() {
    const canvas = this.#canvas;
    const ratio = window.devicePixelRatio || 1;
    const width = Math.round(canvas.clientWidth * ratio);
    const height = Math.round(canvas.clientHeight * ratio);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    const context = canvas.getContext("2d");
    context.clearRect(0, 0, width, height);
    const count = this.channels.length;
    if (!count || !this.#bins.length || !this.rate) return;
    const style = getComputedStyle(canvas);
    const trace = style.getPropertyValue("--trace");
    const muted = style.getPropertyValue("--muted");
    const line = style.getPropertyValue("--line");
    const label = 78 * ratio;
    const row = height / count;
    const most = SECONDS * this.rate / this.#binSamples;
    const step = (width - label) / most;
    const offset = width - this.#bins.length * step;
    const span = this.#measure(count);
    context.font = `${12 * ratio}px system-ui, "DejaVu Sans", sans-serif`;
    context.textBaseline = "middle";
    for (let channel = 0; channel < count; channel += 1) {
      const middle = row * (channel + 0.5);
      const [low, high] = this.#ranges[channel] ?? [0, 0];
      const center = (low + high) / 2;
      const factor = row * 0.86 / span;
      context.fillStyle = line;
      context.fillRect(label, middle, width - label, 1);
      context.fillStyle = muted;
      context.fillText(this.channels[channel], 2 * ratio, middle, label - 8 * ratio);
      context.fillStyle = trace;
      for (let bin = 0; bin < this.#bins.length; bin += 1) {
        const least = this.#bins[bin][2 * channel];
        const greatest = this.#bins[bin][2 * channel + 1];
        if (Number.isNaN(least)) continue;
        const top = middle - (greatest - center) * factor;
        const bottom = middle - (least - center) * factor;
        context.fillRect(offset + bin * step, top, Math.max(step, ratio), Math.max(ratio, bottom - top));
      }
    }
    this.#scale.textContent = `${SECONDS} s; a row is ${brief(span)} ${this.unit}`;
    this.frames += 1;
    canvas.dataset.frames = String(this.frames);
  }

  // All channels have one scale, as an electrode that is weaker than the others must look so.
  #measure(count) {
    let widest = 0;
    for (let channel = 0; channel < count; channel += 1) {
      let low = Infinity;
      let high = -Infinity;
      for (const bin of this.#bins) {
        if (bin[2 * channel] < low) low = bin[2 * channel];
        if (bin[2 * channel + 1] > high) high = bin[2 * channel + 1];
      }
      if (low > high) low = high = 0;
      this.#ranges[channel] = [low, high];
      widest = Math.max(widest, high - low);
    }
    // Steps of the scale, so that rows do not breathe with every movement.
    if (widest <= 0) return 1;
    const power = 10 ** Math.floor(Math.log10(widest));
    return [1, 2, 5, 10].map((factor) => factor * power).find((value) => value >= widest) ?? widest;
  }
}

function brief(value) {
  return value >= 100 || value === 0 ? value.toFixed(0) : Number(value.toPrecision(2)).toString();
}
