// The socket of the voice: opens itself again when it is lost, waiting longer each time.

const LOGGED_OUT = 4401;
const LONGEST_WAIT = 20000;

export class Line {
  #socket = null;
  #wait = 500;
  #audio = null;

  /** handlers: { event(message), audio(header, wav), lost(), loggedOut() } */
  constructor(handlers) {
    this.handlers = handlers;
    this.#open();
    addEventListener("online", () => this.#socket || this.#open());
  }

  get ready() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Sends an event; false where the line is down. */
  tell(event) {
    if (!this.ready) return false;
    this.#socket.send(JSON.stringify(event));
    return true;
  }

  /** Sends sound. */
  sound(buffer) {
    if (this.ready) this.#socket.send(buffer);
  }

  #open() {
    const url = new URL("/api/voice", location.href);
    url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => this.#take(data);
    socket.onclose = ({ code }) => {
      this.#socket = null;
      if (code === LOGGED_OUT) {
        this.handlers.loggedOut();
        return;
      }
      this.handlers.lost();
      setTimeout(() => this.#socket || this.#open(), this.#wait);
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
    };
    this.#socket = socket;
  }

  #take(data) {
    if (typeof data !== "string") {
      if (this.#audio) this.handlers.audio(this.#audio, data);
      this.#audio = null;
      return;
    }
    const message = JSON.parse(data);
    if (message.type === "audio") this.#audio = message;
    else if (message.type === "ready") {
      this.#wait = 500;
      this.handlers.event(message);
    } else this.handlers.event(message);
  }
}
