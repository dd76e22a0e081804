"""Several figures asked for one after the other: "nhận bao nhiêu phản ánh, trả lời được bao nhiêu cái"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise, product

from assistant.language.text import fold, normalise
from assistant.types import Found, Reading
from assistant.understanding.build import PLACE_FIELDS
from assistant.understanding.cues import Cue, Cues

NOUNS = ("va", "voi", "cung")
"""Words, without marks, that join names as well as clauses."""

MOST = 4
"""Figures that one sentence asks for at the most."""

STOPS = re.compile(r"[,;:.?!](?=\s)")
"""What parts a written sentence; between digits it belongs to a number."""

SENTENCE = re.compile(r"[.?!](?=\s)")
"""What ends a sentence."""

DENIES = "phải"
"""The word that cues have after which something is not meant, the wording "khỏi nói riêng" aside."""

LISTED = 3
"""Numbers from which they are asked for one after the other without a stop: "bao nhiêu vụ mấy người chết và mấy người …"."""

UNIT = 2
"""Words that a unit has at the most: "trường hợp"."""

LEANS = re.compile(
    r"(?:^|\b(?:vì|vi|do|của|cua|trong|ở|o|cho|với|voi|từ|tu|về|ve|tại|tai|là|la|bởi|boi|theo|trên|tren)) $"
)
"""Words after which "mấy" asks no number of its own: "mất bao nhiêu tiền vì mấy vụ đó"."""

SOME = "may"
"""The word, without marks, that asks for a number or speaks of some: "mấy anh bên sở"."""

CASE = re.compile(r"^(?:nếu|neu|khi|hễ|he) (?:\w+ ){1,6}(?:thì|thi) ")
"""A case that something is asked for: "nếu bão vô thì …"."""

SUMMED = re.compile(r"(?:tổng cộng|tong cong|tất cả|tat ca|cả thảy|ca thay|hết thảy|het thay|tối đa|toi da) $")
"""Words before a number that is of several things together."""

IS = ("là ", "la ")
"""The one of them after which a number may be asked for all the same: "kế hoạch là mấy tấn"."""

EXCLAIMS = re.compile(r"\b(?:quá|lắm|ghê|dữ|hoài|mãi|miết|suốt|trời|trơn|qua|lam|ghe|hoai|mai|miet|suot|troi|tron)\s*$")
"""What ends a clause that only tells something: "mấy khu công nghiệp đông chuyên gia quá, …"."""

POINTS = re.compile(r"\s*(?:\w+ ){1,3}(?:đó|do|này|nay|ấy|ay|kia)\b")
"""What follows such a "mấy"."""

LAST = 4
"""Words that a clause has at the least which is asked by itself."""

WHOLE = re.compile(r"\b(?:toàn|toan|cả|ca|nguyên|nguyen|khắp|khap) (?:tỉnh|tinh|huyện|huyen)\b")
"""A place that is named in words that say nothing elsewhere."""

SHAPES = frozenset(["value", "follow_up", "share", "compare", "count", "cumulative"])
"""Shapes of a clause that asks for one figure."""

Clause = tuple[int, int]
"""Where a clause begins and ends in the text."""

SURROUNDINGS = (*PLACE_FIELDS.values(), "periods")
"""What the clauses of one sentence share."""


@lru_cache(maxsize=4)
def stops(written: str, text: str) -> frozenset[int]:
    """Where the words of a normalised utterance begin that follow a stop in what was ``written``; without those where words
    around were joined, parted or spelled out in between ("SXH", "VP")."""
    words = [word.start() for word in re.finditer(r"\S+", text)]
    plain = normalise(written).split()
    before = {len(normalise(written[: stop.start()]).split()) for stop in STOPS.finditer(written)}
    if not before:
        return frozenset()
    there = dict(enumerate(range(len(words)))) if len(plain) == len(words) else _same(plain, text.split())
    return frozenset(words[there[at]] for at in before if at in there and 0 < there[at] < len(words))


def _same(written: Sequence[str], text: Sequence[str]) -> dict[int, int]:
    """Places of words in what was written to those in the text; of several that became others only the first."""
    matcher = SequenceMatcher(None, [fold(word) for word in written], [fold(word) for word in text], autojunk=False)
    there: dict[int, int] = {}
    for kind, begin, end, start, stop in matcher.get_opcodes():
        if kind == "equal":
            there |= dict(zip(range(begin, end), range(start, stop), strict=True))
        elif kind == "replace":
            there[begin] = start
    return there


def led(written: str, text: str) -> frozenset[int]:
    """The stops that are colons, which lead to a question: "giờ chị muốn xem có ăn thua gì không: tỷ lệ thu gom …"."""
    if ":" not in written:
        return frozenset()
    return stops(written, text) - stops(re.sub(r":(?=\s)", "", written), text)


def ended(written: str, text: str) -> frozenset[int]:
    """The stops that end a sentence."""
    return stops(written, text) - stops(SENTENCE.sub("", written), text)


def stops_before(stops: Collection[int], end: int) -> frozenset[int]:
    """The stops of the part of an utterance that ends here."""
    return frozenset(stop for stop in stops if stop < end)


def stops_after(stops: Collection[int], begin: int) -> frozenset[int]:
    """The stops of the part of an utterance that begins here, counted from there."""
    return frozenset(stop - begin for stop in stops if stop > begin)


def without_opening(written: str, cues: Cues) -> str:
    """What is written without an opening of nothing but fillers: "Ừ thôi, cho anh …", "Dạ vâng. Còn …"; "chết mấy người, …"
    asks for a number."""
    stop = STOPS.search(written)
    said = normalise(written[: stop.start()]) if stop else ""
    # "tính thế nào, từ lúc nào tới lúc nào"
    asks = any(cues.find(group, said) for group in ("how_many", "about", "together"))
    if stop is None or WHOLE.search(said) or not set(said.split()) <= cues.opening or asks:
        return written
    return written[stop.end() :] if len(written[stop.end() :].split()) >= LAST else written


def without_denial(text: str, cues: Cues, stops: Collection[int] = ()) -> tuple[str, frozenset[int]]:
    """What is said, with its stops, without a part, up to a stop or the end, that only denies: "lấy cho anh số bị thương, chứ
    không phải số chết"."""
    for cue in cues.find("denied", text):
        end = min((stop for stop in stops if stop >= cue.end), default=len(text))
        before, after = text[: cue.start].split(), text[cue.end : end].split()
        if DENIES in text[cue.start : cue.end].split() and len(before) > 1 and len(after) <= LAST:
            kept = f"{text[: cue.start].rstrip()} {text[end:]}".rstrip()
            gone = len(text) - len(kept)
            return kept, stops_before(stops, cue.start) | {stop - gone for stop in stops if stop >= end}
    return text, frozenset(stops)


