"""The panel's comments as its pages show them: on a profile, and on one capability of it."""

import uuid
from collections import Counter
from collections.abc import Sequence

from flask import url_for
from sqlalchemy import select

from cycles.core.access import Place
from cycles.core.clock import LONDON
from cycles.core.extensions import db
from workshop.ratification.models import PanelComment
from workshop.ratification.pages import CommentLine, Comments, Ids, Slip
from workshop.ratification.queries import CommentRow

GONE = "Somebody who has left"


def comments_at(
    ids: Ids,
    place: Place,
    said: Sequence[CommentRow],
    *,
    statement_id: uuid.UUID | None,
    may_comment: bool,
    slip: Slip | None = None,
) -> Comments:
    """Return what was remarked on one capability, or on the profile where none is named."""
    lines = tuple(
        CommentLine(
            id=row.comment.id,
            who=row.name or GONE,
            when=row.comment.said_at.astimezone(LONDON).strftime("%-d %B, %H:%M"),
            text=row.comment.text,
            away_href=_away(ids, row.comment, place) if may_comment else "",
        )
        for row in said
        if row.comment.statement_id == statement_id
    )
    return Comments(ids, statement_id, lines, may_comment, slip)


def comment_counts(cycle_id: uuid.UUID) -> Counter[uuid.UUID]:
    """Return how many comments each profile of the cycle has, its capabilities' among them."""
    found = select(PanelComment.profile_id).where(PanelComment.cycle_id == cycle_id)
    return Counter(db.session.scalars(found))


def _away(ids: Ids, comment: PanelComment, place: Place) -> str:
    """Return where a comment is taken away: one's own, or for a convener any."""
    if not place.is_convener and comment.participant_id != place.participant_id:
        return ""
    return url_for("ratification.take_comment_away", comment_id=comment.id, **ids.of_profile)
