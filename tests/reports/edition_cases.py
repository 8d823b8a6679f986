"""One edition of a small rich cycle, baked once: an edition is frozen and asks no database."""

from collections.abc import Callable
from dataclasses import replace

from cycles.core.audit import Actor
from reports.document.commands import take_snapshot
from reports.document.edition import Edition, make_edition
from reports.document.facts import Document, Section
from reports.document.queries import document_of
from tests.factories import NOW, Cast
from tests.reports.report_cases import bake

_kept: list[tuple[Document, str]] = []


def baked_edition(cast: Cast, run_jobs: Callable[[], int], *, is_draft: bool = True) -> Edition:
    """Return the edition of ``bake``; only the first call bakes."""
    if not _kept:
        bake(cast, run_jobs)
        snapshot = take_snapshot(
            cycle=cast.cycle, actor=Actor(cast.ada.id, cast.ada.name), moment=NOW
        )
        _kept.append((document_of(snapshot.id), snapshot.digest))
    document, digest = _kept[0]
    return make_edition(document, digest=digest, is_draft=is_draft)


def with_prose(edition: Edition, markdown: str, key: str = "executive_summary") -> Edition:
    """Return the edition with other prose in one section."""
    others = tuple(each for each in edition.document.narrative if each.key != key)
    told = replace(edition.document, narrative=(*others, Section(key, markdown, False)))
    return make_edition(told, digest=edition.digest, is_draft=edition.is_draft)
