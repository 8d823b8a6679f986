"""The form that imports a library file."""

from wtforms import FileField, StringField
from wtforms.validators import InputRequired, Length

from cycles.importing.asking import Upload
from cycles.importing.forms import ImportForm as SharedForm


class ImportForm(SharedForm):
    """A file, and the source that its records come from."""

    file = FileField("File", [InputRequired("Choose a file.")])
    source = StringField(
        "Source",
        [Length(max=200)],
        description="Files of O*NET, ESCO and the UK Standard Skills Classification name "
        "themselves. The name of a source you have updates it.",
    )
    occupations = StringField(
        "Only these occupations",
        [Length(max=300)],
        description="The beginnings of codes or words of titles, with commas between them: "
        "17-, 19-, quality. Titles are known once the file of occupations is imported.",
    )

    @property
    def name(self) -> str:
        """Return the name of the source, if it was told."""
        return str(self.source.data or "")

    def uploads(self) -> list[Upload]:
        """Return the one file."""
        return [Upload(self.file.data.filename, self.file.data.stream)]

    def options(self) -> dict[str, object]:
        """Return what was said of the source; an empty field says nothing."""
        parts = (self.occupations.data or "").split(",")
        return {
            "source": {
                "name": self.source.data or None,
                "version": self.version.data or None,
                "licence": self.licence.data or None,
                "attribution": self.attribution.data or None,
            },
            "occupations_like": [part.strip() for part in parts if part.strip()],
            "is_part": self.is_part.data,
        }
