"""The forms of the current state: one partner's sheet, and an uploaded table."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from flask_wtf.file import FileField
from wtforms import BooleanField

from cycles.core.forms import Form
from cycles.current_state.commands import Answer
from cycles.current_state.models import Strength
from cycles.current_state.queries import Cell


class UploadForm(Form):
    """A table of what organisations can do today."""

    file = FileField("CSV or XLSX file")
    good_rows_only = BooleanField("Record the good rows even if others have problems")


def answers_in(sent: Mapping[str, str], cells: Sequence[Cell]) -> list[Answer]:
    """Return what a sheet says of those of ``cells`` that it holds."""
    return [_answer(sent, each) for each in cells if f"seen-{each.statement.id}" in sent]


def moment_in(given: str) -> datetime | None:
    """Return the moment that an address or a field holds, in UTC, or None for anything else."""
    try:
        found = datetime.fromisoformat(given)
        # At either end of the calendar another offset is another year, which there is not.
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _answer(sent: Mapping[str, str], cell: Cell) -> Answer:
    of = cell.statement.id
    given = sent.get(f"today-{of}", "")
    return Answer(
        statement=cell.statement,
        partner=cell.partner,
        strength=Strength(given) if given in set(Strength) else None,
        note=_tidy(sent.get(f"note-{of}", "")),
        seen=sent.get(f"seen-{of}", ""),
    )


def _tidy(note: str) -> str:
    # Browsers end lines with two characters, and a note must read as it was shown. PostgreSQL
    # refuses a text with NUL in it.
    return note.replace("\r\n", "\n").replace("\x00", "").strip()
