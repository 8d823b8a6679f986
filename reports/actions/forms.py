"""The forms of actions and of further subjects. Whether a value will do is the commands' to say."""

import uuid
from collections.abc import Iterable
from enum import StrEnum

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # types lag
from wtforms.validators import Optional

from cycles.core.forms import Form, whole_number
from cycles.setup.forms import LineField, LongTextField, id_or_none
from reports.actions.content import Content
from reports.actions.models import ActionStatus, Horizon, Recommendation


def _choices(kind: Iterable[StrEnum]) -> list[SelectChoice]:
    return [SelectChoice(each.value, each.capitalize()) for each in kind]


class RecommendationForm(Form):
    """Topic, actions, who, when, result; owner, date, status and notes."""

    horizon = SelectField("Group", choices=_choices(Horizon))
    topic = StringField("Topic")
    actions = TextAreaField("Actions")
    who = StringField("Who", description="The kinds of organisation, as the report prints them")
    when = StringField("When", description="In words, as the report prints it: Q1 2027, ongoing")
    result = TextAreaField("Result")
    owner_id = SelectField(
        "Owner",
        choices=[],
        coerce=id_or_none,
        description="Whoever takes part finds it under “My actions” and is reminded of it",
    )
    owner = StringField("Name, for an owner outside the cycle")
    owner_email = EmailField("Their e-mail address, for reminders")
    due_on = DateField("Due date", validators=[Optional()])
    status = SelectField("Status", choices=_choices(ActionStatus))
    notes = TextAreaField(
        "Notes", description="For the conveners; neither the report nor the owner sees them"
    )
    version = HiddenField()

    def offer_owners(self, people: Iterable[tuple[uuid.UUID, str]]) -> None:
        """Set who can be chosen."""
        nobody = SelectChoice("", "Nobody, or somebody outside")
        self.owner_id.choices = [nobody, *(SelectChoice(*each) for each in people)]

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
            owner_id=self.owner_id.data,
            owner_email=self.owner_email.data or "",
            due_on=self.due_on.data,
            status=ActionStatus(self.status.data),
            notes=self.notes.data or "",
        )

    def seen_version(self) -> int | None:
        """Return the version that the editor saw."""
        return whole_number(self.version.data or "")


def form_of(recommendation: Recommendation) -> RecommendationForm:
    """Return the form filled with a recommendation."""
    form = RecommendationForm(obj=recommendation)
    if recommendation.owner_id is not None and not form.is_submitted():
        # The name stands in the list; here it would look like that of somebody else.
        form.owner.data = ""
    return form


class FollowForm(Form):
    """How far an action has come."""

    status = SelectField("Status", choices=[])
    note = LongTextField("Note", description="What was done, what stands in the way, what is next")

    def offer(self, statuses: Iterable[ActionStatus]) -> None:
        """Set the statuses that this person may choose."""
        self.status.choices = _choices(statuses)


class SubjectForm(Form):
    """A subject for a further cycle. ``seen`` says which wording the editor saw."""

    title = LineField("Subject")
    why = LongTextField("Why")
    seen = HiddenField()


class StartForm(Form):
    """Starts a cycle from a subject."""

    title = LineField("Title")
    challenge = LongTextField("What is the challenge?")
    is_copied = BooleanField("Begin with this cycle’s set-up")
