"""Members that share a word with the name of their indicator: "sản lượng lúa mùa" is "sản lượng lúa" of "lúa mùa"."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.catalogue.catalogue import Catalogue
from assistant.types import Found
from assistant.understanding.lattice import Covering, Slot, fits, placed

CERTAIN = 0.9
"""Score from which a member is believed."""


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
