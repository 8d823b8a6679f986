"""What a link's reader may see: nobody's name and nothing people wrote; a new field is closed."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from sqlalchemy import select

from cycles.core.extensions import db
from cycles.standards.models import Duty
from reports.document.facts import Document
from reports.results.open_fields import OPEN
from reports.results.opening import without_people
from reports.results.queries import working_results
from reports.results.records import Detail
from reports.results.results import Results
from tests.encoders import WordEncoder
from tests.factories import Cast
from tests.reports.mapping_cases import MIX
from tests.reports.report_cases import bake
from tests.reports.reviewing_cases import REJECTED, judge

CLOSED = {
    "ActionLine.who",
    "CapabilityFacts.trail",
    "CellLine.decision",
    "CellLine.reasons",
    "CheckItem.answer",
    "CheckItem.guideline",
    "CheckItem.item",
    "CheckItem.number",
    "CheckItem.theme",
    "Deviation.what",
    "Dissent.comments",
    "Dissent.decision",
    "DissentReason.side",
    "DissentReason.text",
    "FurtherSubject.title",
    "FurtherSubject.why",
    "GroupCounts.name",
    "Member.reason",
    "Milestone.title",
    "OrganisationLine.kind",
    "OrganisationLine.name",
    "Ratification.objections",
    "RemovedMember.reason",
    "ReviewedMatch.group",  # of a group that has fewer than three people, or is not known
    "ReviewedMatch.reason",
    "RoundLine.bundle",  # the bundle holds what people wrote
    "Section.key",
    "Section.markdown",
    "Solution.reason",
    "Subject.convener",
    "Subject.sponsor",
    "TrackedAction.notes",
    "TrackedAction.owner",
    "TrailLine.reason",
}
PLAIN = {
    int: 7,
    float: 7.5,
    bool: True,
    date: date(2026, 1, 7),
    datetime: datetime(2026, 1, 7, tzinfo=UTC),
    uuid.UUID: uuid.UUID(int=7),
}


def filled(hint: Any, where: str) -> Any:
    """Return a value of a type in which every text says which field of which record it is."""
    if hint is str:
        return f"<{where}>"
    if isinstance(hint, UnionType):
        return filled(next(each for each in get_args(hint) if each is not NoneType), where)
    if get_origin(hint) is tuple:
        return (filled(get_args(hint)[0], where),)
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return hint(  # type: ignore[operator]  # a hint is a class, never a record
            **{
                each.name: filled(hints[each.name], f"{hint.__name__}.{each.name}")  # type: ignore[union-attr]
                for each in fields(hint)
            }
        )
    return PLAIN[hint]


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_in(each)
    elif is_dataclass(value):
        for one in fields(value):
            yield from texts_in(getattr(value, one.name))


def told(results: Results) -> set[str]:
    return {*texts_in(results.document), *texts_in(results.detail)}


def test_only_the_fields_that_were_opened_pass() -> None:
    whole = Results(
        cycle_id=uuid.UUID(int=1),
        document=filled(Document, ""),
        detail=filled(Detail, ""),
        key="key",
    )
    opened = without_people(whole)
    assert told(whole) - told(opened) == {f"<{each}>" for each in CLOSED}
    assert told(opened) - told(whole) == {""}
    assert opened.key != whole.key
    assert without_people(whole) is opened


def test_every_open_field_is_one_that_its_record_has() -> None:
    for kind, names in OPEN.items():
        assert set(names) <= {each.name for each in fields(kind)}, kind
        assert len(names) == len(set(names)), kind


def test_the_counts_stay_when_the_words_go(
    cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]
) -> None:
    baked = bake(cast, run_jobs)
    duty = db.session.scalars(select(Duty).where(Duty.text == MIX)).one()
    judge(cast.educator, baked.bakery.mix, duty, REJECTED, reason="A canary reason")
    whole = working_results(baked.cycle.id)
    opened = without_people(whole)
    assert (whole.document.subject.sponsor, opened.document.subject.sponsor) == ("Bread Board", "")
    assert [each.reason for each in whole.detail.reviews] == ["A canary reason"]
    assert [(each.reason, each.rejected) for each in opened.detail.reviews] == [("", 1)]
    # One educator alone: the group would name who said it.
    assert [each.group for each in whole.detail.reviews] == ["educator"]
    assert [each.group for each in opened.detail.reviews] == [""]
    assert not opened.document.people.organisations
    assert opened.document.people.organisation_count == 1
    assert opened.document.provision == whole.document.provision
    assert opened.document.capabilities == whole.document.capabilities
