"""Members of what was spoken of, meant by the words that nothing else explains: "còn nam?" after women, "114?"."""

from __future__ import annotations

import re
from collections import defaultdict

from assistant.catalogue.catalogue import Catalogue
from assistant.catalogue.models import Entry
from assistant.language.text import fold
from assistant.types import Found, Reading
from assistant.understanding import follow_up, spelled
from assistant.understanding.build import PLACE_FIELDS
from assistant.understanding.cues import Cue, Cues

ASIDE = ("only", "rate", "that", "mistaken", "then", "both")
"""Cues whose words name no member ("à lộn" is no cashew, "đào lộn hột"; "năm đó" no men, "nam")."""


def member(
    reading: Reading,
    before: Reading,
    text: str,
    cues: Cues,
    catalogue: Catalogue,
    measures: frozenset[str] = frozenset(),
) -> Found | None:
    """The one member, of a dimension that was spoken of, whose name holds all words that are left over; or None.

    Of another dimension of the indicator, one whose whole name they are: two words or more, fillers aside. Words are
    compared without their marks: "nam" alone may have been taken for "năm". ``measures`` only tell what is counted in
    ("nguy hại mấy tấn").
    """
    foreign = strange(reading, before, catalogue)
    if any(found.match != "default" and found not in foreign for found in reading.dimensions) or reading.unknown:
        return None
    left = _left_over(reading, text, cues) - set(map(fold, measures))
    if any(found.match != "default" for found in reading.indicators):
        weak = all(found.match in follow_up.WEAK for found in reading.indicators)
        told = [catalogue.indicators[found.code] for found in before.indicators if found.code in catalogue.indicators]
        own = frozenset().union(*(spelled.words_of(entry, marked=False) for entry in told))
        like = not weak and left and not (reading.places or reading.periods)
        codes = _by_whole_name(left - own or left, text, before, catalogue) if weak and left else []
        codes = _alike(left, before, catalogue) if like else codes
        codes = codes or (_singled(text, before, cues, catalogue) if weak else [])
        return Found(kind="member", code=codes[0], match="fuzzy") if len(codes) == 1 else None
    spoken = before.broken_down | {
        found.code.removeprefix("dimension:") for found in before.grouping if found.code.startswith("dimension:")
    }
    meant: dict[bool, list[str]] = defaultdict(list)
    for dimension in sorted(spoken & catalogue.dimensions.keys()) if left else ():
        for entry in catalogue.dimensions[dimension].members:
            names = [
                name.split()
                for name in spelled.names(entry, marked=False)
                if not any(map(str.isdigit, name)) or name in fold(text)  # "1 lớp" is no "lớp 1"
            ]
            if any(left <= set(name) for name in names):
                meant[any(left == set(name) for name in names)].append(f"{dimension}:{entry.code}")
    codes = meant[True] or meant[False] or (_by_whole_name(left, text, before, catalogue) if left else [])
    codes = codes or _of_kind(text, before, cues, catalogue)
    return Found(kind="member", code=codes[0], match="fuzzy") if len(codes) == 1 else None


def strange(reading: Reading, before: Reading, catalogue: Catalogue) -> tuple[Found, ...]:
    """The members named that what was spoken of is not broken down by, with nothing else said of what they belong to: "còn
    nội địa?" after guests is no revenue."""
    spoken = [found.code for found in before.indicators if found.code in catalogue.indicators]
    own = before.broken_down.union(*map(catalogue.dimensions_of, spoken))
    named = tuple(found for found in reading.dimensions if found.match != "default")
    alone = all(found.match == "default" for found in reading.indicators)
    return named if alone and not any(found.code.partition(":")[0] in own for found in named) else ()


def surroundings(reading: Reading, before: Reading) -> list[Reading]:
    """What a member that only another indicator has may be asked in: where and when was spoken of, or without a facility or an
    agency, which has only what it does ("có bao nhiêu khách sạn 5 sao?" after surgeries of a hospital)."""
    if not (before.facilities or before.agencies or reading.periods):
        return [before]
    nowhere = before.model_copy(update=dict.fromkeys(PLACE_FIELDS.values(), ()) | {"grouping": ()})
    return [before, nowhere, nowhere.model_copy(update={"periods": ()})]


def _alike(left: frozenset[str], before: Reading, catalogue: Catalogue) -> list[str]:
    """The likes of the one member spoken of that have a name of just the words that are left, several of them: "còn xuất nhập
    khẩu?" after what came from crude oil asks for no exports."""
    names = {found.code.partition(":")[0] for found in before.dimensions}
    return [
        f"{name}:{member.code}"
        for name in sorted(names)
        for member in catalogue.dimensions[name].members
        if len(left) > 1 and any(left == set(each.split()) for each in spelled.names(member, marked=False))
    ]


