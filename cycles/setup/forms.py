"""The forms of a cycle's set-up. Whether a value will do is the commands' to say, not theirs."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # types lag
from wtforms.validators import InputRequired, ValidationError

from cycles.core.errors import Invalid
from cycles.core.forms import Form, whole_number
from cycles.setup.academic import ACADEMIC_LEVELS


class LineField(StringField):
    """Text of one line: empty, never nothing, when a browser leaves it out."""

    data: str

    def process_data(self, value: str | None) -> None:
        """Take the row's text."""
        self.data = value or ""


class LongTextField(TextAreaField):
    """Text of several lines: empty, never nothing, when a browser leaves it out."""

    data: str

    def process_data(self, value: str | None) -> None:
        """Take the row's text."""
        self.data = value or ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the text; browsers end a line with two characters, which would be a change."""
        if valuelist:
            self.data = valuelist[0].replace("\r\n", "\n")


class WholeNumberField(IntegerField):
    """A whole number, with a refusal that people can read."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        self.refusal = f"Enter a whole number for “{label}”."
        super().__init__(label, [InputRequired(self.refusal)], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number, or refuse in our own words."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(self.refusal) from error


class DayField(DateField):
    """A day, chosen from the browser's calendar or typed."""

    refusal = "Enter a real day, for example 27/03/2027."

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, [InputRequired(self.refusal)], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day, or refuse in our own words."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(self.refusal) from error

    def day(self) -> date:
        """Return the day of a form that was found valid."""
        if self.data is None:
            raise Invalid(self.refusal, **{self.name: self.refusal})
        return self.data


class ChoiceField(RadioField):
    """One of several, with a sentence for whoever chooses none."""

    def __init__(self, label: str, refusal: str, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.refusal = refusal
        # The templates know how to draw a field by its type, which is else the class's name.
        self.type = "RadioField"

    def offer(self, *choices: tuple[object, str]) -> None:
        """Set the choices, each a value with how it is said."""
        self.choices = [SelectChoice(value, label) for value, label in choices]

    def pre_validate(self, _form: Any) -> None:
        """Refuse what is not among the choices."""
        if not any(is_chosen for _, _, is_chosen, _ in self.iter_choices()):
            raise ValidationError(self.refusal)

    def label_of(self, value: object) -> str:
        """Return how the choice of ``value`` is said, or nothing when it is none of them."""
        labels = (label for key, label, *_ in self.iter_choices() if self.coerce(key) == value)
        return next(labels, "")


def level_or_none(value: object) -> int | None:
    """Read an academic level; nothing chosen means not decided."""
    return whole_number(str(value or ""))


def id_or_none(value: object) -> uuid.UUID | None:
    """Read an id; nothing, or nonsense, is no id."""
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return None


class TickedField(SelectMultipleField):
    """Rows that are ticked, in the order they stand on the page. Unknown ones are the command's."""

    data: list[uuid.UUID]

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, coerce=id_or_none, choices=[], validate_choice=False, **kwargs)

    def offer(self, *choices: tuple[uuid.UUID, str]) -> None:
        """Set what can be ticked, each with its name."""
        self.choices = [SelectChoice(value, label) for value, label in choices]

    def labels_of(self, ids: Iterable[uuid.UUID] | None) -> str:
        """Return the names of these rows in this order."""
        names = {value: label for value, label, *_ in self.iter_choices()}
        return ", ".join(names[each] for each in ids or () if each in names)

    def process_data(self, value: Iterable[uuid.UUID] | None) -> None:
        """Take the rows that are ticked now."""
        self.data = list(value or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the rows that were sent, each once; nonsense is none of them."""
        ids = [found for each in valuelist if (found := id_or_none(each))]
        self.data = list(dict.fromkeys(ids))


class SeenForm(Form):
    """A form that says which version of the row it was filled from."""

    seen = HiddenField()


class NewCycleForm(Form):
    """Starts a cycle."""

    title = LineField("Title")
    copy_from = ChoiceField(
        "Set-up to copy", "Choose a cycle to copy, or start from nothing.", coerce=id_or_none
    )


class TitleForm(SeenForm):
    """The cycle's name and who convenes it."""

    title = LineField("Title")
    convener_organisation = LineField("Convening organisation")


class ChallengeForm(SeenForm):
    """The challenge: the what and the when."""

    challenge = LongTextField("What is the challenge?")
    challenge_when = LineField("By when does it matter?")
    impact_domain = LineField("Impact domain")


class CaseForm(SeenForm):
    """The case for foresighting and the sponsor."""

    case_for_foresighting = LongTextField("The case for foresighting")
    sponsor = LineField("Sponsor")


class ScenarioForm(SeenForm):
    """The working scenario."""

    scenario = LongTextField("Working scenario")


class NamedForm(SeenForm):
    """A solution or a partner."""

    name = LineField("Name")
    description = LongTextField("Description")


class PriorityForm(SeenForm):
    """Whether a solution is prioritised, and why."""

    priority = ChoiceField(
        "Is this solution prioritised?",
        "Choose whether the solution is prioritised.",
        choices=[
            SelectChoice("yes", "Yes, this cycle follows it"),
            SelectChoice("no", "No, it is set aside"),
        ],
    )
    reason = LongTextField("Reason")


class RoleLevelForm(SeenForm):
    """A role level with its academic level."""

    name = LineField("Name")
    academic_level = ChoiceField(
        "Academic level",
        "Choose an academic level from 2 to 8.",
        coerce=level_or_none,
        choices=[
            *(
                SelectChoice(str(level), f"Level {level}: {words}")
                for level, words in ACADEMIC_LEVELS.items()
            ),
            SelectChoice("", "Not decided yet"),
        ],
    )
    description = LongTextField("Description")


class MilestoneForm(SeenForm):
    """A day of the timeline."""

    on = DayField("Day")
    title = LineField("What happens")


class RuleCardForm(SeenForm):
    """The rules of agreement."""

    threshold_percent = WholeNumberField("Threshold, %")
    minimum_n = WholeNumberField("Fewest answers")
    stability_percent = WholeNumberField("Stability bound, %")
    round_cap = WholeNumberField("Most rounds")
    panel_quorum = WholeNumberField("Quorum of the employer panel")
    panel_rule = ChoiceField(
        "Of those who answer, who must approve?", "Choose how many of the panel must approve."
    )
    feedback = ChoiceField(
        "What do raters see between rounds?", "Choose what raters see between rounds."
    )
    rationale = LongTextField("Why this threshold?")


class FrameworksForm(SeenForm):
    """The frameworks compared with, and from which score a duty supports a capability."""

    frameworks = TickedField("Compared with")
    with_skills = TickedField("Skills where a standard has no duties")
    threshold_percent = WholeNumberField("Mapping threshold, %")
    may_set_aside = BooleanField("Set them aside")

    def move(self, framework_id: uuid.UUID | None, *, up: bool) -> None:
        """Let a ticked framework change places with its neighbour, if it has one on that side."""
        ticked = self.frameworks.data
        here = ticked.index(framework_id) if framework_id in ticked else -1
        there = here - 1 if up else here + 1
        if here >= 0 and 0 <= there < len(ticked):
            ticked[here], ticked[there] = ticked[there], ticked[here]

    def chosen(self) -> list[tuple[uuid.UUID, bool]]:
        """Return the frameworks in their order, each with whether its skills may stand in."""
        return [(each, each in self.with_skills.data) for each in self.frameworks.data]
