"""Members told one by one beside the indicator that is broken down by them, in whatever words: "trạm quan trắc chia theo không
khí, nước mặt, nước thải", "khách sạn từ 1 đến 5 sao"."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.catalogue.catalogue import Catalogue
from assistant.catalogue.models import Dimension
from assistant.language.text import fold, has_marks
from assistant.types import Found
from assistant.understanding import spelled
from assistant.understanding.cues import WORD, Cue, Cues
from assistant.understanding.lattice import Covering, Slot, placed

SCORE = 0.9
"""Of a member known by the list it stands in."""

FEWEST = 3
"""Letters of a name without what it shares with others from which it tells a member."""

SEVERAL, MANY = 2, 3
"""Members of a list that is led to ("gồm"), or has an answer for each ("mỗi thứ"), and of one that says nothing of that."""

OTHER = "other"
"""Code of the member that is all the rest."""

APART = ("period", "place", "per")
"""Slots whose words name no member."""

GUESSED = ("fuzzy", "default")
"""How an indicator is found whose name was not said."""

THROUGH = re.compile(r"\s*(?:-|den|toi|cho den|cho toi)\s*(?:\w+ )?")
"""What stands between the two ends of a stretch of members, without marks; a word like "khách sạn" may stand before the
second."""

FROM = re.compile(r"(?<!\w)tu (?:\w+ ){0,2}$")
"""What stands before the first end."""


UNIT = re.compile(r"(?: \w+){0,2}")
"""The words of a unit after "mấy"."""

Stretch = tuple[int, int]


class Named(NamedTuple):
    """Where a member is named, and whether by a number alone, which only one beside it tells the meaning of ("4, 5 sao")."""

    start: int
    end: int
    code: str
    bare: bool = False


def warm_up(cues: Cues, catalogue: Catalogue) -> None:
    """Makes ready what the first lists would wait for: a tenth of a second for a dimension of many members."""
    for dimension in catalogue.dimensions.values():
        for marked in (True, False):
            _ways(dimension, cues.listless, marked=marked)


def attach(text: str, covering: Covering, cues: Cues, catalogue: Catalogue) -> Covering:
    """The covering with the members of a list in place of whatever else their words mean: after "trạm quan trắc gồm" is "không
    khí" no quality of the air, and "các loại khác" are the other members."""
    lists, counted = cues.find("lists", text), _counts(text, covering, cues)
    best: list[Named] = []
    dimension = ""
    for at, end, own in _heads(covering, catalogue):
        blocked = [(slot.start, slot.end) for slot in covering if slot.slot in APART or slot.start == at < end]
        named = list(_named(text, catalogue.dimensions[own], blocked, lists, cues.listless))
        run = max(_runs(text, named, lists, counted), key=_size, default=[])
        if _size(run) > _size(best) and _is_list(run, end, lists, counted):
            best, dimension = run, own
    if not best or any(
        slot.start < best[0].start < slot.end or slot.start < best[-1].end < slot.end for slot in covering
    ):
        return covering
    told = {(slot.start, slot.end, slot.best.code) for slot in covering}
    slots = [_slot(text, each.start, each.end, f"{dimension}:{each.code}") for each in best]
    if all((slot.start, slot.end, slot.best.code) in told for slot in slots):
        return covering
    first, last = best[0].start, best[-1].end
    heads = [slot for slot in covering if _is_head(slot, catalogue) and not first <= slot.start < last]
    is_told = any(dimension in catalogue.broken_down_by(slot.best.code) for slot in heads)
    guessed = {slot.best.code for slot in heads if not is_told and dimension in _near(slot, catalogue)}
    kept = tuple(
        slot
        for slot in covering
        if not (first <= slot.start < last and slot.slot != "member")
        and slot.best.code not in guessed
        and (is_told or slot.slot != "member" or not _begins(text, slot, catalogue.dimensions[dimension]))
    )
    return placed(kept, slots)


