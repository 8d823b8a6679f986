"""The form that publishes a snapshot."""

from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # types lag
from wtforms.validators import InputRequired

from cycles.core.forms import Form
from reports.publishing.models import Audience
from reports.publishing.words import AUDIENCES


class PublishForm(Form):
    """Who may read it, and for a link whom it is given to."""

    audience = RadioField(
        "Who may read it?",
        choices=[SelectChoice(each.value, AUDIENCES[each]) for each in Audience],
        validators=[InputRequired("Choose who may read it")],
    )
    label = StringField("Whom is the link for?")
