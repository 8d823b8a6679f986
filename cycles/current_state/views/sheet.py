"""The context of a partner's sheet, as recorded or as it was sent and refused. No routes here."""

import uuid
from dataclasses import replace

from flask import request, url_for
from sqlalchemy import select

from cycles.accounts.models import Account
from cycles.core.access import current_place
from cycles.core.errors import DomainError, Missing
from cycles.core.extensions import db
from cycles.current_state import rules
from cycles.current_state.commands import Clashed, marks_of
from cycles.current_state.forms import answers_in, moment_in
from cycles.current_state.pages import (
    NO_AREA,
    AreaRows,
    Row,
    RowPage,
    SheetPage,
    Tab,
    row_of,
    said,
)
from cycles.current_state.queries import Cell, functions_in, tally
from cycles.people.models import Participant
from cycles.setup.models import Partner
from cycles.setup.queries import get_cycle, partners_of


def sheet_page(
    partner: Partner, cells: list[Cell], refusal: DomainError | None = None
) -> SheetPage:
    """Return the sheet at the function that the address asks for, else the first with a gap."""
    function = _function(cells)
    tabs = tuple(_tab(partner, cells, each, function) for each in functions_in(cells))
    here = [each for each in cells if each.function == function]
    count = tally(each.strength for each in cells)
    at = request.args.get("undo", "")
    marked = _marked(partner, at)
    return SheetPage(
        cycle_id=partner.cycle_id,
        partner=partner.name,
        function=function,
        told=f"{count.captured:,} of {count.total:,} captured",
        tabs=tabs,
        others=_others(partner),
        areas=_areas(here, _rows(partner, here, refusal)),
        save_href=_href("save", partner, function=function),
        next_tab=_next_tab(tabs),
        undo_href=_href("undo", partner, function=function),
        undo_at=at,
        undo_told=f"{marked:,} marked as none." if marked else "",
        problem=str(refusal) if refusal else "",
        closed_because=rules.closed_because(get_cycle(partner.cycle_id)),
    )


def saved_row(partner: Partner, cells: list[Cell], refusal: DomainError | None = None) -> RowPage:
    """Return the one row that was sent, as it is recorded now or as it was refused."""
    sent = [each for each in cells if f"seen-{each.statement.id}" in request.form][:1]
    if not sent:
        raise refusal or Missing("That capability is not asked of this partner any more.")
    row = _rows(partner, sent, refusal)[0]
    if refusal is None:
        row = replace(row, is_saved=True)
    elif not row.theirs:
        row = replace(row, problem=str(refusal))
    return RowPage(row, _href("save", partner, function=function_asked()))


def area_key(cell: Cell) -> str:
    """Return what names the cell's area in a form: its id, or nothing."""
    return "" if cell.statement.area is None else str(cell.statement.area.id)


def function_asked() -> str | None:
    """Return the function that the address asks for; empty is that of what has no area."""
    return request.args.get("function")


def _function(cells: list[Cell]) -> str:
    there, asked = functions_in(cells), function_asked()
    if asked in there:
        return asked
    with_gaps = (name for name in there if any(_is_gap(each, name) for each in cells))
    return next(with_gaps, there[0] if there else "")


def _is_gap(cell: Cell, function: str) -> bool:
    return cell.function == function and cell.record is None


def _tab(partner: Partner, cells: list[Cell], function: str, current: str) -> Tab:
    count = tally(each.strength for each in cells if each.function == function)
    return Tab(
        label=function or NO_AREA,
        told=f"{count.captured} of {count.total}",
        href=_href("sheet", partner, function=function),
        is_current=function == current,
    )


def _next_tab(tabs: tuple[Tab, ...]) -> Tab | None:
    here = next((place for place, tab in enumerate(tabs) if tab.is_current), len(tabs))
    return next(iter(tabs[here + 1 :]), None)


def _others(partner: Partner) -> tuple[Tab, ...]:
    return tuple(
        Tab(each.name, "", _href("sheet", each), each.id == partner.id)
        for each in partners_of(partner.cycle_id)
    )


def _areas(cells: list[Cell], rows: list[Row]) -> tuple[AreaRows, ...]:
    """Return the rows by area, the areas in the classification's order."""
    found: dict[str, list[tuple[Cell, Row]]] = {}
    pairs = zip(cells, rows, strict=True)
    for cell, row in sorted(pairs, key=lambda pair: _place(pair[0])):
        found.setdefault(area_key(cell), []).append((cell, row))
    return tuple(
        AreaRows(
            key=key,
            title=_title(pairs[0][0]),
            rows=tuple(row for _, row in pairs),
            left=sum(cell.record is None for cell, _ in pairs),
        )
        for key, pairs in found.items()
    )


def _place(cell: Cell) -> int:
    return 0 if cell.statement.area is None else cell.statement.area.position


def _title(cell: Cell) -> str:
    area = cell.statement.area
    return NO_AREA if area is None else f"{area.domain} › {area.name}"


def _rows(partner: Partner, cells: list[Cell], refusal: DomainError | None) -> list[Row]:
    """Return the rows as recorded; after a refusal, with what was sent in its place."""
    sent = {each.statement.id: each for each in answers_in(request.form, cells)} if refusal else {}
    clashed = refusal.statement_ids if isinstance(refusal, Clashed) else frozenset()
    who = recorders(partner.cycle_id) if current_place().is_convener else {}
    rows = []
    for cell in cells:
        row = row_of(cell, who=who_recorded(cell, who), href=_statement_href(cell))
        answer = sent.get(cell.statement.id)
        if answer is not None:
            row = replace(row, today=answer.strength or "", note=answer.note)
        if answer is not None and cell.statement.id not in clashed:
            row = replace(row, seen=answer.seen)
        if cell.statement.id in clashed:
            row = replace(row, theirs=said(cell))
        rows.append(row)
    return rows


def recorders(cycle_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Return the name of everybody who may have recorded something: for conveners only."""
    found = db.session.execute(
        select(Participant.id, Account.name)
        .join(Account, Account.id == Participant.account_id)
        .where(Participant.cycle_id == cycle_id)
        .order_by(Participant.id)
    )
    return {row.id: row.name for row in found}


def who_recorded(cell: Cell, names: dict[uuid.UUID, str]) -> str:
    """Return who recorded the cell, or an empty text where nobody did or nobody may know."""
    by = cell.record.captured_by_id if cell.record else None
    return names.get(by, "") if by else ""


def _statement_href(cell: Cell) -> str:
    return url_for(
        "statements.show", cycle_id=cell.statement.cycle_id, statement_id=cell.statement.id
    )


def _marked(partner: Partner, at: str) -> int:
    moment = moment_in(at)
    return len(marks_of(partner, current_place().participant_id, moment)) if moment else 0


def _href(endpoint: str, partner: Partner, function: str | None = None) -> str:
    return url_for(
        f"current_state.{endpoint}",
        cycle_id=partner.cycle_id,
        partner_id=partner.id,
        function=function,
    )
