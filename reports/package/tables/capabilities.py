"""The capabilities, their places, who needs them, and what there is of them today."""

from collections.abc import Iterator
from typing import Any

from reports.document.facts import Capability
from reports.package.contents import Contents
from reports.package.fields import Refers, Table, text, whole
from reports.results.records import CapabilityFacts

GROUP = "What organisations will do"
TO_CAPABILITY = Refers(("capability",), "capabilities", ("code",))
TO_PARTNER = Refers(("partner",), "partners", ("name",))


def lines(contents: Contents) -> Iterator[tuple[Capability, CapabilityFacts | None]]:
    """Yield every kept capability with what is known beside it."""
    facts = contents.results.capability_facts
    for line in contents.results.document.capabilities.lines:
        yield line, facts.get(line.code)


def partners(contents: Contents) -> Iterator[tuple[str, str]]:
    """Yield each capability with each partner that needs it."""
    for line in contents.results.document.capabilities.lines:
        for partner in line.partners:
            yield line.code, partner


def trails(contents: Contents) -> Iterator[tuple[str, int, str]]:
    """Yield what became of each capability, a sentence a row."""
    for facts in contents.results.detail.capabilities:
        if facts.code in contents.results.capability:
            for position, sentence in enumerate(facts.trail, 1):
                yield facts.code, position, sentence


TABLES: tuple[Table[Any], ...] = (
    Table(
        name="functions",
        title="Functions",
        about="The functions of an organisation, and how much of today's work is in each.",
        group=GROUP,
        fields=(
            text("name", "The function."),
            text("definition", "What it takes in."),
            whole(
                "current_duties",
                "Today's duties in it, where the current state is a proxy.",
                lambda row: row.current_count,
            ),
        ),
        rows=lambda it: it.results.document.capabilities.functions,
        key=("name",),
    ),
    Table(
        name="partners",
        title="Partners",
        about="The partners of the supply chain.",
        group=GROUP,
        fields=(text("name", "The partner."), text("description", "Who they are.")),
        rows=lambda it: it.results.document.subject.partners,
        key=("name",),
    ),
    Table(
        name="capabilities",
        title="Capabilities",
        about="Every capability statement that was kept, with its place in the classification.",
        group=GROUP,
        fields=(
            text("code", "Its code, the same everywhere.", lambda row: row[0].code),
            text("text", "What an organisation can do.", lambda row: row[0].text),
            text("function", "Its function; empty without a place.", lambda row: row[0].function),
            text("domain", "Its domain.", lambda row: row[0].domain),
            text("area", "Its functional area.", lambda row: row[0].area),
            text(
                "source",
                "Where its wording came from.",
                lambda row: row[1].source if row[1] else "",
            ),
        ),
        rows=lines,
        key=("code",),
    ),
    Table(
        name="capability-partners",
        title="Partners of capabilities",
        about="Which partner needs which capability.",
        group=GROUP,
        fields=(
            text("capability", "The capability's code.", lambda row: row[0]),
            text("partner", "The partner that needs it.", lambda row: row[1]),
        ),
        rows=partners,
        key=("capability", "partner"),
        refers=(TO_CAPABILITY, TO_PARTNER),
    ),
    Table(
        name="capability-trails",
        title="Trails of capabilities",
        about="What became of each statement: merged, reworded.",
        group=GROUP,
        fields=(
            text("capability", "The capability's code.", lambda row: row[0]),
            whole("position", "Its place in the trail.", lambda row: row[1]),
            text("sentence", "What happened.", lambda row: row[2]),
        ),
        rows=trails,
        key=("capability", "position"),
        refers=(TO_CAPABILITY,),
    ),
    Table(
        name="current-state",
        title="Current state",
        about="How far each partner can do each capability today, as captured.",
        group=GROUP,
        fields=(
            text("capability", "The capability's code.", lambda row: row.code),
            text("partner", "The partner."),
            text("strength", "Strong, some or none."),
        ),
        rows=lambda it: it.results.detail.present,
        key=("capability", "partner"),
        refers=(TO_CAPABILITY,),
    ),
)
"""The tables of what organisations will do."""
