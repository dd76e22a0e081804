// The form for question templates: slots as buttons, checks while writing, the state of training.
import { get, post } from "./api.js";
import { el } from "./dom.js";

const find = (id) => document.getElementById(id);
const templates = find("templates");
const fields = [find("intent"), templates, find("examples")];
let timer = 0;
let round = 0;

document.querySelector(".slots").addEventListener("click", (event) => {
  const chip = event.target.closest("[data-slot]");
  if (!chip) return;
  templates.setRangeText(chip.dataset.slot, templates.selectionStart, templates.selectionEnd, "end");
  templates.focus();
  later();
});

function later() {
  clearTimeout(timer);
  timer = setTimeout(check, 400);
}

async function check() {
  const mine = (round += 1);
  const [intent, lines, examples] = fields.map((field) => field.value);
  if (!lines.trim() && !examples.trim()) return;
  const told = await post("/api/admin/templates/check", { intent, templates: lines, examples }).catch((failure) => [
    { ok: false, text: failure.message },
  ]);
  if (mine === round) find("messages").replaceChildren(...told.map(({ ok, text }) => el("li", { class: ok ? "good" : "bad" }, text)));
}

fields.forEach((field) => field.addEventListener("input", later));

async function watch() {
  const state = find("training");
  const now = await get("/api/admin/training").catch(() => null);
  if (now && now.text !== state.textContent) {
    state.textContent = now.text;
    state.dataset.state = now.state;
  }
  setTimeout(watch, now?.state === "running" ? 2000 : 8000);
}
setTimeout(watch, 1500);
