"""The form that imports a library file."""

from wtforms import BooleanField, FileField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from cycles.core.forms import Form
from cycles.library.commands import SourceFacts


class ImportForm(Form):
    """A file, and the source that its records come from."""

    file = FileField("File", [InputRequired("Choose a file.")])
    source = StringField(
        "Source",
        [Length(max=200)],
        description="Files of O*NET, ESCO and the UK Standard Skills Classification name "
        "themselves. The name of a source you have updates it.",
    )
    version = StringField("Version", [Length(max=40)], description="For example 29.3.")
    licence = StringField("Licence", [Length(max=200)])
    attribution = TextAreaField(
        "Attribution",
        [Length(max=1000)],
        description="The words that the licence asks a report to print.",
    )
    occupations = StringField(
        "Only these occupations",
        [Length(max=300)],
        description="The beginnings of codes or words of titles, with commas between them: "
        "17-, 19-, quality. Titles are known once the file of occupations is imported.",
    )
    is_part = BooleanField(
        "The file holds only part of the source",
        description="Statements that it does not name are left alone. Otherwise they are retired.",
    )

    def facts(self) -> SourceFacts:
        """Return what was said of the source; an empty field says nothing."""
        return SourceFacts(
            name=self.source.data or None,
            version=self.version.data or None,
            licence=self.licence.data or None,
            attribution=self.attribution.data or None,
        )

    def occupations_like(self) -> list[str]:
        """Return the beginnings of codes and words of titles asked for."""
        parts = (self.occupations.data or "").split(",")
        return [part.strip() for part in parts if part.strip()]
