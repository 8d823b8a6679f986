"""Actions: what is to come of the findings, who does what by when, and how far it has come."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from reports.actions.models import SETTLED, ActionStatus
from reports.actions.pages.words import TAG_KINDS
from reports.document.facts import ActionLine
from reports.explorer.columns import Column, Kind, Shown, words_of
from reports.explorer.listing import Facet, Listing
from reports.explorer.look import Look
from reports.explorer.naming import NO, YES
from reports.explorer.registry import PageKind, Question
from reports.explorer.table_view import TableView, table_view
from reports.results.records import TrackedAction

NAME = "actions"
OWNED_WORDS = {YES: "Has an owner and a date", NO: "Needs an owner or a date"}
DROPPED = ActionStatus.DROPPED.capitalize()
UNKNOWN = TrackedAction(status="", owner="", due_on=None, notes="", source="")


@dataclass(frozen=True)
class ActionRow:
    """An action, and how far it has come. ``is_overdue`` is on the day of these results.

    ``is_settled`` says that an owner and a date are known; None where a link's reader is not told.
    """

    line: ActionLine
    tracked: TrackedAction
    number: int
    is_overdue: bool
    is_settled: bool | None

    @property
    def horizon(self) -> str:
        """Return the group that the report prints it in."""
        return self.line.horizon.capitalize()

    @property
    def status(self) -> str:
        """Return how far it has come, in words; empty in snapshots from before that was kept."""
        return self.tracked.status.capitalize()


@dataclass(frozen=True)
class Tile:
    """A figure, and where its rows are."""

    label: str
    value: str
    href: str


@dataclass(frozen=True)
class ActionsPage:
    """The actions. ``change_href`` is where a convener adds or changes them."""

    sentence: str
    tiles: tuple[Tile, ...]
    change_href: str
    is_open: bool
    table: TableView


def action_rows(look: Look) -> tuple[ActionRow, ...]:
    """Return the actions in the order of the report."""
    lines, tracked = look.results.document.actions, look.results.detail.actions
    day = look.results.document.taken_at.date()
    known = tracked if len(tracked) == len(lines) else (UNKNOWN,) * len(lines)
    return tuple(
        _row(look, number, line, found, day)
        for number, (line, found) in enumerate(zip(lines, known, strict=True), 1)
    )


def _row(look: Look, number: int, line: ActionLine, found: TrackedAction, day: date) -> ActionRow:
    is_over = found.status in SETTLED or found.due_on is None
    return ActionRow(
        line=line,
        tracked=found,
        number=number,
        is_overdue=not is_over and found.due_on is not None and found.due_on < day,
        is_settled=None if look.is_open or not found.status else _has_owner_and_date(found),
    )


def _has_owner_and_date(found: TrackedAction) -> bool:
    return bool(found.owner) and found.due_on is not None


def _when(_look: Look, row: ActionRow) -> Shown:
    due = row.tracked.due_on
    return Shown(
        row.line.when,
        note=f"Due {words_of(due, Kind.DATE)}" if due else "",
        tags=(("Overdue", "error"),) if row.is_overdue else (),
    )


def _status(_look: Look, row: ActionRow) -> Shown:
    if not row.status:
        return Shown("")
    tags = [(row.status, TAG_KINDS[ActionStatus(row.tracked.status)])]
    if row.is_settled is False and row.tracked.status not in SETTLED:
        tags.append((OWNED_WORDS[NO], "attention"))
    return Shown("", tags=tuple(tags))


def _who(_look: Look, row: ActionRow) -> Shown:
    owner = row.tracked.owner
    return Shown(row.line.who, note=f"Owner: {owner}" if owner else "")


TOLD: tuple[Column[ActionRow], ...] = (
    Column(
        "topic",
        "Action",
        "What is to be done, under its topic.",
        lambda row: row.line.topic,
        Kind.STATEMENT,
        show=lambda _look, row: Shown(row.line.topic, note=row.line.actions),
    ),
    Column(
        "when",
        "When",
        "When, as the recommendation says; and the date that its owner is held to.",
        lambda row: row.line.when,
        show=_when,
    ),
    Column("result", "Result", "What will be there then.", lambda row: row.line.result),
    Column("status", "Status", "How far it has come.", lambda row: row.status, show=_status),
)
PEOPLE: tuple[Column[ActionRow], ...] = (
    Column(
        "who",
        "Who",
        "Who should do it; and who owns it, where somebody does.",
        lambda row: row.line.who,
        show=_who,
    ),
    Column("owner", "Owner", "Who owns it.", lambda row: row.tracked.owner, is_shown=False),
)
FILES_ONLY: tuple[Column[ActionRow], ...] = (
    Column(
        "actions", "What to do", "The work itself.", lambda row: row.line.actions, is_shown=False
    ),
    Column(
        "horizon",
        "Horizon",
        "The group that the report prints it in.",
        lambda row: row.horizon,
        is_shown=False,
    ),
    Column(
        "due_on",
        "Due",
        "The date that its owner is held to.",
        lambda row: row.tracked.due_on,
        Kind.DATE,
        is_shown=False,
    ),
    Column(
        "is_overdue",
        "Overdue",
        "Whether that date had passed on the day of these results.",
        lambda row: row.is_overdue,
        Kind.FLAG,
        is_shown=False,
    ),
)


def listing(look: Look) -> Listing[ActionRow]:
    """Return the table of actions; a link's reader is not told who."""
    rows = action_rows(look)
    people = () if look.is_open else PEOPLE
    return Listing(
        name=NAME,
        title="Actions",
        about="Recommendations as the report prints them, and how far each has come.",
        columns=(TOLD[0], *people, *TOLD[1:], *FILES_ONLY),
        rows=lambda _look: rows,
        text=lambda row: f"{row.line.topic} {row.line.actions} {row.line.result} {row.line.who}",
        facets=_facets(look),
        nothing=_nothing(look),
        group=lambda row: row.horizon,
    )


