// Microphone sound to 16 kHz mono signed 16 bit, in chunks of 0.1 s. Runs in the audio thread.

const TARGET = 16000;
const CHUNK = TARGET / 10;
const REACH = 8; // zero crossings of the low-pass on each side

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.step = sampleRate / TARGET; // input samples per output sample
    this.reach = Math.ceil(REACH * Math.max(1, this.step));
    this.input = new Float32Array(0);
    this.at = this.reach; // position of the next output sample in `input`
    this.input = new Float32Array(this.reach);
    this.chunk = new Int16Array(CHUNK);
    this.filled = 0;
    this.open = true;
    this.port.onmessage = ({ data }) => {
      if (data === "flush") this.flush();
    };
  }

  process([channels]) {
    if (!this.open) return false;
    if (channels && channels.length) this.take(mono(channels));
    return true;
  }

  take(samples) {
    if (this.step === 1) {
      for (const sample of samples) this.put(sample);
      return;
    }
    const joined = new Float32Array(this.input.length + samples.length);
    joined.set(this.input);
    joined.set(samples, this.input.length);
    while (this.at + this.reach < joined.length) {
      this.put(this.filtered(joined, this.at));
      this.at += this.step;
    }
    const used = Math.max(0, Math.floor(this.at) - this.reach);
    this.input = joined.slice(used);
    this.at -= used;
  }

  /** Windowed sinc around `position`: interpolates and keeps what lies above half the target rate out. */
  filtered(samples, position) {
    const cut = 1 / Math.max(1, this.step);
    let sum = 0;
    let weight = 0;
    for (let k = Math.ceil(position - this.reach); k <= position + this.reach; k += 1) {
      const x = (k - position) * cut;
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
      const factor = sinc * (0.5 + 0.5 * Math.cos((Math.PI * (k - position)) / (this.reach + 1)));
      sum += samples[k] * factor;
      weight += factor;
    }
    return sum / weight;
  }

  put(sample) {
    const limited = Math.max(-1, Math.min(1, sample));
    this.chunk[this.filled] = Math.round(limited * 32767);
    this.filled += 1;
    if (this.filled === CHUNK) this.send();
  }

  send() {
    const full = this.chunk.slice(0, this.filled);
    this.filled = 0;
    this.port.postMessage(full.buffer, [full.buffer]);
  }

  flush() {
    if (this.filled) this.send();
    this.open = false;
    this.port.postMessage("end");
  }
}

function mono(channels) {
  if (channels.length === 1) return channels[0];
  return channels[0].map((_, place) => channels.reduce((sum, channel) => sum + channel[place], 0) / channels.length);
}

registerProcessor("capture", Capture);
