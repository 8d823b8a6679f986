"""The table of what stands behind a snapshot's document. Frozen once written."""

import uuid

from sqlalchemy import ForeignKey, LargeBinary, String, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from cycles.core.base import Base
from cycles.core.errors import Closed


class SnapshotDetail(Base):
    """The rows behind the counts of a snapshot's document, packed as ``packing`` says.

    ``digest`` is the SHA-256 of the unpacked bytes.
    """

    __tablename__ = "snapshot_detail"

    snapshot_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("snapshot.id", ondelete="CASCADE"), primary_key=True
    )
    packed: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    digest: Mapped[str] = mapped_column(String(64))


@event.listens_for(SnapshotDetail, "before_update")
def _keep(_mapper: Mapper[SnapshotDetail], _connection: object, _row: SnapshotDetail) -> None:
    raise Closed("A snapshot is frozen. Take another one.")
