"""The bank: what is read, counted and refused, and the bank that ships."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.errors import ConfigurationError
from assistant.settings import Settings
from assistant.understanding.bank import PER_ENTRY, Bank, Entry, Example, stolen


def entry(identifier: str, templates: list[str], **more: Any) -> dict[str, Any]:
    return {
        "id": identifier,
        "author": "tests",
        "approved": date(2026, 11, 21),
        "templates": templates,
        "examples": [{"text": "Số học sinh là bao nhiêu?", "reading": {"indicator": "edu_students"}}],
        **more,
    }


def write(folder: Path, *entries: dict[str, Any], phrases: dict[str, str] | None = None) -> Path:
    greet = {"about": "A greeting", "entries": [entry("greet-001", ["xin chào"])]}
    value = {"about": "One figure", "entries": list(entries) or [entry("value-001", ["{indicator} là bao nhiêu"])]}
    file = folder / "intents.yml"
    content = {"phrases": phrases or {"many": "(mấy|bao nhiêu)"}, "intents": {"value": value, "greet": greet}}
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


def test_counts_distinct_sentences(tmp_path: Path) -> None:
    file = write(
        tmp_path, entry("value-001", ["{indicator} là <many>", "{indicator} là mấy"]), entry("value-002", ["x"])
    )
    count = Bank.load(file).count()
    assert count.by_intent == {"value": 3, "greet": 1}
    assert count.total == 4


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (entry("value-007", ["{school} là gì"]), "entry value-007: '{school} là gì': unknown slot {school}"),
        (entry("value-007", ["có <few>"]), "entry value-007: 'có <few>': unknown phrase <few>"),
        (entry("value-007", ["(a|b"]), "entry value-007: '(a|b': unbalanced"),
        (entry("value-007", ["(1|2|3|4|5|6|7) (a|b)"]), "entry value-007: says 14 sentences, more than 12"),
        (entry("value-007", ["a"], examples=[]), "entry value-007: has no example"),
        ({k: v for k, v in entry("value-007", ["a"]).items() if k != "examples"}, "entry value-007: has no example"),
        (entry("greet-001", ["a"]), "entry greet-001: this id is used twice"),
        (entry("value-007", ["xin chào"]), "'xin chào' already belongs to entry value-007 of intent 'value'"),
        (entry("value-007", ["a"], colour="red"), "entry value-007: colour"),
        (entry("value-007", ["a"], approved="soon"), "entry value-007: approved"),
        (entry("value-007", ["a"], examples=[{"text": "a", "reading": {"year": 1}}]), "unknown key 'year'"),
    ],
)
def test_a_wrong_entry_is_one_line_with_file_and_id(tmp_path: Path, wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        Bank.load(write(tmp_path, wrong))
    assert refused.value.detail.startswith("intents.yml: ")
    assert words in refused.value.detail
    assert "\n" not in refused.value.detail


@pytest.mark.parametrize(
    "text", ["", "- a", "intents: 3", "intents: {}\nother: 1", "intents: {value: {about: x}}", "{"]
)
def test_a_wrong_file_is_one_error(tmp_path: Path, text: str) -> None:
    file = tmp_path / "intents.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"intents\.yml"):
        Bank.load(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"nowhere\.yml: cannot be read"):
        Bank.load(tmp_path / "nowhere.yml")


def test_a_wrong_phrase_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="phrase <many>: unknown phrase <few>"):
        Bank.load(write(tmp_path, phrases={"many": "<few>"}))


ADDED = Entry(
    intent="value",
    id="added-1",
    author="admin",
    approved=date(2026, 11, 22),
    templates=("cho hỏi {indicator}",),
    examples=(Example(text="Cho hỏi số học sinh"),),
)


def test_the_overlay_counts_and_changes_the_version(tmp_path: Path) -> None:
    file = write(tmp_path)
    plain, more = Bank.load(file), Bank.load(file, [ADDED])
    assert more.count().total == plain.count().total + 1
    assert more.version != plain.version
    assert Bank.load(file, [ADDED]).version == more.version
    assert len(more.version) == 12


def test_the_overlay_is_checked_too(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="entry added-1: unknown intent 'dance'"):
        Bank.load(write(tmp_path), [ADDED.model_copy(update={"intent": "dance"})])


def test_stolen_names_what_another_intent_takes(tmp_path: Path) -> None:
    bank = Bank.load(write(tmp_path))
    taken = stolen(bank, lambda texts: ["value"] * len(texts))
    assert [(one.entry, one.intent, one.by) for one in taken] == [("greet-001", "greet", "value")]
    assert stolen(bank, lambda _: ["value", "greet"]) == []


def test_the_bank_that_ships() -> None:
    bank = Bank.load(Settings().bank_file)
    count = bank.count()
    assert len(bank.intents) >= 20
    assert count.total >= 1200
    assert min(count.by_intent.values()) >= 12, "every intent needs several wordings"
    assert all(len(bank.expand(template)) <= PER_ENTRY for one in bank.entries for template in one.templates)
