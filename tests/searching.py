"""A search service for tests: the real one on its real socket, with words instead of a model."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from cycles.library.models import LibraryStatement
from cycles.semantics import vectors
from cycles.semantics.service.answering import SearchService
from cycles.semantics.service.serving import Server
from cycles.semantics.service.wire import address_of


@contextmanager
def search_service(app: Flask) -> Iterator[SearchService]:
    """Serve the library as it is now until the block ends. Encode it first."""
    service = SearchService(app)
    service.prepare()
    settings = app.extensions["pythia_settings"]
    with Server(settings, service) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield service
        server.shutdown()
        thread.join()
    address_of(settings).unlink(missing_ok=True)


def encode(*records: LibraryStatement) -> None:
    """Keep the vectors of these records, as the worker does after an import."""
    vectors.encode_missing([record.text for record in records])
