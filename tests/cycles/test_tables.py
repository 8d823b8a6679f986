"""Uploaded tables: what is read, and the sentence each bad or hostile file is refused with."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import Workbook

from cycles.core.errors import Invalid
from cycles.core.tables import Table, read_table

HEADINGS = ("name", "email", "group")


def read(content: bytes, filename: str = "people.csv", **limits: object) -> Table:
    return read_table(io.BytesIO(content), filename, headings=HEADINGS, **limits)


def workbook(*rows: tuple[object, ...], change: Callable[[Workbook], None] | None = None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def refusal(content: bytes, filename: str = "people.csv", **limits: object) -> str:
    with pytest.raises(Invalid) as refused:
        read(content, filename, **limits)
    return str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_is_read_in_the_encodings_people_have(encoding: str) -> None:
    table = read("name,email,group\nZoë Müller,z@x.example,employer\n".encode(encoding))
    assert table.rows[0].values["name"] == "Zoë Müller"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_with_the_separators_spreadsheets_write(delimiter: str) -> None:
    text = "name,email,group\r\nTom,t@x.example,employer\r\n".replace(",", delimiter)
    assert read(text.encode()).rows[0].values == {
        "name": "Tom",
        "email": "t@x.example",
        "group": "employer",
    }


def test_headings_match_whatever_their_case_order_and_spaces() -> None:
    table = read(b" GROUP ,Other,E-mail,EMAIL,name\nemployer,x,y,t@x.example,Tom\n")
    assert table.rows[0].values["email"] == "t@x.example"


def test_rows_keep_the_numbers_that_the_spreadsheet_shows() -> None:
    table = read(b"\nname,email,group\n\n ,,\nTom,t@x.example,employer\n")
    assert [row.number for row in table.rows] == [5]


def test_a_missing_heading_is_named_beside_what_was_found() -> None:
    sentence = refusal(b"name,mail\nTom,t@x.example\n")
    assert "email, group" in sentence
    assert "name, mail" in sentence


def test_headings_that_may_be_missing_give_empty_text() -> None:
    table = read(b"email\nt@x.example\n", required=("email",))
    assert table.rows[0].values == {"name": "", "email": "t@x.example", "group": ""}


def test_a_heading_that_stands_twice_is_refused() -> None:
    assert "two columns" in refusal(b"name,email,group,Email\nTom,a@x.example,employer,b\n")


def test_a_workbook_is_read_as_text() -> None:
    content = workbook(("Name", "Email", "Group"), (date(2026, 3, 2), 7.0, True), (1.5, None, "x"))
    rows = [tuple(row.values.values()) for row in read(content, "People.XLSX").rows]
    assert rows == [("2026-03-02", "7", "yes"), ("1.5", "", "x")]


def test_no_rows_and_no_content_are_refused() -> None:
    assert "no rows" in refusal(b"name,email,group\n")
    assert "empty" in refusal(b" \n")
    assert "headings name" in refusal(workbook(()), "people.xlsx")


def test_other_kinds_of_file_are_refused() -> None:
    for name in ("people.xls", "people.exe", "people", "people.xlsm"):
        assert "CSV and XLSX" in refusal(b"name,email,group\n1,2,3\n", name)


def test_what_is_not_what_its_name_says_is_refused() -> None:
    assert "could not be read" in refusal(b"name,email,group\n1,2,3\n", "people.xlsx")
    assert "plain CSV" in refusal(workbook(HEADINGS), "people.csv")
    assert "plain CSV" in refusal("name,email,group\n1,2,3\n".encode("utf-16"))


def test_more_than_five_megabytes_are_refused() -> None:
    assert "5 MB" in refusal(b"name,email,group\n" + b"x" * (5 * 1024 * 1024))


@pytest.mark.parametrize("name", ["people.csv", "people.xlsx"])
def test_more_rows_than_the_cap_are_refused(name: str) -> None:
    rows = [HEADINGS, *[("Tom", "t@x.example", "employer")] * 4]
    text = "\n".join(",".join(row) for row in rows).encode()
    content = text if name.endswith("csv") else workbook(*rows)
    assert len(read(content, name, most_rows=4).rows) == 4
    assert "more than 3 rows" in refusal(content, name, most_rows=3)


def test_a_sheet_that_claims_a_million_rows_is_refused_quickly() -> None:
    def far_away(book: Workbook) -> None:
        book.active.cell(row=1_048_576, column=16_384, value="far")

    assert "rows" in refusal(workbook(HEADINGS, change=far_away), "people.xlsx")


def test_too_many_columns_and_too_long_cells_are_refused() -> None:
    assert "60 columns" in refusal(b"name,email,group\n" + b"x," * 61 + b"x\n")
    wide = workbook(HEADINGS, tuple("x" * 100))
    assert "60 columns" in refusal(wide, "people.xlsx")
    assert "10,000 characters" in refusal(b"name,email,group\n" + b"x" * 10_001 + b",2,3\n")
    assert "could not be read" in refusal(b"name,email,group\n" + b"x" * 200_000 + b",2,3\n")


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        " =HYPERLINK(1)",
        "\uff1d1+1",
        "+SUM(1)",
        "@SUM(1)",
        "-cmd|' /C calc'!A0",
        "\uff20A(1)",
    ],
)
def test_formulas_in_csv_are_refused(cell: str) -> None:
    assert "Row 2 has a formula" in refusal(f"name,email,group\n{cell},2,3\n".encode())


@pytest.mark.parametrize("cell", ["-5", "+44 20 7946 0000", "- an item", "@home", "a=b"])
def test_plain_text_that_starts_like_a_formula_is_read(cell: str) -> None:
    assert read(f"name,email,group\n{cell},2,3\n".encode()).rows[0].values["name"] == cell


def test_formulas_and_errors_in_a_workbook_are_refused() -> None:
    assert "Row 2 has a formula" in refusal(workbook(HEADINGS, ("=1+1", "x", "y")), "people.xlsx")

    def wrong(book: Workbook) -> None:
        book.active["A2"] = "#REF!"
        book.active["A2"].data_type = "e"

    assert "error" in refusal(workbook(HEADINGS, change=wrong), "people.xlsx")


def test_control_characters_are_refused() -> None:
    assert "cannot be read" in refusal(b"name,email,group\nTom\x07,2,3\n")


def test_a_quotation_mark_left_open_is_refused() -> None:
    assert "quotation mark" in refusal(b'name,email,group\n"Tom,2,3\n')


def container(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return content.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {each: book.read(each) for each in book.namelist()}
    return container({**parts, name: part})


def test_a_small_file_that_declares_much_is_refused_unopened() -> None:
    bomb = with_part(workbook(HEADINGS), "xl/padding.bin", b"\0" * (41 * 1024 * 1024))
    assert len(bomb) < 200_000
    assert "unpacks" in refusal(bomb, "people.xlsx")
    crowd = container({f"part{number}": b"" for number in range(501)})
    assert "unpacks" in refusal(crowd, "people.xlsx")


def test_a_declared_size_that_lies_gains_nothing() -> None:
    padding = b"\0" * (41 * 1024 * 1024)
    content = with_part(workbook(HEADINGS, ("1", "2", "3")), "xl/worksheets/sheet1.xml", padding)
    lied = content.replace(len(padding).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lied != content
    assert "could not be read" in refusal(lied, "people.xlsx")


def test_a_workbook_with_nothing_in_it_is_refused() -> None:
    assert "could not be read" in refusal(container({"hello.txt": b"hello"}), "people.xlsx")
    assert "could not be read" in refusal(workbook(HEADINGS)[:-300], "people.xlsx")


@pytest.mark.parametrize(
    "entity",
    [
        b'<!ENTITY a SYSTEM "file:///etc/hostname">',
        b'<!ENTITY b "0123456789"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">'
        b'<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">'
        b'<!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;">'
        b'<!ENTITY h "&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;"><!ENTITY a "&h;&h;&h;&h;&h;&h;&h;&h;&h;&h;">',
    ],
)
def test_entities_in_a_workbook_neither_read_files_nor_swell(entity: bytes) -> None:
    kind = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cells = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in HEADINGS).encode()
    sheet = (
        b"<!DOCTYPE x [" + entity + b"]><worksheet " + kind + b"><sheetData><row>" + cells
        + b'</row><row><c t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>'
    )  # fmt: skip
    hostile = with_part(workbook(HEADINGS), "xl/worksheets/sheet1.xml", sheet)
    try:
        table = read(hostile, "people.xlsx")
    except Invalid:
        return
    assert table.rows[0].values["name"] == ""
