"""The tables of the package, a module for each part of the results."""

from typing import Any

from reports.package.fields import Table
from reports.package.tables import capabilities, judging, occupations, provision, subject

TABLES: tuple[Table[Any], ...] = (
    *subject.TABLES,
    *capabilities.TABLES,
    *judging.TABLES,
    *occupations.TABLES,
    *provision.TABLES,
)
"""All tables, in the order of the package."""


def table_named(name: str) -> Table[Any] | None:
    """Return the table of that name, or None."""
    return next((each for each in TABLES if each.name == name), None)
