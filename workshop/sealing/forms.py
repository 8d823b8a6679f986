"""The form that seals a cycle: words to type, so that nobody does it by a slip."""

from wtforms import StringField

from cycles.core.forms import Form


class SealForm(Form):
    """The words that show that it is meant."""

    confirmation = StringField("Confirmation")
