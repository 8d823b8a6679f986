"""Loads the reference data that the demonstration stands on, each part once."""

from sqlalchemy import select

from cycles.classification.commands import import_classification
from cycles.core.audit import SYSTEM
from cycles.core.extensions import db
from cycles.demonstration.preparing import BEGINNING
from cycles.demonstration.texts import FRAMEWORK_NAME, KSBS, LIBRARY, STANDARDS
from cycles.library.commands import SourceFacts, import_library
from cycles.standards.commands import FrameworkFacts, import_standards
from cycles.standards.models import Framework

VERSION = "2024.1"
LICENCE = "Part of Pythia; free to reuse with attribution"
LIBRARY_NAME = "Pythia illustrative library"
KSBS_NAME = "Pythia illustrative knowledge, skills and behaviours"


def load_reference() -> Framework:
    """Import the classification, the illustrative standards and the illustrative library."""
    import_classification(actor=SYSTEM, moment=BEGINNING)
    import_standards(
        STANDARDS,
        framework=FrameworkFacts(
            name=FRAMEWORK_NAME,
            version=VERSION,
            licence=LICENCE,
            attribution="Illustrative occupational standards, written for Pythia.",
            is_illustrative=True,
        ),
        actor=SYSTEM,
        moment=BEGINNING,
    )
    for path, name in ((LIBRARY, LIBRARY_NAME), (KSBS, KSBS_NAME)):
        source = SourceFacts(name, VERSION, LICENCE, f"{name}, written for Pythia.")
        import_library(path, source=source, actor=SYSTEM, moment=BEGINNING)
    framework = db.session.scalars(select(Framework).where(Framework.name == FRAMEWORK_NAME)).one()
    db.session.commit()
    return framework
