"""Which of the names found an utterance asks about: what is only a unit, denied, beside the point or a place for the rest
is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from itertools import pairwise
from typing import TypeVar

from assistant.catalogue.loader import Catalogue
from assistant.language.text import fold, normalise
from assistant.types import Found
from assistant.understanding import spelled
from assistant.understanding.cues import Cue, Cues
from assistant.understanding.lattice import Slot

EACH = ("mỗi", "moi", "một", "mot", "hằng", "hang", "hàng")
"""Words before a period that may belong to an indicator's name."""

JOINED = re.compile(r"(?:\s|,|;|và|va|cùng|cung|với|voi|lẫn|lan|số|so|các|cac|tổng|tong)*")
"""What stands between indicators that are asked for side by side."""

JOINER = re.compile(
    r"(?<!\w)(?:và|va|cùng|cung|với|voi|lẫn|lan|còn|con|rồi|roi|mà|ma|trong đó|trong do|hay|hoặc|hoac)(?!\w)"
)
"""Words between indicators that keep both asked for."""

TOUCHING = re.compile(
    r"\s*(?:(?:của|cua|ở|o|tại|tai)\s+)?"
    r"(?:(?:thuộc|thuoc|mà|ma|đang|dang|đã|da|được|duoc|có|co|còn|con|bị|bi|đem|dem|đó|do|này|nay|ấy)\s+){0,2}"
)
"""What stands between the head of a name and the rest of it."""

WHERE = re.compile(r"(?<!\w)(?:tại|tai|ở|o)\s+(?:tất cả\s+|tat ca\s+)?$")
"""Words right before a group that only tells where ("sinh tại | các cơ sở y tế")."""

ALL = ("các", "cac", "những", "nhung", "tất cả", "tat ca")
"""Words that begin a group without asking for one figure each …"""

WHICH = ("nào", "nao")
"""… unless it ends with one of these."""

VAGUE = frozenset(["noi", "cho", "dau"])
"""Folded words of groups that may be of any kind of place."""

EITHER = "either"
"""Role of a group of the facilities that are of any of the kinds named: "trong đám bệnh viện, trung tâm y tế, chỗ nào …"."""

PLACED = ("facility", "agency")
"""Kinds of groups that are many: with "bao nhiêu" all together are asked for, "các cơ quan tiếp nhận bao nhiêu hồ sơ"."""

OWNED_BY = re.compile(r"\s*(?:(?:của|cua)(?:\s+\w+){0,2}|trong|ngoài|ngoai)\s*")
"""What stands between a figure and what it is of ("thời gian phản ứng của anh em cứu hỏa", "PM2.5 trong không khí")."""

DURATIONS = ("phút", "ngày", "giờ")
"""Units of indicators that measure how long something takes."""

Named = TypeVar("Named", Slot, Found)

WHERE = re.compile(r"\b(?:ở|o|tại|tai)(?: (?:các|cac|những|nhung|mấy|may))? $")
"""Words before a name that tells where something is."""


def asked_for(indicators: list[Slot], asking: list[Cue], text: str, places: Collection[Slot] = ()) -> list[Slot]:
    """The indicator right after or around the only "bao nhiêu", with those joined to it: "dân với doanh nghiệp gửi bao
    nhiêu phản ánh" asks for no businesses; what another one is of is not asked for either ("tàu cá của Vũng Tàu đã lắp …" is
    of a place)."""
    indicators = [
        slot
        for at, slot in enumerate(indicators)
        if not (
            at
            and OWNED_BY.fullmatch(text, indicators[at - 1].end, slot.start)
            and not any(indicators[at - 1].end <= place.start < slot.start for place in places)
        )
    ]
    if len(asking) != 1:
        return indicators
    asked = [
        slot
        for slot in indicators
        if 0 <= slot.start - asking[0].end <= 1 or slot.start <= asking[0].start < asking[0].end <= slot.end
    ]
    if not asked:
        return indicators
    kept = list(asked)
    for slot in indicators:
        if slot.start >= kept[-1].end and JOINED.fullmatch(text, kept[-1].end, slot.start):
            kept.append(slot)
    return kept


