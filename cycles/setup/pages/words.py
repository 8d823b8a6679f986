"""How days, moments and versions of rows are said. No page is built here."""

import hashlib
from datetime import date, datetime

from sqlalchemy import inspect

from cycles.core.base import Base
from cycles.core.clock import LONDON
from cycles.setup.models import Cycle


def day_words(day: date) -> str:
    """Return a day in UK form: ``2 March 2026``."""
    return f"{day.day} {day:%B %Y}"


def moment_words(moment: datetime) -> str:
    """Return a moment in UK form with its zone: ``2 March 2026, 09:00 GMT``."""
    local = moment.astimezone(LONDON)
    return f"{day_words(local)}, {local:%H:%M %Z}"


def seen_of(row: Base) -> str:
    """Return the version of a row that a form was filled from.

    A cycle counts its versions. The rows under it do not, so theirs is made of what they say;
    their place in an order is left out, because moving a neighbour changes nothing in the form.
    """
    if isinstance(row, Cycle):
        return str(row.version)
    columns = inspect(type(row)).column_attrs.keys()
    said = [repr(getattr(row, name)) for name in columns if name != "position"]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


def stage_words(stage: str) -> str:
    """Return a stage as a heading has it: ``Carrying out``."""
    return stage[:1].upper() + stage[1:]
