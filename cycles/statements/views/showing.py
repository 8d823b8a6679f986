"""One statement's page: its context, with the forms as they are or as they were refused."""

from flask import request
from werkzeug.datastructures import MultiDict

from cycles.classification.queries import areas
from cycles.core.access import current_place
from cycles.core.clock import LONDON
from cycles.core.extensions import db
from cycles.core.forms import Form
from cycles.library.models import LibraryStatement
from cycles.semantics.nearest import nearest
from cycles.setup.queries import get_cycle, partners_of
from cycles.statements import queries, rules
from cycles.statements.forms import MergeForm, PlaceForm, RejectForm, RewordForm
from cycles.statements.models import CapabilityStatement
from cycles.statements.pages import StatementPage, TrailLine, line_of, lines_of, source_of

MOST_NEAR = 5


def statement_page(
    statement: CapabilityStatement, refused: Form | None = None, opened: str = ""
) -> StatementPage:
    """Return the page of a statement; ``refused`` is the form that a command would not take."""
    why = rules.closed_because(get_cycle(statement.cycle_id))
    may_change = current_place().is_convener and not why
    reword = refused if isinstance(refused, RewordForm) else reword_form(statement)
    place = refused if isinstance(refused, PlaceForm) else place_form(statement)
    reject = refused if isinstance(refused, RejectForm) else reject_form()
    merge = refused if isinstance(refused, MergeForm) else merge_form(statement)
    return StatementPage(
        cycle_id=statement.cycle_id,
        line=line_of(statement),
        definition=statement.area.definition if statement.area else "",
        source=source_of(_library_statement(statement)),
        merged_into=lines_of(queries.merged_into(statement)),
        taken_in=lines_of(queries.taken_in(statement)),
        trail=_trail(statement),
        may_change=may_change,
        is_live=statement.status in rules.LIVE,
        closed_because=why,
        reword=reword,
        place=place,
        reject=reject,
        merge=merge,
        opened=opened,
    )


def reword_form(statement: CapabilityStatement, *, as_sent: bool = False) -> RewordForm:
    """Return the form that rewords the statement, filled with its wording."""
    return RewordForm(_sent(as_sent), prefix="reword-", data={"text": statement.text})


def reject_form(*, as_sent: bool = False) -> RejectForm:
    """Return the form that rejects a statement."""
    return RejectForm(_sent(as_sent), prefix="reject-")


def place_form(statement: CapabilityStatement, *, as_sent: bool = False) -> PlaceForm:
    """Return the form that classifies the statement and tags its partners."""
    form = PlaceForm(
        _sent(as_sent),
        prefix="place-",
        data={
            "area": str(statement.area_id or ""),
            "partners": [str(partner.id) for partner in statement.partners],
        },
    )
    form.offer(areas(), partners_of(statement.cycle_id))
    return form


def merge_form(statement: CapabilityStatement, *, as_sent: bool = False) -> MergeForm:
    """Return the form that merges the statement, the nearest statements offered first."""
    live = queries.live_statements(statement.cycle_id)
    others = [each for each in live if each.id != statement.id]
    found = nearest(statement.text, [each.text for each in others], most=MOST_NEAR, floor=0.15)
    near = [others[hit.index] for hit in found.hits]
    form = MergeForm(_sent(as_sent), prefix="merge-")
    form.offer(near, [each for each in others if each not in near])
    return form


def _sent(as_sent: bool) -> MultiDict[str, str] | None:
    # Several forms share the page: only the one that was sent may read what was sent.
    return request.form if as_sent else None


def _library_statement(statement: CapabilityStatement) -> LibraryStatement | None:
    if statement.library_statement_id is None:
        return None
    return db.session.get(LibraryStatement, statement.library_statement_id)


def _trail(statement: CapabilityStatement) -> tuple[TrailLine, ...]:
    lines: list[TrailLine] = []
    before = ""
    # Capture is part of a Delphi exercise: participants see what happened, not who did it.
    names_shown = current_place().is_convener
    for revision, who in queries.trail_of(statement):
        when = revision.changed_at.astimezone(LONDON)
        lines.append(
            TrailLine(
                number=revision.number,
                what=revision.kind.capitalize(),
                text=revision.text,
                text_changed=revision.text != before,
                reason=revision.reason,
                who=who if names_shown else "",
                when=f"{when.day} {when:%B %Y, %H:%M %Z}",
            )
        )
        before = revision.text
    return tuple(reversed(lines))
