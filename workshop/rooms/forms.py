"""Forms of workshops: the plan, one decision, and many at once."""

from wtforms import DateField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # types lag
from wtforms.validators import InputRequired, Length, Optional

from consensus.scale import PROFICIENCY_WORDS
from cycles.core.forms import Form
from workshop.rooms.decisions import MEDIAN_OUTCOMES
from workshop.rooms.models import WorkshopKind
from workshop.rooms.words import KIND_WORDS, OUTCOME_WORDS

LONGEST_DECISION = 1000


class PlanForm(Form):
    """A workshop's title and dates."""

    title = StringField(
        "Title",
        validators=[InputRequired("Enter a title"), Length(max=200)],
        description="What participants see, for example “Employer workshop, July”.",
    )
    starts_on = DateField("First day", validators=[Optional()])
    ends_on = DateField("Last day", validators=[Optional()])


class NewWorkshopForm(PlanForm):
    """A new workshop: its kind too, which never changes afterwards."""

    kind = RadioField(
        "What is it for?",
        choices=[SelectChoice(one.value, KIND_WORDS[one]) for one in WorkshopKind],
        validators=[InputRequired("Choose what the workshop is for")],
    )


class DecisionForm(Form):
    """One cell's level and why."""

    level = RadioField(
        "Level",
        choices=[SelectChoice(str(code), word) for code, word in enumerate(PROFICIENCY_WORDS)],
        validators=[InputRequired("Choose one of the four levels")],
    )
    reason = TextAreaField(
        "Reason",
        validators=[InputRequired("Enter a reason"), Length(max=LONGEST_DECISION)],
        description="Printed in the report beside the panel’s own verdict.",
    )


class MediansForm(Form):
    """Which kinds of verdict to decide by their lower median, and why."""

    outcomes = SelectMultipleField(
        "Which cells?",
        choices=[SelectChoice(one.value, OUTCOME_WORDS[one]) for one in MEDIAN_OUTCOMES],
        validators=[InputRequired("Choose one or more kinds of verdict")],
    )
    reason = TextAreaField(
        "Reason",
        validators=[InputRequired("Enter a reason"), Length(max=LONGEST_DECISION)],
        description="Kept with every one of these decisions and printed in the report.",
    )
