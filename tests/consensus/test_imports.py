"""The arithmetic stands on numpy, scipy, scikit-learn with what it brings, and Python alone."""

import ast
import sys
from pathlib import Path

import pytest

import consensus

FOLDER = Path(consensus.__path__[0])
ALLOWED = {"consensus", "numpy", "scipy", "sklearn", "threadpoolctl"} | set(sys.stdlib_module_names)
NEVER = {"sqlite3", "socket", "urllib", "http", "subprocess", "os", "random", "time", "datetime"}


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names


@pytest.mark.parametrize(
    "path", sorted(FOLDER.rglob("*.py")), ids=lambda path: str(path.relative_to(FOLDER))
)
def test_a_module_imports_arithmetic_and_no_world(path: Path) -> None:
    assert imported(path) <= ALLOWED
    assert not imported(path) & NEVER
