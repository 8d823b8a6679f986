"""What educators send about KSBs."""

import uuid
from typing import Any

from wtforms import HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # types lag

from cycles.core.forms import Form
from cycles.standards.models import KsbKind

KIND_CHOICES = [(kind.value, kind.value.capitalize()) for kind in KsbKind]


def chosen(given: list[str]) -> dict[uuid.UUID, str]:
    """Return the KSBs that a form names, each with the mark of what its reader saw.

    A form names each as ``id.mark``; what is not an id is left out.
    """
    found = {}
    for one in given:
        ksb_id, _, mark = one.partition(".")
        try:
            found[uuid.UUID(ksb_id)] = mark
        except ValueError:
            continue
    return found


class KsbForm(Form):
    """The kind and wording of a KSB, and the mark of the wording that it is to replace."""

    kind = SelectField("Kind", choices=[SelectChoice(*pair) for pair in KIND_CHOICES])
    text = StringField("Wording")
    seen = HiddenField("Seen")

    @property
    def chosen_kind(self) -> KsbKind:
        """Return the kind that was chosen."""
        return KsbKind(self.kind.data)

    def sent(self) -> dict[str, Any]:
        """Return what was sent, to show it again beside a refusal."""
        return {"kind": self.kind.data or "", "text": self.text.data or ""}
