"""Every name, period and number found in an utterance, and names of a known kind that are in no list."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

from assistant.catalogue.loader import Catalogue, Name
from assistant.language import numbers, periods
from assistant.language.gazetteer import Gazetteer
from assistant.language.text import fold, has_marks, normalise
from assistant.types import Found, SpanKind
from assistant.understanding.coordination import by_name, parted, shared_ends
from assistant.understanding.cues import Cue, Cues
from assistant.understanding.narrowing import VAGUE
from assistant.yaml_files import read_yaml

ELSEWHERE_FILE = Path(__file__).resolve().parents[2] / "data" / "rules" / "elsewhere.yml"

ELSEWHERE = "elsewhere:"
"""Prefix of the code of an unknown span that names a place outside the province."""

SURE = 0.92
"""Score of a member or an indicator that stands letter for letter in an utterance with diacritics, however short."""

LONG_WORD = 0.8
"""Score of an indicator of one long word in an utterance without diacritics."""

BARE_YEAR = 0.75
"""Score of four digits that may be a year."""

YEAR = re.compile(r"(?:19|20)\d\d")
"""No name of a place."""

UNLISTED, WRITTEN = 0.8, 0.95
"""Score of a name that is in no list: by its head noun alone, and where it was written with a capital."""

LONG_NAME = 4
"""Words of a name that no period is looked for in."""

NAMED = 0.65
"""Score from which a name right after its head noun is that name, not one that is in no list."""

WHOLE = 0.9
"""A name found this well is not taken apart into the shorter names inside it."""

SHORT = 6
"""Letters below which one word without diacritics means too many things."""

AMBIGUOUS = ("nam", "cho")
"""Without diacritics: *male* or *year*, *market* or *for*."""

COUNTED = 0.98
"""Score of a bare noun that asks for one figure each."""

_NEXT_WORD = re.compile(r" (\w+)")

INTERRUPTED = 0.93
"""Factor on the score of an indicator whose words stand apart."""

GUESSED = 0.6
"""Confidence of a "năm" that is a year as likely as a five."""

YEARS_PLAN = re.compile(r"(?:kế hoạch|ke hoach|chỉ tiêu|chi tieu|dự toán|du toan) (?:năm|nam) (?:rồi|roi|sao)$")
"""“Được mấy phần trăm kế hoạch năm rồi” asks how far the year's plan is by now, “so với kế hoạch năm sao rồi” of no stars."""

WHOLE_PERIOD = re.compile(
    r"\b(?:(?:cả|ca|nguyên|nguyen|trọn|tron) (?:năm|nam|tháng|thang|quý|quy)"
    r"|(?:\d+|hai|ba|bốn|bon|sáu|sau|bảy|bay|tám|tam|chín|chin|mười|muoi)(?: một| mot| hai)? (?:tháng|thang|quý|quy))"
    r" (?:mấy|may)$"
)
"""“Cả năm mấy ca”, “mười tháng mấy vụ” ask for cases, not for years and months."""

SIDES = ("trước", "truoc", "sau")
"""Words that make of a period all the time before or after it."""

MEASURED = frozenset(["tan", "ty", "trieu", "ta"])
"""Measures, without their marks, that may stand inside a name after "bao nhiêu" ("khai thác được mấy tấn thủy sản")."""

LONGEST_UNKNOWN_NAME = 5
"""Words taken into the name of a facility or area that is in no list."""


def elsewhere(catalogue: Catalogue, file: Path = ELSEWHERE_FILE) -> Iterator[Name]:
    """Names of places that no table is about, as names of kind ``unknown``: listed ones, and the capital of a province
    that bears its name ("thành phố Tây Ninh")."""
    ours = {
        normalise(name.text, marked=True) for name in catalogue.names() if name.kind in ("area", "facility", "agency")
    }
    for area in catalogue.areas.values():
        city = f"thành phố {area.short}"
        if area.outside and area.type_name == "tỉnh" and normalise(city) not in ours:
            yield Name(kind="unknown", code=f"{ELSEWHERE}{city}", text=city, weight=1.0)
    for bare in read_yaml(file)["names"]:
        for text in (bare, f"tỉnh {bare}", f"thành phố {bare}"):
            if normalise(text) not in ours:
                yield Name(kind="unknown", code=f"{ELSEWHERE}{bare}", text=text, weight=1.0)


