"""``make bench``: one run that prints all times side by side, then memory and disk. It measures; it never fails a build."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import random
import sys
from datetime import datetime
from pathlib import Path

from assistant.access import Account
from assistant.bench import sizes, voice, writing
from assistant.bench.voice import Heard, Saying
from assistant.errors import AssistantError, ConfigurationError
from assistant.evaluation import questions as evaluation_questions
from assistant.evaluation.questions import QuestionSet
from assistant.evaluation.run import ASKERS, accounts, prepare
from assistant.evaluation.sound import pcm16, spoken
from assistant.house import House, build
from assistant.language.spoken import spell
from assistant.settings import ROOT, Settings
from assistant.store import Store
from assistant.types import Status
from assistant.understanding.bank import Bank
from assistant.understanding.training import train

SHARED = ROOT.parent / "shared" / "speech"


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m assistant.bench", description=__doc__)
    parser.add_argument("--data", type=Path, help="data folder (default var/); measured below it, in evaluation/")
    parser.add_argument("--questions", type=Path, nargs="*", help="question files (default tests/questions/*.yml)")
    parser.add_argument("--accounts", type=Path, default=ASKERS, help="YAML of the accounts that ask")
    parser.add_argument("--limit", type=int, help="at most so many written questions, drawn with a fixed seed")
    parser.add_argument("--spoken", type=int, default=20, help="spoken questions per recogniser (default 20)")
    parser.add_argument(
        "--vosk-model", type=Path, default=SHARED / "vosk-model-vi-espeak", help="folder of a Vosk model"
    )
    parser.add_argument("--clips", type=Path, default=SHARED / "human", help="folder of WAV files of people speaking")
    return parser.parse_args()


def main() -> None:
    """Measures everything there is data for."""
    options = arguments()
    settings = Settings()
    if options.data:
        settings = settings.model_copy(update={"data_dir": options.data.resolve()})
    files = options.questions or evaluation_questions.files()
    try:
        sets = _limited(evaluation_questions.load(files), options.limit)
        if not sets:
            raise ConfigurationError("no question files; see tests/questions/")
        train(settings, Bank.load(settings.bank_file))
        measured = prepare(settings, {questions.today for _, questions in sets})
        state = measured.data_dir / f"bench-{os.getpid()}.sqlite"
        try:
            measured = measured.model_copy(update={"database_url": f"sqlite:///{state}"})
            Store(measured.state_url, measured.clock()).close()
            print(_heading(files), flush=True)
            with build(measured) as house:
                _say("starting Rasa")
                if not house.supervisor.wait():
                    raise ConfigurationError(f"Rasa did not start: {house.supervisor.last_error}")
                asyncio.run(_run(house, sets, options))
        finally:
            for left in state.parent.glob(f"{state.name}*"):
                left.unlink()
        names = (".venv", "nlu/.venv", ".uv", "var")
        print(sizes.disk_text({name: ROOT / name for name in names}))
    except AssistantError as error:
        sys.exit(error.detail or error.message)
    print(f"load average at the end: {_load()}")


async def _run(house: House, sets: list[tuple[Path, QuestionSet]], options: argparse.Namespace) -> None:
    from assistant.web.app import create_app  # so that the server's memory is counted too

    create_app(house)
    house.engine.warm_up()
    house.listener.start()
    house.speaker.start()
    people = accounts(options.accounts, house.catalogue)
    written = writing.measure(house, sets, people, _say)
    print(written.text(), flush=True)
    print(voice.speak(house.speaker, written.answers, 100).text(), flush=True)

    leader = people["leader"]
    texts = _askable(sets, options.spoken)
    sayings = [Saying(spoken(spell(text), house.speaker), text) for text in texts]
    clips = [
        Saying(pcm16(file), texts[number % len(texts)])
        for number, file in enumerate(sorted(options.clips.glob("*.wav")))
    ]
    name = house.listener.name
    if clips:
        heard = Heard(
            f"{name}, people",
            f"{len(clips)} clips of people speaking through {name}, then a question of the set in its true words",
        )
        await _heard(house, leader, clips, heard, as_heard=False)
    else:
        print(f"{name}, people: not measured, no clips in {options.clips}\n")
    heard = Heard(
        f"{name}, espeak-ng",
        f"questions in espeak-ng's voice through {name} (which understands people, not this voice), then asked in their "
        "true words",
    )
    await _heard(house, leader, sayings, heard, as_heard=False)
    print(sizes.memory_text(sizes.family()), flush=True)
    if options.vosk_model.is_dir():
        heard = Heard("Vosk", "questions in espeak-ng's voice through Vosk, asked as they were heard")
        await _vosk(house, leader, sayings, heard, options.vosk_model)
    else:
        print(f"Vosk: not measured, no model in {options.vosk_model}\n")


async def _heard(house: House, account: Account, sayings: list[Saying], heard: Heard, *, as_heard: bool) -> None:
    _say(f"{len(sayings)} utterances at the pace of speech: {heard.name}")
    print((await voice.listen(house, house.listener, account, sayings, heard, as_heard=as_heard)).text(), flush=True)


async def _vosk(house: House, account: Account, sayings: list[Saying], heard: Heard, model: Path) -> None:
    listener = voice.ears(house.settings, "vosk", model)
    _say(f"{len(sayings)} utterances at the pace of speech: {heard.name}")
    try:
        print((await voice.listen(house, listener, account, sayings, heard, as_heard=True)).text(), flush=True)
    finally:
        listener.close()


def _limited(sets: list[tuple[Path, QuestionSet]], most: int | None) -> list[tuple[Path, QuestionSet]]:
    """At most so many questions over all files, the same ones at every run."""
    every = [question for _, questions in sets for question in questions.questions]
    if most is None or most >= len(every):
        return sets
    kept = {question.id for question in random.Random(0).sample(every, most)}
    return [
        (file, questions.model_copy(update={"questions": tuple(q for q in questions.questions if q.id in kept)}))
        for file, questions in sets
    ]


def _askable(sets: list[tuple[Path, QuestionSet]], most: int) -> list[str]:
    """Questions that stand alone, are written with their marks and can be answered with figures."""
    texts = [
        question.text
        for _, questions in sets
        for question in questions.questions
        if not question.before
        and question.spelling == "marks"
        and question.account == "leader"
        and question.expect.status is Status.ANSWERED
    ]
    return random.Random(0).sample(texts, min(most, len(texts)))


def _heading(files: list[Path]) -> str:
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1024**3
    return "\n".join(
        [
            f"{datetime.now().astimezone():%Y-%m-%d %H:%M %Z}, {os.cpu_count()} processors, {memory:.0f} GiB, "
            f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
            f"load average at the start: {_load()}",
            f"questions: {', '.join(file.name for file in files)}",
            "",
        ]
    )


def _load() -> str:
    return " ".join(f"{value:.1f}" for value in os.getloadavg())


def _say(text: str) -> None:
    """Progress, beside the table."""
    print(f"bench: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
