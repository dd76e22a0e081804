"""Nouns that are counted stand for their indicator where none is named: "trường này có bao nhiêu em" asks for pupils."""

from __future__ import annotations

import re

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import fold, has_marks, normalise
from assistant.types import Found
from assistant.understanding.cues import Cues
from assistant.understanding.lattice import Covering, Slot, fits, placed
from assistant.understanding.units import SCALES

_MANY = re.compile(rf"(?:{'|'.join(sorted(SCALES.union(map(fold, SCALES))))})\s")
"""Words for many before what is counted ("mấy nghìn em")."""


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

    def attach(self, text: str, covering: Covering) -> Covering:
        """The covering with the indicator of a noun that follows "bao nhiêu", "mấy", where it holds no indicator."""
        if any(slot.slot == "indicator" for slot in covering):
            return covering
        nouns = self._exact if has_marks(text) else self._folded
        for cue in self._cues.find("how_many", text):
            at = cue.end + 1
            if many := _MANY.match(text, at):
                at = many.end()
            following = re.match(r"(\w+)(?: (\w+))?(?: (\w+))?", text[at:])
            for words in range(3, 0, -1) if following else ():
                if following is None or following[words] is None:
                    continue
                end = at + following.end(words)
                code = nouns.get(text[at:end])
                if code is None:
                    continue
                found = Found(
                    kind="indicator",
                    code=code,
                    text=text[at:end],
                    start=at,
                    end=end,
                    match="grammar",
                )
                slot = Slot("indicator", found.start, found.end, (found,))
                if fits(slot, covering):
                    return placed(covering, [slot])
        return covering
