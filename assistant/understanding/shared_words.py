"""Members that share a word with the name of their indicator: "sản lượng lúa mùa" is "sản lượng lúa" of "lúa mùa"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from assistant.catalogue.catalogue import Catalogue
from assistant.language.gazetteer import Gazetteer
from assistant.language.text import fold, normalise
from assistant.types import Found
from assistant.understanding.lattice import Covering, Slot, fits, placed

CERTAIN = 0.9
"""Score from which a member is believed."""


def inside(covering: Covering, gazetteer: Gazetteer, catalogue: Catalogue) -> list[Slot]:
    """The members that a name of an indicator holds and its own name does not: "tấn tôm nuôi" is farmed seafood, of it
    shrimps. Two members of a dimension in one name tell none of them."""
    found: list[Slot] = []
    for slot in covering:
        if slot.slot != "indicator" or slot.best.code not in catalogue.indicators:
            continue
        entry = catalogue.indicator(slot.best.code)
        own = fold(normalise(entry.name, marked=True))
        held: dict[str, list[Found]] = defaultdict(list)
        for span in gazetteer.find(slot.best.text, near=False) if entry.adds.dimensions else ():
            dimension = span.code.partition(":")[0]
            certain = span.kind == "member" and span.score >= CERTAIN and fold(span.text) not in own
            if certain and dimension in entry.adds.dimensions:
                moved = {"start": slot.start + span.start, "end": slot.start + span.end}
                held[dimension].append(span.model_copy(update=moved))
        found += [
            Slot("member", members[0].start, members[0].end, (members[0],))
            for members in held.values()
            if len({span.code for span in members}) == 1
        ]
    return found


def attach(covering: Covering, spans: Sequence[Found], catalogue: Catalogue) -> Covering:
    """The covering with such members on the words that the indicator leaves; lost otherwise, and the figure wrong."""
    added: list[Slot] = []
    for slot in covering:
        if slot.slot != "indicator" or slot.best.code not in catalogue.indicators:
            continue
        dimensions = catalogue.indicator(slot.best.code).adds.dimensions
        for span in sorted(spans, key=lambda each: each.start - each.end):
            if span.kind != "member" or span.score < CERTAIN or span.code.partition(":")[0] not in dimensions:
                continue
            if span.start < slot.end < span.end and slot.start < span.start:
                start, end = slot.end + 1, span.end
            elif span.start < slot.start < span.end < slot.end:
                start, end = span.start, slot.start - 1
            else:
                continue
            member = Slot("member", start, end, (span,))
            if fits(member, (*covering, *added)):
                added.append(member)
    return placed(covering, added)