def one_by_one(groups: list[Slot], asking: list[Cue], text: str) -> list[Slot]:
    """Groups without those that only tell where, or who all together: "sinh tại các cơ sở y tế", "các cơ quan tiếp nhận bao
    nhiêu hồ sơ" ask for no figure of each."""

    def together(slot: Slot) -> bool:
        if not slot.best.text.startswith(ALL) or slot.best.text.endswith(WHICH):
            return False
        many = slot.best.code.startswith(PLACED) or not VAGUE.isdisjoint(fold(slot.best.text).split())
        many = many and any(cue.start > slot.end for cue in asking)
        return many or WHERE.search(text[: slot.start]) is not None

    return [slot for slot in groups if not together(slot)]


def of_the_kind(groups: list[Slot], left: list[Slot], indicators: list[Slot], catalogue: Catalogue) -> list[Slot]:
    """The members that groups name which are not ``left``, because all of them together are asked for: "các trung tâm y tế
    dùng giường hết bao nhiêu phần trăm công suất"."""
    own = sorted(set().union(*(catalogue.broken_down_by(slot.best.code) for slot in indicators)))
    found = []
    for slot in groups if indicators else ():
        noun = re.sub(rf"^(?:{'|'.join(ALL)}) ", "", slot.best.text)
        if slot in left or not slot.best.code.startswith("facility:"):
            continue
        for dimension in own:
            for member in catalogue.dimensions[dimension].members:
                if noun in spelled.names(member):
                    meant = slot.best.model_copy(update={"kind": "member", "code": f"{dimension}:{member.code}"})
                    found.append(Slot("member", slot.start, slot.end, (meant,)))
    return found


def without(slots: list[Slot], cues: Collection[Cue]) -> list[Slot]:
    """Slots without those that only stand in these cues."""
    return [slot for slot in slots if not any(cue.start < slot.end and slot.start < cue.end for cue in cues)]


def once(indicators: list[Slot]) -> list[Slot]:
    """Each indicator or group once, though it is named again: "đàn gia súc …, trâu bò heo dê mỗi thứ mấy con"."""
    return list({slot.best.code: slot for slot in reversed(indicators)}.values())[::-1]


def most_exact(groups: list[Slot], members: list[Slot], catalogue: Catalogue) -> list[Slot]:
    """Groups of places without the vague ones beside another: "ba nơi … là những bệnh viện nào" asks for hospitals, and so
    does "trong các bệnh viện, nơi nào …"."""
    vague = [
        slot
        for slot in groups
        if not (slot.best.code.startswith("dimension:") or VAGUE.isdisjoint(fold(slot.best.text).split()))
    ]
    exact = [slot for slot in groups if slot not in vague]
    kinds_of_place = {word for slot in exact for word in fold(slot.best.text).split()}
    if vague and any(kinds_of_place.intersection(VAGUE, fold(slot.best.text).split()) for slot in vague):
        return exact  # "chia theo nơi xảy ra cháy thì mỗi nơi mấy vụ"
    if not vague or any(not slot.best.code.startswith(("period:", "dimension:")) for slot in exact):
        return exact
    said = {fold(slot.best.text) for slot in members}
    kinds = [
        code
        for code, kind in catalogue.facility_kinds.items()
        if said.intersection(fold(normalise(noun)) for noun in kind.head_nouns)
    ]
    if len(kinds) != 1:
        return groups
    slot = vague[0]
    meant = slot.best.model_copy(update={"code": f"facility:{kinds[0]}", "role": EITHER})
    return [*exact, Slot(slot.slot, slot.start, slot.end, (meant,))]


def of_those_named(groups: list[Slot], places: list[Slot], catalogue: Catalogue) -> list[Slot]:
    """Groups without those that only say one figure each of the places named: "Vũng Tàu với Long Đất mỗi nơi bao nhiêu"."""
    kinds = {catalogue.kind_of(slot.best.code) for slot in places}
    return groups if len(places) < 2 or len(kinds) > 1 else [slot for slot in groups if slot.best.code not in kinds]


def asked_after(groups: list[Slot], stops: Collection[int], asking: list[Cue]) -> list[Slot]:
    """Groups without the vague ones that are said after a stop once everything is asked: "… bao nhiêu hộ sinh? Cô coi thiếu chỗ
    nào." """
    end = max((cue.end for cue in asking), default=None)
    return [
        slot
        for slot in groups
        if end is None
        or VAGUE.isdisjoint(fold(slot.best.text).split())
        or not any(end < stop <= slot.start for stop in stops)
    ]


