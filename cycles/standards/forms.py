"""The form that imports files of standards."""

from flask import request
from wtforms import BooleanField, DateField, MultipleFileField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from cycles.importing.asking import Upload
from cycles.importing.forms import ImportForm as SharedForm

MOST_FILES = 8


class ImportForm(SharedForm):
    """Files, and the framework that they fill."""

    file = MultipleFileField("Files", [InputRequired("Choose a file.")])
    framework = StringField(
        "Framework",
        [DataRequired("Name the framework."), Length(max=200)],
        default=lambda: request.args.get("framework", "")[:200],
        description="A new name makes a new framework; the name of one you have updates it.",
    )
    snapshot_on = DateField(
        "Day of the snapshot",
        [Optional()],
        description="The day the source was as the file has it. Every screen and the report name "
        "it. Left empty, it is today.",
    )
    with_unapproved = BooleanField(
        "Import standards in development too",
        description="Nobody can train to these yet, so they are left out unless you ask for them.",
    )

    @property
    def name(self) -> str:
        """Return the name of the framework."""
        return str(self.framework.data or "")

    def uploads(self) -> list[Upload]:
        """Return the files that were sent, in the order they were chosen."""
        sent = [each for each in self.file.data or () if each.filename]
        return [Upload(each.filename, each.stream) for each in sent[:MOST_FILES]]

    def options(self) -> dict[str, object]:
        """Return what was said of the framework; an empty field says nothing."""
        day = self.snapshot_on.data
        return {
            "framework": {
                "name": self.name,
                "version": self.version.data or None,
                "licence": self.licence.data or None,
                "attribution": self.attribution.data or None,
                "snapshot_on": day.isoformat() if day else None,
            },
            "with_unapproved": self.with_unapproved.data,
            "is_part": self.is_part.data,
        }
