"""Writing the prose of a report, going back to an earlier wording or to the draft."""

from datetime import datetime

from sqlalchemy import func, select

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Conflict, Invalid, Missing
from cycles.core.extensions import db
from cycles.setup.holding import hold_cycle
from cycles.setup.models import Cycle
from cycles.setup.queries import open_cycle
from reports.narrative.models import Narrative, NarrativeVersion
from reports.narrative.numbers import check_names
from reports.narrative.sections import BY_KEY

CHANGED = EventType("narrative.changed", "section", "characters")
RESTORED = EventType("narrative.restored", "section")

LONGEST = 20_000


def change_narrative(
    *,
    cycle: Cycle,
    section: str,
    markdown: str,
    actor: Actor,
    moment: datetime,
    version: int | None = None,
) -> Narrative:
    """Replace the prose of a section.

    ``version`` is the one the person started from, 0 for the draft; without it the newest is
    replaced. Raises ``Conflict`` when somebody else has changed the section since, ``Invalid``
    when it is empty, too long or names a number that does not exist.
    """
    # Alone: two who save a section for the first time would both make its first version.
    hold_cycle(cycle.id, alone=True)
    open_cycle(cycle.id)
    row = _row(cycle, section)
    _check_version(row, version)
    words = _sound(markdown)
    if row is None:
        row = Narrative(cycle_id=cycle.id, section=section)
        db.session.add(row)
    row.markdown, row.edited_by_id, row.edited_at = words, actor.account_id, moment
    db.session.flush()
    _keep_version(row)
    CHANGED.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle.id,
        subject_id=row.id,
        section=section,
        characters=len(words),
    )
    return row


def _sound(markdown: str) -> str:
    words = markdown.strip()
    if not words:
        raise Invalid(
            "The section is empty. Write something, or restore the draft.",
            markdown="Write something, or restore the draft.",
        )
    if len(words) > LONGEST:
        raise Invalid("The section is too long.", markdown=f"At most {LONGEST:,} characters.")
    check_names(words)
    return words


def _keep_version(row: Narrative) -> None:
    last = db.session.scalar(
        select(func.max(NarrativeVersion.number)).where(
            NarrativeVersion.cycle_id == row.cycle_id, NarrativeVersion.section == row.section
        )
    )
    db.session.add(
        NarrativeVersion(
            cycle_id=row.cycle_id,
            section=row.section,
            number=(last or 0) + 1,
            markdown=row.markdown,
            edited_by_id=row.edited_by_id,
            edited_at=row.edited_at,
        )
    )
    db.session.flush()


def take_back(
    *, cycle: Cycle, section: str, number: int, actor: Actor, moment: datetime
) -> Narrative:
    """Let an earlier wording of a section stand again, as a new version of it.

    Raises ``Missing`` when the section never had that version.
    """
    markdown = db.session.scalar(
        select(NarrativeVersion.markdown).where(
            NarrativeVersion.cycle_id == cycle.id,
            NarrativeVersion.section == section,
            NarrativeVersion.number == number,
        )
    )
    if markdown is None:
        raise Missing("The section has no such version.")
    return change_narrative(
        cycle=cycle, section=section, markdown=markdown, actor=actor, moment=moment
    )


def restore_draft(
    *, cycle: Cycle, section: str, actor: Actor, moment: datetime, version: int | None = None
) -> None:
    """Give up what was written, so that the section is drafted from the data again."""
    open_cycle(cycle.id)
    row = _row(cycle, section)
    _check_version(row, version)
    if row is None:
        return
    db.session.delete(row)
    db.session.flush()
    RESTORED.record(actor=actor, moment=moment, cycle_id=cycle.id, section=section)


def _row(cycle: Cycle, section: str) -> Narrative | None:
    if section not in BY_KEY:
        raise Missing("The report has no such section.")
    return db.session.scalar(
        select(Narrative)
        .where(Narrative.cycle_id == cycle.id, Narrative.section == section)
        .with_for_update()
    )


def _check_version(row: Narrative | None, version: int | None) -> None:
    if version is not None and version != (row.version if row else 0):
        raise Conflict("Somebody else has changed this section. Nothing of yours is saved yet.")
