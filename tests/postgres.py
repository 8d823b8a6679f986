"""A real PostgreSQL for the tests: a fresh database on a given server."""

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url


def fresh_database(server: str, name: str) -> str:
    """Make an empty database called ``pythia_<name>`` on ``server``; return its URL."""
    url = make_url(server).set(drivername="postgresql+psycopg")
    database = f"pythia_{name}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{database}"'))
    engine.dispose()
    return url.set(database=database).render_as_string(hide_password=False)
