"""``make bench-scale``: understanding alone with a catalogue blown up to 2,000 places, then a training from scratch.

The places are made in memory, from a seed: types and syllables of the catalogue's own names, put together anew.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from assistant.bench import sizes
from assistant.bench.report import Times, table, verdict
from assistant.bench.writing import Recorder
from assistant.catalogue.catalogue import Catalogue
from assistant.catalogue.models import Agency, Facility
from assistant.errors import AssistantError, ConfigurationError
from assistant.evaluation import questions as evaluation_questions
from assistant.evaluation.questions import QuestionSet
from assistant.evaluation.run import prepare
from assistant.house import House, build, settle
from assistant.settings import ROOT, Settings
from assistant.types import Period, Utterance
from assistant.understanding.bank import Bank
from assistant.understanding.reader import Understanding
from assistant.understanding.training import train

PLACES = 2000
"""Schools, clinics and agencies together."""
PARSE, UNDERSTOOD = 50.0, 60.0
"""Most milliseconds for 95 of 100 questions: Rasa, and understanding as a whole."""
TRAINED_SECONDS, TRAINED_MEMORY = 240, 3 * 1024**3
_EVERY = 0.2
"""Seconds between two looks at a training's memory."""


def blown_up(catalogue: Catalogue, on: date, places: int = PLACES, seed: int = 0) -> tuple[Catalogue, dict[str, str]]:
    """The catalogue with so many facilities and agencies, as of a day, and the generated ones' codes → what they are like."""
    random = Random(seed)
    made: dict[str, str] = {}
    facilities, agencies = dict(catalogue.facilities), dict(catalogue.agencies)
    communes = catalogue.children(catalogue.province.code, "commune", on)
    agencies |= {agency.code: agency for agency in _agencies(catalogue, communes, made)}
    known = [facility for facility in facilities.values() if facility.name.endswith(facility.short)]
    syllables = sorted({syllable for facility in known for syllable in facility.short.split() if syllable.isalpha()})
    names = {facility.name for facility in facilities.values()}
    while len(facilities) + len(agencies) < places:
        like = random.choice(known)
        short = " ".join(random.sample(syllables, random.choice((2, 2, 3))))
        name = like.name.removesuffix(like.short) + short
        if name in names:
            continue
        names.add(name)
        code = f"{like.code}-{len(made)}"
        made[code] = like.code
        facilities[code] = _facility(like, code, name, short, random.choice(communes))
    return replace(catalogue, facilities=facilities, agencies=agencies), made


def _facility(like: Facility, code: str, name: str, short: str, area: str) -> Facility:
    return like.model_copy(update={"code": code, "name": name, "short": short, "area": area, "synonyms": ()})


def _agencies(catalogue: Catalogue, communes: Iterable[str], made: dict[str, str]) -> list[Agency]:
    """One for each commune, called as a district's is."""
    like = next(
        agency for agency in catalogue.agencies.values() if agency.name.endswith(catalogue.place_name(agency.area))
    )
    head = like.name.removesuffix(catalogue.place_name(like.area))
    found = []
    for area in map(catalogue.area, communes):
        code = f"{like.code}-{area.code}"
        made[code] = like.code
        update = {"code": code, "name": head + area.name, "short": area.name, "area": area.code, "synonyms": ()}
        found.append(like.model_copy(update=update))
    return found


def asked(catalogue: Catalogue, made: dict[str, str], sets: list[QuestionSet], seed: int = 0) -> list[str]:
    """All questions of the sets; where one names a facility in full, also with the name of a generated one like it."""
    random = Random(seed)
    alike: dict[str, list[str]] = {}
    for code, like in made.items():
        alike.setdefault(like, []).append(catalogue.place_name(code))
    texts = [text for found in sets for entry in found.entries for text in entry.said]
    names = {catalogue.facilities[code].name: others for code, others in alike.items() if code in catalogue.facilities}
    renamed = [
        text.replace(name, random.choice(others)) for text in texts for name, others in names.items() if name in text
    ]
    return list(dict.fromkeys([*texts, *renamed]))


def understanding(house: House, texts: list[str], catalogue: Catalogue, made: dict[str, str]) -> str:
    """The table: Rasa alone and understanding as a whole, over all texts."""
    recorder = Recorder(house.nlu)

    def serves(indicator: str, place: str, dimensions: Collection[str] = (), period: Period | None = None) -> bool:
        return house.engine.stored.serves(indicator, made.get(place, place), dimensions, period)

    start = time.perf_counter()
    reader = Understanding(catalogue, house.bank, recorder, house.clock, serves=serves, fades=timedelta(minutes=10))
    built = time.perf_counter() - start
    whole = Times("understanding as a whole", target95=UNDERSTOOD)
    parse = Times("of this Rasa (all sentences of a question)", target95=PARSE)
    for text in texts[:20]:
        reader.read(Utterance(text=text), None)
    recorder.batches.clear()
    house.engine.warm_up()
    settle()
    for text in texts:
        with whole.measured():
            reader.read(Utterance(text=text), None)
    for batch in list(recorder.batches):
        with parse.measured():
            recorder.classifier.classify(batch)
    places = len(catalogue.facilities) + len(catalogue.agencies)
    title = (
        f"{len(catalogue.domains)} domains, {len(catalogue.indicators)} indicators, {places} schools, clinics and agencies; "
        f"names made ready in {built:.1f} s"
    )
    return table(title, [whole, parse])


def training() -> str:
    """Trains the bank anew in a folder of its own: seconds and most resident memory of all its processes."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        command = [sys.executable, "-m", "assistant", "train", "--data", folder]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        most = 0
        while True:
            try:
                process.wait(_EVERY)
                break
            except subprocess.TimeoutExpired:
                most = max(most, sum(one.rss for one in sizes.family(process.pid)))
        told, _ = process.communicate()
        seconds = time.perf_counter() - start
    if process.returncode:
        raise ConfigurationError("the training failed")
    return "\n".join(
        [
            f"Training from scratch: {told.strip()}",
            f"{'seconds':<52}{seconds:>10.0f}  <= {TRAINED_SECONDS}: {verdict(seconds, TRAINED_SECONDS)}",
            f"{'most resident memory, MiB':<52}{most / sizes.MIB:>10.0f}  <= {TRAINED_MEMORY / sizes.MIB:.0f}: "
            f"{verdict(most, TRAINED_MEMORY)}",
        ]
    )


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m assistant.bench.scale", description=__doc__)
    parser.add_argument("--data", type=Path, help="data folder (default var/); measured below it, in evaluation/")
    parser.add_argument("--places", type=int, default=PLACES, help="schools, clinics and agencies together")
    parser.add_argument("--no-training", action="store_true", help="measure understanding only")
    parser.add_argument("--limit", type=int, help="at most so many utterances, drawn with a fixed seed")
    options = parser.parse_args()
    settings = Settings()
    if options.data:
        settings = settings.model_copy(update={"data_dir": options.data.resolve()})
    try:
        if not options.no_training:
            print(training(), end="\n\n", flush=True)
        sets = evaluation_questions.load(evaluation_questions.files())
        train(settings, Bank.load(settings.bank_file))
        measured = prepare(settings, {found.today for _, found in sets})
        with build(measured, wait=True) as house:
            catalogue, made = blown_up(house.catalogue, house.clock.today(), options.places)
            texts = asked(catalogue, made, [found for _, found in sets])
            texts = Random(0).sample(texts, min(options.limit or len(texts), len(texts)))
            print(understanding(house, texts, catalogue, made))
    except AssistantError as error:
        sys.exit(error.detail or error.message)


if __name__ == "__main__":
    main()
