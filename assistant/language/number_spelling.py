"""Numbers written out in words, for ``numbers.py``; how they are read stands in ``number_words.py``."""

from __future__ import annotations

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def integer(value: int) -> str:
    """A whole number from 0 in words; from 10^9 on, "tỷ" is counted like a unit ("một nghìn tỷ")."""
    if value == 0:
        return "không"
    if value >= 10**9:
        high, low = divmod(value, 10**9)
        return f"{integer(high)} tỷ" + (f" {_below(low, inner=True)}" if low else "")
    return _below(value, inner=False)


def _below(value: int, *, inner: bool) -> str:
    """A number below 10^9; ``inner``: something stands before it, so hundreds are said even where they are none."""
    said: list[str] = []
    for scale, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, value = divmod(value, scale)
        if group:
            said.append(f"{_group(group, inner=inner or bool(said))} {name}".strip())
    return " ".join(said)


def _group(value: int, *, inner: bool) -> str:
    hundreds, rest = divmod(value, 100)
    tens, unit = divmod(rest, 10)
    said = [f"{DIGITS[hundreds]} trăm"] if hundreds or inner else []
    if tens > 1:
        said.append(f"{DIGITS[tens]} mươi")
    elif tens == 1:
        said.append("mười")
    elif unit and said:
        said.append("linh")
    if unit:
        late = {1: "mốt", 4: "tư", 5: "lăm"} if tens > 1 else {5: "lăm"} if tens == 1 else {}
        said.append(late.get(unit, DIGITS[unit]))
    return " ".join(said)


def fraction(digits: str) -> str:
    """Digits after the comma: one or two as a number, zeros before it one by one, more than two one by one."""
    rest = digits.lstrip("0")
    zeros = ["không"] * (len(digits) - len(rest))
    said = [integer(int(rest))] if len(rest) <= 2 else [DIGITS[int(digit)] for digit in rest]
    return " ".join([*zeros, *said])
