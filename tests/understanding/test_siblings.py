"""Members known by those listed beside them."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import normalise
from assistant.understanding import clauses, siblings
from assistant.understanding.cues import Cues
from assistant.understanding.lattice import coverings
from assistant.understanding.spans import SpanFinder


@pytest.mark.parametrize(
    ("written", "members"),
    [
        ("GRDP của dịch vụ, công nghiệp, nông nghiệp", ["services", "industry", "agriculture"]),
        ("số vụ cháy do chập điện bao nhiêu, bất cẩn lửa bao nhiêu", ["electric", "careless"]),
        ("số xe ô tô, mô tô, xe máy điện", ["car", "motorbike", "electric"]),
        ("rác sinh hoạt, rác y tế, rác công nghiệp", ["household", "medical", "industrial"]),
        ("diện tích lúa, bắp với khoai mì", ["rice", "maize", "cassava"]),
        ("sản lượng nhan chau duc", ["longan"]),
        ("san luong muc so voi tom loai nao nhieu hon", ["squid", "shrimp"]),
        ("sản lượng cả năm của Châu Đức", []),
        ("GRDP của dịch vụ, chị hỏi gấp", ["services"]),
    ],
)
def test_members(finder: SpanFinder, province: Catalogue, cues: Cues, written: str, members: list[str]) -> None:
    text = normalise(written)
    stops = clauses.stops(written, text)
    covering = coverings(finder.find(text, date(2026, 11, 21), frozenset(), frozenset(), stops))[0][0]
    covering = siblings.out_of_names(covering, finder.gazetteer, province)
    made = siblings.attach(text, covering, stops, cues, province)
    assert [slot.best.code.partition(":")[2] for slot in made if slot.slot == "member"] == members


@pytest.mark.parametrize(
    ("written", "members"),
    [
        ("khách nội địa và khách quốc tế chênh nhau bao nhiêu", ["visitor_origin:domestic", "visitor_origin:foreign"]),
        ("khách nội địa và khách quốc tế tháng 10", []),
        ("chia theo khách nội địa và khách quốc tế, chênh nhau bao nhiêu", []),
    ],
)
def test_members_that_a_group_names_are_held_against_each_other(
    finder: SpanFinder, cues: Cues, written: str, members: list[str]
) -> None:
    text = normalise(written)
    covering = coverings(finder.find(text, date(2026, 11, 21), frozenset()))[0][0]
    made = siblings.out_of_groups(text, covering, cues, finder.gazetteer)
    assert [slot.best.code for slot in made if slot.slot == "member"] == members
