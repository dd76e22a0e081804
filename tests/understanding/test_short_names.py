"""Members told by the end of their names, beside others of their kind."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import normalise
from assistant.understanding import clauses
from assistant.understanding.cues import Cues
from assistant.understanding.lattice import coverings
from assistant.understanding.short_names import ShortNames
from assistant.understanding.spans import SpanFinder


@pytest.fixture(scope="module")
def short_names(province: Catalogue, cues: Cues) -> ShortNames:
    return ShortNames(province, cues)


@pytest.mark.parametrize(
    ("written", "members"),
    [
        ("Vốn đầu tư thực hiện năm 2025: ngoài nhà nước, nước ngoài, nhà nước", ["non_state", "foreign", "state"]),
        ("GRDP năm 2025 của nông nghiệp, dịch vụ", ["agriculture", "services"]),
        ("rác sinh hoạt, y tế, công nghiệp mỗi loại mấy tấn", ["household", "medical", "industrial"]),
        ("sản lượng khai thác có mấy tấn cả, mấy tấn tôm", ["fish", "shrimp"]),
        ("số trường mầm non, trường công mấy trường, trường từ mấy trường", ["public", "private"]),
        ("giữa nồng độ cồn với tốc độ lỗi nào nhiều hơn", ["alcohol", "speed"]),
        ("thu ngân sách nội địa, dầu thô, xuất nhập khẩu mỗi khoản mấy tỷ", ["domestic", "crude_oil", "customs"]),
        ("chất thải rắn phát sinh tháng rồi thì loại công nghiệp chiếm mấy phần trăm", ["industrial"]),
        ("sản lượng khai thác cả năm, chị cần gấp", []),
        ("GRDP của nông nghiệp năm 2025", []),
        ("số học sinh, số giáo viên của Long Đất", []),
    ],
)
def test_members_of_a_list(short_names: ShortNames, finder: SpanFinder, written: str, members: list[str]) -> None:
    text = normalise(written)
    stops = clauses.stops(written, text)
    covering = coverings(finder.find(text, date(2026, 11, 21), frozenset(), frozenset(), stops))[0][0]
    made = short_names.attach(text, covering, stops)
    assert [slot.best.code.partition(":")[2] for slot in made if slot.slot == "member"] == members
