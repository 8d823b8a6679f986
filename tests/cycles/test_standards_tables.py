"""Reading tables of standards: the templates, the flat files that go about, and their faults."""

import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook

from cycles.core.errors import Invalid
from cycles.standards.importing.files import SourceFile, read_standards
from cycles.standards.importing.records import Reading
from cycles.standards.models import UNKNOWN_LEVEL


def read(content: bytes, filename: str = "t.csv", **facts: Any) -> Reading:
    return read_standards([SourceFile(filename, io.BytesIO(content))], **facts)


def read_all(**files: str) -> Reading:
    return read_standards(
        [SourceFile(f"{name}.csv", io.BytesIO(text.encode())) for name, text in files.items()]
    )


TABLE = (
    "reference,title,level,route,duty,is_core,duty_ksbs,ksb_code,ksb\n"
    'T1,Baker,3,Catering,"Mix dough,\nslowly",1,K1; s1,K1,Flour\n'
    "T1,Baker,3,Catering,Bake bread,no,K9,S1,Kneads\n"
    "T2,Miller,2,,,,,,\n"
)


def assert_table_is_read(reading: Reading) -> None:
    baker, miller = reading.standards
    assert [(duty.text, duty.is_core, duty.ksbs) for duty in baker.duties] == [
        ("Mix dough, slowly", True, ("K1", "S1")),
        ("Bake bread", False, ()),
    ]
    assert [ksb.code for ksb in baker.ksbs] == ["K1", "S1"]
    assert miller.duties == ()
    assert "1 links from duties" in reading.notes[0]
    assert not reading.problems


def test_the_template_is_read_from_csv() -> None:
    assert_table_is_read(read(TABLE.encode("utf-8-sig"), "T.CSV"))
    tabbed = TABLE.replace(",", "\t").replace("dough\t", "dough,")
    assert_table_is_read(read(tabbed.encode(), "t.csv"))


