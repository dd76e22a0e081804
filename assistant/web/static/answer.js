// A shared answer, shown to whoever's own grants cover it.
import { card, kept } from "./cards.js";
import { Player } from "./player.js";

const page = document.querySelector("main");
const notice = document.getElementById("notice");
const player = new Player(() => {});

function tell(sentence, kind = "bad") {
  notice.textContent = sentence;
  notice.className = `notice ${kind}`;
  notice.hidden = !sentence;
}

async function replay(answer) {
  player.stop();
  await player.wake();
  const sound = await fetch(`/api/answers/${answer.id}/speech.wav`);
  if (sound.ok) player.add(await sound.arrayBuffer());
  else tell((await sound.json()).error);
}

try {
  const { answer, thumb } = await kept(page.dataset.answer);
  document.getElementById("stream").append(card(answer, { replay, tell }, { thumb }));
} catch (failure) {
  tell(failure.message);
}
