"""Forms of people's places and invitations."""

import uuid
from collections.abc import Sequence
from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    FileField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # types lag
from wtforms.validators import InputRequired, Length

from cycles.accounts.forms import EMAIL_RULES
from cycles.core.forms import Form
from cycles.people.models import Group
from cycles.setup.models import Partner

GROUP_LABELS = [SelectChoice(group.value, group.value.capitalize()) for group in Group]
GROUP_HINTS = {
    Group.CONVENER.value: "Sets the cycle up, invites people and runs its workshops.",
    Group.TECHNOLOGIST.value: "Knows the technology; writes capability statements.",
    Group.EMPLOYER.value: "Employs people for this work; rates proficiency.",
    Group.EDUCATOR.value: "Designs or provides training; reviews KSBs and matches.",
    Group.SPONSOR.value: "Reads the findings, signs the report off.",
}


class PlaceForm(Form):
    """The place somebody holds."""

    group_hints = GROUP_HINTS
    group = RadioField("Group", [InputRequired("Choose a group.")], choices=GROUP_LABELS)
    is_on_panel = BooleanField("On the employer panel")
    organisation = StringField(
        "Organisation",
        [Length(max=200, message="The organisation must be 200 characters or fewer.")],
        render_kw={"autocomplete": "off"},
    )
    partner = SelectField("Supply-chain partner", default="")

    def offer_partners(self, partners: Sequence[Partner]) -> None:
        """Let the person choose among the cycle's partners, or none."""
        named = [SelectChoice(str(partner.id), partner.name) for partner in partners]
        self.partner.choices = [SelectChoice("", "None"), *named]

    def partner_id(self) -> uuid.UUID | None:
        """Return the partner chosen."""
        return uuid.UUID(self.partner.data) if self.partner.data else None

    def facts(self) -> dict[str, Any]:
        """Return what the commands take, without the partner."""
        return {
            "group": Group(self.group.data),
            "is_on_panel": self.is_on_panel.data,
            "organisation": self.organisation.data or "",
        }


class InvitationForm(PlaceForm):
    """Somebody to invite."""

    name = StringField(
        "Full name",
        [
            InputRequired("Enter the person's name."),
            Length(max=120, message="The name must be 120 characters or fewer."),
        ],
        render_kw={"autocomplete": "off"},
    )
    email = EmailField("E-mail address", EMAIL_RULES, render_kw={"autocomplete": "off"})

    def facts(self) -> dict[str, Any]:
        """Return what ``invite`` takes, without the partner."""
        return {**super().facts(), "name": self.name.data, "email": self.email.data}


class UploadForm(Form):
    """A table of people to invite."""

    file = FileField("CSV or XLSX file", [InputRequired("Choose a file.")])


class PreviewForm(Form):
    """The good rows of the table, on their way back."""

    rows = HiddenField()
