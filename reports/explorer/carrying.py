"""What of an address a form of a page carries along. Pure."""

from collections.abc import Mapping

from reports.explorer.table_view import ADDRESS

THRESHOLD = "threshold"


def carried(args: Mapping[str, str]) -> dict[str, str]:
    """Return what the address asks of the page's tables: no selection, and no page of a table.

    A change of what the tables rest on leads to their first pages.
    """
    return {
        name: value
        for name, value in args.items()
        if name not in ADDRESS and not name.startswith("_") and not _is_page(name)
    }


def _is_page(name: str) -> bool:
    return name == "page" or name.endswith("-page")


def judged_at(args: Mapping[str, str]) -> dict[str, str]:
    """Return what leads back to where a verdict was given: the page as it was, at its threshold."""
    return {
        name: value
        for name, value in args.items()
        if (name not in ADDRESS or name == THRESHOLD) and not name.startswith("_")
    }
