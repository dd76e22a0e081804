"""Parts of an utterance that name what is not asked for: what is denied, and what is only counted with it."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.understanding.cues import Cue, Cues

THEN = re.compile(r"\b(?:thì|thi)\b")
"""A word that leads from what is only said first to what is asked."""


BOTH = re.compile(r"\b(?:lẫn|lan)\b")
"""A word between two that are counted together."""


def denied(text: str, cues: Cues, stops: Collection[int]) -> list[Cue]:
    """What is not asked for, each from its denial to a stop or "thì": "thủy sản khai thác tháng 10, đừng lấy nuôi trồng"."""
    ends = [*stops, *(match.start() for match in THEN.finditer(text)), len(text)]
    denials = [cue for cue in cues.find("denied", text) if " " in text[cue.start : cue.end]]  # "bỏ học" denies nothing
    return [Cue(cue.code, cue.start, min(end for end in ends if end >= cue.end)) for cue in denials]


def included(text: str, cues: Cues, stops: Collection[int]) -> list[Cue]:
    """What is only counted with what is asked for, behind that: "được bao nhiêu lượt, tính cả khách về trong ngày", "mấy trường,
    công lập lẫn tư"."""
    asking = [cue.end for cue in cues.find("how_many", text)]
    if not asking or cues.find("each", text):
        return []
    begins = [cue.start for cue in cues.find("included", text) if cue.start > asking[0]]
    both = (max((stop for stop in stops if stop <= match.start()), default=0) for match in BOTH.finditer(text))
    begins += [start for start in both if start > asking[0]]
    return [Cue("with", start, min((stop for stop in stops if stop > start), default=len(text))) for start in begins]


def blanked(text: str, cues: Collection[Cue]) -> str:
    """The text with nothing where these cues stand, everything else in its place."""
    for cue in cues:
        text = text[: cue.start] + " " * (cue.end - cue.start) + text[cue.end :]
    return text
