"""The table of publications: a snapshot, and who may read it."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cycles.core.base import Base, Scoped, word
from reports.document.models import Snapshot


class Audience(StrEnum):
    """Who a publication is for. ``PARTICIPANTS`` are all people of the cycle, sponsors among them.

    ``LINK``: anybody who has its link, without signing in; they are told of nobody.
    """

    SPONSORS = "sponsors"
    PARTICIPANTS = "participants"
    LINK = "link"


class Publication(Scoped, Base):
    """A snapshot published to an audience, until it is revoked.

    A link's address is made from ``id`` and a signature; no table keeps it. ``label`` is the
    convener's own note of whom a link was given to.
    """

    __tablename__ = "publication"

    snapshot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("snapshot.id"), index=True)
    audience: Mapped[Audience] = mapped_column(word(Audience))
    label: Mapped[str] = mapped_column(String(200), default="")
    published_at: Mapped[datetime]
    published_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )
    revoked_at: Mapped[datetime | None]
    snapshot: Mapped[Snapshot] = relationship()
