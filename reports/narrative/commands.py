"""Writing the prose of a report, accepting a draft, going back to an earlier wording or the draft.

What a person has typed and not saved lives in ``unfinished``.
"""

import hashlib
from datetime import datetime

from sqlalchemy import delete, func, select

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Conflict, Invalid, Missing
from cycles.core.extensions import db
from cycles.setup.holding import hold_cycle
from cycles.setup.models import Cycle
from cycles.setup.queries import open_cycle
from reports.narrative.drafting import draft
from reports.narrative.models import Narrative, NarrativeVersion, Unfinished
from reports.narrative.naming import check_names, names_in, places_of
from reports.narrative.sections import BY_KEY
from reports.results.queries import working_results

CHANGED = EventType("narrative.changed", "section", "characters")
ACCEPTED = EventType("narrative.accepted", "section", "characters")
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
    """Replace the prose of a section; what the person had kept of it unfinished is gone with that.

    ``version`` is the one the person started from, 0 for the draft; without it the newest is
    replaced. Raises ``Conflict`` when somebody else has changed the section since, ``Invalid``
    when it is empty, too long or names a number, figure or table that does not exist.
    """
    row = _held(cycle, section, version)
    words = _sound(cycle, markdown)
    _forget_unfinished(cycle, section, actor)
    row = _put(row or Narrative(cycle_id=cycle.id, section=section), words, actor, moment)
    _note(CHANGED, row, actor, moment)
    return row


def accept_draft(
    *, cycle: Cycle, section: str, actor: Actor, moment: datetime, shown: str | None = None
) -> Narrative:
    """Let the draft stand as it is, because a person has read it: from now on it is frozen.

    ``shown`` is the ``digest_of_words`` that the person read. Raises ``Conflict`` when the data
    would draft it otherwise by now, or when somebody has written the section.
    """
    row = _held(cycle, section, None)
    if row is not None and not row.is_accepted:
        raise Conflict("Somebody has written this section meanwhile. Read it first.")
    words = draft(section, working_results(cycle.id).document).strip()
    if shown is not None and shown != digest_of_words(words):
        raise Conflict("The data have moved on, and the draft with them. Read it again.")
    row = _put(row or Narrative(cycle_id=cycle.id, section=section), words, actor, moment, True)
    _note(ACCEPTED, row, actor, moment)
    return row


def digest_of_words(markdown: str) -> str:
    """Return what tells one wording from another, short enough for a form."""
    return hashlib.sha256(markdown.strip().encode()).hexdigest()[:16]


def _held(cycle: Cycle, section: str, version: int | None) -> Narrative | None:
    # Alone: two who save a section for the first time would both make its first version.
    hold_cycle(cycle.id, alone=True)
    open_cycle(cycle.id)
    row = _row(cycle, section)
    _check_version(row, version)
    return row


def _put(
    row: Narrative, words: str, actor: Actor, moment: datetime, is_accepted: bool = False
) -> Narrative:
    row.markdown, row.is_accepted = words, is_accepted
    row.edited_by_id, row.edited_at = actor.account_id, moment
    db.session.add(row)
    db.session.flush()
    _keep_version(row)
    return row


def _note(event: EventType, row: Narrative, actor: Actor, moment: datetime) -> None:
    event.record(
        actor=actor,
        moment=moment,
        cycle_id=row.cycle_id,
        subject_id=row.id,
        section=row.section,
        characters=len(row.markdown),
    )


def _sound(cycle: Cycle, markdown: str) -> str:
    words = markdown.strip()
    if not words:
        raise Invalid(
            "The section is empty. Write something, or restore the draft.",
            markdown="Write something, or restore the draft.",
        )
    if len(words) > LONGEST:
        raise Invalid("The section is too long.", markdown=f"At most {LONGEST:,} characters.")
    has_places = any(":" in name for name in names_in(words))
    places = places_of(working_results(cycle.id)) if has_places else ()
    check_names(words, [each.name for each in places])
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
            is_accepted=row.is_accepted,
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
    _forget_unfinished(cycle, section, actor)
    if row is None:
        return
    db.session.delete(row)
    db.session.flush()
    RESTORED.record(actor=actor, moment=moment, cycle_id=cycle.id, section=section)


def _forget_unfinished(cycle: Cycle, section: str, actor: Actor) -> None:
    db.session.execute(
        delete(Unfinished).where(
            Unfinished.cycle_id == cycle.id,
            Unfinished.section == section,
            Unfinished.account_id == actor.account_id,
        )
    )


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
        raise Conflict("This section was saved meanwhile. What you wrote is not saved yet.")