def last(text: str, stops: Collection[int]) -> list[str]:
    """What is said after each stop, the longest first, where it is long enough to be asked by itself."""
    parts = (text[start:] for start in sorted(stops))
    return [part for part in parts if len(part.split()) >= LAST]


def split(text: str, stops: Collection[int], cues: Cues) -> list[list[Clause]]:
    """The clauses of a normalised utterance of which each asks for a number of its own, two to four; none where it asks for
    one only, or nothing tells where the next clause begins: a stop, or a joining word.

    What is said without any stop may be cut in several ways: before what is counted ("bao nhiêu hộ nghèo bao nhiêu hộ cận
    nghèo"), or after its unit ("tai nạn mấy vụ chết mấy người").
    """
    plain = parted(text, stops, cues)
    asked = asking(text, cues)
    if not 2 <= len(asked) <= MOST:
        return plain
    joins = cues.find("joins", text)
    starts = {*stops, *(cue.start for cue in joins)}
    weak = {cue.start: cue.end + 1 for cue in joins if fold(text[cue.start : cue.end]) in NOUNS}
    cuts: list[list[int]] = []
    for one, other in pairwise(asked):
        between = [start for start in starts if one.end < start <= other.start]
        unstopped = len(asked) >= LISTED or not stops
        pointing = POINTS.match(text, one.end) or POINTS.match(text, other.end)
        leans = pointing or LEANS.search(text, one.end, other.start)
        if not between and (not unstopped or leans):
            return plain
        # "…, trong đó gọi giả với quấy rối bao nhiêu cuộc": no clause begins within what is counted
        strong = [start for start in between if weak.get(start, other.start) == other.start]
        cuts.append([max(strong or between)] if between else _cuts(text, one.end, other.start))
    ways = [[each[min(way, len(each) - 1)] for each in cuts] for way in range(max(map(len, cuts)))]
    found = [_between(text, [0, *way]) for way in ways]
    return found + [way for way in plain if way not in found]


def _between(text: str, begins: Sequence[int]) -> list[Clause]:
    """The clauses that begin there, without the blanks around them."""
    return [
        (begin + len(text[begin:end]) - len(text[begin:end].lstrip()), begin + len(text[begin:end].rstrip()))
        for begin, end in pairwise([*begins, len(text)])
    ]