def _by_whole_name(left: frozenset[str], text: str, before: Reading, catalogue: Catalogue) -> list[str]:
    """The members, of what the indicators before are broken down by, with a name of several words, these among them, that
    were all said."""
    words = set(fold(text).split())
    entries = [catalogue.indicators[found.code] for found in before.indicators if found.code in catalogue.indicators]
    found = []
    for dimension in dict.fromkeys(name for entry in entries for name in entry.adds.dimensions):
        for member in catalogue.dimensions[dimension].members:
            names = [name.split() for name in spelled.names(member, marked=False)]
            if any(len(name) > 1 and left <= set(name) <= words for name in names):
                found.append(f"{dimension}:{member.code}")
    return found


def _singled(text: str, before: Reading, cues: Cues, catalogue: Catalogue) -> list[str]:
    """The members named right after a word that singles one out, of what the indicators before are broken down by: "riêng lốc
    làm hư mấy căn?" after houses, whose names have that word, too."""
    entries = [catalogue.indicators[found.code] for found in before.indicators if found.code in catalogue.indicators]
    after = [f" {fold(text[cue.end + 1 :])} " for cue in cues.find("singled", text)]
    return [
        f"{dimension}:{member.code}"
        for dimension in dict.fromkeys(name for entry in entries for name in entry.adds.dimensions)
        for member in catalogue.dimensions[dimension].members
        if any(words.startswith(f" {name} ") for words in after for name in spelled.names(member, marked=False))
    ]


def _of_kind(text: str, before: Reading, cues: Cues, catalogue: Catalogue) -> list[str]:
    """The member, of what the indicators before are broken down by, whose name ends with what is said right after a word for
    kinds: "phần công nghiệp là mấy tấn?" after waste."""
    entries = [catalogue.indicators[found.code] for found in before.indicators if found.code in catalogue.indicators]
    named = [
        (f"{dimension}:{member.code}", f" {name}")
        for dimension in dict.fromkeys(name for entry in entries for name in entry.adds.dimensions)
        for member in catalogue.dimensions[dimension].members
        for name in spelled.names(member, marked=False)
    ]
    for cue in cues.find("kind", text):
        words = fold(text[cue.end + 1 :]).split()
        for count in (3, 2):
            said = f" {' '.join(words[:count])}"
            codes = list(dict.fromkeys(code for code, name in named if name.endswith(said)))
            if len(words) >= count and codes:
                return codes
    return []


def _left_over(reading: Reading, text: str, cues: Cues) -> frozenset[str]:
    """The folded words outside of places and periods that are neither fillers nor single out what is meant."""
    apart = [(found.start, found.end) for found in (*reading.places, *reading.periods) if found.start >= 0]
    apart += [(cue.start, cue.end) for group in ASIDE for cue in cues.find(group, fold(text))]
    words = (word for word in re.finditer(r"\w+", text) if not any(s <= word.start() < e for s, e in apart))
    return frozenset(fold(word.group()) for word in words) - cues.filler


def whole(reading: Reading, before: Reading, text: str, cues: Cues, catalogue: Catalogue) -> frozenset[str]:
    """Dimensions all members of which are wanted together: every one of them is named ("cộng cả nam lẫn nữ"), or none is,
    after one was spoken of ("tổng các loại", "gộp hết")."""
    apart = [cue for cue in cues.find("both", text) if cue.code != "any"]  # "cả hai năm học đó" are no members
    found = [
        cue
        for cue in cues.find("together", text)
        if not any(cue.start < each.end > cue.end > each.start for each in apart)
    ]
    if any(_is_stretch(each) for each in reading.periods) and not (reading.dimensions or reading.grouping):
        over = cues.find("summed", text)  # "thế mười tháng cộng lại?" adds up the months
        found = [cue for cue in found if not any(cue.start < each.end and each.start < cue.end for each in over)]
    ends = {each.end for each in reading.indicators if each.end > 0}
    found = found or [cue for cue in cues.find("common", text) if cue.start - 1 in ends]
    found = found or _total(reading, before, text, cues)
    if not found:
        return frozenset()
    named: dict[str, set[str]] = defaultdict(set)
    for member in reading.dimensions:
        dimension, _, code = member.code.partition(":")
        named[dimension].add(code)
    spoken = before.broken_down or {
        group.code.removeprefix("dimension:") for group in before.grouping if group.code.startswith("dimension:")
    }
    said = fold(" ".join([text[found[0].start :], *(group.text for group in reading.grouping)])).split()
    if named:
        denied = {
            name
            for name in spoken - named.keys()
            if _is_said(catalogue.dimensions[name], said)
            or any(_is_said(entry, said) for entry in catalogue.dimensions[name].members)
        }  # "bỏ chuyện nam nữ, dân nông thôn thì sao?"
        return frozenset(denied).union(
            dimension
            for dimension, codes in named.items()
            if codes >= {entry.code for entry in catalogue.dimensions[dimension].members}
        )
    grouped = {group.code.removeprefix("dimension:") for group in reading.grouping}
    meant = {name for name in spoken if name in grouped or _is_said(catalogue.dimensions[name], said)}
    all_of_them = {
        group.code.removeprefix("dimension:")
        for group in reading.grouping
        if any(cue.start <= group.start <= cue.end + 1 for cue in found)
    }  # "gom hết các vụ thì mỗi héc ta được mấy tạ?"
    return frozenset((meant or spoken or grouped) | all_of_them) & catalogue.dimensions.keys()


