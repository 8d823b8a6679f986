"""The forms about statements. Choices are given when a form is made; commands do the judging."""

import uuid
from collections.abc import Sequence

from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # types lag

from cycles.classification.models import Area
from cycles.core.forms import Form, whole_number
from cycles.setup.models import Partner
from cycles.statements.models import CapabilityStatement

NO_AREA = "Choose an area, or leave it to the facilitator"


def area_choices(areas: Sequence[Area]) -> list[SelectChoice]:
    """Return the areas grouped as "Function › Domain", in the order given."""
    return [
        SelectChoice("", NO_AREA),
        *(
            SelectChoice(str(area.id), area.name, optgroup=f"{area.function} › {area.domain}")
            for area in areas
        ),
    ]


class PlaceForm(Form):
    """Where a statement belongs: its area and its partners."""

    area = SelectField("Functional area", default="")
    partners = SelectMultipleField("Supply-chain partners")

    def offer(self, areas: Sequence[Area], partners: Sequence[Partner]) -> None:
        """Set the choices; anything else that is sent is refused by the field."""
        self.area.choices = area_choices(areas)
        self.partners.choices = [SelectChoice(str(each.id), each.name) for each in partners]

    def chosen_area(self, areas: Sequence[Area]) -> Area | None:
        """Return the area that was chosen."""
        return next((area for area in areas if str(area.id) == self.area.data), None)

    def chosen_partners(self, partners: Sequence[Partner]) -> list[Partner]:
        """Return the partners that were ticked."""
        ticked = set(self.partners.data or ())
        return [partner for partner in partners if str(partner.id) in ticked]


class StatementForm(PlaceForm):
    """A statement: its text and its place."""

    text = TextAreaField("Capability statement")
    version = StringField()
    library = StringField()
    find = StringField("Narrow the list of areas")


class RewordForm(Form):
    """A new wording and why."""

    text = TextAreaField("New wording")
    reason = StringField("Reason for the change")


class RejectForm(Form):
    """Why a statement is set aside."""

    reason = StringField("Reason for rejecting it")


class MergeForm(Form):
    """Which statement takes this one in."""

    into = SelectField("Merge into", default="")
    reason = StringField("Note for the trail")

    def offer(
        self, near: Sequence[CapabilityStatement], others: Sequence[CapabilityStatement]
    ) -> None:
        """Set the choices: the nearest first, then every other live statement."""
        self.into.choices = [
            SelectChoice("", "Choose a statement"),
            *(_option(each, "Nearest") for each in near),
            *(_option(each, "All others") for each in others),
        ]


class UploadForm(Form):
    """A table of statements."""

    file = FileField("CSV or XLSX file")
    good_rows_only = BooleanField("Import the good rows even if others have problems")


def _option(statement: CapabilityStatement, group: str) -> SelectChoice:
    label = f"{statement.code} {statement.text}"
    return SelectChoice(str(statement.id), label, optgroup=group)


def as_id(value: str | None) -> uuid.UUID | None:
    """Return the id that a hidden field or a query holds, or None when it holds none."""
    try:
        return uuid.UUID(value or "")
    except ValueError:
        return None


def as_version(field: Field) -> int | None:
    """Return the version that a hidden field holds, or None when it holds no number."""
    return whole_number(str(field.data or ""))