Beside = Callable[[str, str], bool]
"""Whether anybody has written two words side by side."""


class SpanFinder:
    """Finds spans; overlapping ones are all kept, the lattice chooses."""

    def __init__(self, catalogue: Catalogue, cues: Cues) -> None:
        self.catalogue = catalogue
        self.cues = cues
        self._beside: Beside = _together
        self.gazetteer = Gazetteer([*catalogue.names(), *elsewhere(catalogue)])
        names = [name.text for name in catalogue.names() if name.kind == "indicator"]
        self._indicators = by_name(catalogue)
        self._indicator_words = frozenset(fold(word) for name in names for word in normalise(name, marked=True).split())
        heads = {normalise(head) for kind in catalogue.facility_kinds.values() for head in kind.head_nouns}
        heads |= {
            normalise(area.type_name) for area in catalogue.areas.values() if area.kind in ("district", "commune")
        }
        ordered = "|".join(re.escape(head) for head in sorted(heads, key=len, reverse=True))
        folded = "|".join(re.escape(head) for head in sorted({fold(head) for head in heads}, key=len, reverse=True))
        self._heads = (re.compile(rf"(?<!\w)(?:{ordered})(?!\w)"), re.compile(rf"(?<!\w)(?:{folded})(?!\w)"))

    def learn(self, beside: Beside) -> None:
        """Takes whether anybody has written two words side by side."""
        self._beside = beside

    def find(
        self,
        text: str,
        today: date,
        known: frozenset[str],
        written_large: frozenset[str] = frozenset(),
        stops: Collection[int] = (),
    ) -> list[Found]:
        """All spans of a normalised utterance, in order of their first character; ``stops`` are where words follow a stop.

        ``known`` are the folded words of the templates: a name that is in no list does not begin with one of them,
        unless the person wrote it with a capital (``written_large``: folded words).
        """
        marked = has_marks(text)
        asking = self.cues.find("how_many", text) + ([] if marked else self.cues.find("versus", text))
        found = [
            _sure(span, marked)
            for span in self.gazetteer.find(text)
            if not _doubtful(span, marked, self.cues.filler)
            and not self._is_plain(span, known)
            and not self._is_far(span, marked)
        ]
        found = [span for span in found if not self._is_padded(span, found)]
        found = parted(found, stops)
        found += self._interrupted(text, found)
        means = self.cues.find("mean", text)  # "xong bình quân mấy phút" is no "Sơn Bình"
        found = [span for span in found if not any(_breaks(span, cue) for cue in (*asking, *means))]
        pointing = [*self.cues.find("there", text), *self.cues.find("latest", text)]  # "nước sạch nông thôn | mới nhất"
        found = [span for span in found if not any(_runs_into(span, cue) for cue in pointing)]
        found += shared_ends(text, found, self._indicators, self.cues.hollow)
        timed = _without_leads(_without_long_names(text, found), self.cues.find("leads", text))
        found += _parted_periods(timed, today, stops, written_large)
        found = [
            span
            for span in found
            if not span.code.startswith("period:") or not any(span.start < stop < span.end for stop in stops)
        ]
        grades = self.cues.find("grades", text)  # "học sinh từ lớp 1 đến lớp 12" asks of no classes
        found = [span for span in found if not any(g.start <= span.start and span.end <= g.end for g in grades)]
        found = [span for span in found if not (" " in span.text and YEARS_PLAN.search(text[: span.end]))]
        found = [span for span in found if not (span.kind == "group" and WHOLE_PERIOD.search(text[: span.end]))]
        found += self._years(text, found)
        found = [span for span in found if not any(_cuts(other, span) for other in found)]
        found = [span for span in found if not _splits(span, found, written_large)]
        found = [span for span in found if not _is_part(span, found) or _is_headless(span, found)]
        found = [
            span
            for span in found
            if self.catalogue.is_outside(span.code) or not _goes_on(span, text, found, written_large)
        ]
        found += self._numbers(text, found, stops)
        found += self._counted(text, found)
        found += self._unknown_names(text, found, (known | self._indicator_words) - written_large, written_large)
        return sorted(found, key=lambda span: (span.start, -span.end))

    def heads(self, text: str) -> list[re.Match[str]]:
        """Where it is said what a place is ("bệnh viện", "xã")."""
        return list(self._heads[0 if has_marks(text) else 1].finditer(text))

    def _is_plain(self, span: Found, known: frozenset[str]) -> bool:
        """A near match whose words all are words of questions was meant as it stands ("con số" is no place), but not where
        it sounds like a place and nobody puts these words side by side ("bà dịa")."""
        words = span.text.split()
        if span.match not in ("fuzzy", "sound") or any(fold(word) not in known for word in words):
            return False
        heard = span.match == "sound" and span.kind in ("area", "facility", "agency")
        return not heard or all(self._beside(one, other) for one, other in pairwise(words))

    def _is_padded(self, span: Found, found: list[Found]) -> bool:
        """A near match that only adds words which say nothing to a name said exactly: "à Xuyên Mộc" is no xã."""
        if span.match not in ("fuzzy", "sound"):
            return False
        inner = [
            other for other in found if other.match == "exact" and other.kind == span.kind and other.end == span.end
        ]
        before = (span.text[: other.start - span.start].split() for other in inner if other.start > span.start)
        return any(words and self.cues.filler.issuperset(map(fold, words)) for words in before)

    def _is_far(self, span: Found, marked: bool) -> bool:
        """Another province is meant only where it is named letter for letter, or without any marks."""
        return self.catalogue.is_outside(span.code) and span.match != "exact" and (marked or span.match != "folded")

    def _years(self, text: str, found: list[Found]) -> Iterator[Found]:
        """Bare years where nothing else was made of them ("2025 hơn 2024 mấy điểm")."""
        for match in re.finditer(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d.,/%-])", text):
            if not any(span.start < match.end() and match.start() < span.end for span in found):
                found_year = _by_grammar("period", match.group(), text, match.start(), match.end(), BARE_YEAR)
                yield found_year.model_copy(update={"period": periods.year(int(match.group()))})

    def _interrupted(self, text: str, found: list[Found]) -> Iterator[Found]:
        """Indicators with words of quantity inside: "tiếp nhận được bao nhiêu hồ sơ" holds "tiếp nhận hồ sơ"."""
        measures = {cue.end + 1 for cue in self.cues.find("how_many", text)}
        words = list(re.finditer(r"\S+", text))
        kept = [
            word
            for word in words
            if fold(word.group()) not in self.cues.inserted
            and not (word.start() in measures and fold(word.group()) in MEASURED)
        ]
        if len(kept) == len(words):
            return
        squeezed = " ".join(word.group() for word in kept)
        begins: dict[int, int] = {}
        ends: dict[int, int] = {}
        at = 0
        for index, word in enumerate(kept):
            begins[at], ends[at + len(word.group())] = index, index
            at += len(word.group()) + 1
        for span in self.gazetteer.find(squeezed, near=False):
            if span.kind != "indicator" or span.match not in ("exact", "folded") or " " not in span.text:
                continue
            first, last = begins.get(span.start), ends.get(span.end)
            if first is None or last is None:
                continue
            start, end = kept[first].start(), kept[last].end()
            if len([at for at in measures if start <= at <= end]) > 1:
                continue  # "bao nhiêu trâu bao nhiêu bò" asks for two figures
            if self._asks_for_another(span, text[start:end], end, text, found):
                continue
            if end - start == len(span.text) or any(s.start <= start and end <= s.end for s in found if s.score > 0.9):
                continue
            yield span.model_copy(
                update={"start": start, "end": end, "text": text[start:end], "score": INTERRUPTED * span.score}
            )

    def _asks_for_another(self, span: Found, said: str, end: int, text: str, found: list[Found]) -> bool:
        """Whether "bao nhiêu" inside a name asks for what follows it: "dạy bao nhiêu trẻ" for children, not teachers."""
        for cue in self.cues.find("how_many", said):
            at = end - len(said) + cue.end + 1
            unit = normalise(self.catalogue.indicator(span.code).unit.partition("/")[0], marked=True)
            counted = text.startswith(unit, at) or text.startswith(fold(unit), at)
            if not counted and any(s.kind == "indicator" and s.start == at and s.code != span.code for s in found):
                return True
        return False

    def _counted(self, text: str, found: list[Found]) -> Iterator[Found]:
        """Groups said by a bare noun after a number or before a superlative ("5 huyện", "trường đông học sinh nhất"), and what
        a mean is taken over ("bình quân một tháng")."""
        grouped = any(s.kind == "group" for s in found)
        ordered = bool(self.cues.find("order", text)) and not grouped
        limits = [*self.cues.find("half", text), *self.cues.find("operator", text)]
        vague = grouped and all(VAGUE.intersection(fold(s.text).split()) for s in found if s.kind == "group")
        among = vague and bool(self.cues.find("order", text))  # "mấy xã trong huyện, chỗ nào đông dân nhất"
        tested = {cue.end + 1 for cue in self.cues.find("plural", text) if among or (limits and not grouped)}
        for cue in self.cues.find("by_kind", text):
            if not any(s.kind == "group" and s.start <= cue.start and cue.end <= s.end for s in found):
                yield _by_grammar("group", "dimension:", text, cue.start, cue.end, COUNTED)
        means = [cue.end for cue in self.cues.find("mean", text)]
        for cue in self.cues.find("spread", text):
            if any(0 <= cue.start - end <= 1 for end in means):
                yield _by_grammar("group", cue.code, text, cue.start, cue.end, COUNTED)
        for cue in (*self.cues.find("counted", text), *self.cues.find("numbered", text)):
            covered = any(
                s.start < cue.end and cue.start < s.end and s.score > 0.8
                for s in found
                if s.kind not in ("number", "member")
            )
            least = 0.0 if cue.code in self.cues.entries["counted"] else GUESSED  # "cả năm tỉnh giao bao nhiêu"
            counted = any(s.kind == "number" and 0 <= cue.start - s.end <= 1 and s.score > least for s in found)
            several = cue.start in tested and (among or any(limit.start >= cue.end for limit in limits))
            if not covered and (counted or several or (ordered and cue.code in self.cues.entries["counted"])):
                yield _by_grammar("group", cue.code, text, cue.start, cue.end, COUNTED)

    def _numbers(self, text: str, found: list[Found], stops: Collection[int]) -> Iterator[Found]:
        """Numbers outside names and periods: "năm" in "năm 2024" counts nothing."""
        ends = {span.end + 1 for span in found if span.kind == "period" and span.score >= BARE_YEAR}
        cuts = [0, *sorted({*stops, *self._run_on(text, ends)}), len(text)]
        for number in (
            number.model_copy(update={"start": begin + number.start, "end": begin + number.end})
            for begin, end in pairwise(cuts)  # "tháng mười, ba huyện" holds no thirteen
            for number in numbers.find(text[begin:end])
        ):
            if not any(
                span.start < number.end and number.start < span.end and span.score >= BARE_YEAR for span in found
            ):
                yield number

    def _run_on(self, text: str, ends: Collection[int]) -> Iterator[int]:
        """Where a number begins that would run on from a period: "tháng mười | ba nơi" holds no thirteen."""
        for number in numbers.find(text) if ends else ():
            yield from (end for end in ends if number.start < end < number.end)

    def _unknown_names(
        self, text: str, found: list[Found], known: frozenset[str], written_large: frozenset[str]
    ) -> Iterator[Found]:
        """A head noun ("trường tiểu học", "huyện") followed by words that no list holds and no question uses."""
        for head in self._heads[0 if has_marks(text) else 1].finditer(text):
            covering = [s for s in found if s.start < head.end() and head.start() < s.end and s.score > 0.8]
            covering = [s for s in covering if not _begins_inside(s, found)]
            if any(s.end > head.end() or s.kind in ("group", "indicator", "area", "facility") for s in covering):
                continue
            if any(
                s.kind in ("area", "facility") and head.start() <= s.start <= head.end() + 1 and s.score > NAMED
                for s in found
            ):
                continue
            end, words, was_large, score = head.end(), 0, False, UNLISTED
            for token in re.finditer(r"\w+", text[head.end() :]):
                start, folded = head.end() + token.start(), fold(token.group())
                large = folded in written_large
                taken = any(
                    s.start <= start < s.end and s.score > 0.8 and not (large and s.kind == "indicator") for s in found
                )
                common = folded in self.cues.filler or (words == 0 and folded in known)
                if (
                    taken
                    or YEAR.fullmatch(folded)  # "công chức cấp xã 2025"
                    or text[end:start].strip()
                    or words == LONGEST_UNKNOWN_NAME
                    or (not large and (common or was_large))
                ):
                    break
                end, words, was_large = head.end() + token.end(), words + 1, large
                score = WRITTEN if large else score
            if words:
                yield _by_grammar("unknown", text[head.start() : end], text, head.start(), end, score)


