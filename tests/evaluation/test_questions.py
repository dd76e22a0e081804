"""The question sets: they load, name only what there is, and every figure they expect exists in the sample province."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from assistant.access import roster
from assistant.catalogue.catalogue import Catalogue
from assistant.catalogue.loader import load as load_catalogue
from assistant.clock import ZONE
from assistant.evaluation.questions import Cell, Question, QuestionSet, Ranking, files, load
from assistant.evaluation.recompute import Recomputer, stretch
from assistant.evaluation.run import ASKERS
from assistant.language.text import fold, normalise
from assistant.types import Status
from connectors.sample import UNITS_OF, load_sample

TODAY = date(2026, 11, 21)
HELD_OUT = "held_out.yml"
ACCOUNTS = roster.read(ASKERS).keys()


@pytest.fixture(scope="module")
def sets() -> list[tuple[Path, QuestionSet]]:
    """The files by this author."""
    return [(file, found) for file, found in load(files()) if found.author == "questions"]


@pytest.fixture(scope="module")
def questions(sets: list[tuple[Path, QuestionSet]]) -> list[Question]:
    return [question for _, found in sets for question in found.questions]


@pytest.fixture(scope="session")
def province() -> Catalogue:
    """The catalogue as the sample province has it."""
    return load_catalogue().as_of(UNITS_OF)


@pytest.fixture(scope="session")
def recomputer(tmp_path_factory: pytest.TempPathFactory, province: Catalogue) -> Iterator[Recomputer]:
    folder = tmp_path_factory.mktemp("questions")
    load_sample(folder, province, today=TODAY, now=datetime(2026, 11, 21, 8, tzinfo=ZONE))
    found = Recomputer(folder, province)
    yield found
    found.close()


def cells(questions: list[Question]) -> list[tuple[str, Cell]]:
    return [(question.id, cell) for question in questions for cell in question.expect.cells]


def rankings(questions: list[Question]) -> list[tuple[str, Ranking]]:
    return [(question.id, question.expect.ranking) for question in questions if question.expect.ranking]


def test_ids_and_sentences_are_unique(questions: list[Question]) -> None:
    assert len({question.id for question in questions}) == len(questions)
    seen: dict[tuple[str, ...], str] = {}
    for question in questions:
        sentence = re.sub(r"\d+", "0", fold(normalise(question.text)))
        key = (sentence, *question.before)
        assert key not in seen, f"{question.id} asks the same as {seen[key]}"
        seen[key] = question.id


def test_all_are_meant_against_one_day(sets: list[tuple[Path, QuestionSet]]) -> None:
    assert {found.today for _, found in sets} == {TODAY}


def test_shares(sets: list[tuple[Path, QuestionSet]], questions: list[Question]) -> None:
    """Enough questions, a quarter without marks, some with a slip; a quarter held out over all kinds."""
    held = [question for file, found in sets if file.name == HELD_OUT for question in found.questions]
    assert len(questions) >= 340
    assert len(held) >= 85
    assert {question.id[0] for question in held} == {question.id[0] for question in questions}
    for some in (questions, held):
        bare = [question for question in some if question.spelling == "no_marks"]
        assert len(bare) >= 0.25 * len(some)
    assert sum(question.spelling == "typo" for question in questions) >= 30


def test_what_is_asked_without_marks_has_none(questions: list[Question]) -> None:
    for question in questions:
        if question.spelling == "no_marks":
            assert question.text.isascii(), question.id


def test_breadth(questions: list[Question], province: Catalogue) -> None:
    expected = [cell for _, cell in cells(questions)]
    places = {cell.place for cell in expected}
    kinds = [province.place_kind(place) for place in places]
    assert len({cell.indicator for cell in expected}) >= 90
    assert {province.indicator(cell.indicator).domain for cell in expected} == set(province.domains) - {
        domain for domain in province.domains if not any(i.domain == domain for i in province.indicators.values())
    }
    assert set(province.children("77", "district", TODAY)) <= places
    assert kinds.count("facility") >= 25
    assert kinds.count("agency") >= 10
    assert kinds.count("commune") >= 10


def test_codes_exist(questions: list[Question], province: Catalogue) -> None:
    for name, cell in cells(questions):
        assert cell.indicator in province.indicators, name
        assert province.is_place(cell.place), f"{name}: {cell.place}"
        for dimension, member in cell.dims.items():
            assert member in {entry.code for entry in province.dimensions[dimension].members}, f"{name}: {member}"
            for part in province.parts(cell.indicator):
                assert dimension in province.indicators[part].adds.dimensions, f"{name}: {part} has no {dimension}"
    for name, ranking in rankings(questions):
        assert ranking.indicator in province.indicators, name
        assert len(province.children(ranking.inside, ranking.group, TODAY)) >= 2, name
    for question in questions:
        assert question.account in ACCOUNTS, question.id
        assert question.expect.domain is None or question.expect.domain in province.domains, question.id


def test_every_answer_can_be_judged(questions: list[Question]) -> None:
    """An answer is right by figures, an order or words; a refusal by its status."""
    for question in questions:
        expect = question.expect
        if expect.status is Status.ANSWERED:
            assert expect.cells or expect.ranking or expect.mentions, question.id
        else:
            assert not expect.cells, question.id
            assert expect.ranking is None, question.id


def test_expected_cells_have_a_figure(questions: list[Question], recomputer: Recomputer) -> None:
    missing = [
        f"{name}: {cell}"
        for name, cell in cells(questions)
        if recomputer.value(cell.indicator, cell.place, cell.period, cell.dims, cell.kind) is None
    ]
    assert not missing, "\n".join(missing)


def test_rankings_have_enough_places(questions: list[Question], recomputer: Recomputer, province: Catalogue) -> None:
    for name, ranking in rankings(questions):
        first, last = (
            recomputer.latest(ranking.indicator, ranking.inside)
            if ranking.period == "latest"
            else stretch(ranking.period)
        )
        code = f"{first:%Y-%m}..{last:%Y-%m}"
        places = province.children(ranking.inside, ranking.group, TODAY)
        values = [recomputer.value(ranking.indicator, place, code, ranking.dims) for place in places]
        assert sum(value is not None for value in values) >= max(2, ranking.limit), name
