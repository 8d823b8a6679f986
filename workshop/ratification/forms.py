"""What the panel sends. Levels are codes of ``consensus.scale``."""

import uuid

from wtforms import HiddenField, IntegerField, StringField
from wtforms.validators import Optional

from cycles.core.forms import Form


class VersionedForm(Form):
    """A change of the profile as its reader saw it."""

    version = IntegerField("Version", validators=[Optional()])

    @property
    def seen(self) -> int:
        """Return the version the reader saw; one that never stands where none was sent."""
        return int(self.version.data or 0)


class LevelForm(VersionedForm):
    """A level and a reason, for a capability that is in the profile or comes into it."""

    level = IntegerField("Level", validators=[Optional()])
    reason = StringField("Reason")
    action = HiddenField("Action")
    statement = HiddenField("Capability")

    @property
    def code(self) -> int:
        """Return the level; nought, which no profile holds, where none was chosen."""
        return int(self.level.data or 0)

    @property
    def statement_id(self) -> uuid.UUID | None:
        """Return the capability to add, or None where what was sent names none."""
        try:
            return uuid.UUID(self.statement.data or "")
        except ValueError:
            return None


class RenameForm(VersionedForm):
    """Another name, and why; beside it the name that its reader saw."""

    seen_name = HiddenField("Name seen")
    name = StringField("Name")
    reason = StringField("Reason")


class WithdrawForm(VersionedForm):
    """Why the profile is withdrawn."""

    reason = StringField("Reason")
