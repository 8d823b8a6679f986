"""What the forms of imports share: files, what their source says of itself, check or import."""

from flask import request
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Length

from cycles.core.forms import Form

CHECK = "check"


class ImportForm(Form):
    """The facts that every import may be told.

    Each importer's own form adds ``file`` and ``uploads()``; a ``name``, what the import goes by
    until its report says better; and ``options()``, plain enough for a job to keep.
    """

    version = StringField("Version", [Length(max=40)], description="For example 2026.1.")
    licence = StringField("Licence", [Length(max=200)])
    attribution = TextAreaField(
        "Attribution",
        [Length(max=1000)],
        description="The words that the licence asks a report to print.",
    )
    is_part = BooleanField(
        "The file holds only part of its source",
        description="Records that it does not name are left alone. Otherwise they are retired.",
    )

    @property
    def is_check(self) -> bool:
        """Say whether the file is only to be checked."""
        return request.form.get("action") == CHECK