def _by_grammar(kind: SpanKind, code: str, text: str, start: int, end: int, score: float) -> Found:
    """A stretch of the text that is no listed name but was recognised by what stands around it."""
    return Found(kind=kind, code=code, text=text[start:end], start=start, end=end, score=score, match="grammar")


def _begins_inside(span: Found, found: list[Found]) -> bool:
    """Whether an indicator begins with the end of another ("dân số | huyện Mường Tè" does not ask for "số huyện")."""
    return span.kind == "indicator" and any(
        other.kind == "indicator" and other.score > 0.8 and other.start < span.start < other.end < span.end
        for other in found
    )


def _parted_periods(text: str, today: date, stops: Collection[int], written_large: frozenset[str]) -> list[Found]:
    """The periods, none of them before or after what is said behind a stop: "hôm trước, tháng 10 …", "ngoài Bãi Sau, năm nay";
    nor is a name in that a word of time: "Bãi Sau mùa hè"."""
    found, parted = periods.find(text, today), text
    for span in found:
        begin, end = span.start, span.start + len(span.text.split()[0])
        if text[begin:end] in SIDES and (end + 1 in stops or (begin and fold(text[begin:end]) in written_large)):
            parted = parted[:begin] + "_" * (end - begin) + parted[end:]
    return found if parted == text else periods.find(parted, today)


