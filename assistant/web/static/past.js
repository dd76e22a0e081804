// The column of one's own conversations with its search; not shown on a phone.
import { get } from "./api.js";
import { el } from "./dom.js";

const wide = matchMedia("(min-width: 900px)");
const clock = new Intl.DateTimeFormat("vi-VN", {
  timeZone: "Asia/Ho_Chi_Minh", day: "2-digit", month: "2-digit", hour: "2-digit", minute: "2-digit",
});

/** A moment in the province's time: "09:05 21/11". */
function moment(text) {
  const part = Object.fromEntries(clock.formatToParts(new Date(text)).map(({ type, value }) => [type, value]));
  return `${part.hour}:${part.minute} ${part.day}/${part.month}`;
}

export class Past {
  #list = document.getElementById("conversations");
  #field = document.getElementById("search");
  #current = null;
  #timer = 0;

  /** open(id) is called when a conversation is chosen. */
  constructor(open) {
    this.open = open;
    this.#field.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.refresh(), 250);
    });
    document.getElementById("find").addEventListener("submit", (event) => {
      event.preventDefault();
      this.refresh();
    });
    wide.addEventListener("change", () => this.refresh());
    this.refresh();
  }

  mark(id) {
    this.#current = id;
    for (const link of this.#list.querySelectorAll("a")) {
      if (link.dataset.id === id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  async refresh() {
    if (!wide.matches) return;
    const search = this.#field.value.trim();
    const rows = await get(`/api/conversations?q=${encodeURIComponent(search)}`).catch(() => null);
    if (!rows || search !== this.#field.value.trim()) return;
    const empty = search ? this.#list.dataset.nothing : this.#list.dataset.empty;
    this.#list.replaceChildren(...(rows.length ? rows.map((row) => this.#row(row)) : [el("li", { class: "small" }, empty)]));
    this.mark(this.#current);
  }

  #row(row) {
    const choose = (event) => {
      event.preventDefault();
      this.open(row.id);
    };
    const time = el("time", { datetime: row.last_at }, moment(row.last_at));
    return el("li", {}, el("a", { href: `/?c=${row.id}`, "data-id": row.id, onclick: choose }, el("span", {}, row.title), time));
  }
}
