"""The training file: masked, in both writings, fair between intents, the same bytes every time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import yaml

from assistant.language.text import fold
from assistant.settings import Settings
from assistant.understanding.bank import Bank, Entry, Example
from assistant.understanding.training import FAIR_FACTOR, FAIR_FLOOR, mask, sentences, training_file, vocabulary


def bank(**templates: Sequence[str]) -> Bank:
    """One entry per template."""
    entries = [
        Entry(
            intent=intent,
            id=f"{intent}-{number}",
            author="tests",
            approved=date(2026, 11, 21),
            templates=(template,),
            examples=(Example(text=template),),
        )
        for intent, texts in templates.items()
        for number, template in enumerate(texts)
    ]
    return Bank({intent: intent for intent in templates}, {}, entries)


def test_slots_become_masks_and_words_pass_the_boundary() -> None:
    assert mask("{indicator} của THPT, {place:subject}  từ {period:from}") == (
        "INDICATOR của trung học phổ thông PLACE từ PERIOD"
    )


def test_every_sentence_stands_with_and_without_diacritics() -> None:
    file = yaml.safe_load(training_file(bank(value=["{indicator} là bao nhiêu"], greet=["xin chào", "alo"])))
    assert [(one["intent"], one["examples"].splitlines()) for one in file["nlu"]] == [
        ("value", ["- INDICATOR là bao nhiêu", "- INDICATOR la bao nhieu"]),
        ("greet", ["- xin chào", "- xin chao", "- alo"]),
    ]


def test_no_intent_drowns_the_others_and_every_entry_keeps_a_part() -> None:
    loud = [f"{{indicator}} từ {number} (a|b|c|d|e|f|g|h)" for number in range(200)]
    found = sentences(bank(loud=loud, one=["xin chào"], two=["cảm ơn", "cám ơn"]))
    assert len(found["loud"]) == max(FAIR_FLOOR, 2 * FAIR_FACTOR)
    assert len({text.split()[2] for text in found["loud"]}) == len(found["loud"]), "entries take turns"
    assert found["one"] == ["xin chào"]


def test_the_same_bank_gives_the_same_bytes() -> None:
    shipped = Settings().bank_file
    assert training_file(Bank.load(shipped)) == training_file(Bank.load(shipped))


def test_nothing_in_the_shipped_training_file_looks_like_markup_or_a_command() -> None:
    for texts in sentences(Bank.load(Settings().bank_file)).values():
        for text in texts:
            assert not set(text) & set("[](){}<>|/\\"), text


def test_the_vocabulary_is_folded_and_keeps_masks() -> None:
    words = vocabulary(bank(value=["{indicator} là bao nhiêu"]))
    assert words == {"INDICATOR", "la", "bao", "nhieu"}
    assert all(word.isupper() or word == fold(word) for word in words)
