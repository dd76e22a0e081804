"""Intervals, counts and the kept report of an evaluation."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import ConfigurationError
from assistant.evaluation.judge import Verdict
from assistant.evaluation.run import Outcome, keep, prepare, summary, wilson
from assistant.settings import Settings


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (1, 1, 0.2065, 1.0),
        (50, 100, 0.4038, 0.5962),
        (95, 100, 0.8882, 0.9785),
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilson(hits: int, of: int, low: float, high: float) -> None:
    assert wilson(hits, of) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_wilson_holds_the_share_and_is_symmetric(counts: tuple[int, int]) -> None:
    hits, of = counts
    low, high = wilson(hits, of)
    assert -1e-9 <= low <= hits / of + 1e-9
    assert hits / of - 1e-9 <= high <= 1 + 1e-9
    assert wilson(of - hits, of) == pytest.approx((1 - high, 1 - low))


def outcome(name: str, verdict: Verdict = "right", shape: str = "value", unequal: int = 0) -> Outcome:
    return Outcome(
        name, "a.yml", f"câu {name}", shape, "marks", verdict, "why", "answered", f"đáp {name}", 2, unequal, 1.0
    )


def test_summary_tells_all_that_is_not_right() -> None:
    text = summary([outcome("q1"), outcome("q2", "wrong", "rank", unequal=1), outcome("q3"), outcome("q4", "refused")])
    first = text.splitlines()[0]
    assert "right    2 ( 50.0 %)" in first
    assert "wrong    1 ( 25.0 %)" in first
    assert "asked_back    0 (  0.0 %)" in first
    assert "figures answered 8, unequal to their recomputation 1" in text
    assert "shape rank" in text
    assert "câu q2" in text
    assert "câu q4" in text
    assert "câu q1" not in text


def test_outcomes_are_kept_as_they_are_read(tmp_path: Path) -> None:
    file = tmp_path / "new" / "run.json"
    keep([outcome("q1", "wrong")], file)
    (kept,) = json.loads(file.read_text(encoding="utf-8"))
    assert (kept["id"], kept["verdict"], kept["answer"]) == ("q1", "wrong", "đáp q1")
    assert "đáp" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("days", [set(), {date(2026, 11, 21), date(2026, 11, 22)}])
def test_questions_of_different_days_are_not_mixed(tmp_path: Path, days: set[date]) -> None:
    with pytest.raises(ConfigurationError):
        prepare(Settings(data_dir=tmp_path), days)
    assert list(tmp_path.iterdir()) == []
