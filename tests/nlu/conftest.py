"""A real Rasa for the tests of this folder, with two small models that are trained once and kept between runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.understanding.bank import Bank, Entry, Example
from assistant.understanding.supervisor import Supervisor
from assistant.understanding.training import ModelInfo, train

TEMPLATES = {
    "value": ["{indicator} [của] {place} {period} là bao nhiêu", "{period} {place} có bao nhiêu {indicator}"],
    "extreme": ["{group} nào có {indicator} (nhiều nhất|ít nhất) [{period}]", "nơi nào {indicator} cao nhất"],
    "trend": ["xu hướng {indicator} [của] {place} {period}", "{indicator} diễn biến thế nào qua {group}"],
    "greet": ["(xin chào|chào) [bạn|trợ lý]", "chào buổi (sáng|chiều)"],
    "thanks": ["(cảm ơn|cám ơn) [bạn|nhiều]", "tốt lắm"],
}


def small_bank(**more: list[str]) -> Bank:
    """Five intents, and what a test adds to them."""
    intents = {name: [*TEMPLATES.get(name, []), *more.get(name, [])] for name in {**TEMPLATES, **more}}
    entries = [
        Entry(
            intent=name,
            id=f"{name}-{number}",
            author="tests",
            approved=date(2026, 11, 21),
            templates=(template,),
            examples=(Example(text=template),),
        )
        for name, templates in intents.items()
        for number, template in enumerate(templates)
    ]
    return Bank({name: name for name in intents}, {}, entries)


@pytest.fixture(scope="session")
def settings(request: pytest.FixtureRequest) -> Settings:
    """Settings of a data folder that is kept between runs, so that nothing is trained twice."""
    assert request.config.cache is not None
    made = Settings(data_dir=Path(request.config.cache.mkdir("nlu")), nlu_url="", nlu_token="")
    assert made.nlu_python.is_file(), "Rasa's environment is missing; `make test` sets it up"
    return made


@pytest.fixture(scope="session")
def other_model(settings: Settings) -> ModelInfo:
    """A second model that knows one intent more; not the current one."""
    return train(settings, small_bank(goodbye=["(tạm biệt|hẹn gặp lại) [nhé|bạn]"]), activate=False)


@pytest.fixture(scope="session")
def model(settings: Settings) -> ModelInfo:
    """The current model."""
    return train(settings, small_bank())


@pytest.fixture(scope="module")
def supervisor(settings: Settings, model: ModelInfo) -> Iterator[Supervisor]:
    """A supervisor whose Rasa answers."""
    owner = Supervisor(settings)
    owner.start()
    assert owner.wait("ready"), owner.health()
    yield owner
    owner.stop()
