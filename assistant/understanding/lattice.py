"""Overlapping spans and the best few ways to cover an utterance with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.types import Found

SLOT_OF = {"area": "place", "facility": "place", "agency": "place", "unknown": "place"}
"""Kinds of span that stand in one slot of the templates."""

SAID = "said"
"""Slot of a word that belongs to a name whose mask stands elsewhere."""

PER = "per"
"""Slot of what a figure is divided by."""

WORTH = 0.62
"""A span scoring less explains its words worse than leaving them alone: below folded and sound-alike matches."""


@dataclass(frozen=True)
class Slot:
    """One stretch of the utterance and everything it may stand for."""

    slot: str
    start: int
    end: int
    candidates: tuple[Found, ...]
    """Best first; never empty."""

    @property
    def best(self) -> Found:
        return self.candidates[0]

    @property
    def gain(self) -> float:
        """What covering these words is worth, in characters."""
        return (self.best.score - WORTH) * (self.end - self.start)

    def equals(self) -> tuple[Found, ...]:
        """The candidates that fit the words as well as the best one."""
        return tuple(found for found in self.candidates if found.score >= self.best.score - 0.005)


Covering = tuple[Slot, ...]

SURE = 0.75
"""Names scoring this are left out of a covering only for others in their place."""

BEAM = 4
"""Partial coverings kept, times those asked for."""

EACH = 0.3
"""What every slot costs, in characters: one long name explains better than two short ones in its place."""


def worth(covering: Covering) -> float:
    """What a covering is worth, in characters."""
    return sum(slot.gain - (EACH if slot.slot != SAID else 0.0) for slot in covering)


def slots(found: Iterable[Found]) -> list[Slot]:
    """Groups the spans that share their words and their slot."""
    groups: dict[tuple[str, int, int], list[Found]] = defaultdict(list)
    for span in found:
        groups[SLOT_OF.get(span.kind, span.kind), span.start, span.end].append(span)
    return [
        Slot(slot, start, end, tuple(sorted(spans, key=lambda s: -s.score)))
        for (slot, start, end), spans in groups.items()
    ]


def coverings(found: Iterable[Found], keep: int = 4) -> list[tuple[Covering, float]]:
    """The best ways to cover an utterance with spans that do not overlap, best first, with what each is worth.

    A beam over the end positions; several times ``keep`` partial coverings survive at each. No covering leaves out a
    sure name that would fit beside its others.
    """
    ending: dict[int, list[Slot]] = defaultdict(list)
    sure = []
    for slot in slots(found):
        if slot.gain > 0:
            ending[slot.end].append(slot)
            if slot.best.score >= SURE and slot.gain > EACH:
                sure.append(slot)
    best: list[tuple[float, Covering]] = [(0.0, ())]
    upto: list[tuple[int, list[tuple[float, Covering]]]] = [(0, best)]
    for end in sorted(ending):
        options = list(best)
        for slot in ending[end]:
            before = next(beam for position, beam in reversed(upto) if position <= slot.start)
            options += [(gain + slot.gain - EACH, (*covering, slot)) for gain, covering in before]
        unique = {covering: gain for gain, covering in options}
        best = sorted(((gain, covering) for covering, gain in unique.items()), key=lambda item: -item[0])[: BEAM * keep]
        upto.append((end, best))
    whole = [(covering, gain) for gain, covering in best if not any(fits(slot, covering) for slot in sure)]
    return whole[:keep] or [(best[0][1], best[0][0])]


def placed(covering: Iterable[Slot], slots: Sequence[Slot]) -> Covering:
    """The covering with some slots in the place of those they overlap."""
    kept = [slot for slot in covering if fits(slot, slots)]
    return tuple(sorted([*kept, *slots], key=lambda slot: slot.start))


def fits(slot: Slot, covering: Iterable[Slot]) -> bool:
    """Whether a slot could be added to a covering."""
    return all(slot.end <= other.start or other.end <= slot.start for other in covering)
