"""The form of a recommendation."""

from enum import StrEnum

from wtforms import (
    DateField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # types lag
from wtforms.validators import Optional

from cycles.core.forms import Form, whole_number
from reports.actions.commands import Content
from reports.actions.models import ActionStatus, Horizon, Recommendation


def _choices(kind: type[StrEnum]) -> list[SelectChoice]:
    return [SelectChoice(each.value, each.capitalize()) for each in kind]


class RecommendationForm(Form):
    """Topic, actions, who, when, result; owner, date, status and notes."""

    horizon = SelectField("Group", choices=_choices(Horizon))
    topic = StringField("Topic")
    actions = TextAreaField("Actions")
    who = StringField("Who", description="The kinds of organisation, as the report prints them")
    when = StringField("When", description="In words, as the report prints it: Q1 2027, ongoing")
    result = TextAreaField("Result")
    owner = StringField("Owner", description="The person or organisation that answers for it")
    due_on = DateField("Due date", validators=[Optional()])
    status = SelectField("Status", choices=_choices(ActionStatus))
    notes = TextAreaField("Notes", description="For following up; the report does not print them")
    version = HiddenField()

    def content(self) -> Content:
        """Return what was entered."""
        return Content(
            horizon=Horizon(self.horizon.data),
            topic=self.topic.data or "",
            actions=self.actions.data or "",
            who=self.who.data or "",
            when=self.when.data or "",
            result=self.result.data or "",
            owner=self.owner.data or "",
            due_on=self.due_on.data,
            status=ActionStatus(self.status.data),
            notes=self.notes.data or "",
        )

    def seen_version(self) -> int | None:
        """Return the version that the editor saw."""
        return whole_number(self.version.data or "")


def form_of(recommendation: Recommendation) -> RecommendationForm:
    """Return the form filled with a recommendation."""
    return RecommendationForm(obj=recommendation)
