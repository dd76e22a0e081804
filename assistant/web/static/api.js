// Calls to the server. Every failure becomes one sentence for the person.
import { w } from "./words.js";

export const csrf = document.querySelector("meta[name=csrf]").content;

/** A failure with the sentence to show; `offline` where the server was not reached. */
export class Failure extends Error {
  constructor(message, { offline = false, status = 0 } = {}) {
    super(message);
    this.offline = offline;
    this.status = status;
  }
}

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...options });
  } catch {
    throw new Failure(w("offline"), { offline: true });
  }
  const content = await response.json().catch(() => ({}));
  if (!response.ok) {
    const sentence = response.status === 401 ? w("logged_out") : content.error || w("failed");
    throw new Failure(sentence, { status: response.status });
  }
  return content;
}

export const get = (path) => call(path, {});

export const post = (path, content) =>
  call(path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-csrf-token": csrf },
    body: JSON.stringify(content),
  });
