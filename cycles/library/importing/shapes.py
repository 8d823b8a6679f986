"""The shapes of file that the library takes, told apart by their headings.

Each says which column holds what, and what its licence asks us to print.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from cycles.core.errors import Invalid

ONET = (
    "This page includes information from the O*NET {version} Database by the U.S. Department of "
    "Labor, Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. "
    "O*NET® is a trademark of USDOL/ETA. Pythia has modified all or some of this information. "
    "USDOL/ETA has not approved, endorsed, or tested these modifications."
)
ESCO = (
    "This service uses the ESCO classification of the European Commission. "
    "Pythia has modified some of it."
)
OGL = "Contains public sector information licensed under the Open Government Licence v3.0."


@dataclass(frozen=True)
class Shape:
    """A kind of file. ``columns`` maps our names to its headings; ``needs`` tell it apart."""

    name: str
    needs: frozenset[str]
    columns: dict[str, str]
    source: str = ""
    version: str = ""
    licence: str = ""
    attribution: str = ""
    lacks: frozenset[str] = field(default=frozenset())
    is_of_titles: bool = False


def _needs(*headings: str) -> frozenset[str]:
    return frozenset(headings)


SHAPES = (
    Shape(
        name="tasks of occupations (O*NET)",
        needs=_needs("o*net-soc code", "task id", "task"),
        lacks=_needs("dwa id"),
        columns={
            "reference": "task id",
            "text": "task",
            "code": "o*net-soc code",
            "occupation": "title",
        },
        source="O*NET task statements",
        version="29.3",
        licence="CC BY 4.0",
        attribution=ONET,
    ),
    Shape(
        name="detailed work activities (O*NET)",
        needs=_needs("dwa id", "dwa title"),
        lacks=_needs("task id"),
        columns={"reference": "dwa id", "text": "dwa title"},
        source="O*NET detailed work activities",
        version="29.3",
        licence="CC BY 4.0",
        attribution=ONET,
    ),
    Shape(
        name="occupations (O*NET)",
        needs=_needs("o*net-soc code", "title", "description"),
        lacks=_needs("task id"),
        columns={"reference": "o*net-soc code", "text": "title"},
        source="O*NET occupations",
        version="29.3",
        licence="CC BY 4.0",
        attribution=ONET,
        is_of_titles=True,
    ),
    Shape(
        name="tasks of occupations (UK Standard Skills Classification)",
        needs=_needs("sug code", "task id", "task statement"),
        columns={
            "reference": "task id",
            "text": "task statement",
            "code": "sug code",
            "occupation": "sug title",
        },
        source="UK Standard Skills Classification tasks",
        version="0.9.1",
        licence="Open Government Licence v3.0",
        attribution=OGL,
    ),
    Shape(
        name="skills (ESCO)",
        needs=_needs("concepturi", "preferredlabel", "skilltype"),
        columns={"reference": "concepturi", "text": "preferredlabel", "kind": "skilltype"},
        source="ESCO skills",
        version="1.2",
        licence="Reuse with attribution (European Commission)",
        attribution=ESCO,
    ),
    Shape(
        name="occupations (ESCO)",
        needs=_needs("concepturi", "preferredlabel", "iscogroup"),
        columns={"reference": "concepturi", "text": "preferredlabel"},
        source="ESCO occupations",
        version="1.2",
        licence="Reuse with attribution (European Commission)",
        attribution=ESCO,
        is_of_titles=True,
    ),
    Shape(
        name="statements (the template)",
        needs=_needs("statement"),
        columns={
            "reference": "reference",
            "text": "statement",
            "kind": "kind",
            "function": "function",
            "domain": "domain",
            "area": "area",
            "occupation": "occupation",
            "source": "source",
        },
    ),
    Shape(
        name="knowledge, skills and behaviours",
        needs=_needs("kind", "text"),
        columns={"reference": "reference", "text": "text", "kind": "kind", "source": "source"},
    ),
)
TEMPLATE = ("statement", "kind", "function", "domain", "area", "reference", "occupation", "source")


def shape_of(headings: Collection[str]) -> Shape:
    """Return the shape of a file with these headings; raise ``Invalid`` when it has none."""
    held = frozenset(headings)
    for shape in SHAPES:
        if shape.needs <= held and not shape.lacks & held:
            return shape
    raise Invalid(
        "These columns are not of a library that can be imported. The first row must name the "
        "columns; the template shows them, and O*NET, ESCO and SSC files are taken as they are."
    )
