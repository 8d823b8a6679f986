"""Commands of the plumbing: verify the audit log."""

import click
from flask.cli import AppGroup

from cycles.core import audit

commands = AppGroup("audit", help="The audit log.")


@commands.command("verify")
def verify() -> None:
    """Walk the chain; name every row that was tampered with."""
    broken = list(audit.broken_links())
    for row in broken:
        click.echo(f"Event {row} does not fit the chain.")
    if broken:
        raise SystemExit(1)
    click.echo("The audit log is whole.")
