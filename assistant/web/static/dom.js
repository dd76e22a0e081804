// Building elements. Everything people or sources wrote becomes a text node, never HTML.

/** An element with attributes, listeners (onclick …) and children (elements or text). */
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** An icon drawn with strokes; decorative, so its button needs a name of its own. */
export function icon(path) {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(space, "path");
  line.setAttribute("d", path);
  picture.append(line);
  return picture;
}

export const ICONS = {
  replay: "M5 9v6h4l5 4V5L9 9H5M17.5 8.5a5 5 0 0 1 0 7",
  copy: "M9 9h10v11H9zM15 9V4H5v11h4",
  file: "M12 4v11M7.5 11l4.5 4.5L16.5 11M5 20h14",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-2.5 4 3.5",
  share: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.3 1.3M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.3-1.3",
  up: "M7 11v9H4v-9zM7 11l4-8c1.7 0 2.5 1 2.5 2.5V9h5.2a1.8 1.8 0 0 1 1.8 2.2l-1.5 7.3a2 2 0 0 1-2 1.5H7",
  down: "M7 13V4H4v9zM7 13l4 8c1.7 0 2.5-1 2.5-2.5V15h5.2a1.8 1.8 0 0 0 1.8-2.2L19 5.5A2 2 0 0 0 17 4H7",
  edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
};
