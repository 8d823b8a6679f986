"""Writing a row that may exist already, in one statement, on both databases. No meaning here."""

from sqlalchemy.dialects import postgresql, sqlite

from cycles.core.base import Base
from cycles.core.extensions import db


def insert_into(table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """Return an insert that knows ``on_conflict_do_…`` in the words of the database in use."""
    if db.session.connection().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
