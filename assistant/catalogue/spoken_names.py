"""Patterns by which officials shorten the names of facilities, agencies and rates: the type in other words, then the name.

Names that follow no pattern are synonyms in the catalogue's files. Abbreviations that the normaliser writes out ("BV",
"THCS", "MN") need no entry here.
"""

from __future__ import annotations

from collections.abc import Iterator

SURE = 0.95
"""The type is said in other words of the same meaning."""
LOOSE = 0.85
"""The type is said more broadly ("trường Nguyễn Huệ", "nhà thương Bà Rịa")."""

FACILITY_TYPES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Trường Mầm non": (("mầm non",), ("trường", "trường mẫu giáo", "mẫu giáo")),
    "Trường Tiểu học": (("tiểu học", "TH", "trường cấp 1", "cấp 1", "trường cấp một", "cấp một"), ("trường",)),
    "Trường THCS": (("THCS", "trường cấp 2", "cấp 2", "trường cấp hai", "cấp hai"), ("trường",)),
    "Trường THPT": (("THPT", "PTTH", "trường cấp 3", "cấp 3", "trường cấp ba", "cấp ba"), ("trường",)),
    "Trường THPT chuyên": (("THPT chuyên", "trường chuyên", "chuyên", "THPT", "trường THPT"), ("trường",)),
    "Trường Tiểu học và THCS": (("TH và THCS", "TH&THCS", "TH-THCS"), ("trường", "trường liên cấp")),
    "Trường THCS và THPT": (("THCS và THPT", "THCS&THPT", "THCS-THPT"), ("trường", "trường liên cấp")),
    "Bệnh viện": (("BV", "bệnh viện đa khoa"), ("viện", "nhà thương")),
    "Trung tâm Y tế": (("TTYT", "bệnh viện"), ("trung tâm",)),
    "Trung tâm Y tế thành phố": (("TTYT", "bệnh viện", "bệnh viện thành phố"), ()),
    "Trung tâm Y tế huyện": (("TTYT", "bệnh viện", "bệnh viện huyện"), ()),
    "Phòng khám đa khoa khu vực": (("phòng khám", "phòng khám khu vực"), ("phòng khám đa khoa",)),
}
"""What a facility's name begins with → words said instead, of the same meaning and broader ones."""

COMMITTEE = "UBND"
COMMITTEE_WORDS = (("ủy ban", "UB"), ("chính quyền", "một cửa", "bộ phận một cửa"))
"""Words said for the people's committee of a district, sure and loose."""

RATE, PER_CENT = "tỷ lệ ", "phần trăm "
"""A rate in per cent is asked for by both: "tỷ lệ hộ nghèo", "bao nhiêu phần trăm hộ nghèo"."""


def of_facility(name: str, *, area_named: bool) -> Iterator[tuple[str, float]]:
    """Short forms of a facility's full name with their weights; none where its type is in no table.

    "Trường Tiểu học Nguyễn Huệ" → "TH Nguyễn Huệ" and "cấp một Nguyễn Huệ", less surely "trường Nguyễn Huệ". A school
    that bears an area's name keeps the word "trường": "cấp hai Vũng Tàu" alone is a level of schooling in a city.
    """
    kind = max((kind for kind in FACILITY_TYPES if name.startswith(f"{kind} ")), key=len, default=None)
    if kind is None:
        return
    bare_is_level = area_named and kind.startswith("Trường ")
    for text, weight in _renamed(FACILITY_TYPES[kind], name.removeprefix(f"{kind} ")):
        if not bare_is_level or text.startswith("trường "):
            yield text, weight


def of_agency(name: str, area_short: str) -> Iterator[tuple[str, float]]:
    """Short forms of a people's committee's name with their weights; none for other agencies.

    "UBND huyện Châu Đức" → "ủy ban huyện Châu Đức", "UB Châu Đức", less surely "một cửa Châu Đức".
    """
    if name.startswith(f"{COMMITTEE} "):
        for rest in (name.removeprefix(f"{COMMITTEE} "), area_short):
            yield from _renamed(COMMITTEE_WORDS, rest)


def of_rate(name: str, unit: str) -> str | None:
    """ "tỷ lệ hộ nghèo" → "phần trăm hộ nghèo" where the unit is per cent; None for other names."""
    return PER_CENT + name.removeprefix(RATE) if unit == "%" and name.startswith(RATE) else None


def _renamed(types: tuple[tuple[str, ...], tuple[str, ...]], rest: str) -> Iterator[tuple[str, float]]:
    for words, weight in zip(types, (SURE, LOOSE), strict=True):
        yield from ((f"{word} {rest}", weight) for word in words)
