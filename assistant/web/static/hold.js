// A button that is held: with a finger, a mouse, the space bar or Enter. A screen reader's "press" switches it on and off.

/** handlers: { begin(), end(), cancel() } */
export function holdable(button, handlers) {
  let held = null; // "pointer", "key" or "switch"
  let handledAt = -Infinity;

  const begin = (by) => {
    if (held) return;
    held = by;
    button.setAttribute("aria-pressed", "true");
    handlers.begin();
  };
  const end = (by, finish = handlers.end) => {
    if (held !== by) return;
    held = null;
    handledAt = performance.now();
    button.setAttribute("aria-pressed", "false");
    finish();
  };

  button.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    button.focus({ preventScroll: true });
    button.setPointerCapture(event.pointerId);
    if (held === "switch") end("switch");
    else begin("pointer");
  });
  button.addEventListener("pointerup", () => end("pointer"));
  button.addEventListener("pointercancel", () => end("pointer", handlers.cancel));
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  button.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && held) return end(held, handlers.cancel);
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    if (!event.repeat) begin("key");
  });
  button.addEventListener("keyup", (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    end("key");
  });
  button.addEventListener("click", (event) => {
    // Only assistive technology clicks without holding; a mouse's click comes right behind its pointerup.
    if (event.detail !== 0 || performance.now() - handledAt < 400) return;
    if (held === "switch") end("switch");
    else begin("switch");
  });
  button.addEventListener("blur", () => held && end(held, handlers.cancel));
  addEventListener("visibilitychange", () => document.hidden && held && end(held, handlers.cancel));
  return { release: () => held && end(held, () => {}) };
}
