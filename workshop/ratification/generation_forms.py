"""The form of a generation's settings. Whether they will do is for ``wishes`` to say."""

from wtforms import BooleanField

from cycles.core.forms import Form
from cycles.setup.forms import LineField, WholeNumberField
from workshop.ratification.wishes import Wishes


class SettingsForm(Form):
    """How prototypes are to be found."""

    smallest = WholeNumberField("Fewest capabilities in a profile")
    largest = WholeNumberField("Most capabilities in a profile")
    meaning = WholeNumberField("Meaning, in %")
    classification = WholeNumberField("Classification, in %")
    partners = WholeNumberField("Supply-chain partners, in %")
    has_second = BooleanField("Let a capability belong to a second profile")
    margin = LineField("How much farther the second profile may be")

    def wishes(self) -> Wishes:
        """Return what a form asks for that was found valid."""
        return Wishes(
            smallest=self.smallest.data or 0,
            largest=self.largest.data or 0,
            meaning=self.meaning.data or 0,
            classification=self.classification.data or 0,
            partners=self.partners.data or 0,
            has_second=self.has_second.data,
            margin=self.margin.data,
        )
