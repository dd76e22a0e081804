"""Places that an order or a list leaves out, and places that are only named beside one."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import normalise
from assistant.types import Found, Reading
from assistant.understanding import clauses, left_out
from assistant.understanding.candidate import Candidate
from assistant.understanding.cues import Cues
from assistant.understanding.evidence import Evidence, gather
from assistant.understanding.lattice import Slot, coverings
from assistant.understanding.spans import SpanFinder
from assistant.understanding.units import Units

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("written", "places", "apart"),
    [
        ("Huyện nào nhiều vụ cháy nhất, không kể Vũng Tàu", [], ["747"]),
        ("Trừ Côn Đảo thì địa phương nào ít dân nhất", [], ["755"]),
        ("Ngoài thành phố Vũng Tàu ra, huyện nào đông khách nhất", [], ["747"]),
        ("Ngoài Vũng Tàu, huyện nào đông khách nhất", [], ["747"]),
        ("huyện nào có trên 20 vụ cháy, không tính Vũng Tàu và Bà Rịa", [], ["747", "748"]),
        ("xã nào của Châu Đức nhiều ca sốt xuất huyết nhất, trừ Ngãi Giao", ["750"], ["26575"]),
        ("huyện nào đông hơn, Vũng Tàu hay Bà Rịa", ["747", "748"], []),
        ("huyện nào ngoài Côn Đảo đông khách nhất", ["755"], []),
        ("Vụ cháy ở Châu Đức chứ không phải Phú Mỹ", ["750"], ["754"]),
    ],
)
def test_places_are_left_out(
    finder: SpanFinder, province: Catalogue, cues: Cues, written: str, places: list[str], apart: list[str]
) -> None:
    text = normalise(written)
    stops = clauses.stops(written, text)
    covering = coverings(finder.find(text, TODAY, frozenset(), frozenset(), stops))[0][0]
    kept, out, _ = left_out.apart(text, covering, cues, stops)
    evidence = gather(text, kept, cues, province, stops)
    assert [slot.best.code for slot in evidence.places] == places
    assert [slot.best.code for slot in out] == apart


def _place(code: str) -> Found:
    return Found(kind="area", code=code, text="", start=0, end=1)


@pytest.mark.parametrize(
    ("text", "apart"), [("bỏ vũng tàu ra thì sao", ["747"]), ("bỏ vũng tàu ra nữa", ["755", "747"])]
)
def test_next_turn_leaves_out_of_what_was_told_one_by_one(cues: Cues, text: str, apart: list[str]) -> None:
    by_district = Found(kind="group", code="district", text="", start=0, end=1)
    before = Reading(intent="breakdown", grouping=(by_district,), left_out=(_place("755"),))
    evidence = Evidence(text, left_out=[Slot("place", 0, 1, (_place("747"),))])
    best = Candidate(Reading(intent="value", areas=(_place("747"),)), evidence, [], (), Units(cues).asked(text))
    meant = left_out.next_turn(best, before).reading
    assert (meant.intent, meant.areas, [found.code for found in meant.left_out]) == ("follow_up", (), apart)
    alone = before.model_copy(update={"grouping": ()})
    assert left_out.next_turn(best, alone) is best
