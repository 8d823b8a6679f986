"""A whole Pythia for browser tests: web server, worker and database of their own, all real."""

import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from cycles.accounts.commands import find_or_create_account, make_sign_in_link
from cycles.accounts.queries import account_by_email
from cycles.core import clock, settings
from cycles.core.audit import SYSTEM
from cycles.core.extensions import db
from wsgi import create_app

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass
class Site:
    """A running site. ``link_for`` makes a sign-in link as the mailed one would be."""

    url: str
    environ: dict[str, str]
    processes: list[subprocess.Popen[bytes]]

    def __post_init__(self) -> None:
        self.app = create_app(settings.read(self.environ))

    def link_for(self, email: str, name: str = "", *, may_convene: bool = False) -> str:
        """Return a sign-in link for the account, made now if it is new."""
        with self.app.app_context():
            account = account_by_email(email) or find_or_create_account(
                email=email, name=name, actor=SYSTEM, moment=clock.now(), may_convene=may_convene
            )
            token = make_sign_in_link(account=account, moment=clock.now())
            db.session.commit()
            db.session.remove()
            return f"{self.url}/sign-in/{token}"

    def flask(self, *words: str) -> str:
        """Run a command of the site; return what it prints."""
        return run_flask(self.environ, *words)

    def stop(self) -> None:
        """Stop the server and the worker."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(timeout=20)
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


def run_flask(environ: dict[str, str], *words: str) -> str:
    """Run ``flask --app wsgi`` with ``words``; return what it prints."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
    answer = subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def start_site(folder: Path, database_url: str) -> Site:
    """Migrate an empty database, load the reference data, start a server and a worker."""
    port = _free_port()
    environ = {
        **os.environ,
        "PYTHIA_INSTANCE": str(folder),
        "DATABASE_URL": database_url,
        "PYTHIA_BASE_URL": f"http://127.0.0.1:{port}",
    }
    run_flask(environ, "db", "upgrade")
    run_flask(environ, "demonstration", "reference")
    python = [sys.executable, "-m"]
    commands = (
        [*python, "gunicorn", "-b", f"127.0.0.1:{port}", "--threads", "8", "wsgi:create_app()"],
        [*python, "flask", "--app", "wsgi", "worker"],
    )
    running = Site(f"http://127.0.0.1:{port}", environ, [])
    with (folder / "site.log").open("wb") as log:
        for command in commands:
            running.processes.append(
                subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
            )
    try:
        _wait_for(f"{running.url}/healthz")
    except BaseException:
        running.stop()
        raise
    return running


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str) -> None:
    for _ in range(400):
        try:
            with urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{url} never answered")
