"""Members of what was spoken of, meant by the words that nothing else explains: "còn nam?" after women, "114?"."""

from __future__ import annotations

import re
from collections import defaultdict

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import fold, normalise
from assistant.types import Found, Reading
from assistant.understanding.cues import Cues


def member(reading: Reading, before: Reading, text: str, cues: Cues, catalogue: Catalogue) -> Found | None:
    """The one member, of a dimension that was spoken of, whose name holds all words that are left over; or None.

    Of another dimension of the indicator, one whose whole name they are: two words or more, fillers aside. Words are
    compared without their marks: "nam" alone may have been taken for "năm".
    """
    if any(found.match != "default" for found in (*reading.indicators, *reading.dimensions)) or reading.unknown:
        return None
    left = _left_over(reading, text, cues)
    spoken = before.broken_down | {
        found.code.removeprefix("dimension:") for found in before.grouping if found.code.startswith("dimension:")
    }
    meant: dict[bool, list[str]] = defaultdict(list)
    for dimension in sorted(spoken & catalogue.dimensions.keys()) if left else ():
        for entry in catalogue.dimensions[dimension].members:
            names = [fold(normalise(name, marked=True)).split() for name in (entry.name, *entry.synonyms)]
            if any(left <= set(name) for name in names):
                meant[any(left == set(name) for name in names)].append(f"{dimension}:{entry.code}")
    codes = meant[True] or meant[False] or (_by_whole_name(left, text, before, catalogue) if left else [])
    return Found(kind="member", code=codes[0], match="fuzzy") if len(codes) == 1 else None


def _by_whole_name(left: frozenset[str], text: str, before: Reading, catalogue: Catalogue) -> list[str]:
    """The members, of what the indicators before are broken down by, with a name of several words, these among them, that
    were all said."""
    words = set(fold(text).split())
    entries = [catalogue.indicators[found.code] for found in before.indicators if found.code in catalogue.indicators]
    found = []
    for dimension in dict.fromkeys(name for entry in entries for name in entry.adds.dimensions):
        for member in catalogue.dimensions[dimension].members:
            names = [fold(normalise(name, marked=True)).split() for name in (member.name, *member.synonyms)]
            if any(len(name) > 1 and left <= set(name) <= words for name in names):
                found.append(f"{dimension}:{member.code}")
    return found


def _left_over(reading: Reading, text: str, cues: Cues) -> frozenset[str]:
    """The folded words outside of places and periods that are neither fillers nor single out what is meant."""
    apart = [(found.start, found.end) for found in (*reading.places, *reading.periods) if found.start >= 0]
    apart += [(cue.start, cue.end) for cue in cues.find("only", text)]
    words = (word for word in re.finditer(r"\w+", text) if not any(s <= word.start() < e for s, e in apart))
    return frozenset(fold(word.group()) for word in words) - cues.filler


def whole(reading: Reading, text: str, cues: Cues, catalogue: Catalogue) -> frozenset[str]:
    """Dimensions of which every member is named and all together are asked for ("cộng cả nam lẫn nữ")."""
    if not cues.find("together", text):
        return frozenset()
    named: dict[str, set[str]] = defaultdict(set)
    for found in reading.dimensions:
        dimension, _, code = found.code.partition(":")
        named[dimension].add(code)
    return frozenset(
        dimension
        for dimension, codes in named.items()
        if codes >= {entry.code for entry in catalogue.dimensions[dimension].members}
    )
