"""Reading files of standards: the sources' quirks, and files that are broken or hostile."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from cycles.core.errors import Invalid
from cycles.importing.cleaning import (
    clean,
    clean_status,
    clean_title,
    level_of,
    natural_key,
    says_yes,
    version_key,
)
from cycles.standards.importing.files import SourceFile, read_standards
from cycles.standards.importing.records import Reading
from cycles.standards.models import KsbKind


def api_object(**facts: Any) -> dict[str, Any]:
    return {
        "referenceNumber": "ST0001",
        "larsCode": 12,
        "version": "1.0",
        "status": "Approved for delivery",
        "level": 3,
        "title": "Baker",
        "route": "Catering",
        "duties": [],
        "skills": [],
        **facts,
    }


def read(content: Any, filename: str = "standards.json", **facts: Any) -> Reading:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return read_standards([SourceFile(filename, io.BytesIO(raw))], **facts)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("Health &amp;amp; safety", "Health & safety"),
        ("&lt;p&gt;Mixes dough.&lt;br /&gt;Bakes it.&lt;/p&gt;", "Mixes dough. Bakes it."),
        (" Keeps\r\nrecords\u00a0well ", "Keeps records well"),
        ("the customer\u2019s needs", "the customer\u2019s needs"),
        ("loads < 5 kg and > 1 kg", "loads < 5 kg and > 1 kg"),
        ("a\x00b\u200bc", "abc"),
        (None, ""),
        (["a list"], ""),
    ],
)
def test_text_is_cleaned(raw: object, cleaned: str) -> None:
    assert clean(raw) == cleaned


def test_titles_statuses_levels_and_flags_are_read_as_meant() -> None:
    assert clean_title(" Architect (degree) ") == "Architect"
    assert clean_title("Able seafarer (deck)") == "Able seafarer (deck)"
    assert clean_status("ApprovedForDelivery") == clean_status("Approved for delivery")
    assert clean_status("InDevelopment") == "In development"
    assert [level_of(each) for each in (3, "4", "Level 5", 6.0, "", 0, 9, None, True)] == [
        *(3, 4, 5, 6),
        *(None,) * 5,
    ]
    assert [says_yes(each) for each in (1, "1", True, 0, "0", False, "no", "Yes")] == [
        *(True, True, True),
        *(False, False, False, False),
        True,
    ]
    assert sorted(["K10", "K2", "K1"], key=natural_key) == ["K1", "K2", "K10"]
    assert version_key("1.2") < version_key("1.10")


def test_an_api_object_becomes_a_standard_with_linked_parts() -> None:
    source = api_object(
        title="Baker &amp; confectioner (degree) ",
        duties=[
            {
                "dutyID": "d1",
                "dutyDetail": "Mixes\ndough &amp;amp; rests it",
                "isThisACoreDuty": 0,
                "mappedKnowledge": ["k-b", "gone"],
                "mappedSkills": ["s-a"],
                "mappedBehaviour": None,
            },
            {"dutyID": "d2", "dutyDetail": "  ", "isThisACoreDuty": 1},
        ],
        knowledges=[
            {"knowledgeId": "k-a", "detail": "Flour"},
            {"knowledgeId": "k-b", "detail": "Yeast"},
        ],
        skills=[{"skillId": "s-a", "detail": "Kneads"}],
        behaviours=None,
    )
    reading = read([source])
    (standard,) = reading.standards
    assert (standard.title, standard.level) == ("Baker & confectioner", 3)
    (duty,) = standard.duties
    assert duty.text == "Mixes dough & rests it"
    assert not duty.is_core
    assert duty.ksbs == ("k-b", "s-a")
    assert [(ksb.code, ksb.kind) for ksb in standard.ksbs] == [
        ("K1", KsbKind.KNOWLEDGE),
        ("K2", KsbKind.KNOWLEDGE),
        ("S1", KsbKind.SKILL),
    ]
    assert reading.notes == (
        "1 duties without text, or met twice, left out.",
        "1 links from duties to KSBs that the file does not hold left out.",
    )


def test_codes_are_found_where_the_source_has_them_and_numbered_where_not() -> None:
    source = api_object(
        knowledges=[
            {"knowledgeId": "x", "detail": "K10: Ovens"},
            {"knowledgeId": "ST1-K2", "detail": "Flour"},
            {"knowledgeId": "y", "detail": "Yeast"},
            {"knowledgeId": "y", "detail": "Yeast again"},
            {"knowledgeId": "z", "detail": "K2: Water"},
        ]
    )
    (standard,) = read([source]).standards
    assert [(ksb.code, ksb.text) for ksb in standard.ksbs] == [
        ("K1", "Yeast"),
        ("K2", "Flour"),
        ("K3", "Water"),
        ("K10", "Ovens"),
    ]


def test_the_highest_approved_version_is_kept() -> None:
    reading = read(
        [
            api_object(version="1.9", title="Old"),
            api_object(version="1.10", title="Current"),
            api_object(version="2.0", title="Coming", status="InDevelopment"),
            api_object(version="0.5", title="Gone", status="Retired"),
        ],
        with_unapproved=True,
    )
    assert [standard.title for standard in reading.standards] == ["Current"]
    assert "1 left out because of their status: retired." in reading.notes


def test_standards_in_development_are_left_out_and_counted_unless_asked_for() -> None:
    content = [api_object(), api_object(referenceNumber="ST0002", status="In development")]
    reading = read(content)
    assert [standard.reference for standard in reading.standards] == ["ST0001"]
    assert "1 left out because of their status: in development." in reading.notes
    assert len(read(content, with_unapproved=True).standards) == 2


def test_without_a_reference_number_the_lars_code_names_the_standard() -> None:
    for code in (274, "274"):
        (standard,) = read([api_object(referenceNumber="", larsCode=code)]).standards
        assert standard.reference == "LARS274"


def test_the_shape_keyed_by_reference_is_read() -> None:
    reading = read(
        {
            "meta": {"count": 1},
            "standards": {
                "ST0193": {
                    "name": "Improver",
                    "ref": "ST0193",
                    "level": 3,
                    "route": "Business",
                    "status": "ApprovedForDelivery-Paused",
                    "K": {"K1": "One", "K10": "Ten", "K2": "Two"},
                    "S": [],
                    "B": None,
                }
            },
        }
    )
    (standard,) = reading.standards
    assert [ksb.code for ksb in standard.ksbs] == ["K1", "K2", "K10"]
    assert standard.status == "Approved for delivery-paused"
    assert not reading.has_duties


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"level": None}, "The level is missing."),
        ({"level": "high"}, "The level 'high' is not 1 to 8."),
        ({"title": " "}, "The title is missing."),
        ({"referenceNumber": None, "larsCode": ""}, "The reference is missing."),
        ({"title": "x" * 201}, "The title is longer than 200 characters."),
        ({"duties": "none"}, "'duties' is not a list."),
        ({"skills": ["a"]}, "'skills' holds something that is not an object."),
    ],
)
def test_an_unusable_record_is_a_problem_of_its_own(facts: dict[str, Any], sentence: str) -> None:
    reading = read([api_object(referenceNumber="ST0009"), api_object(**facts), 7])
    assert [problem.sentence for problem in reading.problems] == [
        sentence,
        "This is not an object.",
    ]
    assert reading.problems[0].where.startswith("Record 2")
    assert [standard.reference for standard in reading.standards] == ["ST0009"]


@pytest.mark.parametrize(
    ("content", "filename", "sentence"),
    [
        (b"", "a.json", "not whole JSON"),
        (b"<html>", "a.json", "not whole JSON"),
        (b'"Baker"', "a.json", "not a JSON file of standards"),
        (b'[{"title": "Ba', "a.json", "not whole JSON"),
        (b'[{"title": "\xff\xfe"}]', "a.json", "not whole JSON"),
        (b'[{"level": ' + b"9" * 5_000 + b"}]", "a.json", "a number of more than 1,000 digits"),
        (b'[{"level": 1e' + b"9" * 30 + b"}]", "a.json", "not whole JSON"),
        (b"[]", "a.json", "no standards"),
        (b'{"other": []}', "a.json", "no standards"),
        (b"x", "a.pdf", "JSON, CSV or XLSX"),
        (b"", "a.csv", "empty"),
        (b"name,size\nBaker,3\n", "a.csv", "reference, title, level is not there"),
        (b"title,title\nBaker,3\n", "a.csv", "stands twice"),
        (b"PK\x03\x04 no zip", "a.xlsx", "could not be read as an XLSX"),
        ("reference,title\n".encode("utf-16"), "a.csv", "not plain CSV"),
    ],
)
def test_a_broken_file_is_refused_with_its_reason(
    content: bytes, filename: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        read(content, filename)


def test_deeply_nested_json_does_no_harm() -> None:
    with pytest.raises(Invalid, match="nested too deeply"):
        read(b'[{"title":' + b"[" * 200_000)


def test_a_number_too_long_to_read_does_not_end_the_process() -> None:
    # Before it was looked for, this one took the process with it.
    with pytest.raises(Invalid, match="1,000 digits"):
        read(b'[{"level": ' + b"9" * 3_000_000 + b"}]")


def test_a_reference_of_thousands_of_digits_is_a_problem_of_its_own() -> None:
    reading = read(f"reference,title,level\n{'9' * 5_000},Baker,3\nT1,Baker,3\n".encode(), "a.csv")
    assert [each.sentence for each in reading.problems] == [
        "The reference is longer than 40 characters."
    ]
    assert [standard.reference for standard in reading.standards] == ["T1"]


def test_progress_is_reported_while_a_long_file_is_read() -> None:
    told: list[str] = []
    report: Callable[[int, int, str], None] = lambda _done, _total, words: told.append(words)  # noqa: E731
    read([api_object(referenceNumber=f"ST{n:04}") for n in range(1, 121)], report=report)
    assert told == ["Read 50 standards", "Read 100 standards"]
