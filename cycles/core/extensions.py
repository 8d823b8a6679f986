"""The Flask extensions, made once and bound in ``wsgi``. No settings and no models live here."""

import sqlite3
from typing import Any

from flask_htmx import HTMX
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from cycles.core.base import Base

db = SQLAlchemy(metadata=Base.metadata)
migrate = Migrate()
sign_in = LoginManager()
csrf = CSRFProtect()
htmx = HTMX()


@event.listens_for(Engine, "connect")
def _set_up_sqlite(connection: Any, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    # The driver's own begin is deferred; ours below is not, so the driver must not begin at all.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=15000",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    # A deferred begin followed by a write fails under load (the snapshot is stale by then), so a
    # transaction takes the write lock at once unless it has said that it only reads.
    reads_only = connection.get_execution_options().get("readonly")
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")
