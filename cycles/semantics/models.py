"""The vector cache: one row per model and text, whichever cycle or framework it stands in."""

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from cycles.core.base import Base


class TextVector(Base):
    """The embedding of a normalised text by one model: little-endian float32, unit length."""

    __tablename__ = "text_vector"

    model_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    text_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    vector: Mapped[bytes] = mapped_column(LargeBinary)
