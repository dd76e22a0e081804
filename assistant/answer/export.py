"""A table as a file: CSV for any program, Excel for the office. Cells that look like formulas are made harmless.

Source of the rule: OWASP, "CSV Injection" (a cell that begins with = + - @, tab or carriage return may be executed).
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter

from assistant.answer.figures import number
from assistant.answer.words import words
from assistant.types import Answer, Table

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that spreadsheets may take for a formula, full-width forms included."""

BOM = "\ufeff"


@dataclass(frozen=True)
class Sheet:
    """What is exported: a table and the lines above it."""

    title: str
    table: Table
    source: str
    exported: date
    illustrative: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """The header: question, source, day of export, "số liệu minh họa"."""
        w = words()
        found = [self.title, self.source, w("export.day", day=f"{self.exported:%d/%m/%Y}")]
        if self.illustrative:
            found.append(w("export.illustrative"))
        return tuple(line for line in found if line)


def sheet_of(answer: Answer, today: date) -> Sheet | None:
    """The sheet of an answer; its figures where it has no table, None where it has neither."""
    table = answer.table or figures_table(answer)
    if table is None:
        return None
    return Sheet(answer.asked, table, answer.source, today, answer.illustrative)


def figures_table(answer: Answer) -> Table | None:
    """The sentence itself as a table of one row, for answers with a figure and no table."""
    if not answer.figures:
        return None
    w = words()
    return Table(
        columns=(w("column.answer"), w("column.value"), w("column.unit")),
        rows=((answer.text, answer.figures[0].value, answer.figures[0].unit),),
        decimals=(None, 4, None),
    )


def harmless(cell: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe goes before a dangerous beginning."""
    return f"'{cell}" if cell.lstrip(" \u00a0\ufeff").startswith(DANGEROUS) or cell.startswith(DANGEROUS) else cell


def to_csv(sheet: Sheet) -> bytes:
    """UTF-8 with BOM, semicolons between cells and a decimal comma, as Vietnamese Excel opens it at once."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for line in sheet.lines:
        writer.writerow([harmless(line)])
    writer.writerow([])
    writer.writerow([harmless(column) for column in sheet.table.columns])
    for row in sheet.table.rows:
        writer.writerow([_csv_cell(cell, _decimals(sheet.table, place)) for place, cell in enumerate(row)])
    return (BOM + out.getvalue()).encode()


def to_xlsx(sheet: Sheet) -> bytes:
    """One worksheet: the header, the table with numbers as numbers; nothing in it is a formula or a link."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet(words()("export.sheet"))
        bold, small = book.add_format({"bold": True, "font_size": 13}), book.add_format({"font_color": "#4a5a68"})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#eef3f8"})
        formats: dict[int, Any] = {}
        for place, line in enumerate(sheet.lines):
            page.write_string(place, 0, harmless(line), small if place else bold)
        top = len(sheet.lines) + 1
        for place, column in enumerate(sheet.table.columns):
            page.write_string(top, place, harmless(column), head)
            page.set_column(place, place, _width(sheet.table, place))
        for below, row in enumerate(sheet.table.rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(top + below, place, harmless(cell))
                elif cell is not None:
                    decimals = _decimals(sheet.table, place)
                    if decimals not in formats:
                        formats[decimals] = book.add_format(
                            {"num_format": "#,##0" + ("." + "0" * decimals if decimals else "")}
                        )
                    page.write_number(top + below, place, cell, formats[decimals])
        page.freeze_panes(top + 1, 0)
    return out.getvalue()


def _csv_cell(cell: str | float | None, decimals: int) -> str:
    """Numbers without dots between thousands, so that they stay numbers."""
    if cell is None:
        return ""
    return harmless(cell) if isinstance(cell, str) else number(cell, decimals).replace(".", "")


def _decimals(table: Table, place: int) -> int:
    found = table.decimals[place] if place < len(table.decimals) else None
    return found or 0


def _width(table: Table, place: int) -> int:
    cells = [table.columns[place], *(str(row[place]) for row in table.rows if isinstance(row[place], str))]
    return min(48, max(12, *(len(cell) + 2 for cell in cells)))
