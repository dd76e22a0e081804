// One question with its answer, as a card. What can be done with it is handed in by the page.
import { get, post } from "./api.js";
import { el, icon, ICONS } from "./dom.js";
import { asSaid, cell } from "./format.js";
import { w } from "./words.js";

/**
 * The card of an answer.
 * actions: { ask(text, {corrected}), replay(answer), tell(sentence) }; ask and replay may be missing.
 */
export function card(answer, actions, { heard = false, thumb = null } = {}) {
  const title = `question-${answer.id}`;
  return el(
    "article",
    { class: "turn", "data-answer": answer.id, "data-status": answer.status, "aria-labelledby": title },
    question(answer, title, actions, heard),
    el(
      "div",
      { class: "card" },
      status(answer),
      el("p", { class: "text" }, answer.text),
      bigFigure(answer),
      parts(answer),
      chart(answer),
      table(answer),
      source(answer),
      how(answer),
      suggestions(answer, actions),
      tools(answer, actions, thumb),
    ),
  );
}

/** The bubble with the question; what was heard can be corrected and asked again. */
function question(answer, id, actions, heard) {
  const line = el("h2", { id, class: "asked" }, el("span", { class: "hidden" }, `${heard ? w("heard") : w("asked")}: `), answer.asked);
  const bubble = el("div", { class: "bubble" }, line);
  if (actions.ask) {
    const change = el("button", { type: "button", class: "link", onclick: () => edit(bubble, line, change, answer, actions, heard) }, icon(ICONS.edit), w("edit"));
    bubble.append(change);
  }
  return bubble;
}

function edit(bubble, line, button, answer, actions, heard) {
  const field = el("textarea", { rows: "2", maxlength: "500", "aria-label": w("edit_label") });
  field.value = answer.asked;
  const close = () => {
    form.remove();
    line.hidden = button.hidden = false;
    button.focus();
  };
  const send = () => {
    const text = field.value.trim();
    if (!text) return;
    close();
    actions.ask(text, { corrected: heard });
  };
  const form = el(
    "form",
    { class: "edit", onsubmit: (event) => (event.preventDefault(), send()) },
    field,
    el("div", {}, el("button", { class: "primary" }, w("ask_again")), el("button", { type: "button", class: "quiet", onclick: close }, w("cancel"))),
  );
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "Enter" && !event.shiftKey) (event.preventDefault(), send());
  });
  line.hidden = button.hidden = true;
  bubble.append(form);
  field.focus({ preventScroll: true });
  form.scrollIntoView({ block: "nearest" });
}

function status(answer) {
  if (answer.status === "answered" || answer.status === "small_talk") return null;
  return el("p", { class: "status" }, w(`status.${answer.status}`));
}

/** The one figure that was asked for; what it was held against stands in the sentence. */
function bigFigure(answer) {
  const single = answer.figures.length === 1 || answer.reading?.intent === "value";
  if (!single || answer.status !== "answered") return null;
  const figure = answer.figures.find(({ value }) => asSaid(value, answer.text) !== null);
  if (!figure) return null;
  const shown = asSaid(figure.value, answer.text);
  const notes = [figure.preliminary ? w("preliminary") : null, answer.illustrative ? w("sample") : null].filter(Boolean);
  return el(
    "p",
    { class: "figure", "aria-hidden": "true" },
    el("strong", {}, shown),
    " ",
    el("span", {}, figure.unit),
    notes.length ? el("small", {}, notes.join(", ")) : null,
  );
}

function parts(answer) {
  if (answer.parts.length < 2) return null;
  return el("ul", { class: "parts" }, ...answer.parts.map((part) => el("li", { "data-status": part.status }, part.text)));
}

function chart(answer) {
  if (!answer.chart) return null;
  const path = `/api/answers/${answer.id}/chart.svg`;
  const text = typeof answer.chart.description === "string" ? answer.chart.description : answer.text;
  const picture = el("img", { src: path, alt: w("chart", { text }), loading: "lazy" });
  return el("figure", { class: "chart" }, el("a", { href: path, target: "_blank", rel: "noopener" }, picture));
}

function table(answer) {
  if (!answer.table) return null;
  const { columns, rows, decimals } = answer.table;
  const isNumber = columns.map((_, place) => rows.some((row) => typeof row[place] === "number"));
  const kind = (place) => (isNumber[place] ? "number" : undefined);
  const head = el("tr", {}, ...columns.map((name, place) => el("th", { scope: "col", class: kind(place) }, name)));
  const body = rows.map((row) =>
    el(
      "tr",
      {},
      ...row.map((value, place) =>
        el(place === 0 && !isNumber[0] ? "th" : "td", { class: kind(place), scope: place === 0 && !isNumber[0] ? "row" : undefined }, cell(value, decimals[place])),
      ),
    ),
  );
  return el(
    "div",
    { class: "table", tabindex: "0", role: "region", "aria-label": w("table") },
    el("table", {}, el("thead", {}, head), el("tbody", {}, ...body)),
  );
}

