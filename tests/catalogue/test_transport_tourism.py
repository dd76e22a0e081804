"""Transport and tourism: what is said for which figure and member, and that no name cuts into another."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest

from assistant.catalogue.loader import load
from assistant.language.spoken import spell
from assistant.language.text import normalise

CATALOGUE = load()
DOMAINS = ("transport", "tourism")
MINE = [entry for entry in CATALOGUE.indicators.values() if entry.domain in DOMAINS]
MEANT: dict[str, set[str]] = defaultdict(set)
for name in CATALOGUE.names():
    MEANT[normalise(name.text, marked=True)].add(name.code)


@pytest.mark.parametrize("domain", DOMAINS)
def test_each_has_enough_to_ask_for(domain: str) -> None:
    entries = [entry for entry in MINE if entry.domain == domain]
    assert len(entries) >= 18
    assert sum(entry.has_plan for entry in entries) >= 4
    assert sum(entry.grain == "month" for entry in entries) >= 10
    assert min(len(entry.synonyms) for entry in entries) >= 6


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("TNGT", "tra_accidents"),
        ("vụ đụng xe", "tra_accidents"),
        ("thiệt mạng do tai nạn giao thông", "tra_deaths"),
        ("tử vong do tai nạn giao thông trên 100.000 dân", "tra_deaths_per_100k"),
        ("hàng qua cảng Cái Mép", "tra_port_cargo"),
        ("container qua cảng", "tra_containers"),
        ("hành khách", "tra_passengers"),
        ("luân chuyển hàng hóa", "tra_freight_tkm"),
        ("tiền phạt giao thông", "tra_fines"),
        ("tước bằng lái", "tra_licences_revoked"),
        ("đăng kiểm", "tra_inspections"),
        ("tỷ lệ cứng hóa", "tra_paved_rate"),
        ("nồng độ cồn", "traffic_offence:alcohol"),
        ("tỉnh lộ", "road_kind:provincial"),
        ("xe hơi", "vehicle:car"),
        ("từng loại xe", "dimension:vehicle"),
        ("du khách", "tou_visitors"),
        ("khách qua đêm", "tou_overnight"),
        ("tổng thu từ khách du lịch", "tou_revenue"),
        ("doanh thu tour", "tou_travel_revenue"),
        ("tỷ lệ lấp đầy phòng", "tou_occupancy"),
        ("thời gian lưu trú", "tou_stay_length"),
        ("hướng dẫn viên", "tou_guides"),
        ("khách nước ngoài", "visitor_origin:foreign"),
        ("resort", "accommodation:resort"),
        ("khách sạn năm sao", "stars:five"),
        ("theo hạng sao", "dimension:stars"),
        ("mất mạng vì tai nạn giao thông", "tra_deaths"),
        ("chở tấn hàng", "tra_freight"),
        ("tài xế bị phạt", "tra_violations"),
        ("do nhậu", "traffic_offence:alcohol"),
        ("treo bằng lái", "tra_licences_revoked"),
        ("xe đậu đăng kiểm", "tra_inspections_passed"),
        ("xe hai bánh", "vehicle:motorbike"),
        ("khách ghé thăm", "tou_visitors"),
        ("khách ngủ qua đêm", "tou_overnight"),
        ("du lịch thu về", "tou_revenue"),
        ("một lượt khách xài", "tou_spending"),
        ("du khách tây", "visitor_origin:foreign"),
    ],
)
def test_what_officials_say(said: str, code: str) -> None:
    assert MEANT[normalise(said, marked=True)] == {code}


def test_no_name_of_an_indicator_cuts_into_a_members_name() -> None:
    """ "số xe" + "xe máy": what is said together ("số xe máy") is a name of the member, so that it is never lost."""
    lost = []
    for entry in MINE:
        for code in entry.adds.dimensions:
            members = {
                tuple(normalise(text, marked=True).split())
                for member in CATALOGUE.dimensions[code].members
                for text in (member.name, *member.synonyms)
            }
            names = [normalise(text, marked=True).split() for text in (entry.name, *entry.synonyms)]
            for own, member in product(names, members):
                for shared in range(1, min(len(own), len(member))):
                    together = (*own, *member[shared:])
                    if tuple(own[-shared:]) == member[:shared] and together not in members:
                        lost.append((entry.code, " ".join(together)))
    assert lost == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("290,4 triệu tấn.km", "hai trăm chín mươi phẩy bốn triệu tấn ki lô mét"),
        ("12,5 triệu lượt người.km", "mười hai phẩy năm triệu lượt người ki lô mét"),
        ("12,5 nghìn TEU", "mười hai phẩy năm nghìn tê e u"),
    ],
)
def test_their_units_are_read_aloud(written: str, said: str) -> None:
    assert spell(written) == said


@pytest.mark.parametrize(
    ("code", "domains"),
    [
        ("tra_deaths_per_100k", {"transport"}),
        ("tra_paved_rate", {"transport"}),
        ("tou_spending", {"tourism"}),
        ("tou_occupancy", {"tourism"}),
    ],
)
def test_rates_need_their_own_domain_only(code: str, domains: set[str]) -> None:
    assert CATALOGUE.domains_of(code) == domains
