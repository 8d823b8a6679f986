"""``flask semantics serve``: the search service alone, without the jobs of the worker."""

import click
from flask import current_app
from flask.cli import with_appcontext

from cycles.semantics.service.serving import serve as serve_until_the_end


@click.command("serve")
@with_appcontext
def serve() -> None:
    """Answer searches by meaning, beside a worker on another machine or instead of one."""
    click.echo("Answering searches by meaning. Stop with Ctrl+C.")
    serve_until_the_end(current_app._get_current_object())  # type: ignore[attr-defined]  # the app itself: another thread has no context