def _is_stretch(found: Found) -> bool:
    """Whether a period is several months or years long, which figures are added up over."""
    return found.period is not None and found.period.grain in ("span", "half") and not found.role


def _total(reading: Reading, before: Reading, text: str, cues: Cues) -> list[Cue]:
    """The word for a total right before what was spoken of, named again with nothing else: "tổng thu ngân sách so với cùng
    kỳ?" after what came from crude oil."""
    names = reading.places or reading.periods or reading.dimensions or reading.grouping
    share = cues.find("share", text) or cues.find("rate", text)
    same = {found.code for found in reading.periods} <= {found.code for found in before.periods}
    if before.intent == "share" and reading.places and same and not (reading.dimensions or reading.grouping or share):
        return cues.find("all_told", text)  # "riêng Sở Tài chính hết thảy mấy người" after the part of the women
    if names or share or follow_up.codes(reading.indicators) != follow_up.codes(before.indicators):
        return []
    starts = {found.start for found in reading.indicators}
    return [cue for cue in cues.find("total", text) if starts & {cue.start, cue.end + 1}]


def undivided(reading: Reading, dimensions: frozenset[str]) -> Reading:
    """The reading without members of these dimensions, and without one figure for each of them."""
    kept = tuple(found for found in reading.dimensions if found.code.partition(":")[0] not in dimensions)
    grouping = tuple(found for found in reading.grouping if found.code.removeprefix("dimension:") not in dimensions)
    update: dict[str, object] = {"dimensions": kept}
    if len(grouping) < len(reading.grouping) or reading.intent in (*follow_up.ABOUT, *follow_up.LOOSE):
        update["grouping"] = grouping
        if not (grouping and reading.order):  # "tính chung các lĩnh vực, cơ quan nào cao nhất?"
            update |= {"intent": "value", "order": None, "limit": None, "threshold": None}
    return reading.model_copy(update=update)


def of_kinds(reading: Reading, dimensions: frozenset[str], catalogue: Catalogue) -> Reading:
    """The reading without an indicator that only words for the members of these dimensions were taken for: "tổng cả trai cả
    gái" asks for no sex ratio."""
    words = frozenset().union(
        *(
            spelled.words_of(member, marked=False)
            for each in dimensions
            for member in catalogue.dimensions[each].members
        )
    )
    weak = [found for found in reading.indicators if found.match == "fuzzy" and found.text]
    if len(weak) < len(reading.indicators) or not all(set(fold(found.text).split()) <= words for found in weak):
        return reading
    return reading.model_copy(update={"indicators": (), "domains": ()})


def _is_said(entry: Entry, words: list[str]) -> bool:
    """Whether folded words hold a name of the entry ("các cấp", "mọi loại xe")."""
    said = f" {' '.join(words)} "
    return any(f" {name} " in said for name in spelled.names(entry, marked=False))


def describes(reading: Reading, catalogue: Catalogue) -> bool:
    """Whether all members named are such as indicators of several fields are broken down by: "nông thôn thì sao?" names no other
    indicator, as "cà phê?" does."""
    entries = catalogue.indicators.values()
    fields = (
        {entry.domain for entry in entries if found.code.partition(":")[0] in entry.adds.dimensions}
        for found in reading.dimensions
    )
    return all(len(each) > 1 for each in fields)
