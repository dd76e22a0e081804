// The page for phone and desktop: hold and talk, or type; see and hear the answer.
import { get, post } from "./api.js";
import { card } from "./cards.js";
import { el } from "./dom.js";
import { holdable } from "./hold.js";
import { Line } from "./line.js";
import { Microphone } from "./microphone.js";
import { Past } from "./past.js";
import { Player } from "./player.js";
import { w } from "./words.js";

const find = (id) => document.getElementById(id);
const [stream, scroll, welcome, notice, partial, field, quiet] = ["stream", "scroll", "welcome", "notice", "partial", "question", "quiet"].map(find);
const hint = partial.textContent;
const desk = document.querySelector("main");

let conversation = desk.dataset.conversation || null;
let busy = 0;
let waiting = null; // the bubble of a spoken question that has no answer yet
let expectsSound = false;

const microphone = new Microphone();
const player = new Player((speaking) => {
  quiet.hidden = !speaking;
  if (document.body.dataset.state !== "listening") state(speaking ? "speaking" : "idle");
});
const past = new Past((id) => open(id));

function state(name) {
  document.body.dataset.state = name;
}

/** Shows a sentence above the box; good ones go away by themselves. */
function tell(sentence, kind = "bad") {
  notice.textContent = sentence;
  notice.className = `notice ${kind}`;
  notice.hidden = !sentence;
  clearTimeout(tell.timer);
  if (kind === "good") tell.timer = setTimeout(() => (notice.hidden = true), 6000);
}

const actions = { ask, replay, tell };

function show(answer, { heard = false, thumb = null, spoken = false } = {}) {
  conversation = answer.conversation;
  welcome.hidden = true;
  waiting?.remove();
  waiting = null;
  const node = card(answer, actions, { heard, thumb });
  stream.append(node);
  node.querySelector("img")?.addEventListener("load", () => bring(node));
  bring(node);
  if (spoken) find("announce").textContent = answer.text;
}

/** Scrolls to a turn, its question at the top. */
function bring(node) {
  if (node !== stream.lastElementChild) return;
  const gentle = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  scroll.scrollTo({ top: node.offsetTop - 12, behavior: gentle ? "smooth" : "auto" });
}

function pending(text) {
  welcome.hidden = true;
  waiting?.remove();
  waiting = el(
    "article",
    { class: "turn waiting", "aria-busy": "true" },
    el("div", { class: "bubble" }, el("p", { class: "asked" }, text)),
    el("div", { class: "card" }, el("p", { class: "dots" }, w("thinking"))),
  );
  stream.append(waiting);
  bring(waiting);
}

/** Asks in writing; the text stays in the box where it could not be sent. */
async function ask(text, { corrected = false } = {}) {
  if (busy) return;
  busy += 1;
  player.stop();
  player.wake();
  tell("");
  pending(text);
  state("thinking");
  try {
    const answer = await post("/api/ask", { text, conversation, corrected });
    if (field.value.trim() === text) field.value = "";
    show(answer, { heard: corrected, spoken: true });
    past.refresh();
    if (corrected || find("speak-typed").checked) replay(answer);
  } catch (failure) {
    waiting?.remove();
    waiting = null;
    if (!field.value) field.value = text;
    tell(failure.message);
    welcome.hidden = stream.childElementCount > 0;
  } finally {
    busy -= 1;
    if (document.body.dataset.state === "thinking") state("idle");
  }
}

function replay(answer) {
  player.stop();
  player.wake();
  if (player.uses) player.say(answer.spoken_text);
  else if (line.tell({ type: "say", answer: answer.id })) expectsSound = true;
  else tell(w("lost"));
}

const line = new Line({
  audio: (_, wav) => expectsSound && !player.uses && player.add(wav),
  lost: () => {
    button.release();
    microphone.stop();
    idle();
    if (navigator.onLine === false) tell(w("offline"));
    else if (stream.childElementCount) tell(w("lost"));
  },
  loggedOut: () => tell(w("logged_out")),
  event: (message) => {
    if (message.type === "ready" && notice.textContent === w("lost")) tell("");
    if (message.type === "partial") partial.textContent = message.text;
    if (message.type === "transcript") {
      partial.textContent = hint;
      pending(message.text);
      state("thinking");
    }
    if (message.type === "answer") {
      show(message.answer, { heard: true, spoken: true });
      past.refresh();
      state("idle");
      if (player.uses) player.say(message.answer.spoken_text);
    }
    if (message.type === "error") {
      waiting?.remove();
      waiting = null;
      idle();
      tell(message.message);
    }
  },
});

function idle() {
  partial.textContent = hint;
  if (document.body.dataset.state !== "speaking") state("idle");
}

let listening = null; // resolves when the microphone has begun

const button = holdable(find("hold"), {
  begin: () => {
    player.stop();
    player.wake();
    tell("");
    if (!line.ready) {
      tell(w(navigator.onLine === false ? "offline" : "lost"));
      button.release();
      return;
    }
    state("listening");
    partial.textContent = w("listening");
    expectsSound = true;
    let begun = false;
    listening = microphone.start((chunk) => {
      if (!begun) begun = line.tell({ type: "start", conversation });
      line.sound(chunk);
    });
    listening.then(
      () => true,
      (error) => {
        button.release();
        listening = null;
        idle();
        tell(error.message);
      },
    );
    button.begun = () => begun;
  },
  end: () => finish("stop"),
  cancel: () => finish("cancel"),
});

/** Lets go of the microphone and tells the server what to do with what was said. */
async function finish(wish) {
  const started = listening;
  listening = null;
  if (!started) return idle();
  try {
    await started;
  } catch {
    return; // told already
  }
  await microphone.stop();
  if (!button.begun()) {
    idle();
    tell(w("too_short"));
    return;
  }
  line.tell({ type: wish });
  if (wish === "cancel") idle();
  else {
    partial.textContent = w("hearing");
    state("thinking");
  }
}

find("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (text) ask(text);
});

find("starters")?.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-ask]");
  if (chip) ask(chip.dataset.ask);
});

quiet.addEventListener("click", () => {
  expectsSound = false;
  player.stop();
  line.tell({ type: "cancel" });
});

addEventListener("offline", () => tell(w("offline")));

/** Opens one of one's own conversations. */
async function open(id) {
  try {
    const turns = await get(`/api/conversations/${id}`);
    player.stop();
    stream.replaceChildren();
    turns.forEach(({ answer, heard, thumb }) => show(answer, { heard, thumb }));
    conversation = id;
    history.replaceState(null, "", `/?c=${id}`);
    past.mark(id);
  } catch (failure) {
    tell(failure.message);
    welcome.hidden = false;
  }
}

for (const id of ["own-voice", "speak-typed"]) {
  const box = find(id);
  box.checked = localStorage.getItem(id) === "yes";
  box.addEventListener("change", () => {
    localStorage.setItem(id, box.checked ? "yes" : "no");
    player.own = find("own-voice").checked;
  });
}
player.own = find("own-voice").checked;
const offerOwnVoice = () => (find("own-voice").closest("label").hidden = Player.voice() === null);
offerOwnVoice();
window.speechSynthesis?.addEventListener?.("voiceschanged", offerOwnVoice);

state("idle");
if (conversation) open(conversation);
