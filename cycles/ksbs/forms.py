"""What educators send about KSBs."""

import uuid
from typing import Any

from wtforms import HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # types lag

from cycles.core.forms import Form
from cycles.standards.models import KsbKind

KIND_CHOICES = [(kind.value, kind.value.capitalize()) for kind in KsbKind]


class DecisionForm(Form):
    """What to do with one KSB, or with several named by their ids."""

    action = HiddenField("Action")

    @staticmethod
    def chosen(given: list[str]) -> list[uuid.UUID]:
        """Return the ids that were ticked; what is not an id is left out."""
        found = []
        for one in given:
            try:
                found.append(uuid.UUID(one))
            except ValueError:
                continue
        return found


class KsbForm(Form):
    """The kind and wording of a KSB."""

    kind = SelectField("Kind", choices=[SelectChoice(*pair) for pair in KIND_CHOICES])
    text = StringField("Wording")

    @property
    def chosen_kind(self) -> KsbKind:
        """Return the kind that was chosen."""
        return KsbKind(self.kind.data)

    def sent(self) -> dict[str, Any]:
        """Return what was sent, to show it again beside a refusal."""
        return {"kind": self.kind.data or "", "text": self.text.data or ""}
