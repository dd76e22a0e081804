// The microphone: asks for it, hands out 16 kHz chunks, lets it go when it has not been used for a while.
import { w } from "./words.js";

const RATE = 16000;
const KEEP_MS = 20000; // asking for the device again at every press would swallow the first word

export class Microphone {
  #stream = null;
  #context = null;
  #node = null;
  #source = null;
  #idle = 0;

  /** Begins to listen; `onchunk(buffer)` gets each 0.1 s. Throws an Error with the sentence to show. */
  async start(onchunk) {
    if (!window.isSecureContext || !navigator.mediaDevices?.getUserMedia) {
      throw new Error(w(window.isSecureContext ? "microphone_old" : "microphone_insecure"));
    }
    if (!window.AudioWorkletNode) throw new Error(w("microphone_old"));
    clearTimeout(this.#idle);
    await this.#open();
    this.#node = new AudioWorkletNode(this.#context, "capture", { numberOfOutputs: 0 });
    this.#node.port.onmessage = ({ data }) => data !== "end" && onchunk(data);
    this.#source.connect(this.#node);
  }

  /** Stops listening; resolves when the last chunk has been handed out. */
  async stop() {
    const node = this.#node;
    this.#node = null;
    if (!node) return;
    const take = node.port.onmessage;
    await new Promise((done) => {
      const late = setTimeout(done, 500);
      node.port.onmessage = (event) => {
        if (event.data !== "end") return take(event);
        clearTimeout(late);
        done();
      };
      node.port.postMessage("flush");
    });
    this.#source.disconnect(node);
    this.#idle = setTimeout(() => this.#node || this.release(), KEEP_MS);
  }

  /** Gives the device back to the system. */
  release() {
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#context?.close();
    this.#stream = this.#context = this.#source = null;
  }

  async #open() {
    if (this.#stream?.active && this.#context) {
      await this.#context.resume();
      return;
    }
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      });
    } catch (error) {
      throw new Error(w(error.name === "NotAllowedError" || error.name === "SecurityError" ? "microphone_refused" : "microphone_missing"));
    }
    this.#context = new AudioContext({ sampleRate: RATE });
    try {
      this.#source = this.#context.createMediaStreamSource(this.#stream);
    } catch {
      // Some browsers do not join a stream and a context of different rates; the worklet resamples then.
      await this.#context.close();
      this.#context = new AudioContext();
      this.#source = this.#context.createMediaStreamSource(this.#stream);
    }
    await this.#context.audioWorklet.addModule(new URL("./capture-worklet.js", import.meta.url));
    await this.#context.resume();
  }
}
