"""The matrix as a picture: how many capabilities of each domain each profile needs."""

from collections.abc import Mapping, Sequence

from reports.charts.vega.chart import Chart
from reports.charts.vega.heat_maps import Cell, heat_map
from reports.explorer.look import Look
from reports.explorer.naming import count_words
from reports.explorer.pages.matrix_grid import profiles_looked_at
from reports.explorer.pages.matrix_tables import DomainRow, domain_rows

NAME = "domains-by-profile"


def charts(look: Look, _code: str) -> tuple[Chart, ...]:
    """Return the picture of the profiles looked at, or none where they need nothing."""
    rows = domain_rows(look)
    if not rows:
        return ()
    names = {each.code: each.name for each in profiles_looked_at(look)}
    return (
        heat_map(
            NAME,
            title=_title(rows),
            summary="Each cell counts the capabilities of a domain that a profile needs; the "
            "darker, the more.",
            rows=[row.domain for row in rows],
            columns=list(names),
            cells=_cells(rows, names),
            value_title="Capabilities",
        ),
    )


def _cells(rows: Sequence[DomainRow], names: Mapping[str, str]) -> list[Cell]:
    return [
        Cell(
            row=place,
            column=number,
            value=row.counts[code],
            text=str(row.counts[code]),
            words=f"{row.domain}, {code} {names[code]}: "
            + count_words(row.counts[code], "capability", "capabilities"),
        )
        for place, row in enumerate(rows)
        for number, code in enumerate(names)
        if row.counts[code]
    ]


def _title(rows: tuple[DomainRow, ...]) -> str:
    widest = max(rows, key=lambda row: row.profiles)
    of_all = len(widest.counts)
    if of_all == 1:
        most = max(rows, key=lambda row: row.capabilities)
        count = count_words(most.capabilities, "capability", "capabilities")
        return f"{most.domain} is the largest part of the profile, with {count}"
    return f"{widest.domain} is needed most widely: by {widest.profiles:,} of {of_all:,} profiles"