def _without_long_names(text: str, found: list[Found]) -> str:
    """The text with long names blanked: "một tháng" of "thu nhập bình quân đầu người một tháng" is no period."""
    for span in found:
        if span.kind == "indicator" and span.score >= WHOLE and span.text.count(" ") >= LONG_NAME - 1:
            text = text[: span.start] + "_" * (span.end - span.start) + text[span.end :]
    return text


def _without_leads(text: str, leads: list[Cue]) -> str:
    """The text with the last word blanked of what leads to a question: "hỏi trước cuối năm ngoái" asks of no time before."""
    for cue in leads:
        last = text.rfind(" ", cue.start, cue.end) + 1
        text = text[:last] + "_" * (cue.end - last) + text[cue.end :] if last > cue.start else text
    return text


def _sure(span: Found, marked: bool) -> Found:
    """Short words ("nữ") are weak names, but not where they stand with all their marks among others with theirs.

    Without marks a single word is believed where it is long enough ("giuong").
    """
    if span.kind in ("member", "indicator") and span.match == "exact" and marked:
        return span.model_copy(update={"score": max(span.score, SURE)})
    if span.kind == "indicator" and span.match in ("exact", "folded") and not marked and len(span.text) >= SHORT:
        return span.model_copy(update={"score": max(span.score, LONG_WORD)})
    return span


