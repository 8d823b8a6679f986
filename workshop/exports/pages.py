"""What the page of a round's downloads is given."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from workshop.exports.pairs import Pairing
from workshop.exports.queries import ClosedRound
from workshop.exports.tables import TABLES
from workshop.rooms.disclosure import smallest_shown
from workshop.rooms.models import Round
from workshop.rooms.next_actions import href_of

KINDS = ("csv", "xlsx", "json")


@dataclass(frozen=True)
class Download:
    """One table with its size and its files."""

    title: str
    about: str
    rows: int
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ExportPage:
    """The downloads of a closed round."""

    title: str
    workshop: str
    workshop_href: str
    downloads: tuple[Download, ...]
    bundle_href: str
    receipts_href: str
    items: int
    withheld: int
    apart: int
    smallest: int
    digest: str
    engine: str
    command: str


def bundle_name(round_: Round) -> str:
    """Return the file name of a round's bundle."""
    return f"round-{round_.number}-{round_.id.hex[:8]}.zip"


def export_page(closed: ClosedRound) -> ExportPage:
    """Return the page of a closed round."""
    round_ = closed.round
    here: dict[str, Any] = {"cycle_id": round_.cycle_id, "round_id": round_.id}
    return ExportPage(
        title=f"Downloads of round {round_.number}",
        workshop=round_.workshop.title,
        workshop_href=href_of(round_.workshop),
        downloads=tuple(_download(closed, name) for name in TABLES),
        bundle_href=url_for("exports.bundle", **here),
        receipts_href=url_for("receipts.published", **here),
        items=len(closed.items),
        withheld=len(closed.items) - len(closed.shown),
        apart=sum(
            one.released is not None and one.released.pairing == Pairing.APART
            for one in closed.items
        ),
        smallest=smallest_shown(closed.rule.minimum_n),
        digest=closed.rule.digest(),
        engine=closed.rule.engine,
        command=f"flask --app wsgi consensus recompute {bundle_name(round_)}",
    )


def _download(closed: ClosedRound, name: str) -> Download:
    table = TABLES[name](closed)
    here: dict[str, Any] = {
        "cycle_id": closed.round.cycle_id,
        "round_id": closed.round.id,
        "table": name,
    }
    return Download(
        title=table.title,
        about=table.about,
        rows=len(table.rows),
        files=tuple(
            (kind.upper(), url_for("exports.download", **here, kind=kind)) for kind in KINDS
        ),
    )
