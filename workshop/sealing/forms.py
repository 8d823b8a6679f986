"""The form that seals a cycle: words to type, so that nobody does it by a slip."""

from wtforms import BooleanField, StringField

from cycles.core.forms import Form


class SealForm(Form):
    """What goes back to the library, and the words that show that sealing is meant."""

    gives_back = BooleanField("Add this cycle's kept statements to the library", default=True)
    names_cycle = BooleanField("Let the library name this cycle and the convener's organisation")
    confirmation = StringField("Confirmation")
