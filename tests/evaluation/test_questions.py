"""The question sets: they load, name only what there is, and every figure they expect exists in the sample province."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.access import roster
from assistant.catalogue.catalogue import Catalogue
from assistant.catalogue.loader import load as load_catalogue
from assistant.evaluation.questions import Cell, Expected, Question, QuestionSet, Ranking, files, load
from assistant.evaluation.recompute import Recomputer, stretch
from assistant.evaluation.run import ASKERS
from assistant.language.text import fold, normalise
from assistant.settings import Settings
from assistant.types import Status
from connectors.sample import UNITS_OF

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


@pytest.fixture(scope="module")
def expectations() -> list[tuple[str, Expected]]:
    """Everything that is expected by anybody, with the id of its question or conversation."""
    found: list[tuple[str, Expected]] = []
    for _, made in load(files()):
        found += [(question.id, question.expect) for question in made.questions]
        found += [(talk.id, turn.expect) for talk in made.conversations for turn in talk.turns]
    return found


@pytest.fixture(scope="session")
def province() -> Catalogue:
    """The catalogue as the sample province has it."""
    return load_catalogue().as_of(UNITS_OF)


@pytest.fixture(scope="session")
def recomputer(house_settings: Settings, province: Catalogue) -> Iterator[Recomputer]:
    found = Recomputer(house_settings.data_dir, province)
    yield found
    found.close()


def cells(expectations: list[tuple[str, Expected]]) -> list[tuple[str, Cell]]:
    return [(name, cell) for name, expect in expectations for cell in expect.cells]


def rankings(expectations: list[tuple[str, Expected]]) -> list[tuple[str, Ranking]]:
    return [(name, expect.ranking) for name, expect in expectations if expect.ranking]


def test_ids_and_sentences_are_unique(questions: list[Question]) -> None:
    assert len({question.id for question in questions}) == len(questions)
    seen: dict[tuple[str, ...], str] = {}
    for question in questions:
        sentence = re.sub(r"\d+", "0", fold(normalise(question.text)))
        key = (sentence, *question.before)
        assert key not in seen, f"{question.id} asks the same as {seen[key]}"
        seen[key] = question.id


def test_all_are_meant_against_one_day() -> None:
    assert {found.today for _, found in load(files())} == {TODAY}


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
    expected = [cell for question in questions for cell in question.expect.cells]
    places = {cell.place for cell in expected}
    kinds = [province.place_kind(place) for place in places]
    assert len({cell.indicator for cell in expected}) >= 90
    assert set(province.children("77", "district", TODAY)) <= places
    assert kinds.count("facility") >= 25
    assert kinds.count("agency") >= 10
    assert kinds.count("commune") >= 10


def test_every_domain_is_asked_about(expectations: list[tuple[str, Expected]], province: Catalogue) -> None:
    asked = {province.indicator(cell.indicator).domain for _, cell in cells(expectations)}
    assert asked == set(province.domains)


def test_codes_exist(expectations: list[tuple[str, Expected]], province: Catalogue) -> None:
    for name, cell in cells(expectations):
        assert province.indicators[cell.indicator].code == cell.indicator, name
        assert province.is_place(cell.place), f"{name}: {cell.place}"
        for dimension, member in cell.dims.items():
            assert member in {entry.code for entry in province.dimensions[dimension].members}, f"{name}: {member}"
            for part in province.parts(cell.indicator):
                assert dimension in province.indicators[part].adds.dimensions, f"{name}: {part} has no {dimension}"
    for name, ranking in rankings(expectations):
        assert ranking.indicator in province.indicators, name
        assert len(province.children(ranking.inside, ranking.group, TODAY)) >= 2, name
    for name, expect in expectations:
        assert expect.domain is None or expect.domain in province.domains, name


def test_everybody_who_asks_is_known() -> None:
    for file, found in load(files()):
        for entry in found.entries:
            assert entry.account in ACCOUNTS, f"{file.name}: {entry.id}"


def test_every_answer_can_be_judged(expectations: list[tuple[str, Expected]]) -> None:
    """An answer is right by figures, an order or words; a refusal by its status."""
    for name, expect in expectations:
        if expect.status is Status.ANSWERED:
            assert expect.cells or expect.ranking or expect.mentions, name
        else:
            assert not expect.cells, name
            assert expect.ranking is None, name


def test_expected_cells_have_a_figure(expectations: list[tuple[str, Expected]], recomputer: Recomputer) -> None:
    missing = [
        f"{name}: {cell}"
        for name, cell in cells(expectations)
        if recomputer.value(cell.indicator, cell.place, cell.period, cell.dims, cell.kind) is None
    ]
    assert not missing, "\n".join(missing)


def test_rankings_have_enough_places(
    expectations: list[tuple[str, Expected]], recomputer: Recomputer, province: Catalogue
) -> None:
    for name, ranking in rankings(expectations):
        first, last = (
            recomputer.latest(ranking.indicator, ranking.inside)
            if ranking.period == "latest"
            else stretch(ranking.period)
        )
        code = f"{first:%Y-%m}..{last:%Y-%m}"
        places = province.children(ranking.inside, ranking.group, TODAY)
        values = [recomputer.value(ranking.indicator, place, code, ranking.dims) for place in places]
        assert sum(value is not None for value in values) >= max(2, ranking.limit), name
