// Sounds of a session: off until the user turns them on, as browsers want it and as wards are quiet.

const tones = {
  count: { hertz: 440, seconds: 0.09 },
  go: { hertz: 880, seconds: 0.22 },
  done: { hertz: 587, seconds: 0.22 },
  beat: { hertz: 1200, seconds: 0.03 },
};
/** How far ahead beats are handed to the clock of the sound, in seconds. */
const lookahead = 0.35;

export class Cues {
  constructor() {
    this.context = null;
    this.isOn = false;
    this.last = null;
    this.lastBeat = 0;
  }

  /** Turns sounds on or off; called by a gesture of the user. Returns whether they are on. */
  toggle() {
    this.isOn = !this.isOn;
    if (this.isOn) {
      this.context ??= new AudioContext();
      this.context.resume();
      this.sound("go", 0);
    }
    return this.isOn;
  }

  /** Sounds what a prompt asks for: counting down, the beginning and end of a hold, beats. */
  follow(prompt, beatsPerMinute) {
    const last = this.last;
    this.last = prompt;
    if (!this.isOn || !last) return;
    const isNew = last.phase !== prompt.phase || last.step !== prompt.step;
    if (isNew) {
      this.lastBeat = 0;
      if (prompt.phase === "hold") this.sound("go", 0);
      else if (last.phase === "hold" && prompt.phase !== "paused") this.sound("done", 0);
    }
    const isCounted = prompt.phase === "countdown" || prompt.phase === "rest";
    const [before, now] = [last, prompt].map((one) => Math.ceil(one.remaining_s ?? 0));
    if (isCounted && now <= 3 && (isNew || now < before)) this.sound("count", 0);
    if (prompt.phase === "hold" && beatsPerMinute) this.beat(prompt, beatsPerMinute);
  }

  /** Hands the beats of the next moments to the clock of the sound, which is even. */
  beat(prompt, beatsPerMinute) {
    const elapsed = prompt.phase_s - prompt.remaining_s;
    const period = 60 / beatsPerMinute;
    const end = Math.min(elapsed + lookahead, prompt.phase_s);
    // The first beat is the tone of the beginning.
    for (let beat = Math.max(1, this.lastBeat + 1); beat * period < end; beat += 1) {
      const wait = beat * period - elapsed;
      if (wait >= -0.05) this.sound("beat", Math.max(0, wait));
      this.lastBeat = beat;
    }
  }

  sound(name, wait) {
    const { hertz, seconds } = tones[name];
    const start = this.context.currentTime + wait;
    const oscillator = this.context.createOscillator();
    const gain = this.context.createGain();
    oscillator.frequency.value = hertz;
    // No clicks: up and down within some milliseconds.
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(0.25, start + 0.008);
    gain.gain.setTargetAtTime(0, start + seconds * 0.6, seconds * 0.2);
    oscillator.connect(gain).connect(this.context.destination);
    oscillator.start(start);
    oscillator.stop(start + seconds * 2);
  }
}
