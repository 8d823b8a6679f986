"""Benchmarks of what the room stands on, each a command of ``flask bench``.

Each module adds its command to the group when it is imported here. Nothing that people use
imports this package, and optional packages are asked for only inside the commands.
"""

from cycles.core.benchmarks import commands
from workshop.benchmarks import consensus as _consensus  # noqa: F401 - adds its command
from workshop.benchmarks import generation as _generation  # noqa: F401 - the same
from workshop.benchmarks import room as _room  # noqa: F401 - the same

__all__ = ["commands"]
