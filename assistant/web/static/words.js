// Sentences the page shows by itself; they come with the page and stand in data/wordings/web.yml.
const words = JSON.parse(document.querySelector("meta[name=words]").content);

/** The sentence of a key ("status.denied"), its places filled. */
export function w(key, values = {}) {
  const text = key.split(".").reduce((node, step) => node?.[step], words) ?? key;
  return String(text).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
