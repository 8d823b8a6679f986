"""Loads the reference data that the demonstration stands on, each part once."""

from sqlalchemy import select

from cycles.classification.commands import import_classification
from cycles.core.audit import SYSTEM
from cycles.core.extensions import db
from cycles.demonstration.preparing import BEGINNING
from cycles.demonstration.texts import FRAMEWORK_NAME, STANDARDS
from cycles.standards.commands import FrameworkFacts, import_standards
from cycles.standards.models import Framework


def load_reference() -> Framework:
    """Import the classification, the illustrative standards and the illustrative library."""
    import_classification(actor=SYSTEM, moment=BEGINNING)
    import_standards(
        STANDARDS,
        framework=FrameworkFacts(
            name=FRAMEWORK_NAME,
            version="2024.1",
            licence="Part of Pythia; free to reuse with attribution",
            attribution="Illustrative occupational standards, written for Pythia.",
            is_illustrative=True,
        ),
        actor=SYSTEM,
        moment=BEGINNING,
    )
    framework = db.session.scalars(select(Framework).where(Framework.name == FRAMEWORK_NAME)).one()
    db.session.commit()
    return framework
