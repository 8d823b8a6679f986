"""Lines of what was found: the words marked, why it was found, and the pages that it leads to."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from reports.explorer.look import Look
from reports.explorer.registry import pages
from reports.explorer.searching.finding import Found, Search, ground_of
from reports.explorer.searching.things import Sort, Thing, standards_of
from reports.explorer.searching.words import marked
from reports.mapping.ground import Ground
from reports.mapping.words import percent

OWN_PAGES = {Sort.CAPABILITY: "capabilities", Sort.PROFILE: "profiles", Sort.KSB: "ksbs"}
MOST_LINKS = 6


@dataclass(frozen=True)
class Line:
    """One thing found. ``pieces`` are its words, each with whether it was looked for.

    ``nearness`` is a percentage in words, empty where it was found by words alone. ``leads`` are
    links under ``leads_to``, which alone says that there are none.
    """

    code: str
    href: str
    pieces: tuple[tuple[str, bool], ...]
    place: tuple[tuple[str, bool], ...]
    why: str
    nearness: float | None
    leads_to: str = ""
    leads: tuple[tuple[str, str], ...] = ()


def line_of(look: Look, search: Search, found: Found) -> Line:
    """Return the line of one thing."""
    thing = found.thing
    leads_to, leads = _leads(look, thing)
    return Line(
        code=thing.code,
        href=_href(look, thing),
        pieces=marked(thing.text, search.words) if found.held else ((thing.text, False),),
        place=marked(thing.place, search.words) if found.held else ((thing.place, False),),
        why=_why(search, found),
        nearness=None if found.nearness is None else round(100 * found.nearness, 1),
        leads_to=leads_to,
        leads=leads,
    )


def _why(search: Search, found: Found) -> str:
    total = len(search.words.terms)
    if found.has_every_word:
        held = "holds the word" if total == 1 else f"holds all {total} words"
    elif found.held:
        held = f"holds {found.held} of {total} words"
    else:
        held = ""
    near = "" if found.nearness is None else f"{percent(100 * found.nearness)} near in meaning"
    return " · ".join(filter(None, (held, near)))


def _href(look: Look, thing: Thing) -> str:
    name = OWN_PAGES.get(thing.sort, "")
    return look.href(name, thing.code) if name in pages() else ""


def _leads(look: Look, thing: Thing) -> tuple[str, tuple[tuple[str, str], ...]]:
    ground = ground_of(look)
    if ground is None or thing.sort not in (Sort.STANDARD, Sort.DUTY):
        return "", ()
    if thing.sort == Sort.DUTY:
        return _matched(look, ground, thing)
    leads = tuple(_profiles(look, ground, thing))
    if not thing.parts:
        return "", ()
    return ("Among the best for" if leads else "Among the best for no profile", leads)


def _matched(look: Look, ground: Ground, thing: Thing) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the capabilities that the duty matches at this threshold, verdicts included."""
    if look.reading is None:
        return "", ()
    matches = look.reading.matches
    rows = np.unique(matches.row[np.isin(matches.duty, thing.columns)]).tolist()
    codes = [ground.inputs.capabilities[row].code for row in rows]
    page = "provision" if "provision" in pages() else "capabilities"
    links = tuple((code, look.href(page, code)) for code in codes[:MOST_LINKS])
    more = len(codes) - MOST_LINKS
    if not codes:
        return f"Matches no capability at {look.threshold} %", ()
    return f"Matches {len(codes):,} at {look.threshold} %" + (
        ", among them" if more > 0 else ""
    ), links


def _profiles(look: Look, ground: Ground, thing: Thing) -> Iterator[tuple[str, str]]:
    """Yield the profiles among whose best standards it is, the best fit first."""
    standard_id = standards_of(ground)[thing.standard].standard_id
    standings = [
        (standing.fit_percent, profile.code)
        for profile in (look.findings.profiles if look.findings else ())
        for standing in profile.standings
        if standing.standard_id == standard_id and standing.fit_count
    ]
    for fit, code in sorted(standings, key=lambda each: (-each[0], each[1]))[:MOST_LINKS]:
        words = f"{code} (fit {percent(fit)})"
        if "comparison" in pages():
            yield words, look.href("comparison", profile=code, standard=str(standard_id))
        elif "profiles" in pages():
            yield words, look.href("profiles", code)
