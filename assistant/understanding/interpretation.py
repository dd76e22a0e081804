"""What understanding hands on: the readings, and the one question back where there is one."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from assistant.types import Found, Reading, Thing

QuestionKind = Literal[
    "which_facility", "which_area", "which_agency", "which_indicator", "which_period", "which_near", "which_pointed"
]


REMEMBERED = 6
"""Readings further back than the last two that a conversation may return to."""


class Choice(Thing):
    """One possible answer to a question back."""

    label: str
    """What is shown and said."""
    reading: Reading
    """What is meant when it is chosen."""


class QuestionBack(Thing):
    """A question to the person, instead of a guess."""

    kind: QuestionKind
    words: str
    """The words of the utterance that could mean several things, empty where something was not said at all."""
    choices: tuple[Choice, ...]
    """Up to four, likeliest first."""
    asked: Reading | None = None
    """What was understood without the answer; an answer in other words than the choices completes it."""
    settled: bool = False
    """A choice was made; "còn phường?" may still turn to another one."""


class Context(Thing):
    """What the conversation was about a moment ago."""

    reading: Reading | None = None
    """The last reading that was answered."""
    earlier: Reading | None = None
    """The one answered before it, about the same indicator."""
    further: tuple[Reading, ...] = ()
    """Those answered before that, the last one first, at most ``REMEMBERED``."""
    pending: QuestionBack | None = None
    """The question back that stands open, or the settled one while the talk is about what was chosen."""
    first: Found | None = None
    """The place that alone came first in the last answer; "ở đó" means it."""
    answer: str | None = None
    """Turn id of the last answer with figures."""
    at: datetime

    @property
    def about(self) -> Reading | None:
        """What the next utterance may go on from: the question that stands open, else the last answer."""
        return self.pending.asked if self.pending is not None and self.pending.asked is not None else self.reading


class Interpretation(Thing):
    """Competing readings of one utterance, best first, and what to ask back."""

    normalised: str
    readings: tuple[Reading, ...] = ()
    also: tuple[Reading, ...] = ()
    """What was asked in the same breath and is told by no reading together with the best one."""
    question: QuestionBack | None = None
    rival: Reading | None = None
    """A reading about something else that came close to the best one."""
    unexplained: tuple[str, ...] = ()
    """Words of the utterance that no name, period, number or template accounts for."""

    @property
    def best(self) -> Reading | None:
        """The reading to plan, if any."""
        return self.readings[0] if self.readings else None
