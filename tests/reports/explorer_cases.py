"""A small cycle with findings in it, and plain ways to read what the explorer's pages say of it."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from cycles.core.extensions import db
from cycles.current_state.models import PresentCapability, Strength
from cycles.setup.models import Partner
from reports.results.queries import forget
from tests.client import ParsingClient
from tests.factories import NOW, Cast, add, make_area, make_partner
from tests.reports.report_cases import Baked, bake

LINK = re.compile(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Found:
    """The baked cycle with a second partner and a second function, and where its findings are.

    MIX, BAKE and ROUTE are of Implement and the manufacturer; BAKE and LONELY of the retailer too,
    LONELY of Design. Of MIX something is there today, of BAKE nothing.
    """

    baked: Baked
    home: str
    manufacturer: Partner
    retailer: Partner


def find(cast: Cast, run_jobs: Callable[[], int]) -> Found:
    """Bake, share out and capture."""
    baked = bake(cast, run_jobs)
    bakery = baked.bakery
    manufacturer = bakery.mix.partners[0]
    retailer = make_partner(baked.cycle, "Retailer", 2)
    bakery.lonely.area_id = make_area("Plan Sales", "Sales & Demand", "Design").id
    for statement in (bakery.bake, bakery.lonely):
        statement.partners.append(retailer)
    for statement, strength in ((bakery.mix, Strength.SOME), (bakery.bake, Strength.NONE)):
        add(
            PresentCapability(
                cycle_id=baked.cycle.id,
                statement_id=statement.id,
                partner_id=manufacturer.id,
                strength=strength,
                captured_at=NOW,
            )
        )
    db.session.commit()
    forget()
    return Found(baked, f"/cycles/{baked.cycle.id}/findings", manufacturer, retailer)


def page(client: ParsingClient, address: str) -> str:
    """Return the page at an address, which must be there."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def words(html: str) -> str:
    """Return what a page says, without its tags."""
    return " ".join(unescape(TAGS.sub(" ", html)).replace("\xa0", " ").split())


def links(html: str, within: str = "") -> list[tuple[str, str]]:
    """Return the links of a page, or of its element that begins with ``within``: address, words."""
    part = html[html.index(within) :] if within else html
    return [(unescape(href), words(text)) for href, text in LINK.findall(part)]


def rows(client: ParsingClient, address: str, table: str = "") -> list[dict[str, Any]]:
    """Return the rows of a page's table, by its JSON download with the same filters."""
    split = urlsplit(address)
    query = "&".join(filter(None, (split.query, f"table={table}" if table else "")))
    answer = client.get(f"{split.path}.json?{query}")
    assert answer.status_code == 200, address
    found: list[dict[str, Any]] = json.loads(answer.get_data())["rows"]
    return found


def codes(client: ParsingClient, address: str, table: str = "") -> list[str]:
    """Return the codes in a page's table."""
    return [row["code"] for row in rows(client, address, table)]
