"""The worker: Huey carries the hint, our table decides what runs.

``flask worker`` runs Huey's consumer within the application; web processes only send hints.
"""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from threading import Thread

import click
from flask import Flask, current_app, has_app_context
from flask.cli import with_appcontext
from huey import Huey, PostgresHuey, SqliteHuey, crontab
from huey.consumer_options import ConsumerConfig
from sqlalchemy import event
from sqlalchemy.orm import Session

from cycles.core import clock
from cycles.core.extensions import db
from cycles.core.jobs import commands
from cycles.core.jobs.models import Job
from cycles.core.settings import Settings

EXTENSION = "pythia_queue"
Companion = Callable[[Flask], None]
_companions: dict[str, Companion] = {}


def make_queue(settings: Settings) -> Huey:
    """Return the queue beside the database: SQLite's file, or PostgreSQL itself."""
    if settings.database_url.startswith("postgresql"):
        dsn = settings.database_url.replace("postgresql+psycopg://", "postgresql://")
        return PostgresHuey("pythia", dsn=dsn, results=False)
    return SqliteHuey("pythia", filename=str(settings.instance / "queue.db"), results=False)


class Queue:
    """The application's queue, connected only when the first hint goes out or a worker starts."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    @cached_property
    def huey(self) -> Huey:
        """What the worker consumes, with its one task and the sweep."""
        huey = make_queue(self.settings)
        self._task = huey.task(name="run_due")(self._run_everything_due)
        # Huey forgets a task whose worker died; the sweep looks at our own table instead.
        huey.periodic_task(crontab(minute="*"), name="sweep")(self._run_everything_due)
        return huey

    def hint(self) -> None:
        """Wake a worker."""
        self.huey.enqueue(self._task.s())

    def _run_everything_due(self) -> None:
        with self.app.app_context():
            heartbeat_file(self.settings).write_text(clock.now().isoformat())
            try:
                commands.run_due()
            finally:
                db.session.remove()


def bind(app: Flask, settings: Settings) -> None:
    """Give the application its queue and its ``worker`` command."""
    app.extensions[EXTENSION] = Queue(app, settings)
    app.cli.add_command(worker_command)


@event.listens_for(Session, "after_flush")
def _note_new_jobs(session: Session, _context: object) -> None:
    if any(isinstance(row, Job) for row in session.new):
        session.info["has_new_jobs"] = True


@event.listens_for(Session, "after_commit")
def _hint(session: Session) -> None:
    if session.info.pop("has_new_jobs", False) and has_app_context():
        queue = current_app.extensions.get(EXTENSION)
        if queue is not None:
            queue.hint()


def heartbeat_file(settings: Settings) -> Path:
    """Return the file whose age says whether a worker lives on this machine."""
    return settings.instance / "worker_heartbeat"


def beside(name: str) -> Callable[[Companion], Companion]:
    """Register what runs in a thread of the worker's process for as long as it runs.

    Packages register at import; nothing here knows what they do.
    """

    def register(companion: Companion) -> Companion:
        _companions[name] = companion
        return companion

    return register


def _start_companions(app: Flask) -> None:
    for name, companion in _companions.items():
        Thread(target=companion, args=(app,), name=name, daemon=True).start()


@click.command("worker")
@click.option("--once", is_flag=True, help="Run what is due, then stop.")
@with_appcontext
def worker_command(once: bool) -> None:
    """Run the job worker."""
    if once:
        click.echo(f"{commands.run_due()} jobs run.")
        return
    queue: Queue = current_app.extensions[EXTENSION]
    _start_companions(queue.app)
    config = ConsumerConfig(
        workers=1, worker_type="thread", periodic=True, initial_delay=0.1, max_delay=1.0
    )
    queue.huey.create_consumer(**config.values).run()
