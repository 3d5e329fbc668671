// The stacked channels with labels, support and query, and quality problems; panning, zooming,
// choosing ranges and moving the edges of labels.

import { unlabeled } from "./labels.js";
import { extents } from "./signal.js";
import { classColor, color } from "./theme.js";

const gutter = 74;
const bandTop = 4;
const bandHeight = 26;
const axisHeight = 26;
const edgeReach = 6;

export function nice(span, count) {
  const raw = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= raw) ?? 10 * power;
}

export function clock(seconds, step) {
  const digits = Math.max(0, Math.min(6, -Math.floor(Math.log10(step) + 1e-9)));
  if (seconds < 60 && step < 60) return `${seconds.toFixed(digits)} s`;
  const scale = 10 ** digits;
  const whole = Math.round(seconds * scale) / scale;
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = (whole % 60).toFixed(digits).padStart(digits ? digits + 3 : 2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

export function context(canvas, width, height) {
  const ratio = devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.height = `${height}px`;
  }
  const drawing = canvas.getContext("2d");
  drawing.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawing.clearRect(0, 0, width, height);
  return drawing;
}

export class Plot extends EventTarget {
  recording = null;
  view = { start: 0, end: 1 };
  gain = 1;
  mode = "raw";
  split = null;
  showsSplit = true;
  range = null;
  proposal = null;
  #signals = {};
  #extents = null;
  #drag = null;
  #pointers = new Map();
  #frame = 0;

  constructor(canvas, overview) {
    super();
    this.canvas = canvas;
    this.overview = overview;
    new ResizeObserver(() => this.redraw()).observe(canvas.parentElement);
    canvas.addEventListener("pointerdown", (event) => this.#down(event));
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    canvas.addEventListener("pointerup", (event) => this.#up(event));
    canvas.addEventListener("pointercancel", (event) => this.#cancel(event));
    canvas.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    canvas.addEventListener("dblclick", (event) => this.#pickRun(event));
    const jump = (event) => {
      if (event.type === "pointermove" && !event.buttons) return;
      const box = overview.getBoundingClientRect();
      const place = (event.clientX - box.left - gutter) / Math.max(1, box.width - gutter);
      const half = (this.view.end - this.view.start) / 2;
      const center = place * this.recording.samples;
      this.show(center - half, center + half);
    };
    overview.addEventListener("pointerdown", jump);
    overview.addEventListener("pointermove", jump);
  }

  // A new recording, with its signals by kind.
  open(recording, signals) {
    this.recording = recording;
    this.#signals = signals;
    this.#extents = null;
    this.split = null;
    this.range = null;
    this.proposal = null;
    this.view = { start: 0, end: recording.samples };
    this.changed();
  }

  // The same recording after an edit.
  update(recording) {
    this.recording = recording;
    this.redraw();
  }

  redraw() {
    if (!this.#frame) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.draw();
      });
    }
  }

  changed() {
    this.redraw();
    this.dispatchEvent(new Event("view"));
  }

  show(start, end) {
    const total = this.recording.samples;
    const count = Math.min(total, Math.max(Math.min(total, 16), end - start));
    const from = Math.min(Math.max(0, start), total - count);
    this.view = { start: from, end: from + count };
    this.changed();
  }

  zoom(factor, place = 0.5) {
    const { start, end } = this.view;
    const center = start + (end - start) * place;
    this.show(center - (center - start) * factor, center + (end - center) * factor);
  }

  pan(part) {
    const step = (this.view.end - this.view.start) * part;
    this.show(this.view.start + step, this.view.end + step);
  }

  choose(start, end) {
    const total = this.recording.samples;
    const from = Math.round(Math.min(Math.max(0, Math.min(start, end)), total));
    const to = Math.round(Math.min(Math.max(0, Math.max(start, end)), total));
    this.range = to > from ? { start: from, end: to } : null;
    this.redraw();
    this.dispatchEvent(new Event("range"));
  }

  clearRange() {
    this.range = null;
    this.redraw();
    this.dispatchEvent(new Event("range"));
  }

  // MARK: places

  get width() { return this.canvas.getBoundingClientRect().width; }

  get rowHeight() {
    const count = this.recording?.channels.length ?? 1;
    const sides = this.mode === "beside" ? 2 : 1;
    const room = Math.max(320, innerHeight - 400) - bandHeight - axisHeight;
    return Math.min(96, Math.max(30, room / (count * sides))) * sides;
  }

  get rowTop() { return bandTop + bandHeight + 6; }

  get height() { return this.rowTop + this.rowHeight * (this.recording?.channels.length ?? 1) + axisHeight; }

  x(sample) {
    const { start, end } = this.view;
    return gutter + (sample - start) / (end - start) * (this.width - gutter);
  }

  sample(x) {
    const { start, end } = this.view;
    return start + (x - gutter) / Math.max(1, this.width - gutter) * (end - start);
  }

  #edgeAt(x, y) {
    if (!this.recording || y > bandTop + bandHeight + 4) return null;
    const runs = this.recording.runs;
    let best = null;
    for (let index = 1; index < runs.length; index += 1) {
      const distance = Math.abs(this.x(runs[index][0]) - x);
      if (distance <= edgeReach && (!best || distance < best.distance)) best = { index, distance };
    }
    return best && { index: best.index, sample: runs[best.index][0] };
  }

  // MARK: pointers

  #place(event) {
    const box = this.canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  #down(event) {
    if (!this.recording || event.button > 0) return;
    const { x, y } = this.#place(event);
    this.canvas.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, x);
    if (this.#pointers.size === 2) {
      const places = [...this.#pointers.values()];
      this.#drag = { kind: "pinch", distance: Math.abs(places[0] - places[1]), view: { ...this.view } };
      return;
    }
    const edge = this.#edgeAt(x, y);
    if (edge) {
      this.#drag = { kind: "edge", index: edge.index, from: edge.sample, to: edge.sample };
    } else if (event.shiftKey || y <= bandTop + bandHeight) {
      this.#drag = { kind: "choose", from: this.sample(x), moved: false };
    } else {
      this.#drag = { kind: "pan", x, view: { ...this.view } };
    }
    this.#showCursor(x, y, event.shiftKey);
  }

  #move(event) {
    if (!this.recording) return;
    const { x, y } = this.#place(event);
    if (this.#pointers.has(event.pointerId)) this.#pointers.set(event.pointerId, x);
    const drag = this.#drag;
    if (!drag) return this.#showCursor(x, y, event.shiftKey);
    const perPixel = (this.view.end - this.view.start) / Math.max(1, this.width - gutter);
    if (drag.kind === "pan") {
      const shift = (drag.x - x) * perPixel;
      this.show(drag.view.start + shift, drag.view.end + shift);
    } else if (drag.kind === "choose") {
      drag.moved = true;
      this.choose(drag.from, this.sample(x));
    } else if (drag.kind === "edge") {
      const runs = this.recording.runs;
      const low = runs[drag.index - 1][0];
      const high = runs[drag.index][1];
      drag.to = Math.round(Math.min(Math.max(low, this.sample(x)), high));
      this.redraw();
    } else if (drag.kind === "pinch" && this.#pointers.size === 2) {
      const places = [...this.#pointers.values()];
      const factor = drag.distance / Math.max(8, Math.abs(places[0] - places[1]));
      const middle = ((places[0] + places[1]) / 2 - gutter) / Math.max(1, this.width - gutter);
      const count = (drag.view.end - drag.view.start) * factor;
      const center = drag.view.start + (drag.view.end - drag.view.start) * middle;
      this.show(center - count * middle, center + count * (1 - middle));
    }
  }

  #up(event) {
    this.#pointers.delete(event.pointerId);
    const drag = this.#drag;
    this.#drag = null;
    if (drag?.kind === "edge" && drag.to !== drag.from) {
      const runs = this.recording.runs;
      const grows = drag.to > drag.from;
      const label = runs[grows ? drag.index - 1 : drag.index][2];
      const detail = { start: Math.min(drag.from, drag.to), end: Math.max(drag.from, drag.to), label };
      this.dispatchEvent(new CustomEvent("relabel", { detail }));
    } else if (drag?.kind === "choose" && !drag.moved) {
      this.#chooseRun(this.#place(event).x);
    }
    this.redraw();
  }

  #cancel(event) {
    this.#pointers.delete(event.pointerId);
    this.#drag = null;
    this.redraw();
  }

  #chooseRun(x) {
    const sample = this.sample(x);
    const run = this.recording.runs.find(([start, end]) => start <= sample && sample < end);
    if (run) this.choose(run[0], run[1]);
  }

  #pickRun(event) { this.#chooseRun(this.#place(event).x); }

  #wheel(event) {
    if (!this.recording) return;
    const { x } = this.#place(event);
    if (event.ctrlKey || event.metaKey || Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey) {
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) {
        this.zoom(Math.exp(event.deltaY * 0.01), (x - gutter) / Math.max(1, this.width - gutter));
      } else {
        this.pan((event.deltaX || event.deltaY) / this.width);
      }
      return;
    }
    event.preventDefault();
    this.zoom(Math.exp(event.deltaY * 0.0018), Math.min(1, Math.max(0, (x - gutter) / Math.max(1, this.width - gutter))));
  }

  #showCursor(x, y, shift) {
    const list = this.canvas.classList;
    const edge = this.#drag ? this.#drag.kind === "edge" : Boolean(this.#edgeAt(x, y));
    list.toggle("edge", edge);
    list.toggle("choosing", !edge && (this.#drag?.kind === "choose" || shift || y <= bandTop + bandHeight));
    list.toggle("panning", this.#drag?.kind === "pan");
  }

  // MARK: drawing

  draw() {
    const recording = this.recording;
    if (!recording) return;
    const width = this.width;
    const height = this.height;
    const drawing = context(this.canvas, width, height);
    const bottom = height - axisHeight;
    drawing.font = '12px system-ui, "DejaVu Sans", sans-serif';
    drawing.textBaseline = "middle";
    drawing.save();
    drawing.beginPath();
    drawing.rect(gutter, 0, width - gutter, height);
    drawing.clip();
    if (this.split && this.showsSplit) {
      this.#shade(drawing, this.split.support, color("support"), bottom);
      this.#shade(drawing, this.split.query, color("query"), bottom);
    }
    this.#drawGrid(drawing, width, bottom);
    this.#drawTraces(drawing, width);
    this.#drawExcluded(drawing, bottom);
    this.#drawQuality(drawing, bottom);
    this.#drawLabels(drawing, bottom);
    this.#drawProposal(drawing, bottom);
    this.#drawRange(drawing, bottom);
    drawing.restore();
    this.#drawNames(drawing, bottom);
    this.#drawOverview();
  }

  #shade(drawing, ranges, fill, bottom) {
    drawing.fillStyle = fill;
    for (const [start, end] of ranges) {
      if (end < this.view.start || start > this.view.end) continue;
      const left = this.x(start);
      drawing.fillRect(left, this.rowTop - 4, Math.max(1, this.x(end) - left), bottom - this.rowTop + 4);
    }
  }

  #drawGrid(drawing, width, bottom) {
    const rate = this.recording.rate;
    const from = this.view.start / rate;
    const to = this.view.end / rate;
    const step = nice(to - from, (width - gutter) / 96);
    drawing.textAlign = "center";
    drawing.lineWidth = 1;
    for (let index = Math.ceil(from / step); index * step <= to; index += 1) {
      const x = Math.round(this.x(index * step * rate)) + 0.5;
      drawing.strokeStyle = color("line");
      drawing.beginPath();
      drawing.moveTo(x, this.rowTop);
      drawing.lineTo(x, bottom + 4);
      drawing.stroke();
      drawing.fillStyle = color("quiet");
      if (x > gutter + 18 && x < width - 18) drawing.fillText(clock(index * step, step), x, bottom + 15);
    }
  }

  #drawTraces(drawing, width) {
    const columns = Math.max(1, Math.round(width - gutter));
    const kinds = this.mode === "both" || this.mode === "beside" ? ["raw", "conditioned"] : [this.mode];
    const pictures = kinds.map((kind) => this.#signals[kind]?.picture(this.view.start, this.view.end, columns));
    const first = this.#signals[kinds[0]]?.overview ?? pictures[0];
    if (!first) return;
    const stale = !this.#extents || this.#extents.kind !== kinds[0] || this.#extents.completeness < 1;
    if (stale && this.#signals[kinds[0]]?.overview) {
      this.#extents = { kind: kinds[0], completeness: first.completeness, channels: extents(first) };
    }
    const channels = this.#extents?.channels ?? extents(first);
    this.scales = channels;
    pictures.forEach((picture, index) => {
      if (!picture) return;
      const conditioned = kinds[index] === "conditioned";
      drawing.strokeStyle = color(conditioned && kinds.length > 1 ? "trace-2" : "trace");
      drawing.globalAlpha = this.mode === "both" && !conditioned ? 0.4 : 1;
      for (let channel = 0; channel < picture.channels; channel += 1) {
        const silent = this.recording.excluded_channels.includes(this.recording.channels[channel].name);
        drawing.save();
        if (silent) drawing.globalAlpha *= 0.25;
        this.#drawTrace(drawing, picture, channel, channels[channel], kinds.length > 1 ? index : 0);
        drawing.restore();
      }
    });
    drawing.globalAlpha = 1;
  }

  #lane(channel, side) {
    const beside = this.mode === "beside";
    const height = this.rowHeight / (beside ? 2 : 1);
    return { top: this.rowTop + channel * this.rowHeight + (beside ? side * height : 0), height };
  }

  #drawTrace(drawing, picture, channel, extent, side) {
    const lane = this.#lane(channel, side);
    const middle = lane.top + lane.height / 2;
    const scale = lane.height * 0.46 / extent.half * this.gain;
    const top = lane.top + 0.5;
    const bottom = lane.top + lane.height - 0.5;
    const y = (value) => Math.min(bottom, Math.max(top, middle - (value - extent.middle) * scale));
    const { values, columns, span } = picture;
    const first = Math.max(0, Math.floor((this.view.start - picture.start) / span) - 1);
    const last = Math.min(columns, Math.ceil((this.view.end - picture.start) / span) + 1);
    drawing.beginPath();
    drawing.lineWidth = 1;
    if (!picture.isExtremes) {
      const offset = channel * columns;
      let pen = false;
      for (let index = first; index < last; index += 1) {
        const value = values[offset + index];
        if (!Number.isFinite(value)) { pen = false; continue; }
        const x = this.x(picture.start + index);
        if (pen) drawing.lineTo(x, y(value)); else drawing.moveTo(x, y(value));
        pen = true;
      }
      drawing.stroke();
      return;
    }
    const offset = channel * columns * 2;
    let before = null;
    for (let index = first; index < last; index += 1) {
      const low = values[offset + 2 * index];
      const high = values[offset + 2 * index + 1];
      if (low !== low) { before = null; continue; }
      const x = this.x(picture.start + (index + 0.5) * span);
      let bottomY = y(low);
      let topY = y(high);
      // Columns join, so that a slow signal is a line and not a row of points.
      if (before) {
        bottomY = Math.max(bottomY, before.top);
        topY = Math.min(topY, before.bottom);
      }
      if (bottomY - topY < 1) { topY -= 0.5; bottomY += 0.5; }
      drawing.moveTo(x, topY);
      drawing.lineTo(x, bottomY);
      before = { top: y(high), bottom: y(low) };
    }
    drawing.stroke();
  }

  #drawExcluded(drawing, bottom) {
    for (const [start, end] of this.recording.excluded) {
      if (end < this.view.start || start > this.view.end) continue;
      this.#hatch(drawing, Math.max(gutter, this.x(start)), Math.min(this.width, this.x(end)), this.rowTop - 4, bottom);
    }
  }

  #hatch(drawing, left, right, top, bottom) {
    drawing.save();
    drawing.beginPath();
    drawing.rect(left, top, Math.max(2, right - left), bottom - top);
    drawing.clip();
    drawing.fillStyle = color("ground");
    drawing.globalAlpha = 0.65;
    drawing.fillRect(left, top, Math.max(2, right - left), bottom - top);
    drawing.globalAlpha = 1;
    drawing.strokeStyle = color("hatch");
    drawing.beginPath();
    for (let x = left - (bottom - top); x < right; x += 9) {
      drawing.moveTo(x, bottom);
      drawing.lineTo(x + bottom - top, top);
    }
    drawing.stroke();
    drawing.restore();
  }

  #drawQuality(drawing, bottom) {
    drawing.fillStyle = color("warn");
    drawing.globalAlpha = 0.6;
    for (const interval of this.recording.quality) {
      if (interval.end < this.view.start || interval.start > this.view.end) continue;
      const left = Math.max(gutter, this.x(interval.start));
      const right = Math.min(this.width, this.x(interval.end));
      if (interval.channel === null) {
        drawing.fillRect(left, bottom - 3, Math.max(2, right - left), 3);
      } else {
        const top = this.rowTop + (interval.channel + 1) * this.rowHeight - 3;
        drawing.fillRect(left, top, Math.max(2, right - left), 2);
      }
    }
    drawing.globalAlpha = 1;
  }

  get #runs() {
    const drag = this.#drag;
    if (drag?.kind !== "edge") return this.recording.runs;
    return this.recording.runs.map(([start, end, label], index) => [
      index === drag.index ? drag.to : start, index === drag.index - 1 ? drag.to : end, label,
    ]);
  }

  #drawLabels(drawing, bottom) {
    const classes = this.recording.classes;
    if (!classes) {
      drawing.fillStyle = color("sunken");
      drawing.fillRect(gutter, bandTop, this.width - gutter, bandHeight);
      drawing.fillStyle = color("quiet");
      drawing.textAlign = "center";
      drawing.fillText("no labels", (gutter + this.width) / 2, bandTop + bandHeight / 2);
      return;
    }
    drawing.textAlign = "center";
    this.#runs.forEach(([start, end, label], index) => {
      if (end < this.view.start || start > this.view.end) return;
      const left = this.x(start);
      const right = this.x(end);
      const name = classes[label];
      drawing.fillStyle = name === unlabeled ? color("sunken") : classColor(label);
      drawing.fillRect(left, bandTop, Math.max(1, right - left), bandHeight);
      if (index > 0) {
        drawing.fillStyle = color("surface");
        drawing.fillRect(left - 0.75, bandTop, 1.5, bandHeight);
        drawing.fillStyle = this.#drag?.kind === "edge" && this.#drag.index === index ? color("accent") : color("line-strong");
        drawing.fillRect(left - 0.5, bandTop + bandHeight, 1, bottom - bandTop - bandHeight);
      }
      if (name !== unlabeled) this.#drawName(drawing, name, left, right);
    });
    drawing.font = '12px system-ui, "DejaVu Sans", sans-serif';
  }

  // The name of a class over its part of the band, where there is room.
  #drawName(drawing, name, left, right) {
    const shownLeft = Math.max(left, gutter);
    const shownRight = Math.min(right, this.width);
    if (drawing.measureText(name).width + 10 >= shownRight - shownLeft) return;
    drawing.textAlign = "center";
    drawing.fillStyle = "#ffffff";
    drawing.font = '600 12px system-ui, "DejaVu Sans", sans-serif';
    drawing.shadowColor = "#00000099";
    drawing.shadowBlur = 2;
    drawing.fillText(name, (shownLeft + shownRight) / 2, bandTop + bandHeight / 2 + 0.5);
    drawing.shadowBlur = 0;
  }

  // Labels that are not accepted yet: the band shows them in place of those that there are, each with
  // a frame over the signal.
  #drawProposal(drawing, bottom) {
    if (!this.proposal) return;
    const classes = [...(this.recording.classes ?? [])];
    for (const { start, end, class: name } of this.proposal.intervals) {
      if (!classes.includes(name)) classes.push(name);
      if (end < this.view.start || start > this.view.end) continue;
      const left = this.x(start);
      const width = Math.max(1, this.x(end) - left);
      const isGround = start === 0 && end === this.recording.samples;
      drawing.fillStyle = name === unlabeled ? color("sunken") : classColor(classes.indexOf(name));
      drawing.fillRect(left, bandTop, width, bandHeight);
      if (isGround) continue;
      drawing.globalAlpha = 0.13;
      drawing.fillRect(left, bandTop + bandHeight, width, bottom - bandTop - bandHeight);
      drawing.globalAlpha = 1;
      drawing.strokeStyle = color("accent");
      drawing.setLineDash([5, 3]);
      drawing.strokeRect(left + 0.5, bandTop + 0.5, width - 1, bottom - bandTop - 1);
      drawing.setLineDash([]);
      this.#drawName(drawing, name, left, left + width);
    }
    for (const [start, end] of this.proposal.excluded) {
      this.#hatch(drawing, Math.max(gutter, this.x(start)), Math.min(this.width, this.x(end)), this.rowTop - 4, bottom);
    }
    drawing.font = '12px system-ui, "DejaVu Sans", sans-serif';
  }

  #drawRange(drawing, bottom) {
    if (!this.range) return;
    const left = this.x(this.range.start);
    const right = this.x(this.range.end);
    drawing.fillStyle = color("accent");
    drawing.globalAlpha = 0.16;
    drawing.fillRect(left, bandTop, Math.max(1, right - left), bottom - bandTop);
    drawing.globalAlpha = 1;
    drawing.fillRect(left - 1, bandTop, 2, bottom - bandTop);
    drawing.fillRect(right - 1, bandTop, 2, bottom - bandTop);
  }

  #drawNames(drawing, bottom) {
    drawing.textAlign = "right";
    this.recording.channels.forEach((channel, index) => {
      const lane = { top: this.rowTop + index * this.rowHeight, height: this.rowHeight };
      const silent = this.recording.excluded_channels.includes(channel.name);
      drawing.fillStyle = silent ? color("quiet") : color("ink");
      drawing.font = '600 12px system-ui, "DejaVu Sans", sans-serif';
      const middle = lane.top + lane.height / 2;
      const extent = this.scales?.[index];
      const roomy = lane.height >= 34 && extent;
      const name = channel.name.length > 9 ? `${channel.name.slice(0, 8)}…` : channel.name;
      drawing.fillText(name, gutter - 10, middle - (roomy ? 7 : 0));
      if (silent) {
        const half = drawing.measureText(name).width;
        drawing.fillRect(gutter - 10 - half, middle - (roomy ? 7 : 0), half, 1);
      }
      if (roomy) {
        drawing.font = '11px system-ui, "DejaVu Sans", sans-serif';
        drawing.fillStyle = color("quiet");
        const amplitude = Number((extent.half / this.gain).toPrecision(2));
        drawing.fillText(`±${amplitude} ${channel.unit}`, gutter - 10, middle + 8);
      }
      drawing.fillStyle = color("line");
      if (index > 0) drawing.fillRect(0, Math.round(lane.top), this.width, 1);
    });
    drawing.font = '12px system-ui, "DejaVu Sans", sans-serif';
    drawing.fillStyle = color("quiet");
    drawing.fillText("label", gutter - 10, bandTop + bandHeight / 2);
    drawing.fillText("time", gutter - 10, bottom + 15);
  }

  #drawOverview() {
    const width = this.width;
    const height = 30;
    this.overview.style.width = `${width}px`;
    const drawing = context(this.overview, width, height);
    const total = this.recording.samples;
    const x = (sample) => gutter + sample / total * (width - gutter);
    drawing.fillStyle = color("sunken");
    drawing.fillRect(gutter, 6, width - gutter, 18);
    drawing.globalAlpha = 0.75;
    for (const [start, end, label] of this.recording.classes ? this.recording.runs : []) {
      if (this.recording.classes[label] === unlabeled) continue;
      drawing.fillStyle = classColor(label);
      drawing.fillRect(x(start), 6, Math.max(0.5, x(end) - x(start)), 18);
    }
    drawing.globalAlpha = 1;
    for (const [start, end] of this.recording.excluded) this.#hatch(drawing, x(start), x(end), 6, 24);
    drawing.strokeStyle = color("ink");
    drawing.lineWidth = 2;
    const left = x(this.view.start);
    drawing.strokeRect(left + 1, 3, Math.max(4, x(this.view.end) - left - 2), 24);
    drawing.fillStyle = color("quiet");
    drawing.font = '12px system-ui, "DejaVu Sans", sans-serif';
    drawing.textBaseline = "middle";
    drawing.textAlign = "right";
    drawing.fillText("all", gutter - 10, 15);
  }
}
