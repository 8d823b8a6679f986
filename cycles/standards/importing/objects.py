"""Standards as JSON objects: the public API's shape, and the shape keyed by reference.

One object in, one record out; anything unusable raises ``Invalid`` with a sentence.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from cycles.core.errors import Invalid
from cycles.importing.cleaning import clean, clean_status, clean_title, level_of, says_yes
from cycles.importing.reports import BadCell
from cycles.standards.importing.codes import LETTERS, Found, coded
from cycles.standards.importing.records import DutyRecord, KsbRecord, StandardRecord
from cycles.standards.models import UNKNOWN_LEVEL, KsbKind

LONGEST = {"reference": 40, "title": 200, "route": 120}
LONGEST_PART = 80
UNKNOWN = "unknown"
LISTS = (
    ("knowledges", "knowledgeId", KsbKind.KNOWLEDGE),
    ("skills", "skillId", KsbKind.SKILL),
    ("behaviours", "behaviourId", KsbKind.BEHAVIOUR),
)
LINKS = ("mappedKnowledge", "mappedSkills", "mappedBehaviour")


def reference_of(source: Mapping[str, Any]) -> str:
    """Return the reference; before 2022 the API had only the LARS code, number or text."""
    told = clean(source.get("referenceNumber") or source.get("ref") or source.get("reference"))
    lars = clean(source.get("larsCode"))
    return (told or (f"LARS{lars}" if lars not in ("", "0") else "")).upper()


def status_of(source: Mapping[str, Any]) -> str:
    """Return the status in words."""
    return clean_status(source.get("status"))


def from_api(source: Mapping[str, Any], tally: Counter[str]) -> StandardRecord:
    """Return the standard that an object of the public API holds."""
    reference = reference_of(source)
    ksbs = coded(
        Found(kind, clean(each.get(key))[:LONGEST_PART], clean(each.get("detail")))
        for name, key, kind in LISTS
        for each in _objects(source, name)
    )
    return standard_record(
        reference=reference,
        title=source.get("title"),
        level=source.get("level"),
        route=source.get("route"),
        status=source.get("status"),
        version=source.get("version"),
        overview=source.get("overviewOfRole") or source.get("occupationalSummary"),
        job_titles=source.get("typicalJobTitles"),
        duties=_duties(source, ksbs, tally),
        ksbs=ksbs,
    )


def from_keyed(reference: str, source: Mapping[str, Any]) -> StandardRecord:
    """Return the standard of a file keyed by reference, with K, S and B keyed by code."""
    found = (
        Found(kind, code[:LONGEST_PART], clean(text))
        for letter, kind in LETTERS.items()
        for code, text in _mapping(source.get(letter)).items()
    )
    return standard_record(
        reference=reference_of(source) or reference.upper(),
        title=source.get("name") or source.get("title"),
        level=source.get("level"),
        route=source.get("route"),
        status=source.get("status"),
        version=source.get("version"),
        overview=source.get("overview"),
        job_titles=None,
        duties=(),
        ksbs=coded(found),
    )


def standard_record(
    *,
    reference: str,
    title: object,
    level: object,
    route: object,
    status: object,
    version: object,
    overview: object,
    job_titles: object,
    duties: tuple[DutyRecord, ...],
    ksbs: tuple[KsbRecord, ...],
) -> StandardRecord:
    """Return a record of cleaned facts; raise ``Invalid`` naming what is missing or too long."""
    named = clean_title(title)
    _check(("reference", reference), ("title", named), ("route", clean(route)))
    titles = job_titles if isinstance(job_titles, list) else []
    return StandardRecord(
        reference=reference,
        version=clean(version)[:20],
        title=named,
        level=_level(level),
        route=clean(route),
        status=clean_status(status)[:60],
        overview=clean(overview),
        job_titles=tuple(filter(None, (clean(each) for each in titles))),
        duties=duties,
        ksbs=ksbs,
    )


def _check(*facts: tuple[str, str]) -> None:
    for name, text in facts:
        if not text and name != "route":
            advice = f"Give every standard its {name}."
            raise BadCell(f"The {name} is missing.", column=name, advice=advice)
        if len(text) > LONGEST[name]:
            told = f"The {name} is longer than {LONGEST[name]} characters."
            raise BadCell(told, column=name, value=text, advice=f"Shorten the {name}.")


def _level(given: object) -> int:
    told = clean(given)
    level = UNKNOWN_LEVEL if told.lower() == UNKNOWN else level_of(given)
    if level is None:
        raise BadCell(
            f"The level {told!r} is not 1 to 8." if told else "The level is missing.",
            column="level",
            value=told,
            advice="Write a level from 1 to 8, or the word “unknown” where there is none.",
        )
    return level


def _duties(
    source: Mapping[str, Any], ksbs: tuple[KsbRecord, ...], tally: Counter[str]
) -> tuple[DutyRecord, ...]:
    known = {ksb.reference for ksb in ksbs}
    duties: dict[str, DutyRecord] = {}
    for number, each in enumerate(_objects(source, "duties"), 1):
        text = clean(each.get("dutyDetail"))
        reference = clean(each.get("dutyID") or each.get("dutyId"))[:LONGEST_PART] or f"D{number}"
        if not text or reference in duties:
            tally["duties without text, or met twice, left out"] += 1
            continue
        linked = [clean(link)[:LONGEST_PART] for name in LINKS for link in _list(each, name)]
        kept = tuple(dict.fromkeys(link for link in linked if link in known))
        tally["links from duties to KSBs that the file does not hold left out"] += sum(
            link not in known for link in linked
        )
        duties[reference] = DutyRecord(reference, text, says_yes(each.get("isThisACoreDuty")), kept)
    return tuple(duties.values())


def _list(source: Mapping[str, Any], name: str) -> list[Any]:
    value = source.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise Invalid(f"{name!r} is not a list.")
    return value


def _objects(source: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    values = _list(source, name)
    if not all(isinstance(value, dict) for value in values):
        raise Invalid(f"{name!r} holds something that is not an object.")
    return values


def _mapping(value: object) -> Mapping[str, Any]:
    if isinstance(value, dict):
        return value
    if value in (None, []):
        return {}
    raise Invalid("K, S and B must each be a set of codes with their texts.")
