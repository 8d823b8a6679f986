"""Publishing a snapshot to people, and taking it back from them again."""

from datetime import datetime

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.setup.queries import get_cycle
from reports.document.models import Snapshot
from reports.publishing.models import Audience, Publication
from reports.publishing.queries import standing_publications

LONGEST_LABEL = 200

PUBLISHED = EventType("snapshot.published", "number", "audience")
REVOKED = EventType("snapshot.publication_revoked", "number", "audience")


def publish_snapshot(
    *, snapshot: Snapshot, audience: Audience, label: str = "", actor: Actor, moment: datetime
) -> Publication:
    """Let people read the findings of a snapshot.

    A sealed cycle's snapshots may still be published: what was found outlives the answers. Raises
    ``Closed`` in an archived cycle, ``Invalid`` where these people read the snapshot already, or a
    link with the same label stands.
    """
    cycle = get_cycle(snapshot.cycle_id)
    if cycle.archived_at is not None:
        raise Closed("This cycle is archived. A convener can bring it back from its set-up.")
    # A button pressed twice asks twice; the snapshot's row makes the second wait and see the first.
    db.session.refresh(snapshot, with_for_update=True, attribute_names=["number"])
    wanted = " ".join(label.split()) if audience == Audience.LINK else ""
    _refuse_twice(snapshot, audience, wanted)
    publication = Publication(
        cycle_id=snapshot.cycle_id,
        snapshot_id=snapshot.id,
        audience=audience,
        label=wanted,
        published_at=moment,
        published_by_id=actor.account_id,
    )
    publication.snapshot = snapshot
    db.session.add(publication)
    db.session.flush()
    _note(PUBLISHED, publication, actor, moment)
    return publication


def revoke_publication(*, publication: Publication, actor: Actor, moment: datetime) -> None:
    """Take a snapshot back from the people it was published to; its link leads nowhere then.

    Whatever state the cycle is in: what was let out by mistake can always be taken back. Raises
    ``Closed`` when that was done before.
    """
    db.session.refresh(publication, with_for_update=True, attribute_names=["revoked_at"])
    if publication.revoked_at is not None:
        raise Closed("That is revoked already.")
    publication.revoked_at = moment
    db.session.flush()
    _note(REVOKED, publication, actor, moment)


def _refuse_twice(snapshot: Snapshot, audience: Audience, label: str) -> None:
    if len(label) > LONGEST_LABEL:
        raise Invalid("The label is too long.", label=f"Use {LONGEST_LABEL} characters at most")
    standing = standing_publications(snapshot.id)
    read_by = {each.audience for each in standing}
    if audience == Audience.LINK:
        if label in (each.label for each in standing if each.audience == Audience.LINK):
            said = f"There is a link for “{label}” already" if label else "There is a link already"
            raise Invalid(f"{said}.", label=f"{said}. Say whom another one is for")
    elif audience in read_by:
        raise Invalid("They read it already.", audience="They read this snapshot already")
    elif Audience.PARTICIPANTS in read_by:
        everybody = "Everyone in the cycle reads this snapshot already, sponsors among them"
        raise Invalid(f"{everybody}.", audience=everybody)


def _note(event: EventType, publication: Publication, actor: Actor, moment: datetime) -> None:
    event.record(
        actor=actor,
        moment=moment,
        cycle_id=publication.cycle_id,
        subject_id=publication.id,
        number=publication.snapshot.number,
        audience=publication.audience.value,
    )
