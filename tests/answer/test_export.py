"""Tables as files: openable at once, and nothing in them is ever a formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer.export import DANGEROUS, Sheet, harmless, to_csv, to_xlsx
from assistant.types import Table

TABLE = Table(
    columns=("Địa bàn", "Số học sinh", "Tỷ trọng (%)"),
    rows=(("Huyện Châu Đức", 1234.0, 12.5), ("Huyện Côn Đảo", None, -3.0)),
    decimals=(None, 0, 1),
)
SHEET = Sheet("Số học sinh từng huyện?", TABLE, "Nguồn: Sở Giáo dục và Đào tạo", date(2026, 11, 21), True)

ATTACKS = [
    '=HYPERLINK("http://x","y")',
    "=1+1",
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "＝1+1",
    "\ufeff=1+1",
]


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def page(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def attacked(text: str) -> Sheet:
    return Sheet(text, Table(columns=(text,), rows=((text,),)), text, date(2026, 11, 21))


def test_csv_opens_in_vietnamese_excel() -> None:
    data = to_csv(SHEET)
    assert data.startswith(b"\xef\xbb\xbf")
    assert lines(data) == [
        ["Số học sinh từng huyện?"],
        ["Nguồn: Sở Giáo dục và Đào tạo"],
        ["Xuất ngày 21/11/2026"],
        ["Số liệu minh họa"],
        [],
        ["Địa bàn", "Số học sinh", "Tỷ trọng (%)"],
        ["Huyện Châu Đức", "1234", "12,5"],
        ["Huyện Côn Đảo", "", "-3,0"],
    ]


def test_excel_keeps_numbers_as_numbers() -> None:
    sheet = page(to_xlsx(SHEET))
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in rows[:4]] == [
        "Số học sinh từng huyện?",
        "Nguồn: Sở Giáo dục và Đào tạo",
        "Xuất ngày 21/11/2026",
        "Số liệu minh họa",
    ]
    assert rows[6] == ["Huyện Châu Đức", 1234, 12.5]
    assert rows[7] == ["Huyện Côn Đảo", None, -3]
    assert sheet["C7"].number_format == "#,##0.0"


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_of_csv_begins_like_a_formula(attack: str) -> None:
    for row in lines(to_csv(attacked(attack))):
        for cell in row:
            assert not cell.lstrip(" \u00a0\ufeff").startswith(DANGEROUS)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_of_excel_is_a_formula_or_a_link(attack: str) -> None:
    for row in page(to_xlsx(attacked(attack))).iter_rows():
        for cell in row:
            assert cell.data_type != "f"
            assert cell.hyperlink is None
            assert not str(cell.value or "").startswith(DANGEROUS)


def test_ordinary_text_is_left_alone() -> None:
    assert harmless("Huyện Châu Đức - xã Kim Long") == "Huyện Châu Đức - xã Kim Long"


@settings(max_examples=60)
@given(st.text(max_size=12))
def test_any_text_survives_and_is_harmless(text: str) -> None:
    safe = harmless(text)
    assert safe.endswith(text)
    assert not safe.startswith(DANGEROUS)
