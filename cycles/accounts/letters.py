"""The letters about signing in. Nothing here is sent; the view sends after its commit."""

from datetime import datetime

from flask import current_app

from cycles.accounts.models import Account
from cycles.core.clock import LONDON
from cycles.core.mail import Letter

LINK_PATH = "/sign-in/"


def link_address(token: str) -> str:
    """Return the full address of a sign-in link."""
    return f"{current_app.extensions['pythia_settings'].base_url}{LINK_PATH}{token}"


def sign_in_letter(account: Account, token: str, ends_at: datetime) -> Letter:
    """Return the letter that carries a sign-in link."""
    ends = f"{ends_at.astimezone(LONDON):%H:%M %Z}"
    text = (
        f"Hello {account.name},\n\n"
        "Somebody, we hope you, asked to sign in to Pythia with this address.\n"
        "Open this link and press the button on the page:\n\n"
        f"{link_address(token)}\n\n"
        f"The link works once, until {ends} today. If you did not ask for it, do nothing:\n"
        "nobody can sign in without this letter.\n"
    )
    return Letter(account.email, "Your link to sign in to Pythia", text)
