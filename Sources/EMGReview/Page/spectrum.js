// The power spectrum of each channel, beside its signal.

import { get } from "./api.js";
import { nice } from "./plot.js";
import { context } from "./plot.js";
import { color } from "./theme.js";

export class Spectrum {
  #shown = "";
  #result = null;
  #timer = 0;

  constructor(canvas, plot) {
    this.canvas = canvas;
    this.plot = plot;
    this.isOn = true;
    plot.addEventListener("view", () => this.refresh());
  }

  setOn(on) {
    this.isOn = on;
    this.canvas.hidden = !on;
    this.canvas.style.display = on ? "" : "none";
    this.#shown = "";
    this.refresh();
  }

  // After the view has rested for a moment.
  refresh() {
    clearTimeout(this.#timer);
    if (this.isOn) this.#timer = setTimeout(() => this.#load(), 180);
  }

  async #load() {
    const { recording, view, mode } = this.plot;
    if (!recording) return;
    const parameters = {
      id: recording.id, kind: mode === "raw" ? "raw" : "conditioned",
      start: Math.floor(view.start), end: Math.max(Math.floor(view.start) + 1, Math.ceil(view.end)),
    };
    parameters.end = Math.min(parameters.end, recording.samples);
    const key = JSON.stringify(parameters);
    if (key !== this.#shown) {
      this.#shown = key;
      try {
        const result = await get("/api/spectrum", parameters);
        if (key !== this.#shown) return;
        this.#result = { ...result, recording };
      } catch { this.#result = null; }
    }
    this.draw();
  }

  draw() {
    const plot = this.plot;
    if (!this.isOn || !plot.recording) return;
    const width = this.canvas.getBoundingClientRect().width;
    const count = plot.recording.channels.length;
    const aligned = innerWidth > 860;
    const row = aligned ? plot.rowHeight : 44;
    const top = aligned ? plot.rowTop : 24;
    const height = top + row * count + 26;
    const drawing = context(this.canvas, width, height);
    drawing.font = '12px system-ui, "DejaVu Sans", sans-serif';
    drawing.textBaseline = "middle";
    drawing.fillStyle = color("quiet");
    drawing.textAlign = "left";
    drawing.fillText("Spectrum, 60 dB", aligned ? 2 : 74, 16);
    const result = this.#result;
    if (!result || result.recording.id !== plot.recording.id || !result.density.length) return;
    const left = aligned ? 2 : 74;
    const nyquist = plot.recording.rate / 2;
    const x = (hertz) => left + hertz / nyquist * (width - left - 4);
    const step = nice(nyquist, Math.max(2, (width - left) / 74));
    drawing.textAlign = "center";
    for (let index = 0; index * step <= nyquist; index += 1) {
      const place = Math.round(x(index * step)) + 0.5;
      drawing.fillStyle = color("line");
      drawing.fillRect(place, top, 1, row * count);
      drawing.fillStyle = color("quiet");
      const isLast = (index + 1) * step > nyquist;
      const text = isLast ? `${index * step} Hz` : String(index * step);
      drawing.textAlign = index === 0 ? "left" : isLast ? "right" : "center";
      drawing.fillText(text, isLast ? Math.min(width - 2, place + 14) : place, top + row * count + 13);
    }
    drawing.strokeStyle = color("accent");
    drawing.lineWidth = 1;
    result.density.forEach((density, channel) => {
      const bottom = top + (channel + 1) * row - 2;
      const levels = density.slice(1).map((value) => 10 * Math.log10(Math.max(value, 1e-30)));
      if (!levels.length) return;
      const peak = Math.max(...levels);
      drawing.beginPath();
      levels.forEach((level, index) => {
        const y = bottom - Math.max(0, 1 - (peak - level) / 60) * (row - 8);
        const place = x((index + 1) * result.resolution);
        if (index) drawing.lineTo(place, y); else drawing.moveTo(place, y);
      });
      drawing.stroke();
      if (!aligned) {
        drawing.fillStyle = color("quiet");
        drawing.textAlign = "right";
        drawing.fillText(plot.recording.channels[channel].name.slice(0, 9), 64, bottom - row / 2);
      }
    });
  }
}
