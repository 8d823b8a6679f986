"""Benchmarks of what we conclude, each a command of ``flask bench``.

Each module adds its command to the group when it is imported here. Nothing that people use
imports this package, and the data that a bench reads are never part of the product.
"""

from cycles.core.benchmarks import commands
from reports.benchmarks import accuracy as _accuracy  # noqa: F401 - adds its command
from reports.benchmarks import classification as _classification  # noqa: F401 - the same
from reports.benchmarks import encoding as _encoding  # noqa: F401 - the same
from reports.benchmarks import explorer as _explorer  # noqa: F401 - the same
from reports.benchmarks import mapping as _mapping  # noqa: F401 - the same
from reports.benchmarks import profiles as _profiles  # noqa: F401 - the same
from reports.benchmarks import report as _report  # noqa: F401 - the same
from reports.benchmarks import search as _search  # noqa: F401 - the same

__all__ = ["commands"]
