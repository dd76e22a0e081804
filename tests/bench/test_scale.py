"""The catalogue that is blown up holds as many places as it says, and the questions name them."""

from __future__ import annotations

from assistant.bench.scale import asked, blown_up
from assistant.catalogue.loader import load
from assistant.evaluation.questions import QuestionSet
from assistant.understanding.cues import Cues
from assistant.understanding.spans import SpanFinder
from connectors.sample import UNITS_OF
from tests.conftest import TODAY

CATALOGUE = load().as_of(UNITS_OF)


def test_places_are_generated_up_to_the_number_wanted_and_stay_the_same() -> None:
    grown, made = blown_up(CATALOGUE, TODAY, 700)
    assert len(grown.facilities) + len(grown.agencies) == 700
    assert len(made) == 700 - len(CATALOGUE.facilities) - len(CATALOGUE.agencies)
    assert grown.facilities.keys() > CATALOGUE.facilities.keys() and grown.agencies.keys() > CATALOGUE.agencies.keys()
    assert blown_up(CATALOGUE, TODAY, 700)[1] == made
    assert blown_up(CATALOGUE, TODAY, 700, seed=1)[1] != made
    for code, like in made.items():
        assert grown.place_kind(code) == CATALOGUE.place_kind(like)
        assert grown.ancestors(code)[-1] == CATALOGUE.province.code


def test_generated_names_are_found_and_asked_for() -> None:
    grown, made = blown_up(CATALOGUE, TODAY, 700)
    like = next(code for code, other in made.items() if other in CATALOGUE.facilities)
    name = CATALOGUE.place_name(made[like])
    questions = [{"id": "q1", "text": f"{name} có bao nhiêu người?"}, {"id": "q2", "text": "Dân số tỉnh?"}]
    sets = [QuestionSet.model_validate({"author": "an", "written": TODAY, "today": TODAY, "questions": questions})]
    first, second, renamed = asked(grown, made, sets)
    assert (first, second) == (f"{name} có bao nhiêu người?", "Dân số tỉnh?")
    found = SpanFinder(grown, Cues.load()).find(renamed.lower(), TODAY, frozenset())
    assert {span.code for span in found if span.kind == "facility"} & made.keys()
