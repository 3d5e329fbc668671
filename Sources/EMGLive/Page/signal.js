// The newest seconds of every channel: a column from the least to the greatest value of each interval.
//
// What was drawn is moved to the left, and only columns that are new are drawn: a browser without a
// graphics processor, too, shows thirty frames a second.
const SECONDS = 8;
/** How often the scale is looked at anew, in columns. */
const MEASURE_EVERY = 60;

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
  /** How many intervals have come, and how many columns of them were drawn. */
  #count = 0;
  #drawn = 0;
  #layout = "";
  #span = 0;
  #centers = [];
  #measured = -Infinity;

  constructor(canvas, scale) {
    this.#canvas = canvas;
    this.#scale = scale;
  }

  /** Takes the bytes of `GET /api/signal`. */
  take(bytes) {
    if (bytes.byteLength < 16) return;
    const [first, count, channels, binSamples] = new Uint32Array(bytes, 0, 4);
    const values = new Float32Array(bytes, 16);
    if (first !== this.next) {
      this.#bins = [];
      this.#count = 0;
      this.#layout = "";
    }
    this.#binSamples = binSamples;
    for (let bin = 0; bin < count; bin += 1) {
      this.#bins.push(values.subarray(bin * channels * 2, (bin + 1) * channels * 2));
    }
    this.next = first + count;
    this.#count += count;
    const most = Math.ceil(SECONDS * (this.rate ?? 1000) / binSamples);
    if (this.#bins.length > most) this.#bins.splice(0, this.#bins.length - most);
  }

  draw() {
    const canvas = this.#canvas;
    const ratio = window.devicePixelRatio || 1;
    const width = Math.round(canvas.clientWidth * ratio);
    const height = Math.round(canvas.clientHeight * ratio);
    if (!this.channels.length || !this.#bins.length || !this.rate || !width) return;
    const plot = this.#plot(width, height, ratio);
    const columns = Math.floor(this.#count / plot.bins);
    if (columns - this.#measured >= MEASURE_EVERY || columns < this.#measured) this.#measure(columns);
    const layout = JSON.stringify([width, height, plot.ink, this.channels, this.#span, this.#centers]);
    const context = canvas.getContext("2d");
    if (layout === this.#layout) {
      this.#move(context, plot, columns);
    } else {
      this.#layout = layout;
      this.#drawAll(context, plot, columns);
    }
    this.#drawn = columns;
    this.frames += 1;
    canvas.dataset.frames = String(this.frames);
  }

  /** Where what is drawn: a column is some pixels wide, or holds some intervals. */
  #plot(width, height, ratio) {
    const style = getComputedStyle(this.#canvas);
    const color = (name) => style.getPropertyValue(name);
    const left = Math.round(78 * ratio);
    const most = SECONDS * this.rate / this.#binSamples;
    const bins = Math.max(1, Math.round(most / (width - left)));
    return {
      width, height, ratio, left, bins, step: Math.max(1, Math.round((width - left) * bins / most)),
      row: height / this.channels.length, ink: color("--trace"), muted: color("--muted"), line: color("--line"),
    };
  }

  #drawAll(context, plot, columns) {
    const { width, height, ratio, left, row, muted } = plot;
    Object.assign(this.#canvas, { width, height });
    context.font = `${12 * ratio}px system-ui, "DejaVu Sans", sans-serif`;
    context.textBaseline = "middle";
    context.fillStyle = muted;
    this.channels.forEach((name, channel) => {
      context.fillText(name, 2 * ratio, row * (channel + 0.5), left - 8 * ratio);
    });
    this.#drawLines(context, plot, left);
    const shown = Math.min(columns, Math.floor((width - left) / plot.step));
    this.#drawColumns(context, plot, columns - shown, columns, columns);
    this.#scale.textContent = `${SECONDS} s; a row is ${brief(this.#span)} ${this.unit}`;
  }

  #move(context, plot, columns) {
    const shift = (columns - this.#drawn) * plot.step;
    const { width, height, left } = plot;
    if (shift <= 0) return;
    if (shift >= width - left) return this.#drawAll(context, plot, columns);
    context.globalCompositeOperation = "copy";
    context.save();
    context.beginPath();
    context.rect(left, 0, width - left, height);
    context.clip();
    context.drawImage(this.#canvas, -shift, 0);
    context.restore();
    context.globalCompositeOperation = "source-over";
    context.clearRect(width - shift, 0, shift, height);
    this.#drawLines(context, plot, width - shift);
    this.#drawColumns(context, plot, this.#drawn, columns, columns);
  }

  #drawLines(context, plot, from) {
    context.fillStyle = plot.line;
    for (let channel = 0; channel < this.channels.length; channel += 1) {
      context.fillRect(from, Math.round(plot.row * (channel + 0.5)), plot.width - from, 1);
    }
  }

  #drawColumns(context, plot, first, end, columns) {
    const factor = plot.row * 0.86 / this.#span;
    const offset = this.#count - this.#bins.length;
    context.fillStyle = plot.ink;
    for (let column = first; column < end; column += 1) {
      const left = plot.width - (columns - column) * plot.step;
      const bins = this.#bins.slice(Math.max(0, column * plot.bins - offset), (column + 1) * plot.bins - offset);
      for (let channel = 0; channel < this.channels.length; channel += 1) {
        const [low, high] = extremes(bins, channel);
        if (low > high) continue;
        const middle = plot.row * (channel + 0.5);
        const top = middle - (high - this.#centers[channel]) * factor;
        context.fillRect(left, top, plot.step, Math.max(plot.ratio, (high - low) * factor));
      }
    }
  }

  // All channels have one scale, as an electrode that is weaker than the others must look so. It has
  // steps, and centers move by parts of a row only: rows do not breathe with every movement.
  #measure(columns) {
    this.#measured = columns;
    const ranges = this.channels.map((_, channel) => {
      const [low, high] = extremes(this.#bins, channel);
      return low > high ? [0, 0] : [low, high];
    });
    const widest = Math.max(...ranges.map(([low, high]) => high - low));
    const power = 10 ** Math.floor(Math.log10(widest || 1));
    this.#span = widest > 0 ? [1, 2, 5, 10].map((factor) => factor * power).find((value) => value >= widest) ?? widest : 1;
    const part = this.#span / 10;
    this.#centers = ranges.map(([low, high]) => Math.round((low + high) / 2 / part) * part);
  }
}

/** The least and the greatest value of a channel; the least above the greatest when there is none. */
function extremes(bins, channel) {
  let low = Infinity;
  let high = -Infinity;
  for (const bin of bins) {
    if (bin[2 * channel] < low) low = bin[2 * channel];
    if (bin[2 * channel + 1] > high) high = bin[2 * channel + 1];
  }
  return [low, high];
}

function brief(value) {
  return value >= 100 || value === 0 ? value.toFixed(0) : Number(value.toPrecision(2)).toString();
}