def _doubtful(span: Found, marked: bool, filler: frozenset[str]) -> bool:
    """Near letters are believed for names of places and indicators only; words too short without marks not at all."""
    if span.kind not in ("indicator", "area", "facility", "agency") and span.match in ("fuzzy", "sound"):
        return True
    if span.kind == "unknown" and span.match != "exact" and marked:
        return True
    if marked and span.kind == "member" and span.match != "exact" and " " not in span.text:
        return True
    if marked or " " in span.text:
        return False
    if span.kind == "member" and span.text in filler:
        return True
    return span.text in AMBIGUOUS or (span.match != "exact" and len(span.text) < SHORT and span.kind != "member")


def _is_part(span: Found, found: list[Found]) -> bool:
    """Whether a span lies inside a longer name, or where a period was found, and is better read as part of it."""
    return any(
        other is not span
        and other.start <= span.start
        and span.end <= other.end
        and other.score >= WHOLE
        and (
            (other.end - other.start > span.end - span.start and other.match in ("exact", "folded", "grammar"))
            or (other.kind == "period" and span.kind != "period")
        )
        for other in found
    )


def _splits(span: Found, found: list[Found], written_large: frozenset[str]) -> bool:
    """Whether an indicator begins inside the name of a place that is written large: "Vũng | Tàu đã lắp thiết bị"."""
    return span.kind == "indicator" and any(
        other.kind == "area"
        and other.match == "exact"
        and other.start < span.start < other.end < span.end
        and written_large.issuperset(map(fold, other.text.split()))
        for other in found
    )


