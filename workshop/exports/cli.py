"""Commands of the arithmetic: calculate a round again from the files of its bundle."""

from pathlib import Path

import click
from flask.cli import AppGroup

from workshop.exports.opening import Unreadable
from workshop.exports.recompute import recompute

commands = AppGroup("consensus", help="Check what a panel's answers came to.")


# Without the application's context: a bundle is checked by its files alone, with no data at hand.
@commands.command("recompute", with_appcontext=False)
@click.argument("bundle", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def recompute_bundle(bundle: Path) -> None:
    """Calculate every verdict of BUNDLE again, and print each one that differs."""
    try:
        found = recompute(bundle)
    except Unreadable as problem:
        raise click.ClickException(str(problem)) from problem
    for sentence in found.problems:
        click.echo(sentence)
    click.echo(found.summary)
    if not found.is_whole:
        raise SystemExit(1)