def without_units(indicators: list[Slot], catalogue: Catalogue) -> list[Slot]:
    """ "Hồ sơ nộp trực tuyến … mấy hồ sơ": the second is the unit of the first, not another indicator."""
    units = {
        slot.best.code: normalise(catalogue.indicator(slot.best.code).unit.partition("/")[0]) for slot in indicators
    }
    kept = [
        slot
        for slot in indicators
        if slot.best.match == "fuzzy"
        or not any(unit == slot.best.text and code != slot.best.code for code, unit in units.items())
    ]
    return kept or indicators


def without_wider(indicators: list[Slot], asking: list[Cue], catalogue: Catalogue) -> list[Slot]:
    """ "Hồ sơ chưa xong mà đã quá hạn … còn tồn mấy bộ" asks of the overdue ones: a single word that only tells what they are a
    part of asks for nothing else, where one number is asked for."""
    if len(asking) > 1:
        return indicators
    return [
        slot
        for slot in indicators
        if slot.best.match != "fuzzy"
        or " " in slot.best.text
        or not any(
            other.start < slot.start and is_part(other.best.code, slot.best.code, catalogue) for other in indicators
        )
    ]


def is_part(one: str, other: str, catalogue: Catalogue) -> bool:
    """Whether an indicator counts some of what another counts, by its name: the same words and more."""
    part, whole = catalogue.indicator(one), catalogue.indicator(other)
    names = [set(normalise(entry.name).split()) for entry in (part, whole)]
    return (part.domain, part.unit) == (whole.domain, whole.unit) and names[1] < names[0]


def not_of_all(indicators: list[Slot], together: list[Cue]) -> list[Slot]:
    """Indicators without those all of whose kinds another figure is asked of: "mọi loại án hình sự, tỷ lệ khám phá"."""
    return [slot for slot in indicators if not any(slot.start < cue.end < slot.end for cue in together)] or indicators


def rated(indicators: list[Slot], led: int, catalogue: Catalogue) -> list[Slot]:
    """Indicators without what one of them is the rate of, where a word for a rate is ``led`` before both: "tỷ lệ đường được
    nhựa hóa, bê tông hóa"."""
    ratios = [catalogue.indicator(slot.best.code).ratio for slot in indicators]
    parts = {ratio.numerator for ratio in ratios if ratio is not None and ratio.part}
    after = all(led < slot.start for slot in indicators)
    return [slot for slot in indicators if slot.best.code not in parts] if after else indicators


def tested(indicators: list[Slot], numbers: list[Found]) -> list[Slot]:
    """The one right before the number that it is held against: "đất rộng người thưa, mật độ dưới 500 người" tests one; else the
    one right after it: "dưới năm xe chữa cháy với cứu nạn"."""
    at = max((number.start for number in numbers), default=0)
    before = [slot for slot in indicators if slot.end <= at]
    end = max((number.end for number in numbers), default=0)
    return before[-1:] or [slot for slot in indicators if slot.start == end + 1] or indicators


def without_heads(
    indicators: list[Slot], text: str, stops: Collection[int], catalogue: Catalogue, places: Collection[Slot] = ()
) -> list[Slot]:
    """ "Tàu cá của Vũng Tàu thuộc diện lắp thiết bị giám sát": the first only begins the name of the second, which goes on
    right after it, or after a place, with other words."""
    kept = []
    for one, other in zip(indicators, [*indicators[1:], None], strict=True):
        begins = (
            other is not None
            and TOUCHING.fullmatch(_between(one, other, text, places))
            and not any(one.end < stop <= other.start for stop in stops)
            and set(one.best.text.split())
            <= spelled.words_of(catalogue.indicator(other.best.code)) - set(other.best.text.split())
        )
        if not begins:
            kept.append(one)
    return kept


def not_where(indicators: list[Slot], text: str) -> list[Slot]:
    """Without what only tells where: "em khuyết tật học hòa nhập ở trường phổ thông" counts no schools."""
    return [slot for slot in indicators if not WHERE.search(text, 0, slot.start)] or indicators


