"""Tables of the classification: one row a functional area, with its domain and function."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cycles.core.base import Base, Identified


class Classification(Identified, Base):
    """A version of the classification. Exactly one is current."""

    __tablename__ = "classification"

    name: Mapped[str] = mapped_column(String(120))
    version: Mapped[str] = mapped_column(String(40), unique=True)
    licence: Mapped[str] = mapped_column(Text, default="")
    is_current: Mapped[bool] = mapped_column(default=False)
    imported_at: Mapped[datetime]


class Area(Identified, Base):
    """A functional area: the finest place a statement can have."""

    __tablename__ = "area"
    __table_args__ = (UniqueConstraint("classification_id", "function", "domain", "name"),)

    classification_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("classification.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    function: Mapped[str] = mapped_column(String(80))
    domain: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(120))
    definition: Mapped[str] = mapped_column(Text, default="")
    domain_definition: Mapped[str] = mapped_column(Text, default="")
    function_definition: Mapped[str] = mapped_column(Text, default="")