def _facets(look: Look) -> tuple[Facet[ActionRow], ...]:
    told = (
        Facet[ActionRow]("horizon", "Horizon", lambda row: row.horizon),
        Facet[ActionRow]("status", "Status", lambda row: row.status),
        Facet[ActionRow](
            "overdue", "Overdue", lambda row: YES if row.is_overdue else "", {YES: "Overdue"}
        ),
    )
    if look.is_open:
        return told
    return (*told, Facet("settled", "Owner and date", _settled, OWNED_WORDS))


def _settled(row: ActionRow) -> str:
    if row.is_settled is None:
        return ""
    return YES if row.is_settled else NO


def _nothing(look: Look) -> str:
    if look.is_convener:
        return (
            "Nobody has written a recommendation yet. Add the first, or take one that is drafted."
        )
    return "Nobody has written a recommendation yet."


def tiles(look: Look, rows: Sequence[ActionRow]) -> tuple[Tile, ...]:
    """Return how far the actions have come; nothing where the results do not say."""
    if not any(row.status for row in rows):
        return ()

    counts = Counter(row.status for row in rows)
    overdue = sum(row.is_overdue for row in rows)
    return (
        Tile("Actions", f"{len(rows):,}", look.href(NAME)),
        *(
            Tile(
                words, f"{counts[words]:,}", look.href(NAME, status=words) if counts[words] else ""
            )
            for words in (each.capitalize() for each in ActionStatus)
            if counts[words] or words != DROPPED
        ),
        Tile("Overdue", f"{overdue:,}", look.href(NAME, overdue=YES) if overdue else ""),
    )


def build(look: Look, _code: str) -> ActionsPage:
    """Return the page of all actions."""
    rows = action_rows(look)
    return ActionsPage(
        sentence=_sentence(rows),
        tiles=tiles(look, rows),
        change_href=url_for("actions.index", cycle_id=look.results.cycle_id)
        if look.is_convener
        else "",
        is_open=look.is_open,
        table=table_view(listing(look), look, NAME),
    )


def _sentence(rows: Sequence[ActionRow]) -> str:
    lacking = sum(row.is_settled is False and row.tracked.status not in SETTLED for row in rows)
    if not lacking:
        return ""
    verb = "needs" if lacking == 1 else "need"
    return f"{lacking:,} of {len(rows):,} still {verb} an owner or a date."


PAGE = PageKind(
    name=NAME,
    label="Actions",
    question=Question.TRUST,
    lead="What is to come of the findings: who does what, by when, with which result.",
    build=build,
    listings=lambda look, _code: (listing(look),),
    method=(
        "Recommendations are the conveners'. One becomes an action once somebody owns it and a "
        "date is set. A link's readers are not told who.",
    ),
)
