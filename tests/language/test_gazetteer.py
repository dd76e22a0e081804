"""Names found by letters, near letters and sound."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import sound
from assistant.language.gazetteer import Gazetteer
from assistant.language.text import fold, normalise
from assistant.types import SpanKind


@dataclass(frozen=True)
class Named:
    kind: SpanKind
    code: str
    text: str
    weight: float = 1.0


NAMES = [
    Named("area", "77", "tỉnh Bà Rịa - Vũng Tàu"),
    Named("area", "77", "Bà Rịa - Vũng Tàu"),
    Named("area", "748", "thành phố Bà Rịa"),
    Named("area", "748", "Bà Rịa", 0.9),
    Named("area", "747", "thành phố Vũng Tàu"),
    Named("area", "747", "Vũng Tàu", 0.9),
    Named("area", "751", "huyện Xuyên Mộc"),
    Named("area", "751", "Xuyên Mộc", 0.9),
    Named("area", "750", "huyện Châu Đức"),
    Named("area", "750", "Châu Đức", 0.9),
    Named("area", "26500", "phường Thắng Tam"),
    Named("area", "26500", "Thắng Tam", 0.9),
    Named("indicator", "edu_pupils", "số học sinh"),
    Named("indicator", "edu_pupils", "hs"),
    Named("indicator", "edu_teachers", "giáo viên"),
    Named("indicator", "edu_teachers_male", "giáo viên nam"),
    Named("indicator", "adm_late", "hồ sơ trễ hạn"),
    Named("indicator", "hea_doctors", "bác sĩ"),
    Named("facility", "sch-vt", "Trường THPT Vũng Tàu"),
    Named("facility", "sch-vts", "Trường THPT Võ Thị Sáu"),
    Named("facility", "sch-dk", "Trường tiểu học Đoàn Kết"),
    Named("facility", "sch-dk-2", "Trường tiểu học Đoàn Kết"),
    Named("group", "district", "huyện"),
    Named("group", "period:year", "từng năm"),
    Named("member", "sex:female", "nữ"),
]
GAZETTEER = Gazetteer(NAMES)


def best(sentence: str) -> dict[str, tuple[str, str]]:
    """Code to words and kind of match, for names found well."""
    found = sorted(GAZETTEER.find(normalise(sentence)), key=lambda item: (item.score, item.end - item.start))
    return {item.code: (item.text, item.match) for item in found if item.score > 0.62}


FOUND = [
    ("Số học sinh của huyện Châu Đức", "750", "huyện châu đức", "exact"),
    ("so hoc sinh o chau duc", "750", "chau duc", "folded"),
    ("tỉnh Bà Rịa – Vũng Tàu", "77", "tỉnh bà rịa vũng tàu", "exact"),
    ("ba ria vung tau co bao nhieu bac si", "77", "ba ria vung tau", "folded"),
    ("Bà Rịa có bao nhiêu HS", "748", "bà rịa", "exact"),
    ("BRVT có bao nhiêu hs", "edu_pupils", "học sinh", "exact"),
    ("Số bác sĩ ở Xuyen Moc", "751", "xuyen moc", "folded"),
    ("huyện xuyên một", "751", "huyện xuyên một", "fuzzy"),
    ("xuyên một", "751", "xuyên một", "sound"),
    ("suyên mộc", "751", "suyên mộc", "sound"),
    ("huyện châu đước", "750", "huyện châu đước", "fuzzy"),
    ("vungtau", "747", "vungtau", "fuzzy"),
    ("ở bả rịa có bao nhiêu chợ", "748", "bả rịa", "folded"),
    ("truong thpt vung tua", "sch-vt", "truong trung hoc pho thong vung tua", "fuzzy"),
    ("hồ sơ chễ hạn", "adm_late", "hồ sơ chễ hạn", "sound"),
    ("hồ sơ trể hạn", "adm_late", "hồ sơ trể hạn", "sound"),
    ("hồ xơ trễ hạn", "adm_late", "hồ xơ trễ hạn", "fuzzy"),
    ("trường thpt võ thị sáo", "sch-vts", "trường trung học phổ thông võ thị sáo", "fuzzy"),
    ("trường trung học phổ thông võ thị sáu", "sch-vts", "trường trung học phổ thông võ thị sáu", "exact"),
    ("Trường THPT Vũng Tàu", "sch-vt", "trường trung học phổ thông vũng tàu", "exact"),
    ("phường Thắng Tam", "26500", "phường thắng tam", "exact"),
    ("học sinh nữ", "sex:female", "nữ", "exact"),
]


@pytest.mark.parametrize(("sentence", "code", "words", "match"), FOUND)
def test_names_are_found(sentence: str, code: str, words: str, match: str) -> None:
    assert best(sentence)[code] == (words, match)


NOT_FOUND = [
    ("tháng tam", "26500"),
    ("bá rìa", "748"),
    ("tháng tám có bao nhiêu hồ sơ", "26500"),
    ("giáo viên năm 2024", "edu_teachers_male"),
    ("mười năm qua", "period:year"),
    ("một năm", "period:year"),
    ("huyện nào đông nhất", "750"),
    ("bà con ở xã", "748"),
    ("số học", "edu_pupils"),
    ("châu âu", "750"),
]


@pytest.mark.parametrize(("sentence", "code"), NOT_FOUND)
def test_other_words_are_no_names(sentence: str, code: str) -> None:
    assert code not in best(sentence)


def test_one_province_outscores_its_two_cities() -> None:
    found = GAZETTEER.find(normalise("Bà Rịa - Vũng Tàu"))
    assert found[0].code == "77"
    assert {item.code for item in found} == {"77", "748", "747"}


def test_two_schools_of_one_name_are_both_found() -> None:
    found = GAZETTEER.find(normalise("Trường tiểu học Đoàn Kết"))
    assert [(item.code, item.score) for item in found] == [("sch-dk", 1.0), ("sch-dk-2", 1.0)]


def test_scores_follow_the_match() -> None:
    def score(sentence: str) -> float:
        return max(item.score for item in GAZETTEER.find(normalise(sentence)) if item.code == "751")

    exact, folded, fuzzy, heard = map(
        score, ("huyện xuyên mộc", "huyen xuyen moc", "huyện xuyên mộk", "huyện suyên mộc")
    )
    assert exact == 1.0
    assert folded == 0.97
    assert 0.8 < fuzzy <= 0.9
    assert 0.8 < heard <= 0.9


def test_only_names_whose_letters_stand_there() -> None:
    said = "học sinh thành phố bà rịa và huyện xuyên mọt"
    codes = {found.code for found in GAZETTEER.find(said)}
    assert "751" in codes
    assert {found.code for found in GAZETTEER.find(said, near=False)} == codes - {"751"}


def test_did_you_mean() -> None:
    near = GAZETTEER.near("trường tiểu học đoàn kiết", "facility", 3)
    assert {item.code for item in near[:2]} == {"sch-dk", "sch-dk-2"}
    assert all(item.kind == "facility" for item in near)
    assert GAZETTEER.near("trường", "domain", 3) == []


def test_no_names_at_all() -> None:
    assert Gazetteer([]).find("số học sinh") == []
    assert Gazetteer([]).near("số học sinh", "indicator") == []


@pytest.mark.parametrize("name", NAMES)
def test_every_name_finds_itself(name: Named) -> None:
    text = normalise(name.text, marked=True)
    for written in (text, fold(text)):
        whole = [item for item in GAZETTEER.find(written) if (item.start, item.end) == (0, len(written))]
        assert name.code in {item.code for item in whole}


@given(
    st.lists(
        st.sampled_from([word for name in NAMES for word in name.text.split()] + ["tháng", "năm", "x"]), max_size=12
    )
)
def test_spans_are_whole_words(words: list[str]) -> None:
    text = normalise(" ".join(words))
    spans = [(item.start, item.end, item.kind, item.code) for item in GAZETTEER.find(text)]
    assert len(spans) == len(set(spans))
    for item in GAZETTEER.find(text):
        assert text[item.start : item.end] == item.text
        assert set(item.text.split()) <= set(text.split())
        assert 0 < item.score <= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dục", "giục"),
        ("ra", "da"),
        ("chễ", "trễ"),
        ("xơ", "sơ"),
        ("lăm", "năm"),
        ("một", "mộc"),
        ("bàn", "bàng"),
        ("trể", "trễ"),
    ],
)
def test_what_sounds_alike(one: str, other: str) -> None:
    assert sound.likeness(one, other) > 0.9


@pytest.mark.parametrize(("one", "other"), [("bà", "ca"), ("đức", "dục"), ("vũng", "vuông"), ("tám", "tán")])
def test_what_does_not(one: str, other: str) -> None:
    assert sound.likeness(one, other) == 0
