"""Forms of signing in and of the administrator's accounts."""

from typing import Any

from wtforms import BooleanField, EmailField, HiddenField, StringField
from wtforms.validators import Email, InputRequired, Length

from cycles.core.forms import Form

EMAIL_RULES = (
    InputRequired("Enter an e-mail address."),
    Length(max=254, message="The e-mail address must be 254 characters or fewer."),
    Email("Enter an e-mail address in the form name@example.org."),
)


class SignInForm(Form):
    """Asks for the address that the link is mailed to."""

    email = EmailField(
        "Your e-mail address",
        EMAIL_RULES,
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )
    next_path = HiddenField()


class AccountForm(Form):
    """A new account."""

    name = StringField(
        "Full name",
        [
            InputRequired("Enter the person's name."),
            Length(max=120, message="The name must be 120 characters or fewer."),
        ],
        render_kw={"autocomplete": "off"},
    )
    email = EmailField("E-mail address", EMAIL_RULES, render_kw={"autocomplete": "off"})
    may_convene = BooleanField("May start cycles")
    is_administrator = BooleanField("Administrator")

    def facts(self) -> dict[str, Any]:
        """Return what the command takes."""
        return {
            "email": self.email.data,
            "name": self.name.data,
            "may_convene": self.may_convene.data,
            "is_administrator": self.is_administrator.data,
        }
