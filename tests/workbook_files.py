"""Workbooks as tests look at them: their cells, their XML, and an office's edits."""

from __future__ import annotations

import io
import zipfile

import fastexcel
import xlsxwriter

from school_ektp.report.excel.plan_sheets import workbook_bytes

HEADER = 4  # the row as a spreadsheet counts
BOX = "☐"


def bytes_of(plan, **options):
    return workbook_bytes(plan, **{"created": None} | options)


def sheets(data: bytes) -> dict[str, list[tuple]]:
    reader = fastexcel.read_excel(data)
    loaded = {
        name: reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        for name in reader.sheet_names
    }
    return {name: sheet.to_polars().rows() for name, sheet in loaded.items()}


def xml(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def table(rows, width):
    return [row[:width] for row in rows[HEADER:] if any(row[:width])]


def rows_of(file, sheet):
    loaded = fastexcel.read_excel(file.read_bytes()).load_sheet(
        sheet, header_row=None, skip_rows=0, dtypes="string"
    )
    return [list(row) for row in loaded.to_polars().rows()]


def edited(file, changes, *, sheet="Rencana", name=None, right=0):
    """Write the sheet again with some cells changed, as an office would save it."""
    rows = [[None] * right + row for row in rows_of(file, sheet)]
    for cell, value in changes.items():
        column, row = ord(cell[0]) - ord("A"), int(cell[1:]) - 1
        rows += [[None] * len(rows[0]) for _ in range(row + 1 - len(rows))]
        rows[row][column] = value
    target = file.with_name("edited.xlsx")
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"default_date_format": "dd/mm/yyyy"})
    page = book.add_worksheet(name or sheet)
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value is not None:
                write = page.write_string if isinstance(value, str) else page.write
                write(row, column, value)
    book.close()
    target.write_bytes(buffer.getvalue())
    return target


def ticked(source, target, tick):
    """Write a workbook again; *tick* is given each row of a sheet and changes it."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    reader = fastexcel.read_excel(source)
    for place, name in enumerate(reader.sheet_names):
        page = book.add_worksheet(f"renamed {place}")
        rows = reader.load_sheet(name, header_row=None, dtypes="string").to_polars().rows()
        for number, row in enumerate(rows):
            for column, cell in enumerate(tick(place, [*row])):
                if cell is not None:
                    page.write_string(number, column, cell)
    book.close()
    target.write_bytes(buffer.getvalue())
    return target


def boxes(row):
    return [column for column, cell in enumerate(row) if cell == BOX]


def visited_names(plan) -> set[str]:
    return {plan.school_by_npsn[visit.site].name for visit in plan.visit_list}
