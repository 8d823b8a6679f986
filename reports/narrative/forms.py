"""The form of one section's prose."""

from wtforms import HiddenField, TextAreaField

from cycles.core.forms import Form


class ProseForm(Form):
    """The words, and the version they started from: 0 for the draft."""

    markdown = TextAreaField("Text")
    version = HiddenField()

    @property
    def started_from(self) -> int | None:
        """Return the version the writer started from, or None when the field was lost."""
        given = str(self.version.data or "")
        return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else None
