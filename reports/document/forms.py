"""The form with which a report is published."""

from wtforms import BooleanField

from cycles.core.forms import Form


class PublishForm(Form):
    """What a person says may stand, where the checklist asks."""

    accepts_differences = BooleanField(
        "These may stand: they are right, or speak of something else"
    )
    accepts_drafts = BooleanField("I have read these drafts: they may stand as they are")
