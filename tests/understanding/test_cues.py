"""Cue words: gaps, diacritics, and which of several wordings wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.language.text import normalise
from assistant.understanding.cues import Cues


@pytest.mark.parametrize(
    ("group", "text", "expected"),
    [
        ("order", "huyện nào nhiều học sinh nhất", [("desc", "nhiều học sinh nhất")]),
        ("order", "huyện nào có ít trường tiểu học đạt chuẩn nhất", [("asc", "ít trường tiểu học đạt chuẩn nhất")]),
        ("order", "nhiều một hai ba bốn năm sáu nhất", [("desc", "nhiều một hai ba bốn năm sáu nhất")]),
        ("order", "nhiều " + "rất " * 11 + "nhất", []),
        ("order", "nhiều nhất", [("desc", "nhiều nhất")]),
        ("order", "ít nhất", [("asc", "ít nhất")]),
        ("order", "huyện nào có nhiều học sinh", []),
        ("order", "nơi nào tăng nhiều nhất", [("desc", "tăng nhiều nhất")]),
        ("order", "nơi nào giảm mạnh nhất", [("asc", "giảm mạnh nhất")]),
        ("order", "huyen nao nhieu hoc sinh nhat", [("desc", "nhieu hoc sinh nhat")]),
        ("order", "xếp từ thấp đến cao", [("asc", "từ thấp đến cao")]),
        ("direction", "dân số tăng bao nhiêu", [("up", "tăng")]),
        ("direction", "dân số tăng thêm bao nhiêu", [("up", "tăng thêm")]),
        ("direction", "dan so giam bao nhieu", [("down", "giam")]),
        ("direction", "tăng hay giảm", [("up", "tăng"), ("down", "giảm")]),
        ("direction", "tầng một", []),
        ("against", "so với cùng kỳ năm ngoái", [("same_period_last_year", "so với cùng kỳ")]),
        ("against", "so với kỳ trước", [("previous_period", "so với kỳ trước")]),
        ("against", "đã hoàn thành kế hoạch chưa", [("plan", "hoàn thành"), ("plan", "kế hoạch")]),
        ("versus", "vũng tàu so với bà rịa", [("versus", "so với")]),
        ("operator", "nhiều hơn 300", [("gt", "nhiều hơn")]),
        ("operator", "không dưới 300", [("ge", "không dưới")]),
        ("operator", "không quá 300", [("le", "không quá")]),
        ("operator", "khong qua 300", [("le", "khong qua")]),
        ("trailing", "từ 300 trở xuống", [("le", "trở xuống")]),
        ("how_many", "có bao nhiêu trường", [("number", "bao nhiêu")]),
        ("how_many", "mây bay", []),
        ("share", "nguồn thu nào chiếm nhiều", [("part", "chiếm")]),
        ("share", "đất công bị lấn chiếm", []),
        ("share", "tien bi chiem doat", []),
        ("aim", "phục vụ giao ban, chỉ tiêu giao", [("spoken", "chỉ tiêu"), ("spoken", "giao")]),
        ("counted", "5 cơ sở y tế", [("facility:hospital", "cơ sở y tế")]),
        ("per_lead", "giải ngân đã qua mốc 70% chưa em", []),
        ("versus", "đất so bì chênh so với năm trước", [("versus", "chênh so với")]),
    ],
)
def test_find(cues: Cues, group: str, text: str, expected: list[tuple[str, str]]) -> None:
    text = normalise(text)
    assert [(cue.code, text[cue.start : cue.end]) for cue in cues.find(group, text)] == expected


def test_longest_wording_wins_whatever_the_order_of_the_list() -> None:
    cues = Cues({"filler": [], "g": {"short": ["hơn"], "long": ["nhiều hơn"]}})
    assert [cue.code for cue in cues.find("g", "đông nhiều hơn, hơn")] == ["long", "short"]


def test_marks_are_not_ignored_where_the_person_wrote_some(cues: Cues) -> None:
    assert cues.find("direction", "số trường tang ở huyện") == []
    assert [cue.code for cue in cues.find("direction", "so truong tang o huyen")] == ["up"]


def test_hollow_words_tell_no_indicator_from_another(cues: Cues) -> None:
    assert {"tăng", "bao", "nhiêu", "tỷ", "lệ"} <= cues.hollow
    assert cues.hollow.isdisjoint({"sinh", "bác", "sĩ", "giường"})


@pytest.mark.parametrize(("content", "said"), [("- a", "mapping"), ("a: [", "cannot be read")])
def test_a_broken_file_is_named(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "cues.yml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=rf"cues\.yml.*{said}"):
        Cues.load(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"none\.yml"):
        Cues.load(tmp_path / "none.yml")
