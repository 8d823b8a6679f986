"""What one reader looks at: whose results, at which threshold, through which door. No queries.

A page is worked out from a look alone, so the same look always shows the same numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import url_for

from reports.mapping.findings import Findings
from reports.mapping.reading import Reading
from reports.mapping.selection import read_selection
from reports.results.provision import findings_at, reading_at
from reports.results.results import Results

USUAL_THRESHOLD = 50
# What addresses are made of besides what is asked in them; no argument takes the place of these.
PATHS = frozenset(
    {"endpoint", "cycle_id", "token", "page_name", "item_code", "file_kind", "chart_name"}
    | {"chart_kind", "statement_id", "duty_id"}
)


@dataclass(frozen=True)
class Way:
    """How addresses are made: the blueprint a reader came in by, and what its addresses need."""

    blueprint: str
    values: Mapping[str, Any]

    def href(self, endpoint: str, /, **values: Any) -> str:
        """Return the address of an endpoint of the same blueprint."""
        return url_for(f"{self.blueprint}.{endpoint}", **{**self.values, **values})


def asked_in(args: Mapping[str, str]) -> dict[str, str]:
    """Return what a query asks that links may carry along, each argument once."""
    return {
        name: value
        for name, value in args.items()
        if name not in PATHS and not name.startswith("_")
    }


@dataclass(frozen=True, eq=False)
class Look:
    """One reader's view. ``args`` is what the address asks; what it does not say is usual.

    ``kept`` is the part of the query that every link carries along (which snapshot). ``may_judge``:
    this reader accepts and rejects matches here. ``is_open``: anybody with the link is looking,
    so these results name nobody and hold nothing that people wrote about each other's answers.
    """

    results: Results
    args: Mapping[str, str]
    way: Way
    kept: Mapping[str, Any]
    may_judge: bool = False
    is_convener: bool = False
    is_open: bool = False

    @property
    def own_threshold(self) -> int:
        """Return the threshold of these results themselves, in per cent."""
        provision = self.results.document.provision
        return provision.threshold_percent if provision else USUAL_THRESHOLD

    @cached_property
    def threshold(self) -> int:
        """Return the threshold that is looked at, in per cent."""
        asked = read_selection(self.args).threshold
        return self.own_threshold if asked is None else asked

    @cached_property
    def findings(self) -> Findings | None:
        """Return map and gap at this threshold, or None before the first run."""
        return findings_at(self.results, self.threshold)

    @cached_property
    def reading(self) -> Reading | None:
        """Return the single matches at this threshold, or None before the first run."""
        return reading_at(self.results, self.threshold)

    def selection(self) -> dict[str, Any]:
        """Return what every link carries along: the snapshot, and a threshold that is not usual."""
        other = {} if self.threshold == self.own_threshold else {"threshold": self.threshold}
        return {**self.kept, **other}

    def href(self, name: str, code: str = "", /, **args: Any) -> str:
        """Return the address of a page, or of one thing on it by code, with the same selection.

        An argument of None is left out; ``threshold`` may be given to look at another one.
        """
        query = {
            name: each for name, each in {**self.selection(), **args}.items() if each is not None
        }
        if code:
            return self.way.href("item", page_name=name, item_code=code, **query)
        return self.way.href("show", page_name=name, **query)

    def download_href(self, name: str, kind: str, code: str = "", /, **args: Any) -> str:
        """Return the address of a page's table as a file of ``kind``."""
        query = {
            name: each for name, each in {**self.selection(), **args}.items() if each is not None
        }
        if code:
            return self.way.href(
                "download_item", page_name=name, item_code=code, file_kind=kind, **query
            )
        return self.way.href("download", page_name=name, file_kind=kind, **query)

    def chart_href(self, name: str, chart: str, kind: str, /, **args: Any) -> str:
        """Return the address of a page's chart as ``kind``: its specification or a picture."""
        query = {
            name: each for name, each in {**self.selection(), **args}.items() if each is not None
        }
        values = {"page_name": name, "chart_name": chart, "chart_kind": kind, **query}
        return self.way.href("chart", **values)
