"""Forms of joining: the code typed by hand, and the few facts that a room asks for.

The fields of ``JoinForm`` are what is POSTed to ``/join/<code>``: ``name``, ``email``,
``organisation``, ``group`` (a word of ``Group``; only where a room takes several groups) and
``partner`` (an id or nothing; only where the cycle has partners and the room takes employers).
"""

from wtforms import EmailField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # types lag
from wtforms.validators import InputRequired, Length

from cycles.accounts.forms import EMAIL_RULES
from cycles.core.forms import Form
from cycles.people.models import Group
from cycles.setup.models import Partner
from cycles.setup.queries import partners_of
from workshop.joining.arriving import Comer
from workshop.joining.queries import Room, joiners_of

GROUP_WORDS = {
    Group.TECHNOLOGIST: "Technologist",
    Group.EMPLOYER: "Employer",
    Group.EDUCATOR: "Educator",
}
GROUP_HINTS = {
    Group.TECHNOLOGIST.value: "You know the technology.",
    Group.EMPLOYER.value: "You employ people for this work.",
    Group.EDUCATOR.value: "You design or provide training.",
}


class CodeForm(Form):
    """Asks for the code on the wall."""

    code = StringField(
        "Room code",
        [InputRequired("Enter the code of the room."), Length(max=40)],
        render_kw={
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "autofocus": True,
        },
    )


class JoinForm(Form):
    """Who comes in."""

    name = StringField(
        "Your name",
        [
            InputRequired("Enter your name."),
            Length(max=120, message="Your name must be 120 characters or fewer."),
        ],
        render_kw={"autocomplete": "name", "spellcheck": "false"},
    )
    email = EmailField(
        "Your e-mail address",
        EMAIL_RULES,
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )
    organisation = StringField(
        "Organisation",
        [Length(max=200, message="The organisation must be 200 characters or fewer.")],
        render_kw={"autocomplete": "organization"},
    )
    group = RadioField("You take part as", [InputRequired("Choose how you take part.")])
    partner = SelectField("Where you stand in the supply chain", default="")

    group_hints = GROUP_HINTS

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.groups = joiners_of(room.workshop.kind)
        self.partners = partners_of(room.cycle.id) if Group.EMPLOYER in self.groups else []
        self.group.choices = [SelectChoice(one.value, GROUP_WORDS[one]) for one in self.groups]
        self.partner.choices = [
            SelectChoice("", "Not sure, or none of these"),
            *(SelectChoice(str(one.id), one.name) for one in self.partners),
        ]
        if len(self.groups) == 1:
            del self.group
        if not self.partners:
            del self.partner

    def comer(self) -> Comer:
        """Return who comes, as they typed it."""
        group = Group(self.group.data) if "group" in self else self.groups[0]
        return Comer(
            name=self.name.data or "",
            email=self.email.data or "",
            organisation=self.organisation.data or "",
            group=group,
            partner=self._partner() if group == Group.EMPLOYER else None,
        )

    def _partner(self) -> Partner | None:
        chosen = self.partner.data if "partner" in self else ""
        return next((one for one in self.partners if str(one.id) == chosen), None)