def _is_headless(span: Found, found: list[Found]) -> bool:
    """Whether a place stands right behind a long name of an indicator that ends with its head: "cải cách hành chính của huyện |
    Châu Đức"; "số lượng huyện | Xuyên Mộc" counts nothing."""
    return (
        span.kind == "area"
        and span.match == "exact"
        and any(
            other.kind == "indicator"
            and other.match == "exact"
            and other.end + 1 == span.start
            and other.text.count(" ") >= LONG_NAME - 1
            for other in found
        )
    )


def _goes_on(span: Found, text: str, found: list[Found], written_large: frozenset[str]) -> bool:
    """Whether a place's name is only the beginning of a longer one in no list ("Hoa Hồng" of "Hoa Hồng Đen")."""
    following = _NEXT_WORD.match(text, span.end)
    if span.kind not in ("facility", "area") or following is None or fold(following[1]) not in written_large:
        return False
    if fold(following[1]) in fold(span.text).split():
        return False  # "xã Bình Châu bình quân": the word in the name is the one written large
    return not any(other.start <= following.start(1) < other.end for other in found)


def _cuts(period: Found, span: Found) -> bool:
    """Whether a sure period begins or ends inside a name that does not hold all of it ("tháng nào trong năm | 2025")."""
    if (
        period.kind != "period"
        or span.kind == "period"
        or period.score < WHOLE
        or (span.start <= period.start and period.end <= span.end)
    ):
        return False
    return period.start < span.end and span.start < period.end


def _runs_into(span: Found, cue: Cue) -> bool:
    """Whether a name ends with the first words of a cue ("dân số phường đó" counts no wards); "đường xã đó" is a member."""
    if span.kind == "member" and span.match == "exact":
        return False
    return span.start < cue.start < span.end < cue.end


def _breaks(span: Found, cue: Cue) -> bool:
    """Whether a near match takes a part of a cue for its own: "tập trung bao nhiêu" holds no "trung bão"."""
    return span.match != "exact" and span.start < cue.end and cue.start < span.end and span.end < cue.end


def _together(_one: str, _other: str) -> bool:
    return True
