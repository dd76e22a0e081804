"""Coverings of an utterance: what may stand beside what, and which way of taking it is worth most."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.types import Found, SpanKind
from assistant.understanding.lattice import EACH, SAID, WORTH, Slot, coverings, slots, worth


def span(kind: SpanKind, code: str, start: int, end: int, score: float = 1.0) -> Found:
    return Found(kind=kind, code=code, start=start, end=end, score=score)


def codes(found: list[Found]) -> list[str]:
    """What the best covering takes."""
    return [slot.best.code for slot in coverings(found)[0][0]]


@pytest.mark.parametrize(
    ("found", "best"),
    [
        pytest.param([], [], id="nothing found"),
        pytest.param([span("area", "a", 0, 8, WORTH)], [], id="too weak to be better than the words"),
        pytest.param([span("area", "a", 0, 8, WORTH + 0.1)], ["a"], id="strong enough"),
        pytest.param([span("member", "a", 0, 2, WORTH + 0.1)], [], id="gain below what a slot costs"),
        pytest.param([span("area", "a", 0, 5), span("period", "b", 5, 9)], ["a", "b"], id="touching spans both stay"),
        pytest.param([span("area", "a", 0, 6), span("indicator", "b", 4, 14)], ["b"], id="of overlapping the longer"),
        pytest.param(
            [span("indicator", "a", 0, 10, 0.7), span("area", "b", 4, 12)], ["b"], id="of overlapping the surer"
        ),
        pytest.param(
            [span("indicator", "ab", 0, 9), span("indicator", "a", 0, 4), span("area", "b", 5, 9)],
            ["ab"],
            id="one long name before two short ones",
        ),
        pytest.param(
            [span("indicator", "m", 3, 9, 0.8), span("area", "a", 0, 5), span("area", "b", 6, 12)],
            ["a", "b"],
            id="two names before the one between them",
        ),
        pytest.param(
            [span("area", "b", 10, 16), span("indicator", "a", 0, 8)], ["a", "b"], id="in the order of the words"
        ),
    ],
)
def test_best_covering(found: list[Found], best: list[str]) -> None:
    assert codes(found) == best


def test_spans_of_the_same_words_share_a_slot_best_first() -> None:
    weak, strong = span("area", "weak", 0, 8, 0.7), span("facility", "strong", 0, 8, 0.9)
    (slot,) = slots([weak, strong])
    assert slot.slot == "place"
    assert [found.code for found in slot.candidates] == ["strong", "weak"]
    assert slot.equals() == (strong,)


def test_different_slots_of_the_same_words_compete() -> None:
    both = coverings([span("member", "m", 0, 8, 0.9), span("indicator", "i", 0, 8, 0.95)])
    assert [[slot.best.code for slot in covering] for covering, _ in both] == [["i"], ["m"]]
    assert both[0][1] > both[1][1]


def test_equal_candidates_are_all_told() -> None:
    (slot,) = slots([span("facility", "one", 0, 8, 0.9), span("facility", "two", 0, 8, 0.9)])
    assert {found.code for found in slot.equals()} == {"one", "two"}


def test_a_sure_name_is_left_out_only_for_others_in_its_place() -> None:
    found = [span("indicator", "i", 0, 10), span("area", "a", 12, 20), span("area", "long", 8, 20, 0.9)]
    for covering, _ in coverings(found):
        taken = {slot.best.code for slot in covering}
        assert "a" in taken or "long" in taken
        assert "i" in taken or "long" in taken


def test_a_weak_name_may_be_left_out() -> None:
    taken = [{slot.best.code for slot in covering} for covering, _ in coverings([span("area", "a", 0, 8, 0.7)])]
    assert taken == [{"a"}, set()]


def test_no_more_than_asked_for() -> None:
    found = [span("area", str(at), 10 * at, 10 * at + 8, 0.7) for at in range(6)]
    assert len(coverings(found, keep=2)) == 2


def test_a_slot_costs_something_but_words_said_elsewhere_do_not() -> None:
    name = span("indicator", "i", 0, 10)
    slot, rest = Slot("indicator", 0, 10, (name,)), Slot(SAID, 12, 16, (name,))
    assert worth((slot,)) == pytest.approx(10 * (1 - WORTH) - EACH)
    assert worth((slot, rest)) == pytest.approx(14 * (1 - WORTH) - EACH)


spans = st.builds(
    lambda kind, start, length, score: span(kind, f"{kind}{start}", start, start + length, score),
    st.sampled_from(["indicator", "area", "member", "period"]),
    st.integers(0, 30),
    st.integers(1, 12),
    st.sampled_from([0.5, 0.7, 0.9, 1.0]),
)


@given(st.lists(spans, max_size=8))
def test_coverings_never_overlap_and_are_sorted_by_what_they_are_worth(found: list[Found]) -> None:
    made = coverings(found)
    gains = [gain for _, gain in made]
    assert gains == sorted(gains, reverse=True)
    for covering, gain in made:
        assert gain == pytest.approx(worth(covering))
        assert all(one.end <= other.start for one, other in pairwise(covering))
