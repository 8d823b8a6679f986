"""Sources of library records as they are downloaded: links, titles, hierarchies, refusals."""

import io
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from cycles.core.audit import SYSTEM
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.library.commands import LibraryReport, import_library
from cycles.library.models import (
    LibraryKind,
    LibraryLink,
    LibrarySource,
    LibraryStatement,
    OccupationTitle,
)
from cycles.library.queries import occupation_titles
from tests.factories import NOW, make_area

DATA = Path(__file__).parents[2].parent / "shared" / "data"
needs_real_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="the real data folder is not beside this checkout"
)
TASKS = (
    "O*NET-SOC Code\tTitle\tTask ID\tTask\n"
    "17-2141.00\tMechanical Engineers\t7001\tDesign ovens.\n"
    "17-2199.05\tMechatronics Engineers\t7004\tDesign ovens.\n"
    "27-2012.00\tProducers\t7003\tRun workshops.\n"
)
LINKS = (
    "O*NET-SOC Code\tTitle\tTask ID\tTask\tDWA ID\tDWA Title\n"
    "17-2141.00\tMechanical Engineers\t7001\tDesign ovens.\tD1\tDesign equipment.\n"
    "17-2199.05\tMechatronics Engineers\t7004\tDesign ovens.\tD1\tDesign equipment.\n"
    "17-2199.05\tMechatronics Engineers\t7004\tDesign ovens.\tD2\tDraw plans.\n"
    "27-2012.00\tProducers\t9999\tRun something else.\tD2\tDraw plans.\n"
)
ACTIVITIES = (
    "Element ID\tElement Name\tIWA ID\tIWA Title\tDWA ID\tDWA Title\n"
    "4.A\tThinking\tI1\tDesign things.\tD1\tDesign equipment.\n"
    "4.A\tThinking\tI1\tDesign things.\tD2\tDraw plans.\n"
)


def give(content: str, filename: str = "a.txt", **facts: Any) -> LibraryReport:
    return import_library(io.BytesIO(content.encode()), filename, actor=SYSTEM, moment=NOW, **facts)


def links() -> list[tuple[str, str]]:
    wider = aliased(LibraryStatement)
    rows = db.session.execute(
        select(LibraryStatement.text, wider.text)
        .join(LibraryLink, LibraryLink.statement_id == LibraryStatement.id)
        .join(wider, wider.id == LibraryLink.wider_id)
        .order_by(LibraryStatement.text, wider.text)
    )
    return [(one, other) for one, other in rows]


def test_tasks_stand_under_activities_and_these_under_wider_ones(session: object) -> None:
    with pytest.raises(Invalid, match="Import Task Statements first"):
        give(LINKS)
    assert db.session.scalar(select(func.count()).select_from(LibrarySource)) == 0
    give(TASKS)
    counts = give(LINKS).counts
    assert (counts.records, counts.added, counts.links, counts.links_added) == (2, 2, 2, 2)
    report = give(ACTIVITIES)
    assert (report.counts.added, report.counts.unchanged, report.counts.links_added) == (1, 2, 2)
    assert links() == [
        ("Design equipment.", "Design things."),
        ("Design ovens.", "Design equipment."),
        ("Design ovens.", "Draw plans."),
        ("Draw plans.", "Design things."),
    ]
    names = db.session.scalars(select(LibrarySource.name).order_by(LibrarySource.name)).all()
    assert names == [
        "O*NET detailed work activities",
        "O*NET intermediate work activities",
        "O*NET task statements",
    ]
    for content in (LINKS, ACTIVITIES):
        again = give(content).counts
        assert (again.added, again.changed, again.links_added, again.links_removed) == (0, 0, 0, 0)


def test_links_that_a_source_takes_back_go_and_those_without_an_end_are_counted(
    session: object,
) -> None:
    give(TASKS)
    report = give(LINKS)
    assert any("1 links lead from statements" in note for note in report.notes)
    fewer = "".join(line for line in LINKS.splitlines(keepends=True) if "\tD2\t" not in line)
    assert give(fewer, is_part=True).counts.links_removed == 0
    assert give(fewer).counts.links_removed == 1
    assert links() == [("Design ovens.", "Design equipment.")]


def test_an_area_given_to_a_statement_outlives_a_file_that_says_nothing_of_areas(
    session: object,
) -> None:
    give(TASKS)
    statement = db.session.scalars(select(LibraryStatement).filter_by(reference="7003")).one()
    statement.area_id = make_area("Ovens", "Food", "Design").id
    db.session.flush()
    assert give(TASKS).counts.changed == 0
    db.session.refresh(statement)
    assert statement.area_id is not None


def test_every_title_of_an_occupation_is_kept_once(session: object) -> None:
    report = give(
        "O*NET-SOC Code\tTitle\tAlternate Title\tShort Title\tSource(s)\n"
        "11-1011.00\tChief Executives\tAgency Owner\tn/a\t08\n"
        "11-1011.00\tChief Executives\tAgency Owner\tn/a\t10\n"
        "11-2011.00\tManagers\tAgency Owner\tn/a\t08\n"
    )
    assert (report.counts.added, report.problems) == (2, ())
    assert "1 rows repeat a title" in report.notes[0]
    assert occupation_titles() == ["Agency Owner"]
    assert db.session.scalar(select(func.count()).select_from(OccupationTitle)) == 2


