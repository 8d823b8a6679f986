"""What the panel sends. Levels are codes of ``consensus.scale``."""

import uuid

from wtforms import Field, HiddenField, IntegerField, StringField
from wtforms.validators import Optional

from cycles.core.forms import Form, whole_number


class PanelForm(Form):
    """What every form of the page carries: what its reader had seen when the page was opened.

    ``since`` is the number of the trail's newest line then; ``seen`` and ``version`` are of exactly
    the thing that the form is about.
    """

    since = IntegerField("Since", validators=[Optional()])
    seen = IntegerField("Seen", validators=[Optional()])
    version = IntegerField("Version", validators=[Optional()])
    reason = StringField("Reason")

    @property
    def seen_number(self) -> int:
        """Return what the reader saw of the thing; nought, which never stands, where unsaid."""
        return _number(self.seen)

    @property
    def seen_version(self) -> int:
        """Return the version of the profile the reader saw; nought where none was sent."""
        return _number(self.version)

    @property
    def why(self) -> str:
        """Return the reason, or nothing."""
        return str(self.reason.data or "")


class LevelForm(PanelForm):
    """A level or another action, for a capability that is in the profile or comes into it."""

    level = IntegerField("Level", validators=[Optional()])
    action = HiddenField("Action")
    statement = HiddenField("Capability")
    record = HiddenField("Record of the library")

    @property
    def code(self) -> int:
        """Return the level; nought, which no profile holds, where none was chosen."""
        return int(self.level.data or 0)

    @property
    def does(self) -> str:
        """Return what is done: one of the actions, or ``level``."""
        return str(self.action.data or "level")

    @property
    def statement_id(self) -> uuid.UUID | None:
        """Return the capability to add, or None where what was sent names none."""
        return id_in(self.statement)

    @property
    def record_id(self) -> uuid.UUID | None:
        """Return the record of the library to add, or None where what was sent names none."""
        return id_in(self.record)


class MoveForm(PanelForm):
    """Another profile, for a capability or for all of them."""

    to = HiddenField("Profile")

    @property
    def target_id(self) -> uuid.UUID | None:
        """Return the profile chosen, or None."""
        return id_in(self.to)


class RenameForm(Form):
    """Another name, why, and the name that the reader saw."""

    since = IntegerField("Since", validators=[Optional()])
    seen = StringField("Seen")
    name = StringField("Name")
    reason = StringField("Reason")


class CommentForm(PanelForm):
    """A remark on the profile, or on the capability that it names."""

    text = StringField("Comment")
    member = HiddenField("Capability")

    @property
    def member_id(self) -> uuid.UUID | None:
        """Return the capability that the comment is on, or None for the whole profile."""
        return id_in(self.member)


class SplitForm(PanelForm):
    """A name for the part of the profile that becomes one of its own."""

    name = StringField("Name")


def _number(field: Field) -> int:
    """Return the number that a field holds; nought for none, and for one longer than any of ours.

    No database takes every number that Python reads.
    """
    return whole_number(str(field.data)) or 0


def id_in(field: Field) -> uuid.UUID | None:
    """Return the id that a field holds, or None for anything else."""
    try:
        return uuid.UUID(field.data or "")
    except ValueError:
        return None