def without_around(
    indicators: list[Slot], asking: list[Cue], text: str, stops: Collection[int], catalogue: Catalogue
) -> list[Slot]:
    """ "Không khí ở Phú Mỹ … bụi mịn PM2.5 đo được bao nhiêu": the first is only where the second is found, which has a name
    with the words of both."""
    if len(indicators) != 2 or len(asking) != 1:
        return indicators
    one, other = indicators
    told = set(one.best.text.split())
    apart = any(one.end < stop <= other.start for stop in stops) or asking[0].start < other.start
    if apart or JOINED.fullmatch(text, one.end, other.start) or JOINER.search(text, one.end, other.start):
        return indicators
    shared = set(other.best.text.split()) - told
    names = map(set, map(str.split, spelled.names(catalogue.indicator(other.best.code))))
    return [other] if any(told < name and name & shared for name in names) else indicators


def _between(one: Slot, other: Slot, text: str, places: Collection[Slot]) -> str:
    """What stands between two names, without a place."""
    place = next((slot for slot in places if one.end <= slot.start and slot.end <= other.start), None)
    return (
        text[one.end : other.start]
        if place is None
        else text[one.end : place.start] + text[place.end : other.start].lstrip()
    )


def ordered(indicators: list[Slot], order: str, catalogue: Catalogue) -> list[Slot]:
    """The one that places are ordered by: a time after "chậm nhất" ("xe chữa cháy phản ứng chậm nhất"), a ratio before the
    numbers it is made of ("lớp nào đông học sinh nhất, tính sĩ số")."""
    entries = [(slot, catalogue.indicator(slot.best.code)) for slot in indicators]
    times = [slot for slot, entry in entries if order in ("fast", "slow") and entry.unit in DURATIONS]
    codes = {slot.best.code for slot in indicators}
    ratios = [slot for slot, entry in entries if entry.ratio and codes <= {entry.code, *entry.ratio.parts}]
    return times[:1] or ratios[:1] or indicators


def measured(indicators: list[Slot], fits: Callable[[str], bool], text: str, stops: Collection[int]) -> list[Slot]:
    """Indicators told in the one measure asked for, without those whom the figure is about: "lực lượng chữa cháy từ lúc nhận
    tin tới lúc có mặt mất mấy phút"."""
    kept = [slot for slot in indicators if fits(slot.best.code)]
    for one, other in pairwise(indicators):
        joined = any(one.end < stop <= other.start for stop in stops)
        if joined or JOINER.search(text, one.end, other.start):
            return indicators
    return kept or indicators


def by_kind(groups: list[Slot], indicators: list[Slot], catalogue: Catalogue) -> list[Slot]:
    """ "Theo từng loại", "theo nguyên nhân" are meant by a dimension that the indicator has: the one called alike."""
    if len(indicators) != 1:
        return [slot for slot in groups if slot.best.code != "dimension:"]
    own = catalogue.indicator(indicators[0].best.code).adds.dimensions
    found = []
    for slot in groups:
        kind, _, name = slot.best.code.partition(":")
        if kind != "dimension" or name in own:
            found.append(slot)
            continue
        said = set(fold(slot.best.text).split())

        def alike(code: str, said: set[str] = said) -> int:
            entry = catalogue.dimensions[code]
            return len(said.intersection(fold(normalise(" ".join((entry.name, *entry.synonyms)))).split()))

        best = max(own, key=alike, default="")
        if best and (not name or alike(best)):
            meant = slot.best.model_copy(update={"code": f"dimension:{best}"})
            found.append(Slot(slot.slot, slot.start, slot.end, (meant,)))
        elif name:
            found.append(slot)
    return found


def corrected(named: list[Named], cues: Cues, text: str) -> list[Named]:
    """Names of one kind without those said before a slip is owned up to: "xã Bình Ba, à không, xã Sơn Bình"."""
    slips = [cue for cue in cues.find("mistaken", text) if any(each.start >= cue.end for each in named)]
    return [each for each in named if each.start >= slips[-1].end] if slips else named


def not_denied(named: list[Named], cues: Cues, text: str) -> list[Named]:
    """ "Châu Đức chứ không phải Phú Mỹ" asks of one place, "tháng 10 chứ không phải tháng 8" of one period."""
    denials = cues.find("denied", text)
    return [each for each in named if not _follows(each, denials)] or named


