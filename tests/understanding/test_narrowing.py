"""Which of the names found is asked about, in whole questions of the sample province."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import normalise
from assistant.understanding.cues import Cues
from assistant.understanding.evidence import Evidence, gather
from assistant.understanding.lattice import coverings
from assistant.understanding.spans import SpanFinder

TODAY = date(2026, 11, 21)


@pytest.fixture
def evidence(request: pytest.FixtureRequest, province: Catalogue, finder: SpanFinder, cues: Cues) -> Evidence:
    text = normalise(request.param)
    return gather(text, coverings(finder.find(text, TODAY, frozenset()))[0][0], cues, province)


@pytest.mark.parametrize(
    ("evidence", "groups"),
    [
        ("các sở tháng 9 nhận bao nhiêu hồ sơ", []),
        ("mỗi sở tháng 9 nhận bao nhiêu hồ sơ", ["agency"]),
        ("sở nào tháng 9 nhận nhiều hồ sơ nhất", ["agency"]),
        ("các huyện có bao nhiêu học sinh", ["district"]),
        ("các nơi tháng 9 nhận bao nhiêu hồ sơ", []),
        ("các đầu số khẩn cấp cộng lại nhận bao nhiêu cuộc gọi", []),
        ("trong các trung tâm y tế với bệnh viện, ba nơi nào khám nhiều nhất", ["facility:hospital"]),
        ("bao nhiêu trẻ sinh ở các bệnh viện", []),
        ("hai nơi nhiều giường bệnh nhất là những bệnh viện nào", ["facility:hospital"]),
        ("trong các trung tâm y tế, nơi nào khám nhiều nhất", ["facility:hospital"]),
        ("nơi nào nhiều học sinh nhất", ["district"]),
        ("Vũng Tàu với Long Đất mỗi nơi bao nhiêu học sinh", []),
        ("Vũng Tàu với Long Đất, mỗi xã bao nhiêu học sinh", ["commune"]),
        ("trong huyện, ba xã nào nhiều hộ nghèo nhất", ["commune"]),
        ("số vụ cháy chia theo nơi cháy, mỗi nơi mấy vụ", ["dimension:fire_place"]),
        ("đàn gia súc gồm trâu bò heo dê mỗi thứ mấy con", ["dimension:livestock"]),
    ],
    indirect=["evidence"],
)
def test_groups_asked_one_by_one(evidence: Evidence, groups: list[str]) -> None:
    assert [slot.best.code for slot in evidence.groups] == groups


@pytest.mark.parametrize(
    ("evidence", "indicators"),
    [
        ("người dân gửi bao nhiêu phản ánh, kiến nghị", ["adm_feedback_received"]),
        ("lớp học bậc tiểu học thì mỗi lớp bao nhiêu học sinh", ["edu_pupils_per_class"]),
        ("thu ngân sách và chi ngân sách là bao nhiêu", ["soc_budget_revenue", "soc_budget_spending"]),
        ("tàu cá thuộc diện phải gắn giám sát hành trình là mấy chiếc", ["agr_vms_required"]),
        ("bụi mịn PM2.5 trong không khí là bao nhiêu", ["env_pm25"]),
    ],
    indirect=["evidence"],
)
def test_the_indicator_asked_for(evidence: Evidence, indicators: list[str]) -> None:
    assert [slot.best.code for slot in evidence.indicators] == indicators


@pytest.mark.parametrize(
    ("evidence", "places"),
    [
        ("Châu Đức chứ không phải Xuyên Mộc có bao nhiêu trường", ["750"]),
        ("xã Bình Ba, à không, xã Sơn Bình có bao nhiêu hộ nghèo", ["26587"]),
    ],
    indirect=["evidence"],
)
def test_what_is_denied_is_not_asked_for(evidence: Evidence, places: list[str]) -> None:
    assert [slot.best.code for slot in evidence.places] == places


@pytest.mark.parametrize(
    ("evidence", "members"),
    [
        ("các trung tâm y tế có bao nhiêu giường bệnh", ["health_unit:health_centre"]),
        ("giường bệnh ở các bệnh viện chiếm mấy phần trăm", ["health_unit:hospital"]),
        ("bao nhiêu trẻ sinh ở các bệnh viện", []),
        ("mỗi bệnh viện có bao nhiêu giường bệnh", []),
    ],
    indirect=["evidence"],
)
def test_all_of_a_kind_are_its_member(evidence: Evidence, members: list[str]) -> None:
    assert [slot.best.code for slot in evidence.members] == members


@pytest.mark.parametrize(
    ("evidence", "indicators"),
    [
        ("villa có mấy chỗ đang hoạt động", ["tou_accommodations"]),
        ("đất đai chia theo mục đích sử dụng", ["agr_land_area"]),
        ("hồ sơ đất đai tháng 10", ["adm_received"]),
        ("hồ sơ đất đai ngâm chưa xong mà đã quá hạn còn tồn mấy bộ", ["adm_pending_overdue"]),
    ],
    indirect=["evidence"],
)
def test_what_a_member_stands_for(evidence: Evidence, indicators: list[str]) -> None:
    assert [slot.best.code for slot in evidence.indicators] == indicators


@pytest.mark.parametrize(
    ("evidence", "periods"),
    [
        ("ba tháng sáu bảy tám có mấy vụ cháy", ["2026-06..2026-08"]),
        ("hè vừa rồi ba tháng sáu bảy tám có mấy vụ cháy", ["2026-06..2026-08"]),
        ("ba tháng sáu bảy tám mỗi tháng mấy vụ cháy", ["2026-06", "2026-07", "2026-08"]),
        ("số camera từ cuối 2021 tới cuối 2025", ["2021", "2025"]),
        ("hồ sơ đang giải quyết tới cuối tháng mười", ["2026-10"]),
        ("Tết gần kề, tháng 10 có mấy vụ cháy", ["2026-10"]),
        ("tháng 10 có mấy vụ cháy, tôi cần để bố trí quà Tết", ["2026-10"]),
        ("tháng 10 cháy nhiều hơn tháng 9 không, đọc cả hai tháng", ["2026-10", "2026-09"]),
    ],
    indirect=["evidence"],
)
def test_periods_asked_about(evidence: Evidence, periods: list[str]) -> None:
    assert [found.code for found in evidence.periods] == periods
