"""Nouns that are counted stand for their indicator where none is named: "trường này có bao nhiêu em" asks for pupils."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import fold, has_marks, normalise
from assistant.types import Found
from assistant.understanding.cues import Cues
from assistant.understanding.lattice import Covering, Slot, fits, placed
from assistant.understanding.narrowing import WHICH
from assistant.understanding.units import SCALES

_MANY = re.compile(rf"(?:{'|'.join(sorted(SCALES.union(map(fold, SCALES))))})\s")
"""Words for many before what is counted ("mấy nghìn em")."""

VOCATIVE = re.compile(
    r"\b(?:là bao nhiêu|la bao nhieu|là mấy|la may|(?:bao nhiêu|bao nhieu|mấy|may) (?:tỷ|ty|triệu|trieu)) (?:em|cháu|chau)$"
)
"""Words that end with whom is spoken to, counted by nobody: "số người bị thương là bao nhiêu em?" …"""

SPOKEN_TO = re.compile(r"(?:em|cháu|chau)$")
"""… and so is that one after words of a plan or a rate: "chỉ tiêu giao bao nhiêu em"."""

LONGEST = 3
"""Words of the longest counted noun."""


class Counters:
    """The counted nouns of all indicators, by their letters with and without marks."""

    def __init__(self, catalogue: Catalogue, cues: Cues) -> None:
        self._cues = cues
        named = {
            normalise(noun, marked=True): entry.code
            for entry in catalogue.indicators.values()
            for noun in entry.counters
        }
        self._exact = named
        self._folded = {fold(noun): code for noun, code in named.items()}

    def attach(self, text: str, covering: Covering, stops: Collection[int] = ()) -> Covering:
        """The covering with the indicator of a noun that is counted there, where it holds no indicator: one after "bao
        nhiêu", a number or "nhiều … nhất", or one before "nơi nào"."""
        if any(slot.slot == "indicator" for slot in covering):
            return covering
        nouns = self._exact if has_marks(text) else self._folded
        for start, end in self._counted(text, covering, stops):
            code = nouns.get(text[start:end])
            if code is None or VOCATIVE.search(text, 0, end) or (end == len(text) and self._is_aside(text, start)):
                continue
            found = Found(kind="indicator", code=code, text=text[start:end], start=start, end=end, match="grammar")
            slot = Slot("indicator", start, end, (found,))
            if fits(slot, covering):
                return placed(covering, [slot])
        return covering

    def _is_aside(self, text: str, start: int) -> bool:
        """Whether the last word is whom a plan or a rate is asked of."""
        asked = any(self._cues.find(group, text) for group in ("aim", "rate"))
        return asked and SPOKEN_TO.match(text, start) is not None

    def _counted(self, text: str, covering: Covering, stops: Collection[int]) -> Iterator[tuple[int, int]]:
        """Where counted nouns may stand, start and end, the longest first at each place."""
        asked = [cue.end + 1 for cue in self._cues.find("how_many", text) if cue.end + 1 not in stops]
        numbers = [slot.end + 1 for slot in covering if slot.slot == "number"]
        ordered = [text.find(" ", cue.start) + 1 for cue in self._cues.find("order", text)]
        for at in (*asked, *numbers, *ordered):
            many = _MANY.match(text, at)
            begin = many.end() if many else at
            ends = [word.end() for word in islice(re.compile(r"\w+").finditer(text, begin), LONGEST)]
            yield from ((begin, end) for end in reversed(ends))
        which = [slot.start for slot in covering if slot.slot == "group" and slot.best.text.endswith(WHICH)]
        which += [cue.start for cue in self._cues.find("which_of", text)]
        for at in which:
            starts = [word.start() for word in re.finditer(r"\w+", text[:at])][-LONGEST:]
            yield from ((begin, at - 1) for begin in starts)
