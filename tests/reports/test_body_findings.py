"""Part 3 of a report as blocks, and the drafts of its prose: what they say of a document."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from reports.document.assembling import assemble
from reports.document.body import body_of
from reports.document.body.blocks import Block, FigureHere, Missing, Note, Paragraph, Table
from reports.document.body.findings_change import organisational_change
from reports.document.body.numbering import all_blocks
from reports.document.edition import make_edition
from reports.document.facts import Document, FunctionLine, LevelProfiles, PartnerLine, Section
from reports.document.facts.capabilities import Presence
from reports.narrative.checking import differences
from reports.narrative.drafting import draft
from reports.narrative.naming import leading_nowhere, places_in
from reports.narrative.sections import SECTIONS
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast, make_cycle
from tests.reports.report_cases import bake


@pytest.fixture
def document(cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]) -> Document:
    bake(cast, run_jobs)
    return assemble(cycle_id=cast.cycle.id, number=1, moment=NOW)


def blocks_of(document: Document, number: str) -> tuple[Block, ...]:
    sections = {each.place.number: each for part in body_of(document) for each in part.sections}
    return sections[number].blocks


def table_of(document: Document, key: str) -> Table:
    tables = [each for each in all_blocks(body_of(document)) if isinstance(each, Table)]
    return next(each for each in tables if each.key == key)


def words_of(blocks: Iterable[Block]) -> str:
    """Return the system's own sentences."""
    return " ".join(each.words for each in blocks if isinstance(each, Paragraph | Note | Missing))


def as_prose(document: Document) -> Document:
    """Return the document with every draft made somebody's own."""
    sections = (Section(each.key, draft(each.key, document), False) for each in SECTIONS)
    return replace(document, narrative=tuple(sections))


def test_every_table_is_whole_and_every_key_stands_once(document: Document) -> None:
    found = list(all_blocks(body_of(document)))
    tables = [each for each in found if isinstance(each, Table)]
    figures = [each.key for each in found if isinstance(each, FigureHere)]
    assert len({each.key for each in tables}) == len(tables)
    assert len(set(figures)) == len(figures)
    for each in tables:
        assert sum(column.width for column in each.columns) in range(95, 101), each.key
        assert {len(row) for row in each.rows} <= {len(each.columns)}, each.key
        assert each.rows or each.empty, each.key


def test_every_figure_that_the_document_has_stands_somewhere(document: Document) -> None:
    edition = make_edition(document, digest="0" * 64, is_draft=True)
    placed = [each.key for each in all_blocks(edition.body) if isinstance(each, FigureHere)]
    assert list(edition.figures) == [key for key in placed if key in edition.figures]
    assert {"consensus", "proficiency", "fit-surplus", "threshold"} <= set(edition.figures)


def test_a_draft_names_only_what_its_report_has(document: Document) -> None:
    for made in (document, assemble(cycle_id=make_cycle("Bare").id, number=1, moment=NOW)):
        present = [each.name for each in places_in(made)]
        for section in SECTIONS:
            words = draft(section.key, made)
            assert leading_nowhere(words, made, present) == (), section.key


def test_a_draft_that_somebody_makes_their_own_does_not_differ_from_the_data(
    document: Document,
) -> None:
    assert differences(as_prose(document)) == ()
    assert differences(as_prose(with_functions(document))) == ()


def test_the_verdicts_of_all_role_levels_are_those_of_the_cycle(document: Document) -> None:
    *levels, everywhere = table_of(document, "verdicts-by-level").rows
    agreement = document.agreement
    assert [cell.value for cell in everywhere[1:-1]] == [each.count for each in agreement.outcomes]
    assert everywhere[-1].value == agreement.judged == sum(row[-1].value or 0 for row in levels)
    assert f"{agreement.agreed} ended in agreement" in words_of(blocks_of(document, "3.1"))


def with_functions(document: Document, *, is_captured: bool = True) -> Document:
    """Return the document with two functions whose present state is known."""
    held, less = Presence(3, 4, 1, 1, 8, 7, 87.5), Presence(1, 1, 2, 0, 4, 2, 50.0)
    lines = (
        FunctionLine("Brew & *Bottle*", "", 8, 66.7, 3, 30.0, held if is_captured else None),
        FunctionLine("Sell", "", 4, 33.3, 7, 70.0, less if is_captured else None),
    )
    found = document.capabilities
    current = replace(
        found.current,
        basis="captured" if is_captured else "proxy",
        capabilities=Presence(4, 5, 3, 1, 12, 9, 75.0) if is_captured else None,
    )
    partners = (PartnerLine("The _first_", (8, 0), 8), PartnerLine("Second", (3, 4), 7))
    return replace(
        document,
        capabilities=replace(
            found, classified=12, functions=lines, partners=partners, current=current
        ),
    )


def test_captured_functions_are_told_by_how_near_organisations_are(document: Document) -> None:
    said = words_of(organisational_change(with_functions(document)))
    assert r"closest to the future in Brew & \*Bottle\*, where 87.5" in said
    assert "furthest from it in Sell (50.0" in said
    assert "has a larger share" not in said


def test_functions_by_proxy_are_told_by_share(document: Document) -> None:
    said = words_of(organisational_change(with_functions(document, is_captured=False)))
    assert r"Brew & \*Bottle\* has a larger share of the future capabilities" in said
    assert "Sell has a smaller share" in said


def test_a_partner_without_capabilities_in_a_function_is_called_out(document: Document) -> None:
    said = words_of(organisational_change(with_functions(document)))
    assert r"None was captured for The \_first\_ in Sell." in said


def test_the_worked_example_counts_what_its_table_lists(document: Document) -> None:
    assert document.provision is not None
    worked = document.provision.worked
    assert worked is not None
    pairs = table_of(document, "worked-example").rows
    matched = [row for row in pairs if row[3].words.startswith("Yes")]
    assert (len(matched), len(pairs)) == (worked.standing.fit_count, worked.member_count)
    if worked.surplus_duties:
        surplus = table_of(document, "worked-surplus").rows
        assert len(surplus) == worked.standing.surplus_count


def test_thresholds_tell_the_one_in_force_and_repeat_no_plateau(document: Document) -> None:
    found = document.provision
    assert found is not None
    rows = table_of(document, "threshold").rows
    in_force = [row for row in rows if row[0].words.endswith("(in force)")]
    assert [row[1].value for row in in_force] == [found.unsupported]
    far = [row[1].value for row in rows if abs((row[0].value or 0) - found.threshold_percent) > 3]
    assert len(far) == len(set(far))


def test_all_four_groups_of_recommendations_are_named_also_the_empty_ones(
    document: Document,
) -> None:
    tables = [each for each in blocks_of(document, "3.6") if isinstance(each, Table)]
    assert [each.caption for each in tables[:4]] == [
        "Short term actions",
        "Medium term actions",
        "General actions",
        "Additional actions",
    ]
    assert sum(len(each.rows) for each in tables[:4]) == len(document.actions)
    assert {each.empty for each in tables[:4]} == {"None recorded."}


def test_a_snapshot_from_before_profiles_were_measured_is_still_told(document: Document) -> None:
    found = document.occupations
    older = tuple(LevelProfiles(each.role_level, each.count) for each in found.by_role_level)
    made = replace(document, occupations=replace(found, by_role_level=older))
    assert {row[-1].words for row in table_of(made, "profiles-by-level").rows} == {"–"}
    assert table_of(document, "profiles-by-level").rows[0][-1].value is not None
    assert "profile" in draft("fop_highlights", made)
