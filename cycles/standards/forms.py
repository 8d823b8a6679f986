"""The form that imports a file of standards."""

from wtforms import BooleanField, FileField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from cycles.core.forms import Form
from cycles.standards.commands import FrameworkFacts


class ImportForm(Form):
    """A file, and the framework that it fills."""

    file = FileField("File", [InputRequired("Choose a file.")])
    framework = StringField(
        "Framework",
        [InputRequired("Name the framework."), Length(max=200)],
        description="A new name makes a new framework; the name of one you have updates it.",
    )
    version = StringField("Version", [Length(max=40)], description="For example 2026.1.")
    licence = StringField(
        "Licence",
        [Length(max=200)],
        description="Left empty, a new framework is under the Open Government Licence v3.0.",
    )
    attribution = TextAreaField(
        "Attribution",
        [Length(max=1000)],
        description="The words that the licence asks a report to print.",
    )
    is_part = BooleanField(
        "The file holds only part of the framework",
        description="Standards that it does not name are left alone. Otherwise they are retired.",
    )
    with_unapproved = BooleanField(
        "Import standards in development too",
        description="Nobody can train to these yet, so they are left out unless you ask for them.",
    )

    def facts(self) -> FrameworkFacts:
        """Return what was said of the framework; an empty field says nothing."""
        return FrameworkFacts(
            name=self.framework.data or "",
            version=self.version.data or None,
            licence=self.licence.data or None,
            attribution=self.attribution.data or None,
        )
