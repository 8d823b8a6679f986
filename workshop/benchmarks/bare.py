"""The bare endpoint that saves are compared with: one upsert, one commit, one answer.

No sign-in, no cycle, no rounds: nothing here is ever served to people. It is as fast as Flask and
SQLAlchemy let such an endpoint be, or the ratio would flatter us.
"""

import os
from uuid import UUID

from flask import Flask, Response, jsonify, request
from sqlalchemy import Engine, Insert, Table, create_engine
from sqlalchemy.dialects import postgresql, sqlite

from cycles.core import extensions  # its listeners set SQLite up as for the application itself
from workshop.ballot.letters import read_letter
from workshop.ballot.models import Rating


def create_bare() -> Flask:
    """Build the bare application on the database of ``DATABASE_URL``."""
    app = Flask("bare")
    engine = create_engine(os.environ["DATABASE_URL"])
    upsert = _upsert(engine)

    @app.get("/healthz")
    def healthz() -> str:
        return "alive"

    @app.post("/save")
    def save() -> Response:
        sent = request.form
        row = {name: UUID(sent[name]) for name in ("round_id", "panellist_id", "cycle_id")}
        row["item_id"] = UUID(sent["item"])
        given = read_letter(sent["value"])
        numbers = {"answer": given.answer, "code": given.code, "seq": int(sent["seq"])}
        with engine.begin() as connection:
            connection.execute(upsert, {**row, **numbers})
        return jsonify(is_kept=True)

    return app


def _upsert(engine: Engine) -> Insert:
    table = extensions.db.metadata.tables["rating"]
    assert isinstance(table, Table)  # noqa: S101 - for the type alone
    insert = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert
    adding = insert(Rating)
    return adding.on_conflict_do_update(
        index_elements=["round_id", "item_id", "panellist_id"],
        set_={name: adding.excluded[name] for name in ("answer", "code", "seq")},
        where=adding.excluded.seq > Rating.seq,
    )
