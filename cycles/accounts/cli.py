"""Accounts and sign-in links, for whoever runs the server."""

from datetime import timedelta

import click
from flask.cli import AppGroup

from cycles.accounts.commands import LINK_PRINTED, create_account, make_sign_in_link
from cycles.accounts.letters import link_address
from cycles.accounts.queries import account_by_email
from cycles.core import clock
from cycles.core.audit import SYSTEM
from cycles.core.errors import Invalid
from cycles.core.extensions import db

PRINTED_LINK_LASTS = timedelta(hours=12)

commands = AppGroup("accounts", help="Accounts and sign-in links.")


@commands.command("link")
@click.argument("email")
def link(email: str) -> None:
    """Print a sign-in link for EMAIL that works once within 12 hours."""
    account = account_by_email(email)
    if account is None:
        raise click.ClickException(f"No account has the address {email}.")
    moment = clock.now()
    token = make_sign_in_link(account=account, moment=moment, lasts=PRINTED_LINK_LASTS)
    LINK_PRINTED.record(actor=SYSTEM, moment=moment, subject_id=account.id)
    db.session.commit()
    click.echo(link_address(token))


@commands.command("create")
@click.argument("email")
@click.argument("name")
@click.option("--administrator", is_flag=True, help="May keep accounts, frameworks, the library.")
@click.option("--convene", is_flag=True, help="May start cycles.")
def create(email: str, name: str, administrator: bool, convene: bool) -> None:
    """Create an account for EMAIL in the name of NAME."""
    try:
        create_account(
            email=email,
            name=name,
            actor=SYSTEM,
            moment=clock.now(),
            is_administrator=administrator,
            may_convene=convene,
        )
    except Invalid as refusal:
        raise click.ClickException(str(refusal)) from refusal
    db.session.commit()
    click.echo(f"Created. Print a sign-in link with: flask accounts link {email}")
