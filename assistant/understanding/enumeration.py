"""Figures listed one after the other where not each bears its whole name: "số vụ tai nạn giao thông, số người chết"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from assistant.catalogue.loader import Catalogue
from assistant.language.text import fold, has_marks, normalise
from assistant.types import Found
from assistant.understanding import spelled
from assistant.understanding.completion import SCORE, IndicatorWords
from assistant.understanding.cues import WORD, Cues
from assistant.understanding.lattice import SAID, Covering, Slot, placed

JOINING = re.compile(r"(?<!\w)(?:và|(?<!so )với|cùng|lẫn|còn|rồi|mà|trong (?:số )?(?:đó|ấy|này))(?!\w)")
PLAIN_JOINING = re.compile(r"(?<!\w)(?:va|(?<!so )voi|cung|lan|con|roi|ma|trong (?:so )?(?:do|ay|nay))(?!\w)")
"""Words between the items of a list, with their marks or in an utterance without any; a comma is gone by now."""

AMONG = re.compile(r"trong (?:(?:số|so) )?(?:đó|do|ấy|ay|này|nay)")
"""Words that lead to a part of what was named before."""

HEAD = re.compile(r"(?<!\w)(?:số|so|tỷ lệ|ty le|tổng|tong|lượng|luong)(?!\w)")
"""Words that begin an item."""

COUNTED = re.compile(r"(?<!\w)(?:số|so|tổng|tong|lượng|luong) $")
"""… and what is counted right behind them."""

Item = tuple[int, int]


def items(text: str, covering: Covering, stops: Collection[int]) -> list[Item]:
    """The stretches between stops and joining words, names left whole."""
    joining = JOINING if has_marks(text) else PLAIN_JOINING
    cuts = {stop: stop for stop in stops}
    cuts |= {found.start(): found.end() for found in joining.finditer(text)}
    whole = [slot for slot in covering if slot.slot not in ("domain", SAID)]
    at, found = 0, []
    for end, begin in sorted(cuts.items()):
        if not any(slot.start < end < slot.end for slot in whole):
            found.append((at, end))
            at = begin
    return [*found, (at, len(text))]


class Enumeration:
    """Completes the items of a list by the names beside them."""

    def __init__(self, catalogue: Catalogue, cues: Cues, words: IndicatorWords) -> None:
        self._catalogue = catalogue
        self._cues = cues
        self._words = words

    def complete(self, text: str, covering: Covering, stops: Collection[int]) -> Covering:
        """The covering with an indicator for each item that tells one together with words of its neighbour."""
        listed = items(text, covering, stops)
        if len(listed) < 2 or not any(slot.slot == "indicator" for slot in covering):
            return covering
        for order in (range(len(listed)), reversed(range(len(listed)))):
            for place in order:
                beside = sorted(range(len(listed)), key=lambda at, place=place: abs(at - place))  # type: ignore[misc]
                covering = self._with_item(text, covering, listed[place], [listed[at] for at in beside], listed[0])
        for item in listed:
            covering = self._as_one(text, covering, item)
        for before, item in pairwise(listed):
            covering = self._of_those(text, covering, before, item)
        return covering

    def _of_those(self, text: str, covering: Covering, before: Item, item: Item) -> Covering:
        """The covering with the indicator that has the names on both sides of "trong đó" in its own: "mấy hồ sơ đang giải
        quyết, trong đó bao nhiêu cái đã quá hạn" asks for those that are overdue by now, not for those finished late."""
        wholes, parts = _named(covering, before), _named(covering, item)
        if len(wholes) != 1 or len(parts) != 1 or not AMONG.fullmatch(text[before[1] : item[0]].strip()):
            return covering
        marked = has_marks(text)
        said = [*wholes[0].best.text.split(), *parts[0].best.text.split()]
        first, second = (self._catalogue.indicator(slot.best.code) for slot in (wholes[0], parts[0]))
        own = self._words.content(said, marked=marked)
        codes = {
            entry.code
            for entry in self._catalogue.indicators.values()
            if entry.code not in (first.code, second.code)
            and (entry.domain, entry.unit) == (second.domain, second.unit)
            for name in (entry.name, *entry.synonyms)
            if self._words.content(spelled.words(name, marked=marked), marked=marked) == own
        }
        if len(codes) != 1:
            return covering
        meant = parts[0].best.model_copy(update={"code": codes.pop(), "match": "fuzzy", "score": SCORE})
        return placed(covering, [Slot("indicator", parts[0].start, parts[0].end, (meant,))])

    def _as_one(self, text: str, covering: Covering, item: Item) -> Covering:
        """The covering with one indicator for an item that holds several, where a longer name has the words of all: "tỷ suất
        chết trẻ dưới một tuổi, tỷ suất chết trẻ dưới năm tuổi"."""
        held = _named(covering, item)
        if len(held) < 2 or len({slot.best.code for slot in held}) < 2:
            return covering
        begin, end, marked = held[0].start, held[-1].end, has_marks(text)
        known = frozenset(word for slot in held for word in text[slot.start : slot.end].split())
        bag = self._words.best(text[begin:end].split(), known, marked=marked, several=True)
        if bag is None or bag.code in {slot.best.code for slot in held}:
            return covering
        found = Found(
            kind="indicator", code=bag.code, text=text[begin:end], start=begin, end=end, score=SCORE, match="fuzzy"
        )
        return placed(covering, [Slot("indicator", begin, end, (found,))])

    def _with_item(self, text: str, covering: Covering, item: Item, beside: Sequence[Item], topic: Item) -> Covering:
        free = [
            slot
            for slot in covering
            if slot.slot == SAID and item[0] <= slot.start < item[1] and COUNTED.search(text, item[0], slot.start)
        ]
        # "cháy 10 tháng: số vụ, …" counts them, whatever "vụ" fits
        apart = [slot for slot in covering if slot not in free]
        if any(slot.slot in ("indicator", SAID) and item[0] <= slot.start < item[1] for slot in apart):
            return covering
        asked = [cue.end for cue in self._cues.find("how_many", text) if item[0] < cue.end < item[1]]
        counted = [(end, item[1]) for end in asked[-1:]]  # "toàn tỉnh có bao nhiêu | trường mầm non, bao nhiêu …"
        for other in beside:
            for slot in _named(covering, other):
                options = (
                    self._found(text, tuple(apart), each, other, slot, topic, asks=bool(asked), called=each is not item)
                    for each in (*counted, item)
                )
                found = next((each for each in options if each is not None), None)
                if found is not None:
                    taken = [each for each in covering if each.end <= found.start or found.end <= each.start]
                    return tuple(sorted([*taken, found], key=lambda each: each.start))
        return covering

    def _found(
        self,
        text: str,
        covering: Covering,
        item: Item,
        other: Item,
        neighbour: Slot,
        topic: Item,
        *,
        asks: bool,
        called: bool,
    ) -> Slot | None:
        """The indicator of the neighbour's field whose name holds all words of the item, and else only words of the
        neighbour or of the topic that leads to the list ("cháy 10 tháng đầu năm: số vụ, …"); where the item tells only its
        unit ("số vụ"), one told in that. ``called``: only one whose own name they are."""
        marked = has_marks(text)
        entry = self._catalogue.indicator(neighbour.best.code)
        head = list(HEAD.finditer(text, *item))
        start = head[-1].start() if head else item[0]
        own = self._own(text, covering, (start, item[1]), entry.adds.dimensions)
        if not own or (item < other and not (head or asks)):
            return None  # "dân với doanh nghiệp gửi bao nhiêu phản ánh": who, not what
        shared = [text[begin:end] for begin, end in self._own(text, (), other, ())]
        shared += [text[slot.start : slot.end] for slot in covering if slot.best.code == neighbour.best.code]
        shared += [text[slice(*topic)]] if topic < item else []
        said = [text[begin:end] for begin, end in own]
        rate = bool(self._cues.find("rate", text[start : item[1]]))
        held = {slot.best.code for slot in covering if slot.slot == "indicator"}
        counted, unit = " ".join(map(fold, said)), fold(normalise(entry.unit))
        fitting = {
            code: letters
            for code, (letters, telling) in self._words.within(
                said, " ".join(shared).split(), marked=marked, rate=rate
            ).items()
            if code not in held
            and self._catalogue.indicator(code).domain == entry.domain
            and (telling or fold(normalise(self._catalogue.indicator(code).unit)) == counted != unit)
        }
        best = [code for code, letters in fitting.items() if letters == max(fitting.values())]
        named = [code for code in fitting if self._is_called(code, said, marked=marked)]
        best = named if called else named or best
        if len(best) != 1:
            return None
        at = (start if rate and head else own[0][0], own[-1][1])
        found = Found(
            kind="indicator",
            code=best[0],
            text=text[slice(*at)],
            start=at[0],
            end=at[1],
            score=SCORE,
            match="fuzzy",
        )
        return Slot("indicator", *at, (found,))

    def _is_called(self, code: str, said: Sequence[str], *, marked: bool) -> bool:
        """Whether these words are an indicator's own name: "trường mầm non" is that of its number."""
        name = spelled.words(self._catalogue.indicator(code).name, marked=marked)
        return self._words.content(name, marked=marked) == self._words.content(said, marked=marked)

    def _own(self, text: str, covering: Covering, item: Item, dimensions: Collection[str]) -> list[Item]:
        """The words of an item outside of names, and what asks for a number."""
        apart = [
            (slot.start, slot.end)
            for slot in covering
            if slot.slot not in ("domain", "member")
            or (slot.slot == "member" and slot.best.code.partition(":")[0] in dimensions)
        ]
        marked, asking = has_marks(text), self._cues.find("how_many", text)
        apart += [(cue.start, cue.end) for cue in asking]
        asked = {cue.end for cue in asking if cue.start >= item[0]}
        own = [
            word.span()
            for word in WORD.finditer(text, *item)
            if self._words.content([word.group()], marked=marked)
            and not any(start <= word.start() < end for start, end in apart)
            and not HEAD.fullmatch(word.group())
        ]
        return [at for at in own if at[0] - 1 not in asked] or own  # "gắn được mấy chiếc" tells "gắn"


def _named(covering: Covering, item: Item) -> list[Slot]:
    return [slot for slot in covering if slot.slot == "indicator" and item[0] <= slot.start < item[1]]
