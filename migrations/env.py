"""Alembic's environment: the application's engine and tables, batch mode for SQLite."""

from logging.config import fileConfig
from pathlib import Path
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy.types import TypeDecorator

from cycles.core.base import Base
from cycles.library.searching.tables import is_of_full_text

if context.config.config_file_name and Path(context.config.config_file_name).exists():
    fileConfig(context.config.config_file_name, disable_existing_loggers=False)


def render_item(kind: str, item: Any, _autogen: Any) -> Any:
    """Write our own column types as what the database sees, so that migrations import nothing."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave alone what the models do not hold: the queue's tables, where it lives here, and what
    full text is kept in.
    """
    is_of_queue = kind == "table" and (name or "").startswith("huey_")
    return not (is_of_queue or is_of_full_text(name, kind))


def run() -> None:
    """Run the migrations on the application's engine."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        if connection.dialect.name == "sqlite":
            # Batch mode rebuilds tables; a rebuild must not cascade through foreign keys. Asked of
            # the driver itself: the engine begins a transaction first, and inside one the pragma
            # does nothing.
            driver.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=render_item,
            include_name=is_ours,
        )
        with context.begin_transaction():
            context.run_migrations()
        if connection.dialect.name == "sqlite":
            driver.execute("PRAGMA foreign_keys=ON")


run()
