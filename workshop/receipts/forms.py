"""The form that looks for a digest in the published list."""

from wtforms import StringField
from wtforms.validators import Regexp

from cycles.core.forms import Form


class CheckForm(Form):
    """A digest to look for."""

    digest = StringField(
        "Digest",
        validators=[
            Regexp(
                r"^[0-9a-fA-F]{64}$",
                message="Enter a digest: 64 characters, digits and the letters a to f",
            )
        ],
    )
