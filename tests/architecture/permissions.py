"""The permission table: every route of the application and the door it carries."""

from cycles.core.access import Door

DOORS: dict[str, Door] = {}