def asking(text: str, cues: Cues) -> list[Cue]:
    """Where a number is asked for; not where some people or things are spoken of: "với mấy ông khách sạn", "mấy cô gọi hoài"."""
    people = {cue.start for cue in cues.find("people", text) if cue.code == "person"}
    found: list[Cue] = []
    for cue in cues.find("how_many", text):
        leans = LEANS.search(text, 0, cue.start) and not text[: cue.start].endswith(IS)
        spoken_of = fold(text[cue.start : cue.end]) == SOME and (leans or cue.end + 1 in people)
        if found or not spoken_of:  # "mấy trường, mấy cô giáo", "nhập về mấy triệu đô"
            found.append(cue)
    return found


def without_plural(text: str, stops: Collection[int], cues: Cues) -> str:
    """The text with "các" for a "mấy" that begins it and asks no number, where one is asked of those things: "mấy điểm sơ tán
    chứa được tối đa bao nhiêu người", "mấy vụ lừa đảo lấy của bà con tổng cộng mấy tỷ"; of the same length."""
    first, other, *_ = (*cues.find("how_many", text), None, None)
    if first is None or other is None or first.start not in _openings(text, stops):
        return text
    if fold(text[first.start : first.end]) != SOME:
        return text
    stopped = any(first.end < stop <= other.start for stop in stops)
    joined = any(first.end < cue.start < other.start for cue in cues.find("joins", text))
    told = fold(text[other.start : other.end]) != SOME or SUMMED.search(text, 0, other.start)
    if stopped or joined or not told or len(text[first.end : other.start].split()) < LAST:
        return text
    many = "các" if text[first.start : first.end] != SOME else "cac"
    return text[: first.start] + many + text[first.end :]


def _openings(text: str, stops: Collection[int]) -> set[int]:
    """Where what is asked may begin: at the start, after a stop, or after what it is asked for the case of."""
    return {0, *stops, *(match.end() for match in CASE.finditer(text))}


def parted(text: str, stops: Collection[int], cues: Cues) -> list[list[Clause]]:
    """The one way to cut an utterance only where a stop or a word tells that another clause begins, which asks for a number
    or for more of what the clause before it asked: "tăng trưởng quý 3 mấy phần trăm, riêng dịch vụ thì sao"; none where
    there is no such clause."""
    asked = [cue.start for cue in asking(text, cues)]
    adding = {cue.start: cue.code for cue in cues.find("adds", text) if not stops or cue.start in stops}
    joins = {cue.start for cue in cues.find("joins", text) if fold(text[cue.start : cue.end]) not in NOUNS}
    begins = sorted({*stops, *joins, *adding.keys()} - {0})
    cuts = [0]
    for begin, end in pairwise([*begins, len(text)]):
        told = EXCLAIMS.search(text, cuts[-1], begin)
        before = any(cuts[-1] <= at < begin for at in asked if not told)
        asks = any(begin <= at < end for at in asked)
        part = text[cuts[-1] : begin]
        common = cues.find("common", part) and not cues.find("together", part)  # "tỷ lệ thất nghiệp chung, riêng nữ"
        more = begin in adding and (before or bool(common) or (adding[begin] == "more" and begin in stops))
        more = more and len(part.split()) > UNIT  # "mấy vụ trong đó là do sự cố điện"
        if (asks and before) or more:
            cuts.append(begin)
    if not 2 <= len(cuts) <= MOST:
        return []
    return [_between(text, cuts)]


def _cuts(text: str, begin: int, end: int) -> list[int]:
    """Where the next clause may begin between two words that ask for a number: before the second, or behind the unit of the
    first."""
    words = [begin + word.start() for word in re.finditer(r"\S+", text[begin:end])]
    return [end, *words[1 : UNIT + 1]]


def figures(reading: Reading) -> int:
    """How many figures a reading names: one for each indicator and, of a single one, for each member or each of the places
    held against each other; the whole is one more beside the parts that are held against it."""
    codes = {found.code for found in reading.indicators}
    parts = {found.code for found in reading.dimensions} if len(codes) == 1 else set()
    places = len(reading.places) if reading.intent == "compare" else 0
    return max(len(codes), len(parts) + (reading.intent == "share"), places)