function source(answer) {
  return answer.source ? el("p", { class: "source" }, answer.source) : null;
}

function how(answer) {
  return answer.how_computed ? el("details", { class: "how" }, el("summary", {}, w("how")), el("p", {}, answer.how_computed)) : null;
}

function suggestions(answer, actions) {
  if (!answer.suggestions.length || !actions.ask) return null;
  const label = answer.status === "clarify" ? w("choices") : w("suggestions");
  return el(
    "div",
    { class: "next" },
    el("p", { class: "small" }, label),
    el(
      "ul",
      { class: "chips" },
      ...answer.suggestions.map((one) =>
        el("li", {}, el("button", { type: "button", class: "chip", title: one.text, onclick: () => actions.ask(one.text, {}) }, one.label)),
      ),
    ),
  );
}

function tools(answer, actions, thumb) {
  const path = `/api/answers/${answer.id}`;
  const exportable = answer.table || (answer.figures.length > 0 && answer.status === "answered");
  const left = el("div", { class: "tools" });
  if (actions.replay) left.append(button("replay", () => actions.replay(answer)));
  if (answer.table) left.append(button("copy", () => copyTable(answer.table, actions)));
  if (exportable) {
    left.append(download("csv", `${path}/table.csv`, "file"), download("excel", `${path}/table.xlsx`, "file"));
  }
  if (answer.chart) left.append(download("picture", `${path}/chart.png`, "picture"));
  if (answer.status === "answered") left.append(button("share", () => share(answer, actions)));
  left.append(thumbs(answer, actions, thumb));
  return left;
}

function button(name, onclick) {
  return el("button", { type: "button", class: "tool", onclick }, icon(ICONS[name]), w(name));
}

function download(name, href, picture) {
  return el("a", { class: "tool", href, download: true }, icon(ICONS[picture]), w(name));
}

function thumbs(answer, actions, given) {
  let now = given;
  const rate = async (thumb) => {
    const wanted = now === thumb ? null : thumb;
    try {
      await post(`/api/answers/${answer.id}/feedback`, { thumb: wanted });
    } catch (failure) {
      actions.tell(failure.message);
      return;
    }
    now = wanted;
    show();
    if (wanted) actions.tell(w("rated"), "good");
  };
  const make = (thumb, label) =>
    el("button", { type: "button", class: "tool thumb", "aria-label": label, title: label, onclick: () => rate(thumb) }, icon(ICONS[thumb]));
  const up = make("up", w("good"));
  const down = make("down", w("bad"));
  const show = () => {
    up.setAttribute("aria-pressed", String(now === "up"));
    down.setAttribute("aria-pressed", String(now === "down"));
  };
  show();
  return el("span", { class: "thumbs" }, up, down);
}

/** Copies as tab-separated text and as HTML, so that both a mail and a spreadsheet take it as a table. */
async function copyTable({ columns, rows, decimals }, actions) {
  const lines = [columns, ...rows.map((row) => row.map((value, place) => cell(value, decimals[place])))];
  const plain = lines.map((line) => line.map((text) => String(text).replace(/\s+/g, " ")).join("\t")).join("\n");
  const grid = el("table", {}, ...lines.map((line, number) => el("tr", {}, ...line.map((text) => el(number ? "td" : "th", {}, String(text))))));
  try {
    if (window.ClipboardItem && navigator.clipboard?.write) {
      const item = new ClipboardItem({
        "text/plain": new Blob([plain], { type: "text/plain" }),
        "text/html": new Blob([grid.outerHTML], { type: "text/html" }),
      });
      await navigator.clipboard.write([item]);
    } else {
      await navigator.clipboard.writeText(plain);
    }
    actions.tell(w("copied"), "good");
  } catch {
    actions.tell(w("copy_failed"));
  }
}

async function share(answer, actions) {
  const url = new URL(`/answers/${answer.id}`, location.href).href;
  try {
    await navigator.clipboard.writeText(url);
    actions.tell(w("shared"), "good");
  } catch {
    actions.tell(`${w("copy_failed")} ${url}`);
  }
}

/** Loads one kept answer and its rating. */
export async function kept(id) {
  const [answer, rating] = await Promise.all([get(`/api/answers/${id}`), get(`/api/answers/${id}/feedback`)]);
  return { answer, thumb: rating.thumb };
}
