"""Forms of workshops: the plan, one decision, and many at once."""

from typing import Any

from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # types lag
from wtforms.validators import InputRequired, Length, Optional

from consensus.scale import PROFICIENCY_WORDS
from cycles.core.forms import Form
from workshop.rooms.decisions import MEDIAN_OUTCOMES
from workshop.rooms.models import Mode, WorkshopKind
from workshop.rooms.plans import LONGEST_VENUE, Asking
from workshop.rooms.words import KIND_WORDS, MODE_WORDS, OUTCOME_WORDS

LONGEST_DECISION = 1000


class DayField(DateField):
    """A day, refused in words that people can act on."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day, or refuse it."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("Enter a real day, for example 27/03/2027") from error


class HourField(TimeField):
    """A time of day, refused in words that people can act on."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the time, or refuse it."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("Enter a real time, for example 09:30") from error


class NumberField(IntegerField):
    """A whole number, refused in words that people can act on."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number, or refuse it."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("Enter a whole number, or leave it empty") from error


class PlanForm(Form):
    """A workshop's plan: its title, when and where, and how it asks."""

    title = StringField(
        "Title",
        validators=[InputRequired("Enter a title"), Length(max=200)],
        description="What participants see, for example “Employer workshop, July”.",
    )
    starts_on = DayField("First day", validators=[Optional()])
    ends_on = DayField("Last day", validators=[Optional()])
    starts_time = HourField("Start time", validators=[Optional()])
    ends_time = HourField("End time", validators=[Optional()])
    venue = StringField(
        "Where",
        validators=[Length(max=LONGEST_VENUE)],
        description="A room or the address of a call. Invitations and calendar entries carry it.",
    )
    mode = RadioField(
        "How does it ask?",
        choices=[SelectChoice(one.value, MODE_WORDS[one]) for one in Mode],
        default=Mode.ROUNDS.value,
        description="For workshops that rate. It stays as it is once round 1 has opened.",
    )
    raters_per_item = NumberField(
        "Raters for each item",
        validators=[Optional()],
        description=(
            "Leave it empty to ask everybody everything. With a number, items are shared out: "
            "each goes to at least so many people, those of its own partner first."
        ),
    )

    def plan(self) -> dict[str, Any]:
        """Return what the form says as the commands take it."""
        return {
            "title": self.title.data or "",
            "starts_on": self.starts_on.data,
            "ends_on": self.ends_on.data,
            "starts_time": self.starts_time.data,
            "ends_time": self.ends_time.data,
            "venue": self.venue.data or "",
            "asking": Asking(Mode(self.mode.data), self.raters_per_item.data),
        }


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


class VoteForm(Form):
    """Which of the solutions voted on to prioritise."""

    chosen = SelectMultipleField("Which solutions are prioritised?", choices=[])

    def offer(self, *choices: tuple[str, str]) -> None:
        """Set the solutions to choose from, each an id with how it is said."""
        self.chosen.choices = [SelectChoice(value, label) for value, label in choices]


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
