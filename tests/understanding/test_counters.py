"""Counted nouns that stand for their indicator, and members that share a word with the name of theirs."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import fold, normalise
from assistant.understanding import shared_words
from assistant.understanding.counters import Counters
from assistant.understanding.cues import Cues
from assistant.understanding.lattice import coverings
from assistant.understanding.spans import SpanFinder

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Trường mầm non Sao Mai bao nhiêu cháu?", "edu_pupils"),
        ("bên Châu Đức có mấy em đang học", "edu_pupils"),
        ("xã Bàu Chinh thì mấy người", "soc_population"),
        ("Trường mầm non Sao Mai có gì", None),
        ("có bao nhiêu máy bay", None),
        ("huyện nào có trên 150 nghìn dân", "soc_population"),
        ("huyện nào nhiều dân nhất", "soc_population"),
        ("Châu Đức với Xuyên Mộc, dân bên nào đông hơn", "soc_population"),
        ("dân huyện nào đông nhất", "soc_population"),
    ],
)
@pytest.mark.parametrize("marked", [True, False])
def test_a_counted_noun(
    province: Catalogue, finder: SpanFinder, cues: Cues, text: str, code: str | None, marked: bool
) -> None:
    said = normalise(text if marked else fold(text))
    covering = Counters(province, cues).attach(said, coverings(finder.find(said, TODAY, frozenset()))[0][0])
    assert next((slot.best.code for slot in covering if slot.slot == "indicator"), None) == code


def test_an_indicator_that_is_named_stays(province: Catalogue, finder: SpanFinder, cues: Cues) -> None:
    said = normalise("có bao nhiêu em bỏ học")
    covering = coverings(finder.find(said, TODAY, frozenset()))[0][0]
    assert Counters(province, cues).attach(said, covering) == covering


@pytest.mark.parametrize(
    ("text", "indicator", "member"),
    [
        ("sản lượng lúa mùa năm 2025", "agr_rice_output", "rice_season:main"),
        ("ngân sách thu từ dầu thô năm 2025", "soc_budget_revenue", "revenue_source:crude_oil"),
    ],
)
def test_a_member_that_shares_a_word_is_kept(
    province: Catalogue, finder: SpanFinder, text: str, indicator: str, member: str
) -> None:
    said = normalise(text)
    spans = finder.find(said, TODAY, frozenset())
    found = [
        {slot.slot: slot.best.code for slot in shared_words.attach(covering, spans, province)}
        for covering, _ in coverings(spans)
    ]
    assert {"indicator": indicator, "member": member} in [
        {name: each[name] for name in ("indicator", "member") if name in each} for each in found
    ]