def not_aside(slots: list[Slot], aside: Collection[Cue]) -> list[Slot]:
    """Without what is denied, or only counted with what is asked for: "bao nhiêu lượt khách, tính cả khách về trong ngày"."""
    return [each for each in slots if not any(cue.start <= each.start < cue.end for cue in aside)]


def not_left_out(members: list[Slot], cues: Cues, text: str, stops: Collection[int]) -> list[Slot]:
    """Members without those right after a denial: "khỏi nói riêng trộm nữa", but not "không phải, tôm"."""
    denials = cues.find("denied", text)
    return [slot for slot in members if slot.start in stops or not _follows(slot, denials)]


def _follows(each: Named, denials: list[Cue]) -> bool:
    return any(0 <= each.start - cue.end <= 1 for cue in denials)


def unlikely(indicators: list[Slot], members: list[Slot], catalogue: Catalogue) -> bool:
    """Whether indicators were found by other marks than were said, and know nothing of the members named outright: "homestay
    có bao nhiêu chỗ đang hoạt động" asks for no markets ("chợ")."""
    outright = {slot.best.code.partition(":")[0] for slot in members if slot.best.match == "exact"}
    own = [catalogue.broken_down_by(slot.best.code) for slot in indicators if slot.best.match == "folded"]
    return bool(own) and len(own) == len(indicators) and bool(outright) and not outright.intersection(*own)


def counting(groups: list[Slot], catalogue: Catalogue) -> tuple[list[Slot], list[Slot]]:
    """Facilities named beside another group are what is counted there ("huyện nào có trên 40 trường")."""
    for slot in groups:
        kind = slot.best.code.partition(":")[2] if slot.best.code.startswith("facility:") else ""
        code = catalogue.facility_kinds[kind].counted_by if kind else ""
        if code and len(groups) > 1:
            found = slot.best.model_copy(update={"kind": "indicator", "code": code, "match": "default"})
            return [Slot("indicator", slot.start, slot.end, (found,))], [each for each in groups if each is not slot]
    return [], groups


def are_counted(groups: list[Slot], limits: Collection[Found]) -> bool:
    """Whether facilities are what is counted against a limit: "trên 5 | trường"."""
    begins = {number.end + 1 for number in limits}
    return any(slot.best.code.startswith("facility:") and slot.start in begins for slot in groups)


def not_grouped(indicators: list[Slot], groups: list[Slot], asked: list[Cue], catalogue: Catalogue) -> list[Slot]:
    """Without the number of those facilities of each of which another indicator is asked: "ba trường phổ thông có đông học sinh
    nhất là trường nào"; "có mấy trường, trường nào đông nhất" asks for their number, too."""
    kinds = [slot.best.code.partition(":")[2] for slot in groups if slot.best.code.startswith("facility:")]
    counted = {catalogue.facility_kinds[kind].counted_by for kind in kinds}
    told = {cue.end + 1 for cue in asked}
    return [slot for slot in indicators if slot.best.code not in counted or slot.start in told] or indicators


def numbered(indicators: list[Slot], counted: list[Cue], numbers: list[Found]) -> tuple[list[Slot], list[Slot]]:
    """Indicators named beside another one, right after a number, that are words for places are those asked for one by one:
    "ba cơ sở y tế mổ nhiều ca nhất"."""
    begins = {found.end + 1 for found in numbers}
    kinds = {(cue.start, cue.end): cue.code for cue in counted if cue.start in begins}
    groups = [
        Slot("group", slot.start, slot.end, (slot.best.model_copy(update={"kind": "group", "code": kinds[place]}),))
        for slot in indicators
        if (place := (slot.start, slot.end)) in kinds
    ]
    left = [slot for slot in indicators if (slot.start, slot.end) not in kinds]
    return (left, groups) if left else (indicators, [])


def of_the_name(slot: Slot, indicators: list[Slot], catalogue: Catalogue) -> bool:
    """Whether a period asked for one by one is part of an indicator's name ("thu nhập bình quân mỗi tháng")."""
    if not slot.best.code.startswith("period:") or len(slot.best.text.split()) != 2:
        return False
    each, length = slot.best.text.split()
    names = (fold(normalise(catalogue.indicator(found.best.code).name)) for found in indicators)
    return each in EACH and any(re.search(rf"\bmot {fold(length)}\b", name) for name in names)
