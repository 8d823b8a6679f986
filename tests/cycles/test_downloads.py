"""Downloaded tables: no text becomes a formula, and numbers stay numbers."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from openpyxl import load_workbook

from cycles.core.downloads import Sheet, csv_answer, workbook_bytes, xlsx_answer

SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "  ="]


@pytest.mark.parametrize("sign", SIGNS)
def test_csv_text_that_a_spreadsheet_would_run_is_shielded(app: Flask, sign: str) -> None:
    payload = f"{sign}HYPERLINK(1)"
    answer = csv_answer("x.csv", [payload], [[payload]])
    text = answer.get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows == [["'" + payload], ["'" + payload]]


@pytest.mark.parametrize("sign", SIGNS)
def test_workbook_text_stays_text(app: Flask, sign: str) -> None:
    payload = f"{sign}1+1"
    answer = xlsx_answer("x.xlsx", ["Text"], [[payload], ["#N/A"], ["plain\x07 text"]])
    sheet = load_workbook(io.BytesIO(answer.get_data())).active
    kinds = [sheet.cell(row, 1).data_type for row in (2, 3, 4)]
    assert kinds == ["s", "s", "s"]
    assert sheet["A2"].value.replace("\r", "\n") == payload.replace("\r", "\n")
    assert sheet["A4"].value == "plain text"


@pytest.mark.parametrize("sign", ["\x0b", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_what_a_workbook_cannot_say_is_left_out(app: Flask, sign: str) -> None:
    content = workbook_bytes([Sheet(f"A{sign}", [f"Te{sign}xt"], [[f"ti{sign}n"]])])
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet.title == "A"
    assert [[cell.value for cell in row] for row in sheet.rows] == [["Text"], ["tin"]]


def test_numbers_stay_numbers(app: Flask) -> None:
    rows = [[-3, 0.25, None, True, date(2026, 3, 2), datetime(2026, 7, 2, 9, 30, tzinfo=UTC)]]
    headings = list("abcdef")
    text = csv_answer("x.csv", headings, rows).get_data().decode("utf-8-sig")
    assert text.splitlines()[1] == "-3,0.25,,yes,2026-03-02,2026-07-02 10:30+01:00"
    sheet = load_workbook(io.BytesIO(xlsx_answer("x.xlsx", headings, rows).get_data())).active
    assert [sheet.cell(2, column).value for column in (1, 2, 3)] == [-3, 0.25, None]


def test_a_download_is_a_file_and_is_never_shown(app: Flask) -> None:
    answer = csv_answer("people.csv", ["a"], [])
    assert answer.headers["Content-Disposition"] == "attachment; filename=people.csv"
    assert answer.content_type == "text/csv; charset=utf-8"
    hostile = csv_answer('a";\r\nX-Bad: 1.csv'.replace("\r\n", ""), ["a"], [])
    assert "X-Bad" not in hostile.headers