def together(readings: Sequence[Reading]) -> Reading | None:
    """One reading for the figures of all clauses, where each tells another indicator, or another member of one, and what one
    names of place and period holds for all; or another place of the same; else None."""
    codes = [found.code for reading in readings for found in reading.indicators]
    if len(codes) != len(readings) or any(len(reading.indicators) != 1 for reading in readings):
        return None
    if (compared := _of_places(readings)) is not None:
        return compared
    of_one = _of_one(readings) if len(set(codes)) == 1 else {}
    if of_one is None or (not of_one and len(set(codes)) != len(codes)):
        return None
    if any(reading.intent not in SHAPES or reading.grouping or reading.unknown for reading in readings):
        return None
    members = {tuple(found.code for found in reading.dimensions) for reading in readings}
    if len(members) > 1 and not of_one:
        return None
    update: dict[str, object] = {
        "indicators": tuple(found for reading in readings for found in reading.indicators),
        "domains": tuple(dict.fromkeys(domain for reading in readings for domain in reading.domains)),
        "intent": "value",
    }
    for field in SURROUNDINGS:
        named = {tuple(found.code for found in there): there for there in _named(readings, field)}
        if len(named) > 1:
            return None
        update[field] = next(iter(named.values()), ())
    return readings[0].model_copy(update=update | of_one)


def _of_places(readings: Sequence[Reading]) -> Reading | None:
    """The same figure of several areas, held against each other: "cả tỉnh mấy cái, riêng Vũng Tàu mấy cái"."""
    told = {
        tuple(
            frozenset(found.code for found in getattr(each, field)) for field in ("indicators", "dimensions", "periods")
        )
        for each in readings
    }
    areas = [found for reading in readings for found in reading.areas]
    alone = all(len(each.places) == len(each.areas) == 1 and not each.grouping for each in readings)
    plain = all(each.intent in SHAPES and not each.unknown for each in readings)
    if len(told) > 1 or not (alone and plain) or len({found.code for found in areas}) != len(readings):
        return None
    return readings[0].model_copy(update={"areas": tuple(areas), "intent": "compare"})


def told(reading: Reading) -> frozenset[tuple[str, ...]]:
    """The figures that a reading tells, by the codes of indicator, place, period and members."""
    by_kind: dict[str, list[str]] = {}
    for found in reading.dimensions:
        by_kind.setdefault(found.code.partition(":")[0], []).append(found.code)
    within: list[tuple[str, ...]] = list(product(*by_kind.values()))
    if reading.intent == "share" and by_kind:
        within.append(())
    named = ([found.code for found in each] or [""] for each in (reading.indicators, reading.places, reading.periods))
    within = [(*members, "plan") for members in within] if reading.intent == "progress" else within
    return frozenset((*codes, *members) for codes in product(*named) for members in within)


def apart(readings: Sequence[Reading], whole: Reading) -> tuple[Reading, ...]:
    """The readings of clauses that each tell something of their own, none twice; empty where there are not two of them, or
    where the sentence read as a whole tells all of it."""
    found: list[Reading] = []
    known: set[tuple[str, ...]] = set()
    for reading in readings:
        if not told(reading) <= known:
            found.append(reading)
            known |= told(reading)
    kept = all(
        {each.code for each in getattr(whole, field)}
        <= {each.code for reading in found for each in getattr(reading, field)}
        for field in ("dimensions", *SURROUNDINGS)
    )
    listed = len(whole.indicators) == 1 == len(whole.broken_down) and all(each.dimensions for each in readings)
    listed = listed and len(whole.dimensions) >= len(readings)
    kept = kept and not listed  # "giường bệnh: bệnh viện bao nhiêu, trung tâm y tế bao nhiêu" names one figure of each
    return tuple(found) if len(found) > 1 and kept and not known <= told(whole) else ()


def holds(several: Sequence[Reading], whole: Reading) -> bool:
    """Whether the clauses tell all that the sentence was found to name as a whole: where no stop parts them, that is how they
    are known."""
    return all(
        {found.code for found in getattr(whole, field)}
        <= {found.code for reading in several for found in getattr(reading, field)}
        for field in ("indicators", "dimensions")
    )


def _of_one(readings: Sequence[Reading]) -> dict[str, object] | None:
    """What clauses about one indicator tell: a figure for each member, or the whole and then its parts ("bao nhiêu vụ, trong
    đó trộm cắp mấy vụ"); None where they name members of several dimensions, or the same twice."""
    first, *others = readings
    members = [found for reading in readings for found in reading.dimensions]
    names = {found.code.partition(":")[0] for found in members}
    alone = all(len(reading.dimensions) == 1 for reading in others) and len(first.dimensions) <= 1
    if not alone or len(names) != 1 or len({found.code for found in members}) != len(members):
        return None
    told = {"indicators": first.indicators, "dimensions": tuple(members)}
    return told | {"intent": "value" if first.dimensions else "share"}


def _named(readings: Sequence[Reading], field: str) -> list[tuple[Found, ...]]:
    return [getattr(reading, field) for reading in readings if getattr(reading, field)]