def workbook(rows: list[list[object]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_the_template_is_read_from_xlsx() -> None:
    rows = [
        ["reference", "title", "level", "route", "duty", "is_core", "duty_ksbs", "ksb_code", "ksb"],
        ["T1", "Baker", 3, "Catering", "Mix dough,\nslowly", 1, "K1; s1", "K1", "Flour"],
        ["T1", "Baker", 3, "Catering", "Bake bread", "no", "K9", "S1", "Kneads"],
        ["T2", "Miller", 2],
    ]
    assert_table_is_read(read(workbook(rows), "t.xlsx"))


def test_a_formula_in_a_workbook_is_refused() -> None:
    rows: list[list[object]] = [["reference", "title", "level"], ["T1", "=1+1", 3]]
    with pytest.raises(Invalid, match="Row 2 has a formula"):
        read(workbook(rows), "t.xlsx")


def test_a_workbook_that_unpacks_too_large_is_refused_unopened() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (101 * 1024 * 1024))
    with pytest.raises(Invalid, match="unpacks to too much"):
        read(stream.getvalue(), "t.xlsx")


def test_flat_files_of_the_sources_are_read_by_their_own_headings() -> None:
    duties = read(
        b"lars_code,title,level,route,duty_no,duty_id,is_core,duty\n489,Baker,3,C,1,u1,0,Mix\n",
        "duties.csv",
    )
    assert [(one.reference, one.duties[0].reference) for one in duties.standards] == [
        ("LARS489", "u1")
    ]
    assert (duties.has_duties, duties.has_ksbs) == (True, False)
    ksbs = read(
        b"reference,title,level,route,status,type,code,text\n"
        b"ST1,Baker,3,C,ApprovedForDelivery,K,K10,Ten\n"
        b"ST1,Baker,3,C,ApprovedForDelivery,K,K2,Two\n",
        "ksbs.csv",
    )
    (standard,) = ksbs.standards
    assert [ksb.code for ksb in standard.ksbs] == ["K2", "K10"]
    assert (ksbs.has_duties, ksbs.has_ksbs) == (False, True)


@pytest.mark.parametrize(
    ("rows", "where", "sentence"),
    [
        (",Baker,3\n", "Row 2", "The reference is missing."),
        ("T1,Baker,\n", "Row 2 (T1)", "The level is missing."),
        ("T1,Baker,3\nT1,Baker,4\n", "Row 2 (T1)", "Row 3 gives another level than row 2."),
    ],
)
def test_a_bad_row_is_named_by_its_number(rows: str, where: str, sentence: str) -> None:
    reading = read(f"reference,title,level\n{rows}".encode(), "t.csv")
    assert [(problem.where, problem.sentence) for problem in reading.problems] == [
        (where, sentence)
    ]


def test_the_tables_of_one_year_are_one_framework() -> None:
    reading = read_all(
        duties="lars_code,title,level,route,duty_no,duty_id,is_core,duty\n489,Baker,3,C,1,u1,1,Mix\n",
        ksbs="lars_code,title,level,type,ksb_id,text\n489,Baker,3,K,k1,Flour\n489,Baker,3,S,s1,Knead\n",
        links="lars_code,duty_id,ksb_type,ksb_id\n489,u1,S,s1\n489,u1,K,gone\n489,u9,K,k1\n",
        index="lars_code,title,level,route,url\n489,Baker,3,C,x\n12,Miller,2,C,y\n",
    )
    miller, baker = reading.standards
    assert (miller.reference, miller.duties) == ("LARS12", ())
    assert [(duty.text, duty.ksbs) for duty in baker.duties] == [("Mix", ("s1",))]
    assert [ksb.code for ksb in baker.ksbs] == ["K1", "S1"]
    assert (reading.has_duties, reading.has_ksbs) == (True, True)
    assert "1 links from duties to KSBs that the file does not hold left out." in reading.notes
    assert "1 links from duties that the files do not hold left out." in reading.notes


def test_links_alone_ask_for_the_files_they_link() -> None:
    with pytest.raises(Invalid, match="together with the files of duties"):
        read_all(links="lars_code,duty_id,ksb_type,ksb_id\n489,u1,S,s1\n")


def test_files_that_contradict_each_other_name_both_rows() -> None:
    reading = read_all(
        one="reference,title,level\nT1,Baker,3\n", two="reference,title,level\nT1,Baker,4\n"
    )
    (problem,) = reading.problems
    assert problem.sentence == "Row 2 of two.csv gives another level than row 2 of one.csv."
    assert (problem.column, problem.row) == ("level", 2)


SSC = (
    "SUG Code,SUG Title,SUG Description,Task ID,Task Statement,Task Relatedness %\n"
    "5432/00,Bakers,Bakers bake.,T.1,Mix dough.,80\n"
    "5432/00,Bakers,Bakers bake.,T.2,Bake bread.,75\n"
    "1111/01,Chairpersons,They chair.,T.3,Chair meetings.,80\n"
)


def test_occupations_of_the_skills_classification_are_standards_without_a_level() -> None:
    reading = read(SSC.encode())
    chair, baker = reading.standards
    assert (baker.reference, baker.title, baker.overview) == ("5432/00", "Bakers", "Bakers bake.")
    assert (baker.route, baker.level) == ("Skilled trades occupations", UNKNOWN_LEVEL)
    assert [(duty.reference, duty.text) for duty in baker.duties] == [
        ("T.1", "Mix dough."),
        ("T.2", "Bake bread."),
    ]
    assert chair.route == "Managers, directors and senior officials"
    assert "2 of 2 standards have no known level" in reading.notes[-1]


def test_a_provider_names_courses_and_may_say_that_a_level_is_unknown() -> None:
    reading = read(
        b"course_code,course,level,subject,learning_outcome\n"
        b"C1,Craft baking,3,Food,Plan a day\nC1,Craft baking,3,Food,Keep records\n"
        b"C2,Sourdough,Unknown,Food,Feed a starter\n"
    )
    craft, evening = reading.standards
    assert [duty.text for duty in craft.duties] == ["Plan a day", "Keep records"]
    assert (craft.route, craft.level, evening.level) == ("Food", 3, UNKNOWN_LEVEL)


@pytest.mark.parametrize(
    ("headings", "sentence"),
    [
        ("O*NET-SOC Code,Title,Task ID,Task", "Import it under Library"),
        ("conceptUri,preferredLabel,skillType", "Import it under Library"),
        ("sugcode,sugtitle,sugdescription", "without their tasks"),
        ("Mapping project name,ESCO-O*NET Crosswalk", "benchmark"),
    ],
)
def test_a_file_of_another_kind_is_told_where_it_belongs(headings: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        read(f"{headings}\n1,2,3,4\n".encode())
