"""Sections 3.5 and 3.6: the findings in order of importance, and who should do what about them."""

from collections.abc import Iterator

from reports.document.body.blocks import (
    Block,
    Cell,
    FigureHere,
    Heading,
    Missing,
    Note,
    Paragraph,
    Prose,
    Table,
)
from reports.document.body.cells import columns, count, part, percent, table, text
from reports.document.facts import ActionLine, Document, ProfileProvision
from reports.document.wording import capital

GROUPS = (
    ("short", "short term"),
    ("medium", "medium term"),
    ("general", "general"),
    ("additional", "additional"),
)
"""The groups of recommendations: the key of each one's table, and the word of its lines."""


def summary(document: Document) -> Iterator[Block]:
    """Yield section 3.5."""
    yield Prose("summary")
    found = document.provision
    if found is not None and found.priorities:
        yield FigureHere("priorities")
        yield table(
            "priorities",
            "Profiles in order of priority",
            columns(
                ("Priority", 10, "n"),
                ("Profile", 34),
                ("Role level", 20),
                ("Unsupported", 18, "n"),
                ("Best fit", 18, "n"),
            ),
            map(_priority, found.priorities),
            heading=1,
        )
        yield Note("Priority: most unsupported capabilities first, then the lowest best fit.")
    yield Heading("Lessons learnt")
    yield Prose("lessons_learnt")


def _priority(line: ProfileProvision) -> tuple[Cell, ...]:
    return (
        count(line.priority_rank),
        text(f"{line.code} {line.name}"),
        text(line.role_level),
        part(line.unsupported_count, line.member_count),
        percent(line.best_fit_percent),
    )


def recommendations(document: Document) -> Iterator[Block]:
    """Yield section 3.6. All four groups are named, so that an empty one is seen to be empty."""
    if not document.actions:
        yield Missing("No recommendation has been recorded yet.")
    else:
        yield Paragraph(
            "The recommendations, in the order in which they can begin. Each says who should act, "
            "by when, and by what result others will see that it was done."
        )
        for key, horizon in GROUPS:
            yield _group(key, horizon, document.actions)
    yield from _further(document)


def _group(key: str, horizon: str, actions: tuple[ActionLine, ...]) -> Table:
    return table(
        f"actions-{key}",
        f"{capital(horizon)} actions",
        columns(("Topic", 18), ("Actions", 34), ("Who", 16), ("When", 14), ("Result", 18)),
        (
            (
                text(each.topic),
                text(each.actions),
                text(each.who),
                text(each.when),
                text(each.result),
            )
            for each in actions
            if each.horizon == horizon
        ),
        empty="None recorded.",
    )


def _further(document: Document) -> Iterator[Block]:
    """Yield the subjects proposed for cycles to come."""
    yield Heading("Subjects for further cycles")
    if not document.further:
        yield Missing("No further subject has been proposed.")
        return
    yield table(
        "further",
        "Subjects proposed for further cycles",
        columns(("Subject", 32), ("Why", 52), ("State", 16)),
        (
            (text(each.title), text(each.why), text("Started" if each.is_started else "Proposed"))
            for each in document.further
        ),
    )
