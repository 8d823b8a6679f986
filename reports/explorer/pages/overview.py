"""The overview: what was captured and found, each figure a way to the rows behind it."""

from dataclasses import dataclass

from reports.document.facts import GroupLine, People
from reports.document.wording import counted
from reports.explorer.columns import Column, Kind
from reports.explorer.listing import Listing
from reports.explorer.look import Look
from reports.explorer.pages.overview_tiles import (
    Answer,
    Tile,
    how_sure,
    what_is_missing,
    what_organisations_do,
    who_does_it,
)
from reports.explorer.pages.partner_rows import empty_cells, partners_listing
from reports.explorer.registry import PageKind, Question
from reports.explorer.table_view import TableView, table_view

__all__ = ["PAGE", "OverviewPage", "Tile"]

NAME = "overview"
MOST_NAMED = 6


@dataclass(frozen=True)
class OverviewPage:
    """The challenge, the answers to a reader's questions, coverage, and who took part.

    ``gaps`` name the first cells of partner and function without a capability, ``more_gaps`` how
    many others there are.
    """

    challenge: str
    challenge_when: str
    answers: tuple[Answer, ...]
    gaps: tuple[tuple[str, str], ...]
    more_gaps: int
    coverage: TableView
    people: TableView
    people_words: str


def people_listing(_look: Look) -> Listing[GroupLine]:
    """Return how many took part, by group."""
    return Listing(
        name="people",
        title="Participants by group",
        about="Participants by group, and the organisations that at least one of them comes from.",
        columns=(
            Column(
                "group",
                "Group",
                "Technologists, employers, educators.",
                lambda row: row.group.capitalize(),
            ),
            Column("people", "People", "Its participants.", lambda row: row.people, Kind.NUMBER),
            Column(
                "organisations",
                "Organisations",
                "Those that at least one of them comes from.",
                lambda row: row.organisations,
                Kind.NUMBER,
            ),
        ),
        rows=lambda look: look.results.document.people.groups,
        prefix="people-",
        nothing="Nobody has joined yet.",
    )


def build(look: Look, _code: str) -> OverviewPage:
    """Return the overview."""
    subject, people = look.results.document.subject, look.results.document.people
    gaps = empty_cells(look) if look.results.document.capabilities.kept else ()
    return OverviewPage(
        challenge=subject.challenge,
        challenge_when=subject.challenge_when,
        answers=(
            what_organisations_do(look),
            who_does_it(look),
            what_is_missing(look),
            how_sure(look),
        ),
        gaps=gaps[:MOST_NAMED],
        more_gaps=max(0, len(gaps) - MOST_NAMED),
        coverage=table_view(partners_listing(look), look, NAME),
        people=table_view(people_listing(look), look, NAME),
        people_words=_people_words(people),
    )


def _people_words(people: People) -> str:
    if not people.people:
        return ""
    who = "1 person" if people.people == 1 else f"{people.people:,} people"
    return f"{who} from {counted(people.organisation_count, 'organisation')}."


PAGE = PageKind(
    name=NAME,
    label="Overview",
    question=Question.START,
    lead="What this cycle captured and found. Every figure leads to the rows behind it.",
    build=build,
    listings=lambda look, _code: (partners_listing(look), people_listing(look)),
    method=(
        "Coverage counts classified capabilities by supply-chain partner and function. A cell "
        "without any may be an omission, so it is called out while there is time to ask.",
    ),
)
