"""A member singled out of those listed before it: "trong trâu, bò và heo, riêng heo chiếm …" asks for the share of one."""

from __future__ import annotations

from assistant.understanding.cues import Cues
from assistant.understanding.lattice import Slot

NEAR = 12
"""Characters between the word that singles out and its member ("riêng học sinh lớp một")."""


def out(members: list[Slot], indicators: list[Slot], cues: Cues, text: str) -> list[Slot]:
    """The members with roles: the one after "riêng" is the numerator, the others of its dimension the denominator.

    Those that are words of the indicator's name ("đàn trâu bò heo dê") are no list and left out.
    """
    single = next(
        (slot for cue in cues.find("singled", text) for slot in members if 0 <= slot.start - cue.end <= NEAR), None
    )
    if single is None:
        return members
    names = [slot for slot in indicators if slot.best.match != "default"]
    dimension = single.best.code.partition(":")[0]
    found = []
    for slot in members:
        if slot is single:
            found.append(_with_role(slot, "numerator"))
        elif slot.best.code.partition(":")[0] != dimension:
            found.append(slot)
        elif not any(slot.best.start < name.end and name.start < slot.best.end for name in names):
            found.append(_with_role(slot, "denominator"))
    return found


def _with_role(slot: Slot, role: str) -> Slot:
    best = slot.best.model_copy(update={"role": role})
    return Slot(slot.slot, slot.start, slot.end, (best, *slot.candidates[1:]))
