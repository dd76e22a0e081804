"""Members told by the end of their names, where others of their kind are listed beside them: "chia ra nhà nước, ngoài nhà
nước, nước ngoài"; or a word for kinds leads to them: "loại công nghiệp"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from assistant.catalogue.catalogue import Catalogue
from assistant.catalogue.models import Dimension
from assistant.language.text import fold
from assistant.types import Found
from assistant.understanding import spelled
from assistant.understanding.cues import WORD, Cues
from assistant.understanding.enumeration import Item, items
from assistant.understanding.lattice import Covering, Slot, placed

SCORE = 0.9
"""Of a member known by those beside it."""

FEWEST = 3
"""Letters of the end of a name that tells a member beside others."""

LONGEST = 6
"""Words of the longest such end."""

HEAD = 2
"""Words that names of several members may begin with ("khu vực", "trường")."""

Names = dict[str, str]


class ShortNames:
    """The names of all members, and what is left of them without the words that they have in common."""

    def __init__(self, catalogue: Catalogue, cues: Cues) -> None:
        self._catalogue = catalogue
        self._cues = cues
        self._names = {code: _names(dimension) for code, dimension in catalogue.dimensions.items()}

    def attach(self, text: str, covering: Covering, stops: Collection[int]) -> Covering:
        """The covering with a member for each item of a list, where all of them tell one of the same dimension: one of what
        the indicator is broken down by, or, where none is named, of the members found."""
        named = [slot.best.code for slot in covering if slot.slot == "indicator"]
        own = [self._catalogue.broken_down_by(code) for code in named if code in self._catalogue.indicators]
        found = {slot.best.code.partition(":")[0] for slot in covering if slot.slot == "member"}
        for dimension in sorted(set().union(*own) if named else found):
            members = [
                slot for slot in covering if slot.slot == "member" and slot.best.code.startswith(f"{dimension}:")
            ]
            told = self._told(text, covering, members, stops, dimension)
            if len(told) > 1 and len({each.best.code for each in told}) == len(told):
                added = [each for each in told if each not in members]
                return placed(covering, added) if added else covering
            kinds = [] if members or not named else self._kind(text, covering, dimension)
            if kinds:
                return placed(covering, kinds)
        return covering

    def _kind(self, text: str, covering: Covering, dimension: str) -> list[Slot]:
        """The member whose name ends with what is said right after a word for kinds: "chất thải rắn … loại công nghiệp"."""
        for cue in self._cues.find("kind", text):
            begin = cue.end + 1
            end = min((slot.start for slot in covering if slot.end > begin), default=len(text))
            for word in reversed(list(WORD.finditer(text, begin, max(begin, end)))[:LONGEST]):
                said = text[begin : word.end()]
                if (code := self._names[dimension].get(said)) is not None:
                    return [_slot(f"{dimension}:{code}", said, begin)]
        return []

    def _told(
        self, text: str, covering: Covering, own: list[Slot], stops: Collection[int], dimension: str
    ) -> list[Slot]:
        """The members told by items one after the other; none where an item between them tells none."""
        whole = tuple(each for each in covering if each.slot == "indicator" or each in own)
        if len({each.best.code for each in own}) < len(own):
            return []
        found: list[tuple[int, Slot]] = []
        for place, item in enumerate(items(text, whole, stops)):
            inside = [each for each in own if item[0] <= each.start < item[1]]
            if len(inside) > 1:
                return []
            slot = inside[0] if inside else self._member(text, covering, item, dimension, listed=len(own) > 1)
            if slot is not None:
                found.append((place, slot))
        told = [slot for _, slot in found]
        return told if found and found[-1][0] - found[0][0] == len(found) - 1 else []

    def _member(self, text: str, covering: Covering, item: Item, dimension: str, *, listed: bool) -> Slot | None:
        """The member whose name, or its end, stands at either side of an item, or beside what asks for a number."""
        for start, end in self._runs(text, covering, item, dimension, listed=listed):
            said = text[start:end]
            code = self._names[dimension].get(said)
            if code is None and " " in said:
                code = self._names[dimension].get(fold(said))  # the marks of an utterance without any were guessed
            if code is not None:
                return _slot(f"{dimension}:{code}", said, start)
        return None

    def _may_be(self, slot: Slot, dimension: str, *, listed: bool) -> bool:
        """Whether a slot may be a member after all; beside several also an indicator that knows nothing of them: "nội địa,
        dầu thô, xuất nhập khẩu"."""
        code = slot.best.code
        strange = code in self._catalogue.indicators and dimension not in self._catalogue.broken_down_by(code)
        return slot.slot in ("member", "domain") or (listed and slot.slot == "indicator" and strange)

    def _runs(self, text: str, covering: Covering, item: Item, dimension: str, *, listed: bool) -> Iterator[Item]:
        """Words of an item that stand together at a side of it, outside of other names; the longest first."""
        apart = [(slot.start, slot.end) for slot in covering if not self._may_be(slot, dimension, listed=listed)]
        apart += [(cue.start, cue.end) for cue in self._cues.find("how_many", text)]
        parts: list[list[Item]] = [[]]
        for word in WORD.finditer(text, *item):
            if any(start <= word.start() < end for start, end in apart):
                parts.append([])
            else:
                parts[-1].append(word.span())
        for length in range(LONGEST, 0, -1):
            for part in parts:
                if len(part) >= length:
                    yield part[0][0], part[length - 1][1]
                    yield part[-length][0], part[-1][1]


def _slot(code: str, said: str, start: int) -> Slot:
    """The slot of a member told by these words."""
    end = start + len(said)
    found = Found(kind="member", code=code, text=said, start=start, end=end, score=SCORE, match="fuzzy")
    return Slot("member", start, end, (found,))


def _names(dimension: Dimension) -> Names:
    """Names, and ends of them, to the only member that has them."""
    own = {member.code: spelled.names(member) for member in dimension.members}
    begins: dict[str, set[str]] = defaultdict(set)
    for code, names in own.items():
        for name in names:
            for length in range(1, HEAD + 1):
                begins[" ".join(name.split()[:length])].add(code)
    full: dict[str, set[str]] = defaultdict(set)
    ends: dict[str, set[str]] = defaultdict(set)
    for code, names in own.items():
        for name in names:
            full[name].add(code)
            if " " in name:
                full[fold(name)].add(code)
            for length in range(1, HEAD + 1):
                end = " ".join(name.split()[length:])
                common = len(begins[" ".join(name.split()[:length])]) > 1
                if common and sum(map(str.isalpha, end)) >= FEWEST:
                    ends[end].add(code)
    told = {name: codes for name, codes in ends.items() if name not in full} | full
    return {name: next(iter(codes)) for name, codes in told.items() if len(codes) == 1}
