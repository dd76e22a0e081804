"""The bank that ships: its breadth, its examples against the catalogue, and no sentence under two intents."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from assistant.catalogue.loader import Catalogue, load
from assistant.language.gazetteer import Gazetteer
from assistant.language.text import fold, normalise
from assistant.settings import Settings
from assistant.understanding.bank import Bank, Example
from assistant.understanding.training import mask

LEAST = {
    "value": 300, "compare": 130, "change": 170, "rank": 110, "extreme": 130, "filter": 90, "trend": 120,
    "share": 100, "breakdown": 120, "progress": 110, "average": 60, "list": 80, "count": 60, "follow_up": 120,
    "report": 80, "out_of_scope": 130,
}  # fmt: skip
"""Fewest sentences of the shapes people ask for most; every other intent has at least 45."""


@cache
def bank() -> Bank:
    return Bank.load(Settings().bank_file)


@cache
def catalogue() -> Catalogue:
    return load(Settings().catalogue_dir)


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer(catalogue().names())


def examples() -> Iterator[tuple[str, Example]]:
    for entry in bank().entries:
        for example in entry.examples:
            yield entry.id, example


def codes(reading: dict[str, Any], key: str) -> list[str]:
    """What an example says under ``key`` or its plural."""
    single = [reading[key]] if key in reading else []
    return [*single, *reading.get(f"{key}s", [])]


def test_the_bank_is_broad_where_people_ask_most() -> None:
    count = bank().count()
    assert count.total >= 2200
    assert {intent: n for intent, n in count.by_intent.items() if n < LEAST.get(intent, 45)} == {}


def test_no_sentence_belongs_to_two_intents_even_without_diacritics() -> None:
    owner: dict[str, str] = {}
    twice = []
    for entry, sentence in bank().sentences():
        folded = fold(mask(sentence))
        if owner.setdefault(folded, entry.intent) != entry.intent:
            twice.append((folded, owner[folded], entry.intent))
    assert twice == []


def test_no_two_entries_give_the_same_example() -> None:
    texts = [normalise(example.text) for _, example in examples()]
    assert sorted({text for text in texts if texts.count(text) > 1}) == []


@pytest.mark.parametrize("key", ["indicator", "place", "group", "member", "domain"])
def test_examples_name_codes_of_the_catalogue(key: str) -> None:
    known = {
        "indicator": set(catalogue().indicators),
        "place": {*catalogue().areas, *catalogue().facilities, *catalogue().agencies},
        "group": {name.code for name in catalogue().names() if name.kind == "group"},
        "member": {name.code for name in catalogue().names() if name.kind == "member"},
        "domain": set(catalogue().domains),
    }[key]
    wrong = [(where, code) for where, one in examples() for code in codes(one.reading, key) if code not in known]
    assert wrong == []


@pytest.mark.parametrize("key", ["indicator", "place", "domain"])
def test_names_in_examples_are_found_in_their_text(key: str) -> None:
    missing = []
    for where, example in examples():
        found = {span.code for span in gazetteer().find(normalise(example.text))}
        missing += [(where, example.text, code) for code in codes(example.reading, key) if code not in found]
    assert missing == []
