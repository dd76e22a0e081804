"""Indicators by the words they are made of: words said apart or in another order, and words beside a shorter name.

"Một vạn dân có bao nhiêu bác sĩ" holds every word of "bác sĩ trên một vạn dân", though only "bác sĩ" stands together.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import fold, has_marks, normalise
from assistant.types import Found
from assistant.understanding import spelled
from assistant.understanding.cues import Cue
from assistant.understanding.lattice import PER, SAID, Covering, Slot

DIGITS = dict(zip("123456789", ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"), strict=True))
"""Small numbers are part of names ("trẻ dưới 1 tuổi") and are said either way."""

APART = re.compile(r"\b(?:và|va|cùng|với|voi|hay|hoặc|hoac|lẫn|kèm|(?:một|hai|ba|bốn) là|thứ (?:nhất|hai|ba|tư) là)\b")
"""Words between two indicators that keep them two."""

SCORE = 0.9
"""Of an indicator found by its words alone."""

MORE = 3
"""Letters that a name must explain beyond those of the name found, to take its place."""

LONG = 9
"""Letters of a name of two words that is recognised without its order where no other indicator was found."""

FEWEST = 2
"""Content words a name needs to be recognised without its order."""


@dataclass(frozen=True)
class Bag:
    """The content words of one name of an indicator."""

    code: str
    words: frozenset[str]
    letters: int
    """Length of all content words: how much of an utterance the name explains."""


AND = re.compile(r"\b(?:và|va|còn|lẫn|cùng|(?<!so )với|(?<!so )voi)\b")
"""Words that begin another question about the same things."""


HEADED = re.compile(r"(?<!\w)(?:số|so|tổng|tong|tỷ lệ|ty le)(?!\w)")
"""What begins a name that is asked for by itself, not told as the topic of what follows."""


def _asks_twice(
    text: str, held: tuple[int, int], more: list[tuple[int, int]], asking: Sequence[Cue], stops: Collection[int]
) -> bool:
    """Whether the words beyond the name found ask for a second figure: "số vụ buôn lậu và trị giá hàng bị thu giữ", "lừa
    đảo qua mạng mấy vụ, mất bao nhiêu tiền", "số vụ cháy, thiệt hại". "Tai nạn, chết bao nhiêu người" asks for one."""
    if more and more[0][0] < held[1]:  # "mấy trường mầm non, mấy lớp mầm non"
        counted = {cue.end + 1 for cue in asking}
        stop = max((stop for stop in stops if more[0][1] < stop <= held[0]), default=0)
        return any(at[0] in counted for at in more if at[0] < stop) and any(stop <= cue.start for cue in asking)
    if not more:
        return False
    first = any(cue.end <= more[0][0] for cue in asking)
    again = any(held[1] <= cue.start for cue in asking[1:])
    stop = any(held[1] < at <= more[0][0] for at in stops)
    alone = (
        not asking
        or any(cue.end <= held[1] for cue in asking)
        or bool(HEADED.search(text, max(0, held[0] - 4), held[1]))
    )
    return bool(AND.search(text, held[1], more[0][0])) or (first and again) or (stop and alone)


def _members(covering: Covering, used: Sequence[tuple[int, int]]) -> set[str]:
    """The members of the covering that stand on words used for an indicator."""
    slots = (slot for slot in covering if slot.slot == "member")
    return {slot.best.code for slot in slots if any(slot.start <= start < slot.end for start, _ in used)}


