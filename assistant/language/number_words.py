"""The grammar of spoken numbers; ``numbers.py`` is its front.

Words are read left to right: digits make a group below a thousand, scales ("nghìn", "triệu", "tỷ") close it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from assistant.language.number_spelling import DIGITS
from assistant.language.text import fold

_UNITS = {word: value for value, word in enumerate(DIGITS)}
_AFTER_TENS = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
"""Forms of the unit after tens: "hai mươi mốt", "hai tư", "ba lăm"."""
_SCALES = {"chục": 10, "nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tỷ": 10**9}
_ODD = ("linh", "lẻ")
_POINT = ("phẩy", "phảy", "chấm")
_ALL = (*_UNITS, *_AFTER_TENS, *_SCALES, *_ODD, *_POINT, "mười", "mươi", "trăm", "rưỡi", "hăm", "băm", "nửa", "âm")
_ONLY_MARKED = ("chục", "băm")
"""Without marks these are more often other words ("chức", "bấm")."""

_COUNTED = frozenset(
    re.findall(
        r"\w+",
        """huyện xã phường quận tỉnh trường bệnh địa đơn cơ sở ngành người giáo bác trạm trung ngày tuần tháng quý đồng lĩnh
    hồ thủ lớp phòng giường ca trẻ hộ doanh dự chỉ điểm lần thị nơi chỗ đứa em cháu""",
    )
)
"""First words of what is counted; before one of these a lone digit is a number."""
_LIMITS = frozenset({"hơn", "trên", "quá", "dưới", "nổi", "đầy", "đủ", "chạm", "thiểu", "vượt", "mốc", "mức", "ngưỡng"})
"""After one of these a digit is a number whatever is counted: "hơn bốn khu công nghiệp" …"""
_LIMITS_DENIED = frozenset({"tới", "đến", "được", "đạt"})
"""… and so it is after one of these that is denied: "chưa tới ba vụ"; …"""
_DENYING = frozenset({"chưa", "không", "chẳng", "hổng"})
_NO_FIVE = frozenset(
    re.findall(
        r"\w+",
        """nay này ngoái trước qua rồi học vừa sau tới kia kìa gần liền đó ấy mới hiện cuối đầu thì là bao mấy nào không có
    tính theo về tại ở trong và với của cả hay thứ đại giới trung toàn""",
    )
)
"""… but before one of these "năm" is *year* there: "nhiều hơn năm ngoái"."""
_MONEY_OR_PEOPLE = frozenset(
    re.findall(r"\w+", "đồng tỷ triệu người hồ trường ca hộ ha tấn giường lượt bác em trẻ giáo doanh lao")
)
_MEASURES = frozenset(re.findall(r"\w+", "vụ xe chiếc cái trạm chợ nhà căn tàu con chuyến máy điểm bộ cây suất mét km"))
_NOT_FOUR = frozenset(re.findall(r"\w+", "thục nhân vấn pháp liệu tưởng cách duy"))
"""After "tư" these make another word: "tư thục", "tư nhân"."""
_AFTER_FROM = frozenset(re.findall(r"\w+", "nam thang quy ngay dau cuoi hoc"))
_TOP = frozenset({"top", "tốp"})
_NOT_ONE = frozenset(re.findall(r"\w+", "phần phan vài vai mấy may hàng hang cả ca chục bạc"))
"""After one of these a scale stands for no one of it."""
_PARTS = ("phần trăm", "phan tram", "phần nghìn", "phan nghin", "phần vạn", "phan van")
_OF_THE_YEAR = frozenset(
    re.findall(
        r"\w+", "trong cả hàng hằng mỗi đầu cuối giữa một của từng theo nhiều các mấy qua suốt hết sang cùng vài"
    )
)
"""After one of these "năm" is *year*: "trong năm | xã Bình Ba"."""
_ASKED = frozenset({"", "ten", "ke", "tim", "biet", "la", "ra"})
"""Without marks "nam" counts at the start or after one of these only; elsewhere it is *male* or *year*."""
_CHOOSING = frozenset(re.findall(r"\w+", "nào nhất đầu cuối trên dưới cao thấp nhiều ít"))
"""Where one of these follows, "năm xã" counts communes."""
_EACH = frozenset(re.findall(r"\w+", "sinh viên sĩ người dân hộ giường trẻ đồng sơ ca lượt triệu tỷ nghìn trên"))
"""Before "một lớp" these make it *a class*: "35 học sinh một lớp"."""


@dataclass(frozen=True)
class Read:
    """A number read from words: its value, the index after its last word, how sure it is (0: skip these words)."""

    value: Decimal
    end: int
    score: float


@cache
def _meanings(marked: bool) -> dict[str, tuple[str, ...]]:
    """Word as typed to the number words it may be. In text with marks a bare "nam" or "tu" is no number."""
    meanings: dict[str, tuple[str, ...]] = {word: (word,) for word in _ALL}
    if not marked:
        for word in _ALL:
            folded = fold(word)
            if folded != word and word not in _ONLY_MARKED:
                meanings[folded] = (*meanings.get(folded, ()), word)
    return meanings


class _Reader:
    """Reads one number starting at an index."""

    def __init__(self, tokens: list[str], index: int, marked: bool) -> None:
        self.tokens = tokens
        self.index = index
        self.marked = marked
        self.meanings = _meanings(marked)

    def word(self, offset: int = 0) -> str:
        """The word at the cursor, as typed; empty past the end."""
        index = self.index + offset
        return self.tokens[index] if 0 <= index < len(self.tokens) else ""

    def means(self, *wanted: str, offset: int = 0) -> bool:
        """Whether the word at the cursor may be one of these number words."""
        return any(word in wanted for word in self.meanings.get(self.word(offset), ()))

    def take(self, *wanted: str) -> bool:
        """Steps over one of these words."""
        if self.means(*wanted):
            self.index += 1
            return True
        return False

    def unit(self, offset: int = 0) -> int | None:
        """The plain digit at the cursor, 0 to 9."""
        for word in self.meanings.get(self.word(offset), ()):
            if word in _UNITS:
                return _UNITS[word]
        return None

    def late_unit(self, offset: int = 0) -> int | None:
        """The digit at the cursor in a form that only follows tens."""
        for word in self.meanings.get(self.word(offset), ()):
            if word in _AFTER_TENS:
                if word == "tư" and self.follows(_NOT_FOUR, offset + 1):
                    return None
                if self.word(offset) == "tu" and self.follows_from(offset + 1):
                    return None
                return _AFTER_TENS[word]
        return None

    def follows(self, nouns: frozenset[str], offset: int = 0) -> bool:
        """Whether the word at the cursor is one of these nouns, with or without its marks as the text has it."""
        return self.word(offset) in (nouns if self.marked else _folded(nouns))

    def pair(self, offset: int) -> str:
        """Two words, as typed."""
        return f"{self.word(offset)} {self.word(offset + 1)}"

    def follows_from(self, offset: int) -> bool:
        """Whether what stands there makes the word before it "từ" (from), typed "tu"."""
        return self.word(offset) in _AFTER_FROM or self.word(offset)[:1].isdigit()

    def is_year(self, offset: int = 0) -> bool:
        """Whether the word at the cursor is "năm"."""
        return self.means("năm", offset=offset)

    def group(self, *, inner: bool = False) -> int | None:
        """A number below a thousand; ``inner`` allows "không trăm" and "linh" at its start, after a scale."""
        start = self.index
        hundreds = self.unit()
        if hundreds is not None and (hundreds or inner) and self.means("trăm", offset=1):
            self.index += 2
            value = hundreds * 100
            if self.take(*_ODD):
                unit = self.unit() if self.unit() is not None else self.late_unit()
                if unit is None:
                    self.index -= 1
                    return value
                self.index += 1
                return value + unit
            below = self.tens()
            if below is not None:
                return value + below
            short = self.short_unit()
            return value + short * 10 if short is not None else value
        if inner and self.take(*_ODD):
            unit = self.unit()
            if unit:
                self.index += 1
                return unit
            self.index = start
            return None
        value_or_none = self.tens()
        if value_or_none is not None:
            return value_or_none
        unit = self.unit()
        if unit is None:
            return None
        self.index += 1
        return unit

    def tens(self) -> int | None:
        """10 to 99 in full or in short ("hai mươi mốt", "mười lăm", "hăm ba", "hai tư")."""
        if self.means("hăm", "băm"):
            begin = 20 if self.means("hăm") else 30
            unit = self.unit(1) if self.unit(1) is not None else self.late_unit(1)
            if not unit:
                return None
            self.index += 2
            return begin + unit
        ten = self.unit()
        if ten is not None and ten > 1 and self.means("mươi", "mười", offset=1):
            self.index += 2
            return ten * 10 + self.unit_after_tens()
        if self.take("mười"):
            return 10 + self.unit_after_tens()
        late = self.late_unit(1)
        if ten is not None and ten > 1 and late is not None:
            self.index += 2
            return ten * 10 + late
        return None

    def unit_after_tens(self) -> int:
        """The unit after "mươi" or "mười"; "năm" there is *years* ("hai mươi năm"), five is "lăm"."""
        unit = self.late_unit()
        if unit is None:
            unit = self.unit()
            if not unit or self.is_year() or self.means("trăm", "mươi", offset=1):
                return 0
        self.index += 1
        return unit

    def short_unit(self) -> int | None:
        """The digit in "một nghìn hai", "hai triệu tư": so many of the next smaller unit."""
        unit = self.unit()
        if unit is None and (late := self.late_unit()) is not None:
            self.index += 1
            return late
        if not unit or self.means("mươi", "trăm", *_SCALES, *_POINT, offset=1):
            return None
        if self.is_year() and not self.follows(_MONEY_OR_PEOPLE, 1) and self.pair(1) not in ("học sinh", "hoc sinh"):
            return None
        if (self.unit(1) is not None or self.late_unit(1) is not None) and not self.is_year(1):
            return None
        self.index += 1
        return unit

    def digits(self) -> str:
        """Three or more digits said one by one ("hai không hai tư"); the last may be in its late form."""
        said = ""
        index = self.index
        while (unit := self.unit(index - self.index)) is not None:
            said += str(unit)
            index += 1
        late = self.late_unit(index - self.index)
        if said and late is not None:
            said += str(late)
            index += 1
        if len(said) < 3 or self.means("trăm", "mươi", *_SCALES, *_POINT, offset=index - self.index):
            return ""
        self.index = index
        return said

    def fraction(self) -> str:
        """The digits after "phẩy": "năm", "hai mươi lăm", "không không năm", "bảy tám chín"."""
        said = ""
        while self.unit() == 0:
            said += "0"
            self.index += 1
        start = self.index
        spelled = ""
        while (unit := self.unit()) is not None:
            spelled += str(unit)
            self.index += 1
        if len(spelled) > 1 and self.late_unit() is None and not self.means("mươi", "mười", "trăm", *_SCALES, "rưỡi"):
            return said + spelled
        self.index = start
        number = self.group()
        return said + ("" if number is None else str(number))

    def scale(self) -> int:
        """The product of the scales at the cursor ("nghìn tỷ" 10^12); 1 where there is none."""
        factor = 1
        while self.means(*_SCALES):
            factor *= next(_SCALES[word] for word in self.meanings[self.word()] if word in _SCALES)
            self.index += 1
        return factor


@cache
def _folded(nouns: frozenset[str]) -> frozenset[str]:
    return frozenset(fold(noun) for noun in nouns)


def read(tokens: list[str], index: int, marked: bool, *, alone: bool = False) -> Read | None:
    """The longest number in words that starts at this token; None where none does.

    ``marked``: the text carries diacritics, so words must too. ``alone``: the tokens are known to be a number, so a lone
    digit needs no context.
    """
    if tokens[index] not in _meanings(marked):
        return None
    reader = _Reader(tokens, index, marked)
    negative = reader.means("âm") and (reader.unit(1) is not None or reader.means("mười", "hăm", offset=1))
    reader.index += negative
    if reader.means("nửa") and (reader.means("trăm", offset=1) or reader.means(*_SCALES, offset=1)):
        reader.index += 1
        half = Decimal(100 if reader.take("trăm") else 1) / 2
        return Read(half * reader.scale(), reader.index, 1.0)
    if (bare := _scale_alone(reader)) is not None:
        return bare
    first = reader.index
    said = _year_guard(reader, alone)
    if said is not None:
        return said
    spelled = reader.digits()
    if spelled and (len(spelled) > 3 or spelled[1] == "0" or alone):
        return Read(-Decimal(spelled) if negative else Decimal(spelled), reader.index, 0.95)
    if spelled:
        return Read(Decimal(spelled), reader.index, 0.0)
    value = _value(reader)
    if value is None:
        return None
    if reader.index - first == 1 and not negative and not alone:
        score = _lone(reader, first)
        if score == 0:
            return Read(value, reader.index, 0.0)
    else:
        score = 1.0 if marked else 0.97
    return Read(-value if negative else value, reader.index, score)


def _scale_alone(reader: _Reader) -> Read | None:
    """A scale that stands for one of it: "ngàn rưỡi" 1.500, "trăm hai" 120; not in "vài trăm", "phần trăm"."""
    hundred = reader.means("trăm")
    if not (hundred or reader.means("chục", "nghìn", "ngàn", "vạn", "triệu", "tỷ")) or reader.word(-1) in _NOT_ONE:
        return None
    start = reader.index
    factor = 100 if reader.take("trăm") else reader.scale()
    if reader.take("rưỡi"):
        return Read(Decimal(factor) * 3 / 2, reader.index, 0.95)
    short = reader.short_unit() if reader.marked and not reader.is_year() else None
    if short is not None and not reader.follows(_COUNTED):
        return Read(Decimal(factor) + Decimal(short) * factor / 10, reader.index, 0.9)
    counted = reader.marked and reader.follows(_COUNTED | _MONEY_OR_PEOPLE | _MEASURES)
    divides = reader.word(start - reader.index - 1) == "trên"
    limited = counted and not divides and _is_limit(reader.tokens[max(0, start - 2) : start], marked=True)
    if short is None and limited:
        return Read(Decimal(factor), reader.index, 0.9)  # "dưới trăm vụ", "hơn chục xã"; "trên vạn dân" divides
    reader.index = start
    return None


def _year_guard(reader: _Reader, alone: bool) -> Read | None:
    """A "năm" before a spoken year is no five: step over it. "năm trăm", "năm mươi", "năm rưỡi" are fives."""
    if not reader.is_year() or alone:
        return None
    five = reader.means("mươi", "trăm", *_SCALES, *_POINT, "rưỡi", offset=1) or reader.late_unit(1) is not None
    if five or (reader.unit(1) is None and not reader.means("mười", offset=1)):
        return None
    return Read(Decimal(0), reader.index + 1, 0.0)


def _lone(reader: _Reader, first: int) -> float:
    """How sure a single word is a number: before something counted or after "top"."""
    word = reader.tokens[first]
    before = reader.tokens[first - 1] if first else ""
    if before in _TOP or reader.pair(0) in _PARTS:
        return 0.95
    if reader.means("mười", offset=first - reader.index):
        return 0.95 if reader.marked or reader.follows(_COUNTED) else 0.0
    if _is_limited(reader, first):
        return 0.9
    if word in ("khong", "không", "sau", "tu") or not reader.follows(_COUNTED):
        return 0.0
    if word in ("năm", "nam"):
        following = reader.tokens[reader.index :]
        if not reader.marked:
            chooses = before in _ASKED and not _folded(_CHOOSING).isdisjoint(following)
            return 0.9 if chooses else 0.0
        return 0.9 if before not in _OF_THE_YEAR and not _CHOOSING.isdisjoint(following) else 0.6
    return 0.0 if word == "một" and before in _EACH else 0.9


def _is_limited(reader: _Reader, first: int) -> bool:
    """Whether a lone digit is what something is held against: "dưới năm xe", "chưa tới ba vụ"."""
    word, before = reader.tokens[first], reader.tokens[max(0, first - 2) : first]
    limited = _is_limit(before, marked=reader.marked) or _is_led_on(reader, first)
    if word in ("không", "khong", "một", "mot", "tư", "tu", "sau") or not limited:
        return False
    if word not in ("năm", "nam"):
        return reader.marked or reader.follows(_COUNTED | _MONEY_OR_PEOPLE | _MEASURES)
    if not reader.marked:
        return reader.follows(_COUNTED | _MONEY_OR_PEOPLE | _MEASURES)
    following = reader.word()
    return bool(following) and not following[0].isdigit() and following not in _NO_FIVE


def _is_limit(before: list[str], *, marked: bool) -> bool:
    """Whether these words, the two before a number, say that something is held against it."""
    limits, denied, denying = (each if marked else _folded(each) for each in (_LIMITS, _LIMITS_DENIED, _DENYING))
    if not before or before[-1] not in limits | denied:
        return False
    return before[-1] in limits or (len(before) > 1 and before[0] in denying)


def _is_led_on(reader: _Reader, first: int) -> bool:
    """Whether it goes on from a digit: "từ năm vụ trở lên"."""
    said = " ".join(reader.tokens[first - 1 : first + 7]) if first else ""
    return re.match(r"(?:từ|tu) .*\b(?:trở|đổ|tro|do) (?:lên|xuống|lại|len|xuong|lai)\b", said) is not None


def _value(reader: _Reader) -> Decimal | None:
    """Groups with their scales, and what may follow: "phẩy …", "rưỡi", a short unit."""
    total = Decimal(0)
    last_scale = 0
    read_any = False
    while True:
        start = reader.index
        short = reader.short_unit() if read_any else None
        if short is not None:
            return total + Decimal(short) * last_scale / 10
        group = reader.group(inner=read_any)
        if group is None:
            break
        if read_any and start == reader.index - 1 and reader.is_year(-1) and not reader.means(*_SCALES):
            reader.index = start
            break
        value = Decimal(group) + _after_point(reader)
        value += _half(reader, value)
        after = reader.index
        factor = reader.scale()
        if last_scale and factor >= last_scale:
            reader.index = start if factor > 1 else after
            if factor > 1:
                break
        total += value * factor
        read_any = True
        last_scale = factor
        if factor == 1:
            break
        if reader.take("rưỡi"):
            return total + Decimal(factor) / 2
    return total + _after_point(reader) if read_any else None


def _after_point(reader: _Reader) -> Decimal:
    """What "phẩy" and the digits after it add; nothing where they do not follow."""
    start = reader.index
    if reader.take(*_POINT) and (digits := reader.fraction()):
        return Decimal(f"0.{digits}")
    reader.index = start
    return Decimal(0)


def _half(reader: _Reader, value: Decimal) -> Decimal:
    """ "rưỡi" right after a group: half of its last unit ("ba rưỡi" 3,5; "hai trăm rưỡi" 250)."""
    if not reader.means("rưỡi"):
        return Decimal(0)
    reader.index += 1
    if value >= 100 and value % 100 == 0:
        return Decimal(50)
    return Decimal("0.5")


def scales(tokens: list[str], index: int, value: Decimal, marked: bool) -> Read | None:
    """A number in digits followed by scales ("1,5 triệu", "2 nghìn tỷ", "3 triệu rưỡi", "1 tỷ 200 triệu").

    None without a scale.
    """
    reader = _Reader(tokens, index, marked)
    factor = reader.scale()
    if factor == 1:
        return None
    value *= factor
    if reader.take("rưỡi"):
        return Read(value + Decimal(factor) / 2, reader.index, 1.0)
    further = reader.word()
    if further.isdigit() and len(further) <= 3:
        smaller = scales(tokens, reader.index + 1, Decimal(further), marked)
        if smaller is not None and smaller.value < factor:
            return Read(value + smaller.value, smaller.end, 1.0)
        if len(further) == 1 and reader.word(1) in ("", "đồng", "dong"):
            return Read(value + Decimal(further) * factor / 10, reader.index + 1, 0.95)
    return Read(value, reader.index, 1.0)
