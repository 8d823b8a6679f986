"""The shell around every page: who is signed in, where they are, and the navigation they get.

Packages register their navigation here at import; nothing here knows what they offer.
"""

from dataclasses import dataclass

from flask import g, request, url_for
from flask_login import current_user

from cycles.core.access import Door, Place, lets_in


@dataclass(frozen=True)
class Offer:
    """A page offered in the navigation of a cycle (``in_cycle``) or of the whole site.

    ``holds`` names the other packages' pages that are found under it.
    """

    position: int
    label: str
    endpoint: str
    door: Door
    in_cycle: bool
    holds: frozenset[str]


@dataclass(frozen=True)
class NavigationItem:
    """One link of the navigation."""

    label: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class Shell:
    """What the base template shows around a page."""

    person_name: str | None
    place_label: str | None
    cycle_title: str | None
    cycle_href: str | None
    navigation: tuple[NavigationItem, ...]
    is_demonstration: bool


_offers: list[Offer] = []


def offer(
    position: int,
    label: str,
    endpoint: str,
    door: Door,
    *,
    in_cycle: bool = True,
    holds: tuple[str, ...] = (),
) -> None:
    """Offer a page in the navigation, shown to those its door lets in, by ``position``."""
    _offers.append(Offer(position, label, endpoint, door, in_cycle, frozenset(holds)))
    _offers.sort(key=lambda each: each.position)


def shell() -> Shell:
    """Return the shell of the current request."""
    place: Place | None = g.get("place")
    is_signed_in = current_user.is_authenticated
    label = None
    if place is not None:
        label = "panel member" if place.is_on_panel else place.group
    return Shell(
        person_name=current_user.name if is_signed_in else None,
        place_label=label,
        cycle_title=place.cycle_title if place else None,
        cycle_href=url_for("cycle.home", cycle_id=place.cycle_id) if place else None,
        navigation=_navigation(place) if is_signed_in else (),
        is_demonstration=bool(place and place.is_demonstration),
    )


def _navigation(place: Place | None) -> tuple[NavigationItem, ...]:
    here = (request.endpoint or "").split(".")[0]
    items = []
    for each in _offers:
        if each.in_cycle != (place is not None) or not _is_offered(each, place):
            continue
        href = url_for(each.endpoint, cycle_id=place.cycle_id) if place else url_for(each.endpoint)
        is_current = (
            request.endpoint == each.endpoint or request.path.startswith(f"{href}/")
            if each.endpoint.startswith("cycle.")
            else here in {each.endpoint.split(".")[0], *each.holds}
            or (place is not None and _is_under(href))
        )
        items.append(NavigationItem(each.label, href, is_current))
    return tuple(items)


def _is_under(href: str) -> bool:
    """Say whether this page lies under an offered one, though another package serves it."""
    return href.endswith("/") and request.path.startswith(href)


def _is_offered(each: Offer, place: Place | None) -> bool:
    if place is not None:
        return lets_in(each.door, place)
    return each.door != Door.ADMINISTRATOR or bool(current_user.is_administrator)
