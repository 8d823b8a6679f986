"""Loads the demonstration and prints its sign-in links.

Here because it is the highest room below ``wsgi``: it plays every part, through the commands
that people use, from the challenge to the report.
"""

import click
from flask import current_app
from flask.cli import AppGroup

from cycles.accounts.commands import find_or_create_account, make_sign_in_link
from cycles.accounts.queries import account_by_email
from cycles.core import clock
from cycles.core.audit import SYSTEM
from cycles.core.extensions import db
from cycles.core.settings import Settings
from cycles.demonstration.reference import load_reference
from cycles.demonstration.texts import cycle_facts

commands = AppGroup("demonstration", help="The demonstration cycle.")
ADMINISTRATOR = ("alan.admin@pythia.example", "Alan Admin")
CAST = (
    ("convener", "Ada Bright"),
    ("technologist", "Tom Okafor"),
    ("employer", "Ema Lindqvist"),
    ("educator", "Eddy Marsh"),
    ("panel member", None),
    ("sponsor", "Sol Hart"),
)


@commands.command("reference")
def reference() -> None:
    """Import the classification, the illustrative standards and library. Does nothing twice."""
    load_reference()
    click.echo("Reference data is there.")


@commands.command("links")
def links() -> None:
    """Print a one-click sign-in link for each role of the demonstration."""
    settings: Settings = current_app.extensions["pythia_settings"]
    click.echo("\nOpen one of these links, press the button, and you are in:\n")
    people = [*((role, email_of(name)) for role, name in CAST), ("administrator", _administrator())]
    for role, email in people:
        account = account_by_email(email)
        if account is None:
            raise click.ClickException("Load the demonstration first: demonstration load.")
        token = make_sign_in_link(account=account, moment=clock.now())
        click.echo(f"  {role:<14} {settings.base_url}/sign-in/{token}")
    db.session.commit()
    click.echo("\nStop with Ctrl-C.\n")


def email_of(name: str | None) -> str:
    """Return the address of the cast member of that name, or of the first panel member."""
    people = cycle_facts()["participants"]
    email: str = next(
        each["email"] for each in people if each["name"] == name or (name is None and each["panel"])
    )
    return email


def _administrator() -> str:
    email, name = ADMINISTRATOR
    find_or_create_account(
        email=email,
        name=name,
        actor=SYSTEM,
        moment=clock.now(),
        is_administrator=True,
        may_convene=True,
    )
    return email