def through(text: str, members: Sequence[Slot], cues: Cues, catalogue: Catalogue) -> list[Slot]:
    """The members with those between the two ends of a stretch ("từ 1 đến 5 sao"), or on from one that is told by a number
    ("3 sao trở lên")."""
    plain, added = fold(text), []
    said = {slot.best.code for slot in members}
    trailing = {cue.start: cue.code for cue in cues.find("trailing", text)}
    for at, slot in enumerate(members):
        dimension, _, code = slot.best.code.partition(":")
        entry = catalogue.dimensions.get(dimension)
        if entry is None:
            continue
        order = [member.code for member in entry.members]
        first = order.index(code) if code in order else 0
        stretch: list[str] = []
        if slot.end + 1 in trailing and code in _numbers(entry).values():
            stretch = order[first:] if trailing[slot.end + 1] == "ge" else order[: first + 1]
        for other in members[at + 1 : at + 2]:
            alike = other.best.code.startswith(f"{dimension}:")
            if alike and THROUGH.fullmatch(plain, slot.end, other.start) and _is_stretch(plain, slot, other):
                last = order.index(other.best.code.partition(":")[2])
                stretch = order[min(first, last) : max(first, last) + 1]
        for each in stretch:
            if f"{dimension}:{each}" not in said:
                said.add(f"{dimension}:{each}")
                added.append(_slot(text, slot.start, slot.end, f"{dimension}:{each}"))
    return [*members, *added]


def _is_stretch(plain: str, slot: Slot, other: Slot) -> bool:
    return bool(FROM.search(plain, 0, slot.start)) or "-" in plain[slot.end : other.start]


def _named(
    text: str, dimension: Dimension, blocked: Collection[Stretch], lists: Sequence[Cue], filler: frozenset[str]
) -> Iterator[Named]:
    """Where members of a dimension are named outside of the stretches that are ``blocked``, the longest names first."""
    marked = has_marks(text)
    ways, numbers = _ways(dimension, filler, marked=marked), _numbers(dimension)
    longest = max(len(way.split()) for way in ways)
    words = list(re.finditer(r"\w+", text))
    rest = {cue.start: cue.end for cue in lists if cue.code == "rest"}
    has_rest = any(member.code == OTHER for member in dimension.members)
    at = 0
    while at < len(words):
        start = words[at].start()
        found = None
        for count in range(min(longest, len(words) - at), 0, -1):
            end = words[at + count - 1].end()
            code = ways.get(_spelled(" ".join(word.group() for word in words[at : at + count]), marked))
            if code is not None:
                found = Named(start, end, code)
                break
        if has_rest and start in rest and (found is None or rest[start] > found.end):
            found = Named(start, rest[start], OTHER)
        if found is None and (number := words[at].group()) in numbers:
            found = Named(start, words[at].end(), numbers[number], bare=True)
        if found is None or any(begin < found.end and found.start < end for begin, end in blocked):
            at += 1
            continue
        yield found
        while at < len(words) and words[at].start() < found.end:
            at += 1


def _counts(text: str, covering: Covering, cues: Cues) -> list[Stretch]:
    """Where a number is asked for, with its unit: "tự nhiên mấy héc ta, trồng mấy héc ta"; no unit is what is counted."""
    found = []
    for cue in cues.find("how_many", text):
        named = (slot for slot in covering if slot.slot == "indicator" and slot.best.match not in GUESSED)
        ends = [slot.start for slot in named if slot.start >= cue.end]
        unit = UNIT.match(text, cue.end, min(ends, default=len(text)))
        found.append((cue.start, unit.end() if unit else cue.end))
    return found


def _runs(text: str, named: Sequence[Named], lists: Sequence[Cue], counted: Sequence[Stretch]) -> Iterator[list[Named]]:
    """Names with nothing but stops and words of lists, or of the number that is asked of each, between them."""
    between = [(cue.start, cue.end) for cue in lists if cue.code == "between"]
    between += counted
    run: list[Named] = []
    for each in named:
        words = [word.start() for word in WORD.finditer(text, run[-1].end, each.start)] if run else []
        if run and not all(any(start <= at < end for start, end in between) for at in words):
            yield _whole(run)
            run = []
        run = [*run, each]
    yield _whole(run)


def _whole(run: list[Named]) -> list[Named]:
    """A run without numbers that no name follows which tells their meaning."""
    while run and run[-1].bare:
        run = run[:-1]
    return run


def _size(run: Sequence[Named]) -> int:
    return len({each.code for each in run})


def _heads(covering: Covering, catalogue: Catalogue) -> list[tuple[int, int, str]]:
    """Where indicators are named, with each dimension they are broken down by; without any, those of the members named."""
    heads = [slot for slot in covering if _is_head(slot, catalogue)]
    found = [(slot.start, slot.end, own) for slot in heads for own in sorted(catalogue.broken_down_by(slot.best.code))]
    known = {own for _, _, own in found}
    found += [(0, 0, own) for slot in heads for own in sorted(_near(slot, catalogue) - known)]
    members = {slot.best.code.partition(":")[0] for slot in covering if slot.slot == "member"}
    return found or [(0, 0, own) for own in sorted(members)]


def _is_head(slot: Slot, catalogue: Catalogue) -> bool:
    return slot.slot == "indicator" and slot.best.code in catalogue.indicators


