"""Whether this installation is alive and ready: for machines that watch it."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from cycles.core.extensions import db
from cycles.core.jobs.worker import heartbeat_file
from cycles.core.settings import ROOT, Settings

OLDEST_HEARTBEAT = timedelta(minutes=3)
LEAST_DISK = 200 * 1024 * 1024


def readiness(settings: Settings, moment: datetime) -> dict[str, str]:
    """Return each thing that has to work, with "ok" or what is wrong, in a few words."""
    return {
        "database": _database(),
        "migrations": _migrations(ROOT / "migrations"),
        "worker": _worker(settings, moment),
        "disk": _disk(settings.instance),
    }


def _database() -> str:
    db.session.execute(text("SELECT 1"))
    return "ok"


def _migrations(folder: Path) -> str:
    if not (folder / "env.py").exists():
        return "there are none"
    heads = set(ScriptDirectory(str(folder)).get_heads())
    if not heads:
        return "there are none"
    current = set(MigrationContext.configure(db.session.connection()).get_current_heads())
    return "ok" if heads == current else "the database is not at the newest migration"


def _worker(settings: Settings, moment: datetime) -> str:
    path = heartbeat_file(settings)
    if not path.exists():
        return "no worker has run here"
    age = moment - datetime.fromisoformat(path.read_text())
    if age > OLDEST_HEARTBEAT:
        return f"last seen {int(age.total_seconds())} seconds ago"
    return "ok"


def _disk(folder: Path) -> str:
    return "ok" if shutil.disk_usage(folder).free >= LEAST_DISK else "nearly full"
