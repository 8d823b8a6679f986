"""Forms of the board: a step of the agenda, and how many breakouts."""

from wtforms import IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # types lag
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from cycles.core.forms import Form
from workshop.board.breakouts import MOST_BREAKOUTS
from workshop.board.planning import LONGEST_STEP, LONGEST_TITLE
from workshop.rooms.models import StepKind

KIND_LABELS = {
    StepKind.TALK: "Talk: nothing is rated and nothing is shown",
    StepKind.RATE: "Rate: opens the next round",
    StepKind.REVEAL: "Reveal: shows the last round on the projector",
}


class StepForm(Form):
    """The title and the length of a step."""

    title = StringField(
        "Title",
        validators=[
            InputRequired("Enter a title"),
            Length(max=LONGEST_TITLE, message=f"Use {LONGEST_TITLE} characters or fewer"),
        ],
    )
    minutes = IntegerField(
        "Minutes",
        validators=[
            Optional(),
            NumberRange(1, LONGEST_STEP, message=f"Enter a number from 1 to {LONGEST_STEP}"),
        ],
        description="Leave it empty for no timer. When time is up, nothing closes by itself.",
    )


class NewStepForm(StepForm):
    """A new step: what happens in it too."""

    kind = RadioField(
        "What happens?",
        choices=[SelectChoice(one.value, label) for one, label in KIND_LABELS.items()],
        validators=[InputRequired("Choose what happens in the step")],
    )


class SplitForm(Form):
    """How many breakouts to make."""

    how_many = IntegerField(
        "How many breakouts?",
        validators=[
            InputRequired("Enter how many breakouts to make"),
            NumberRange(2, MOST_BREAKOUTS, message=f"Enter a number from 2 to {MOST_BREAKOUTS}"),
        ],
        description="People are dealt at random, with the partners mixed. Earlier breakouts end.",
    )