SKILLS = (
    "conceptUri,preferredLabel,skillType,altLabels,broaderUris\n"
    'http://e/skill/1,manage ovens,skill/competence,"run\nmind",http://e/skill/9 | http://e/skill/2\n'
    "http://e/skill/2,manage heat,skill/competence,,\n"
)
GROUPS = (
    "conceptType,conceptUri,preferredLabel,altLabels,code\n"
    "SkillGroup,http://e/skill/9,managing,,S4\n"
    "SkillGroup,http://e/isced-f/00,generic programmes,,00\n"
    "SkillGroup,http://e/isced-f/000,generic programmes,,000\n"
)
HIERARCHY = (
    "Level 0 URI,Level 0 preferred term,Level 1 URI,Level 1 preferred term,Level 2 URI,"
    "Level 2 preferred term,Level 3 URI,Level 3 preferred term,Description\n"
    "http://e/isced-f/00,generic programmes,,,,,,,\n"
    "http://e/isced-f/00,generic programmes,http://e/isced-f/000,generic programmes,,,,,\n"
)


def test_skills_stand_under_skills_and_groups_whichever_file_comes_first(session: object) -> None:
    first = give(SKILLS, "skills.csv")
    assert first.counts.links == 1
    assert any("1 links lead to statements" in note for note in first.notes)
    assert give(GROUPS, "groups.csv").counts.added == 3
    assert give(SKILLS, "skills.csv").counts.links_added == 1
    assert give(HIERARCHY, "hierarchy.csv").counts.links_added == 1
    assert links() == [
        ("generic programmes", "generic programmes"),
        ("manage ovens", "manage heat"),
        ("manage ovens", "managing"),
    ]
    kinds = db.session.scalars(
        select(LibraryStatement.kind).where(LibraryStatement.text == "generic programmes")
    )
    assert set(kinds) == {LibraryKind.KNOWLEDGE}
    relations = (
        "conceptType,conceptUri,broaderType,broaderUri\nS,http://e/skill/1,S,http://e/skill/2\n"
    )
    assert give(relations, "relations.csv").counts.links_removed == 2


def test_a_collection_of_skills_retires_none_of_the_others(session: object) -> None:
    give(SKILLS, "skills.csv")
    report = give(
        "conceptType,conceptUri,preferredLabel,skillType,broaderConceptUri\n"
        "K,http://e/skill/3,Haskell,knowledge,\n",
        "digital.csv",
    )
    assert (report.source, report.counts.added, report.counts.retired) == ("ESCO skills", 1, 0)


@pytest.mark.parametrize(
    ("headings", "sentence"),
    [
        ("O*NET-SOC Code\tTitle\tJob Zone\tDate", "a cycle sets its own role levels"),
        ("Job Zone\tName\tExperience\tSVP Range", "Occupation Data or Alternate Titles"),
        ("Mapping project name\tESCO-O*NET Crosswalk", "a benchmark"),
        ("Q000001\tChief Executives", "MELO, a benchmark"),
        ("C000001_en_000\tArmed forces occupations", "MELO, a benchmark"),
        ("function\tdomain\tarea\tiwas", "flask classification import"),
        ("lars_code\ttitle\tlevel\troute\turl", "Import it under Standards"),
    ],
)
def test_a_file_that_is_known_and_not_taken_is_refused_with_what_to_give_instead(
    session: object, headings: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        give(f"{headings}\n1\t2\t3\t4\n")


@pytest.mark.parametrize("ending", ["csv", "txt"])
def test_a_file_of_damaged_letters_is_refused_whole_with_its_first_line(
    session: object, ending: str
) -> None:
    damaged = b"sugcode,sugtitle,sugdescription\n1,a,b\n2,the department\x80\x99s ministers,c\n"
    with pytest.raises(Invalid, match="damaged, first in line 3"):
        import_library(io.BytesIO(damaged), f"a.{ending}", actor=SYSTEM, moment=NOW)


def test_windows_letters_are_read_as_they_were_meant(session: object) -> None:
    content = "statement,source\nMind the baker\u2019s caf\u00e9 \u2026\u201d,Ours\n".encode(
        "cp1252"
    )
    import_library(io.BytesIO(content), "a.csv", actor=SYSTEM, moment=NOW)
    text = db.session.scalars(select(LibraryStatement.text)).one()
    assert text == "Mind the baker\u2019s caf\u00e9 \u2026\u201d"


@needs_real_data
@pytest.mark.real_data
def test_the_tasks_of_onet_are_one_statement_per_text_under_their_activities(
    session: object,
) -> None:
    report = import_library(DATA / "onet" / "Task Statements.txt", actor=SYSTEM, moment=NOW)
    assert (report.counts.occurrences, report.counts.added) == (18_796, 17_536)
    linked = import_library(DATA / "onet" / "Tasks to DWAs.txt", actor=SYSTEM, moment=NOW).counts
    assert (linked.records, linked.links_added) == (2_069, 18_354)


@needs_real_data
@pytest.mark.real_data
@pytest.mark.parametrize(
    ("path", "records"),
    [
        ("onet/DWA Reference.txt", 2_419),
        ("onet/IWA Reference.txt", 332),
        ("esco/skillGroups_en.csv", 640),
        ("esco/digitalSkillsCollection_en.csv", 1_284),
        ("esco/occupations_en.csv", 3_039),
    ],
)
def test_other_sources_are_taken_as_they_are(session: object, path: str, records: int) -> None:
    report = import_library(DATA / path, actor=SYSTEM, moment=NOW, good_rows_only=True)
    assert (report.problems, report.counts.records) == ((), records)


@needs_real_data
@pytest.mark.real_data
def test_the_damaged_table_of_occupations_is_refused_whole(session: object) -> None:
    with pytest.raises(Invalid, match="damaged, first in line 5"):
        import_library(DATA / "ssc" / "ssc_sug_codes_descriptions.csv", actor=SYSTEM, moment=NOW)
