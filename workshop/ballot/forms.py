"""The form for arguing that a question be asked again. Pages of answers need no form class."""

from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # types lag
from wtforms.validators import InputRequired, Length

from cycles.core.forms import Form
from workshop.ballot.commands import LONGEST_REASON
from workshop.ballot.texts import SIDE_WORDS


class ReopenForm(Form):
    """The side somebody takes, and why."""

    side = RadioField(
        "Which way should it move?",
        choices=[SelectChoice(side.value, words) for side, words in SIDE_WORDS.items()],
        validators=[InputRequired("Choose higher or lower")],
    )
    text = TextAreaField(
        "Why?",
        validators=[
            InputRequired("Say what the group did not know or did not weigh"),
            Length(max=LONGEST_REASON),
        ],
        description="Others read it without your name if the question is asked again.",
    )