class IndicatorWords:
    """All names of indicators as bags of content words, with and without diacritics."""

    def __init__(self, catalogue: Catalogue, hollow: frozenset[str]) -> None:
        """``hollow`` are words, with marks, that tell no indicator from another ("số", "của", "bao nhiêu")."""
        self._catalogue = catalogue
        self._hollow = hollow
        self._folded_hollow = frozenset(map(fold, hollow))
        self._rates = frozenset(code for code, entry in catalogue.indicators.items() if entry.ratio is not None)
        self._unit_words = {
            code: spelled.words(entry.unit, marked=True) | spelled.words(entry.unit, marked=False)
            for code, entry in catalogue.indicators.items()
        }
        exact: dict[Bag, None] = {}
        folded: dict[Bag, None] = {}
        for name in catalogue.names():
            if name.kind == "indicator":
                words = self.content(normalise(name.text, marked=True).split(), marked=True)
                for bags, spelling in ((exact, words), (folded, frozenset(map(fold, words)))):
                    if len(spelling) >= FEWEST:
                        bags[Bag(name.code, spelling, sum(map(len, spelling)))] = None
        self._exact, self._folded = _by_rarest(exact), _by_rarest(folded)

    def content(self, words: Iterable[str], *, marked: bool) -> frozenset[str]:
        """The words that tell something; in an utterance without diacritics fewer do."""
        hollow = self._hollow if marked else self._folded_hollow
        return frozenset(DIGITS.get(word, word) for word in words if word not in hollow)

    def complete(
        self,
        text: str,
        covering: Covering,
        asking: Sequence[Cue] = (),
        aside: Sequence[Cue] = (),
        stops: Collection[int] = (),
    ) -> Covering | None:
        """The covering with an indicator that explains more words than the one it holds; None where there is none.

        ``asking`` are the cues that ask for a number: where a second one asks for the further words, both stay. Words of
        dimensions and domains may turn out to belong to the indicator ("chi ngân sách cho giáo dục"). Those of ``aside``
        say what is asked about it and belong to none ("lấy từ nguồn nào"). At ``stops`` the items of a list may begin.
        """
        held = [slot for slot in covering if slot.slot == "indicator"]
        fixed = [
            (slot.start, slot.end) for slot in covering if slot.slot in ("place", "period", "number", "group", PER)
        ]
        fixed += [(cue.start, cue.end) for cue in aside]
        words = [
            (match.group(), match.start(), match.end())
            for match in re.finditer(r"\w+", text)
            if not any(start <= match.start() < end for start, end in fixed)
        ]
        known = frozenset(word for word, start, _ in words if any(slot.start <= start < slot.end for slot in held))
        known -= self._units(slot.best.code for slot in held)
        marked, several = has_marks(text), len(held) > 1
        if several and self._listed(text, held, asking, stops, marked=marked):
            return None  # "số học sinh và số giáo viên" asks for two figures
        bag = self.best([word for word, _, _ in words], known, marked=marked, several=several)
        if bag is None:
            return None
        code = self._rate_of(bag.code, [slot.best.code for slot in held])
        if len(held) == 1 and self._forgets(held[0].best.code, code, covering):
            return None
        used = [(start, end) for word, start, end in words if DIGITS.get(word, word) in bag.words]
        for slot in covering:
            inside = sum(slot.start <= start < slot.end for start, _ in used)
            telling = self.content(text[slot.start : slot.end].split(), marked=marked)
            least = len(text[slot.start : slot.end].split()) if slot.slot == "member" else len(telling)
            if slot.slot in ("member", "domain") and 0 < inside < least:
                return None  # half of another name is no part of this one ("cấp ba")
        anchor = (held[0].start, held[0].end) if held else used[0]
        more = [at for at in used if not anchor[0] <= at[0] < anchor[1]]
        both = len(held) == 1 and _asks_twice(text, anchor, more, asking, stops)
        if both and code == held[0].best.code:
            return None  # "số phòng học kiên cố và tỷ lệ kiên cố"
        ratio = self._catalogue.indicator(code).ratio
        if both and ratio is not None and held[0].best.code in ratio.parts:
            return None  # "thu ngân sách bao nhiêu mà chi bao nhiêu" asks for no ratio of both
        if both and all(
            any(slot.start <= at < slot.end for slot in covering if slot.slot == "member") for at, _ in more
        ):
            return None  # "diện tích lúa, bắp và khoai mì"
        if both:
            anchor = more[0]
        found = Found(
            kind="indicator",
            code=code,
            text=text[slice(*anchor)],
            start=anchor[0],
            end=anchor[1],
            score=SCORE,
            match="fuzzy",
        )
        if len(_members(covering, used)) > 1:
            return None  # "đàn bò với đàn heo"
        slots = [Slot("indicator", *anchor, (found,))]
        slots += [Slot(SAID, start, end, (found,)) for start, end in more if start != anchor[0]]
        if both:
            slots.append(held[0])
        kept = [
            slot
            for slot in covering
            if slot.slot != "indicator" and not any(slot.start < s.end and s.start < slot.end for s in slots)
        ]
        return tuple(sorted([*kept, *slots], key=lambda slot: slot.start))

    def _listed(
        self, text: str, held: Sequence[Slot], asking: Sequence[Cue], stops: Collection[int], *, marked: bool
    ) -> bool:
        """Whether several names are asked for one by one: joined by a word, parted by a stop with nothing else between or a
        number asked for on either side, or with a word in common ("số hộ nghèo hộ cận nghèo")."""
        if APART.search(text[held[0].end : held[-1].start]):
            return True
        units = self._units(slot.best.code for slot in held)
        told = [self.content(text[slot.start : slot.end].split(), marked=marked) - units for slot in held]
        for (one, other), (this, that) in zip(pairwise(held), pairwise(told), strict=True):
            alone = not self.content(text[one.end : other.start].split(), marked=marked)
            if alone and this & that:
                return True
            for stop in (at for at in stops if one.end < at <= other.start):
                sides = {cue.start < stop for cue in asking}
                if alone or len(sides) > 1:
                    return True
        return False

    def _forgets(self, held: str, other: str, covering: Covering) -> bool:
        """Whether the one found is broken down by what is told of it and the other one is not: "vụ cháy theo nguyên nhân thì
        ra làm sao" asks for no damage, "đánh bắt …, tách riêng cá, tôm" for no boats."""
        members = {slot.best.code for slot in covering if slot.slot == "member"}
        kinds = [code.partition(":")[0] for code in sorted(members)]
        told = {kind for kind in kinds if kinds.count(kind) > 1}
        groups = {slot.best.code for slot in covering if slot.slot == "group"}
        told |= {code.partition(":")[2] for code in groups if code.startswith("dimension:")}
        own, others = self._catalogue.broken_down_by(held), self._catalogue.broken_down_by(other)
        any_kind = "" in told and bool(own) and not others
        return any_kind or (told - {""} <= own and not told - {""} <= others)

    def _units(self, codes: Iterable[str]) -> frozenset[str]:
        """The words that only count what is named: "tiền phạt các vụ vi phạm" speaks of fines, not of cases."""
        return frozenset[str]().union(*(self._unit_words[code] for code in codes))

    def _rate_of(self, code: str, held: list[str]) -> str:
        """A rate that was found already is not taken for its own numerator."""
        for other in held:
            ratio = self._catalogue.indicator(other).ratio
            if ratio is not None and code in (ratio.numerator, ratio.denominator):
                return other
        return code

    def best(self, words: Iterable[str], beyond: frozenset[str], *, marked: bool, several: bool = False) -> Bag | None:
        """The indicator whose name has all its content words among ``words`` and explains most of them.

        ``beyond`` are the words explained already: the name must hold all of them and at least
        one more, unless they were taken for ``several`` indicators ("hồ sơ đất đai trễ hạn"). None where no
        name does, or two indicators do equally well; a count goes before its rate.
        """
        index = self._exact if marked else self._folded
        said = self.content(words, marked=marked)
        known = self.content(beyond, marked=marked)
        fitting = [bag for word in said for bag in index.get(word, ()) if bag.words <= said and known <= bag.words]
        if several:
            fitting = [bag for bag in fitting if known < bag.words or bag.code not in self._rates]
        else:
            least = sum(map(len, known)) + MORE
            fitting = [bag for bag in fitting if known < bag.words and bag.letters >= least]
        if not known:
            fitting = [bag for bag in fitting if len(bag.words) > FEWEST or bag.letters >= LONG]
        if not fitting:
            return None
        most = max(bag.letters for bag in fitting)
        longest = sorted((bag for bag in fitting if bag.letters == most), key=lambda bag: sorted(bag.words))
        counted = [bag for bag in longest if bag.code not in self._rates] or longest
        return counted[0] if len({bag.code for bag in counted}) == 1 else None

    def within(
        self, own: Sequence[str], shared: Iterable[str], *, marked: bool, rate: bool
    ) -> dict[str, tuple[int, bool]]:
        """The indicators with a name that holds all telling words of an item's ``own`` and else only ``shared`` ones: how
        many letters it explains, and whether the item tells more of it than a unit."""
        index = self._exact if marked else self._folded
        said = self.content(own, marked=marked)
        everything = said | self.content(shared, marked=marked)
        found: dict[str, tuple[int, bool]] = {}
        for bag in (bag for word in everything for bag in index.get(word, ()) if bag.words <= everything):
            telling = said - self._unit_words[bag.code]
            if telling <= bag.words and (bag.code in self._rates) is rate:
                found[bag.code] = max(found.get(bag.code, (0, False)), (bag.letters, bool(telling)))
        return found


def _by_rarest(bags: Collection[Bag]) -> dict[str, list[Bag]]:
    """Each bag once, under the word of it that the fewest bags have: none that lacks that word is said."""
    spread = Counter(word for bag in bags for word in bag.words)
    index: dict[str, list[Bag]] = defaultdict(list)
    for bag in bags:
        index[min(bag.words, key=lambda word: (spread[word], word))].append(bag)
    return dict(index)
