// Speaks answers: sentences from the server one behind the other, or the device's own Vietnamese voice.

export class Player {
  #context = null;
  #playing = new Set();
  #free = 0; // when the last queued sentence ends, in the context's seconds
  #order = Promise.resolve();
  #round = 0;

  /** onchange(speaking) is told when it begins and when it falls silent. */
  constructor(onchange) {
    this.onchange = onchange;
    this.own = false;
  }

  /** To be called from a tap or key, which browsers ask for before a page may make sounds. */
  wake() {
    this.#context ??= new AudioContext();
    return this.#context.resume();
  }

  /** Queues one WAV behind those that are waiting. */
  add(wav) {
    const round = this.#round;
    this.#order = this.#order.then(() => this.#queue(wav, round)).catch(() => {});
    return this.#order;
  }

  async #queue(wav, round) {
    await this.wake();
    const sound = await this.#context.decodeAudioData(wav);
    if (round !== this.#round) return; // stopped meanwhile
    const source = this.#context.createBufferSource();
    source.buffer = sound;
    source.connect(this.#context.destination);
    const start = Math.max(this.#context.currentTime, this.#free);
    source.start(start);
    this.#free = start + sound.duration;
    this.#playing.add(source);
    this.onchange(true);
    source.onended = () => {
      this.#playing.delete(source);
      const page = document.body.dataset;
      page.sentencesPlayed = String(Number(page.sentencesPlayed ?? 0) + 1);
      if (!this.#playing.size) this.onchange(false);
    };
  }

  /** Falls silent and forgets what waits. */
  stop() {
    this.#round += 1;
    this.#free = 0;
    for (const source of this.#playing) source.stop();
    this.#playing.clear();
    window.speechSynthesis?.cancel();
    this.onchange(false);
  }

  /** The device's own voice for Vietnamese, one that sends nothing away; null where there is none. */
  static voice() {
    const voices = window.speechSynthesis?.getVoices() ?? [];
    return voices.find((voice) => voice.lang.replace("_", "-").toLowerCase().startsWith("vi") && voice.localService) ?? null;
  }

  /** Whether answers are spoken by the device. */
  get uses() {
    return this.own && Player.voice() !== null;
  }

  /** Speaks with the device's own voice. */
  say(text) {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = Player.voice();
    utterance.lang = "vi-VN";
    utterance.onstart = () => this.onchange(true);
    utterance.onend = utterance.onerror = () => this.onchange(false);
    window.speechSynthesis.cancel();
    window.speechSynthesis.speak(utterance);
  }
}
