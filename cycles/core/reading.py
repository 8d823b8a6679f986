"""Transactions that only read: they never take SQLite's write lock. Nothing else lives here."""

from flask import request

from cycles.core.extensions import db

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def only_reads() -> bool:
    """Say whether the current request promises to change nothing."""
    return request.method in SAFE_METHODS


def start_over() -> None:
    """Undo what the request has done so far; a request that only reads goes on reading."""
    db.session.rollback()
    if only_reads():
        begin_reading()


def begin_reading() -> None:
    """Begin the session's transaction as one that only reads, unless one is under way."""
    if not db.session().in_transaction():
        db.session.connection(execution_options={"readonly": True})
