"""Transactions that only read: they never take SQLite's write lock. Nothing else lives here."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, request

from cycles.core.extensions import db

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
View = TypeVar("View", bound=Callable[..., Any])


def only_reads() -> bool:
    """Say whether the current request promises to change nothing."""
    return request.method in SAFE_METHODS


def reads_first(view: View) -> View:
    """Mark a view that writes: who may is asked while it only reads, so that no lock is held.

    The view calls ``begin_writing`` before its first write.
    """
    view.reads_first = True  # type: ignore[attr-defined]  # read back below
    return view


def begins_by_reading() -> bool:
    """Say whether the current request begins with a transaction that only reads."""
    if only_reads():
        return True
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "reads_first", False)


def start_over() -> None:
    """Undo what the request has done so far; a request that only reads goes on reading."""
    db.session.rollback()
    if only_reads():
        begin_reading()


def begin_reading() -> None:
    """Begin the session's transaction as one that only reads, unless one is under way."""
    if not db.session().in_transaction():
        db.session.connection(execution_options={"readonly": True})


def begin_writing() -> None:
    """Let what follows write. SQLite needs another transaction for that, PostgreSQL does not."""
    if db.session.connection().dialect.name == "sqlite":
        db.session.commit()
