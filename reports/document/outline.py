"""The order of a report: its parts and sections, with the numbers and titles they carry."""

from dataclasses import dataclass

from reports.narrative.sections import BY_KEY


@dataclass(frozen=True)
class Place:
    """A section. ``number`` is 1.1 and on; ``anchor`` the id that links lead to."""

    number: str
    title: str

    @property
    def anchor(self) -> str:
        """Return the id of the section."""
        return f"section-{self.number.replace('.', '-')}"


@dataclass(frozen=True)
class Part:
    """One of the four parts."""

    number: str
    title: str
    places: tuple[Place, ...]

    @property
    def anchor(self) -> str:
        """Return the id of the part."""
        return f"part-{self.number}"


def _prose(*keys: str) -> tuple[Place, ...]:
    return tuple(Place(BY_KEY[key].place, BY_KEY[key].title) for key in keys)


_APPENDICES = (
    "People and organisations",
    "Timeline",
    "Access to the data",
    "Glossary",
    "References",
    "Figures and tables",
    "Capabilities in full",
    "How agreement was reached",
    "Dissent",
    "Profiles in full",
    "Knowledge, skills and behaviours by profile",
    "Capabilities without support",
    "Reporting checklists",
    "Data sources and attributions",
    "How to calculate this report again",
)

OUTLINE: tuple[Part, ...] = (
    Part(
        "1",
        "Executive summary",
        _prose(
            "executive_summary",
            "organisational_change",
            "fop_highlights",
            "areas_of_concern",
            "next_steps",
            "explorer",
        ),
    ),
    Part(
        "2",
        "The challenge and its solutions",
        _prose("challenge", "solutions", "prioritised", "scale", "stakeholders"),
    ),
    Part(
        "3",
        "Findings",
        (
            *_prose("methodology"),
            Place("3.2", "Organisational change in detail"),
            *_prose("occupational_change", "provision", "summary"),
            Place("3.6", "Recommendations"),
        ),
    ),
    Part(
        "4",
        "Appendices",
        (
            *_prose("foresighting"),
            *(Place(f"4.{at}", title) for at, title in enumerate(_APPENDICES, 2)),
        ),
    ),
)
PLACES: dict[str, Place] = {place.number: place for part in OUTLINE for place in part.places}
