"""The notation: what each sign says, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.notation import SLOTS, NotationError, expand, mask_token, pieces, slots

PHRASES = {"many": "(bao nhiêu|mấy)", "ask": "cho biết [có] <many>", "loop": "a <knot>", "knot": "b <loop>"}


@pytest.mark.parametrize(
    ("template", "sentences"),
    [
        ("xin chào", ["xin chào"]),
        ("(xin chào|chào)", ["xin chào", "chào"]),
        ("chào [bạn]", ["chào", "chào bạn"]),
        ("chào [bạn|em]", ["chào", "chào bạn", "chào em"]),
        ("số (lớp|học (sinh|viên))", ["số lớp", "số học sinh", "số học viên"]),
        ("{indicator} [của] {place}", ["{indicator} {place}", "{indicator} của {place}"]),
        ("từ {period:from} đến {period:to}", ["từ {period:from} đến {period:to}"]),
        ("<ask> {place}", [f"cho biết {words} {{place}}" for words in ("bao nhiêu", "mấy", "có bao nhiêu", "có mấy")]),
        ("một | hai", ["một", "hai"]),
        ("(a|a) b", ["a b"]),
    ],
)  # fmt: skip
def test_expands(template: str, sentences: list[str]) -> None:
    assert sorted(expand(template, PHRASES)) == sorted(sentences)


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("(a|b", "')' is missing"),
        ("[a", "']' is missing"),
        ("a)", "unbalanced ')'"),
        ("(a]", "unbalanced ']'"),
        ("{place", "braces"),
        ("place}", "unbalanced '}'"),
        ("{}", "braces"),
        ("{school}", "unknown slot {school}"),
        ("{place:north}", "unknown role 'north'"),
        ("<nothing>", "unknown phrase <nothing>"),
        ("<many", "unbalanced"),
        ("<loop>", "contains itself"),
        ("[a] [b]", "can be empty"),
        ("(1|2|3|4|5|6|7|8|9|0) " * 4, "more than"),
    ],
)
def test_refuses(template: str, why: str) -> None:
    with pytest.raises(NotationError) as refused:
        expand(template, PHRASES)
    assert why in str(refused.value)


def test_slots_and_pieces_keep_their_order() -> None:
    sentence = "so {place:subject} với {place:base} năm ngoái {indicator}"
    assert slots(sentence) == [("place", "subject"), ("place", "base"), ("indicator", "")]
    assert list(pieces(sentence)) == [
        ("words", "so"), ("slot", "place"), ("words", "với"), ("slot", "place"), ("words", "năm ngoái"), ("slot", "indicator")
    ]  # fmt: skip


def test_masks_are_distinct_words_in_capitals() -> None:
    masks = {mask_token(slot) for slot in SLOTS}
    assert len(masks) == len(SLOTS)
    assert all(token.isupper() and token.isascii() and token.isalpha() for token in masks)
    with pytest.raises(ValueError, match="school"):
        mask_token("school")


WORD = st.sampled_from(["số", "học sinh", "{place}", "{period:to}", "là"])
TEMPLATE = st.recursive(
    WORD,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
        st.tuples(inner, inner).map(lambda two: f"{two[0]} [{two[1]}]"),
    ),
    max_leaves=6,
)


@given(TEMPLATE)
def test_sentences_are_plain_and_different(template: str) -> None:
    sentences = expand(template)
    assert sentences
    assert len(set(sentences)) == len(sentences)
    for sentence in sentences:
        assert not set("()[]|<>") & set(sentence)
        assert sentence == " ".join(sentence.split())
        assert expand(sentence) == [sentence]