def _near(head: Slot, catalogue: Catalogue) -> set[str]:
    """The dimensions that stand for another figure of the same field and unit than was guessed: "rác" of households is all
    waste, where it is told by kinds."""
    entry = catalogue.indicator(head.best.code)
    implied = {
        each.code: catalogue.indicator(each.implies)
        for each in catalogue.dimensions.values()
        if each.implies is not None
    }
    guessed = head.best.match in GUESSED
    return {
        code for code, meant in implied.items() if guessed and (meant.domain, meant.unit) == (entry.domain, entry.unit)
    }


def _begins(text: str, slot: Slot, dimension: Dimension) -> bool:
    """Whether a member of another dimension only begins the names of those listed ("khách sạn 1 sao")."""
    said = fold(text[slot.start : slot.end])
    return any(
        name.startswith(f"{said} ") for member in dimension.members for name in spelled.names(member, marked=False)
    )


def _is_list(run: Sequence[Named], after: int, lists: Sequence[Cue], counted: Sequence[Stretch]) -> bool:
    """Whether members are told one by one: by many of them, or by words that lead to them or ask for each."""
    led = [cue for cue in lists if cue.code == "led"]
    around = any(after <= cue.end <= run[0].start or cue.start >= run[-1].end for cue in led) if run else False
    each = any(one.bare for one in run) or any(run[0].end <= start < run[-1].start for start, _ in counted if run)
    return _size(run) >= (SEVERAL if around or each else MANY)


@lru_cache(maxsize=256)
def _ways_of(names: tuple[tuple[str, tuple[str, ...]], ...], filler: frozenset[str], marked: bool) -> dict[str, str]:
    """Names to codes: whole ones, what is left of them without the beginning that several share ("quan trắc") or the first
    words, and the first letters of the chief one; none that several members have, nor with words that say nothing
    (``filler``). One word keeps its marks, where there are any ("rừng trồng" is no "trong")."""
    begins = Counter(
        " ".join(words[:count]) for words in (told[0].split() for _, told in names) for count in range(1, len(words))
    )
    shared = sorted((each for each, count in begins.items() if count > 1), key=len, reverse=True)
    whole: dict[str, set[str]] = defaultdict(set)
    short: dict[str, set[str]] = defaultdict(set)
    for code, told in names:
        for name in told:
            whole[_spelled(name, marked)].add(code)
            for begin in shared:
                if name.startswith(f"{begin} ") and len(left := name.removeprefix(f"{begin} ")) >= FEWEST:
                    short[left].add(code)
            words = name.split()
            for count in range(1, len(words) - 1):  # "quá tải" of "chở quá tải"
                short[" ".join(words[count:])].add(code)
        letters = "".join(word[0] for word in fold(told[0]).split())
        if len(letters) > 1:
            short[letters].add(code)
    one = {name: next(iter(codes)) for name, codes in whole.items() if len(codes) == 1}
    others = [(name, code) for name, code in one.items() if " " in name]

    def is_vague(left: str, code: str) -> bool:
        """Whether it holds the name of another member ("liên cấp | trung học cơ sở - trung học phổ thông"), or words that say
        nothing beside one that does ("Tây | là bao nhiêu")."""
        telling = [word for word in left.split() if word not in filler]
        plain = f" {fold(left)} "
        return len(telling) < min(2, len(left.split())) or any(
            other != code and f" {name} " in plain for name, other in others
        )

    found = {left: next(iter(codes)) for left, codes in short.items() if len(codes) == 1}
    return {_spelled(left, marked): code for left, code in found.items() if not is_vague(left, code)} | one


def _spelled(words: str, marked: bool) -> str:
    """How words are looked up: several without their marks, which may have been put there by likelihood."""
    return words if marked and " " not in words else fold(words)


def _ways(dimension: Dimension, filler: frozenset[str], *, marked: bool) -> dict[str, str]:
    return _ways_of(tuple((each.code, spelled.names(each)) for each in dimension.members), filler, marked)


def _numbers(dimension: Dimension) -> dict[str, str]:
    """The numbers that members are told by, where each is a number of the same thing ("1 sao", "2 sao")."""
    names = [(spelled.names(each, marked=False)[0].split(), each.code) for each in dimension.members]
    told = {words[1:] == names[0][0][1:] and len(words) > 1 and words[0].isdigit() for words, _ in names}
    return {words[0]: code for words, code in names} if told == {True} else {}


def _slot(text: str, start: int, end: int, code: str) -> Slot:
    found = Found(kind="member", code=code, text=text[start:end], start=start, end=end, score=SCORE, match="exact")
    return Slot("member", start, end, (found,))
