"""Which of the members found an utterance asks about, of which dimension they are, and what one that is named alone counts."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.catalogue.loader import Catalogue
from assistant.language.text import fold
from assistant.understanding import spelled
from assistant.understanding.cues import Cue
from assistant.understanding.lattice import Slot

EITHER = re.compile(r"\s*(?:hay|hoặc|hoac|và|va|với|voi)\s*(?:là\s+)?")
"""What stands between two kinds of places of which one is asked for."""


def of_indicator(members: list[Slot], indicators: list[Slot], catalogue: Catalogue) -> list[Slot]:
    """A name that is a member of several dimensions ("nội địa") is meant in one that the indicator is broken down by.

    Members of what only other fields are broken down by are none here ("doanh nghiệp mới khai sinh").
    """
    if not members:
        return []
    own = {name for slot in indicators for name in catalogue.indicator(slot.best.code).adds.dimensions}
    fields = {catalogue.indicator(slot.best.code).domain for slot in indicators}
    known = {
        name for entry in catalogue.indicators.values() if entry.domain in fields for name in entry.adds.dimensions
    }
    said = [set(slot.best.text.split()) for slot in indicators if slot.best.match == "exact"]
    known |= {
        name
        for entry in (catalogue.indicators.values() if said else ())
        for name in entry.adds.dimensions
        if name not in known and any(words <= spelled.words_of(entry) for words in said)
    }
    if indicators:
        members = [slot for slot in members if any(found.code.partition(":")[0] in known for found in slot.candidates)]
    ordered = []
    for slot in members:
        fitting = [found for found in slot.candidates if found.code.partition(":")[0] in own]
        others = [found for found in slot.candidates if found not in fitting]
        ordered.append(Slot(slot.slot, slot.start, slot.end, (*fitting, *others)) if fitting else slot)
    return ordered


def not_aside(
    members: list[Slot], indicators: list[Slot], stops: Collection[int], asking: list[Cue], catalogue: Catalogue
) -> list[Slot]:
    """Members without those after a stop that no indicator named before is broken down by, where nothing is asked there:
    "khách lưu trú tháng 10 ra sao, hiệp hội khách sạn hỏi" asks for no hotels."""
    named = [slot for slot in indicators if slot.best.match != "default"]
    if not named:
        return members
    own = set().union(*(catalogue.broken_down_by(slot.best.code) for slot in named))
    end = max(slot.end for slot in named)

    def aside(slot: Slot) -> bool:
        begins = [stop for stop in stops if end < stop <= slot.start]
        return bool(begins) and not any(cue.start >= min(begins) for cue in asking)

    return [slot for slot in members if slot.best.code.partition(":")[0] in own or not aside(slot)]


def not_beside(members: list[Slot], groups: list[Slot], text: str, stops: Collection[int]) -> list[Slot]:
    """Members without those that name one half of the places asked for: "bệnh viện hay trung tâm y tế nào", "ba bệnh viện,
    trung tâm y tế nào", "trong các bệnh viện với trung tâm y tế"."""
    places = [slot for slot in groups if slot.best.code.startswith("facility:")]

    def half(slot: Slot) -> bool:
        listed = any(slot.end + 1 == place.start for place in places) and slot.end + 1 in stops
        return listed or any(
            EITHER.fullmatch(text, min(slot.end, place.end), max(slot.start, place.start)) for place in places
        )

    return [slot for slot in members if not half(slot)]


def implied(members: list[Slot], groups: list[Slot], catalogue: Catalogue) -> list[Slot]:
    """A member named alone stands for what its dimension counts ("nguồn thu nội địa", "trạm y tế có mấy cái"); beside what
    something else is broken down by, that is meant: "đất đai chia theo mục đích sử dụng" asks for no dossiers."""
    found = [slot for slot in map(_implied, members, [catalogue] * len(members)) if slot is not None]
    by = [slot for slot in map(_implied, groups, [catalogue] * len(groups)) if slot is not None]
    return [slot for slot in by if found and slot.best.code not in {each.best.code for each in found}][:1] or found[:1]


def _implied(slot: Slot, catalogue: Catalogue) -> Slot | None:
    """The indicator that a member or a dimension stands for, or what a member's name says besides ("năng suất tiêu")."""
    kind, _, name = slot.best.code.partition(":")
    entry = catalogue.dimensions.get(name if kind == "dimension" else kind)
    if entry is None or entry.implies is None:
        return None
    told = _told_with(slot.best.text, entry.code, catalogue) or entry.implies
    update = {"kind": "indicator", "code": told, "match": "default" if told == entry.implies else "exact"}
    found = slot.best.model_copy(update=update)
    return Slot("indicator", slot.start, slot.end, (found,))


def _told_with(text: str, dimension: str, catalogue: Catalogue) -> str:
    """The indicator broken down by a dimension that has a name in the words of a member, the longest one; or none."""
    said = f" {fold(text)} "
    names = {
        name: code
        for code, entry in catalogue.indicators.items()
        if dimension in entry.adds.dimensions
        for name in spelled.names(entry, marked=False)
        if f" {name} " in said and name != said.strip()
    }
    return names[max(names, key=len)] if names else ""
