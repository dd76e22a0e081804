"""What became of one question, or of one conversation, with everything a report says about it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.evaluation.judge import VERDICTS, Verdict

__all__ = ["VERDICTS", "Outcome", "Verdict"]

SPELLED = "~"
"""Stands in the id between the question and the spelling that it was put into."""

_WHY = {
    "no figure": "other_figure",
    "the first figure": "order",
    "ranks": "ranking",
    "does not": "words",
    "figure": "value",
}
"""How a judge's reason begins → the word for it."""


@dataclass(frozen=True)
class Outcome:
    """One question, or one conversation, which is right where all of its turns are."""

    id: str
    file: str
    author: str
    """Source of the question: who wrote the file."""
    domain: str
    """Domain of the figures that are expected; ``talk`` where none are."""
    shape: str
    spelling: str
    talk: bool
    """A conversation."""
    final: bool
    """From the set that gates nothing."""
    text: str
    """The question; of a conversation all turns."""
    verdict: Verdict
    reason: str
    status: str
    """Status of the answer; of a conversation, as all that follows, of the turn that decides."""
    intent: str
    """Shape that was read, or the status where no reading is told."""
    expected: str
    answer: str
    reading: str
    shown: tuple[str, ...]
    """The first figures of the answer."""
    turn: int
    """The first turn that failed, from 1; 0 where none did, and for single questions."""
    figures: int
    """Figures answered, over all turns …"""
    unequal: int
    """… and those that differ from their recomputation."""
    milliseconds: float
    """Of the slowest turn."""
    heard: str = ""
    """What a recogniser wrote down of the question, where it was spoken."""

    @property
    def gates(self) -> bool:
        """Whether it may fail a build: not from the final set, not in another spelling than it was written in."""
        return not self.final and SPELLED not in self.id

    @property
    def why(self) -> str:
        """The reason in a word."""
        told = self.reason.partition(": ")[2] if self.talk else self.reason
        return next((word for begin, word in _WHY.items() if told.startswith(begin)), self.status)
