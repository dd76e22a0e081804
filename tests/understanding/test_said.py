"""What a recogniser is told that people say."""

from __future__ import annotations

import re
from itertools import islice

import pytest

from assistant.catalogue.catalogue import Catalogue
from assistant.understanding import said
from assistant.understanding.bank import Bank


def test_sentences_are_spoken_words_and_the_same_each_time(base_bank: Bank, province: Catalogue) -> None:
    first = list(islice(said.sentences(base_bank, province), 2000))
    assert first == list(islice(said.sentences(base_bank, province), 2000))
    words = {word for sentence in first for word in sentence}
    assert not [word for word in words if not re.fullmatch(r"[^\W\d_]+", word) or word != word.lower()]
    assert {"không", "trăm", "hai", "nghìn"} <= words, "years are said in words"
    assert all(first)


def test_slots_are_filled_with_names_of_the_catalogue(base_bank: Bank, province: Catalogue) -> None:
    text = " | ".join(" ".join(words) for words in islice(said.sentences(base_bank, province), 4000))
    shorts = {" ".join(said.spoken_words(area.short)) for area in province.areas.values()}
    assert sum(short in text for short in shorts) > len(shorts) / 2
    assert not re.search("indicator|place|period", text)


def test_every_name_is_among_the_fragments(province: Catalogue) -> None:
    fragments = set(said.fragments(province))
    assert {said.spoken_words(name.text) for name in province.names()} <= fragments


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("GRDP năm 2024", "gờ rờ đê pê năm hai nghìn không trăm hai mươi bốn"),
        ("Camera an ninh", "camera an ninh"),
        ("hồ sơ online", "hồ sơ online"),
        ("Xuyên Mộc", "xuyên mộc"),
        ("trường cấp 2", "trường cấp hai"),
        ("hoà bình", "hòa bình"),
    ],
)
def test_spoken_words(text: str, words: str) -> None:
    assert " ".join(said.spoken_words(text)) == words


def test_version_changes_with_the_bank(base_bank: Bank, province: Catalogue) -> None:
    fewer = Bank(base_bank.intents, base_bank.phrases, base_bank.entries[:-1])
    assert said.version(base_bank, province) == said.version(base_bank, province) != said.version(fewer, province)
