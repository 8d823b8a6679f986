"""The shapes of file that the library takes, told apart by their headings.

Each says which column holds what, and what its licence asks us to print.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import partial

from cycles.core.errors import Invalid
from cycles.importing.known import LIBRARY, refuse_known

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


EUROPEAN = "Reuse with attribution (European Commission)"
OPEN = "Open Government Licence v3.0"
TASKS, ACTIVITIES = "O*NET task statements", "O*NET detailed work activities"
GROUPS_OF_ACTIVITIES = "O*NET intermediate work activities"
SKILLS, SKILL_GROUPS = "ESCO skills", "ESCO skill groups"


@dataclass(frozen=True)
class Wider:
    """Where a file says under what a statement stands.

    ``references`` is the column with their references, several with ``|`` between them; they are
    looked for in ``sources``, in this order. Where ``text`` names the column of the wider
    statement's own words, one that the library lacks is made in the first of the sources.
    """

    references: str
    sources: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True)
class Shape:
    """A kind of file. ``columns`` maps our names to its headings; ``needs`` tell it apart.

    A reference made of two columns is written ``a/b``. ``is_part``: the file never holds the whole
    source. ``keeps_twins``: the same words under two references are two statements. ``narrow``:
    the file holds no statements, only links from statements of these sources.
    """

    name: str
    needs: frozenset[str]
    columns: dict[str, str] = field(default_factory=dict)
    source: str = ""
    version: str = ""
    licence: str = ""
    attribution: str = ""
    lacks: frozenset[str] = field(default=frozenset())
    is_of_titles: bool = False
    is_part: bool = False
    keeps_twins: bool = False
    wider: Wider | None = None
    narrow: tuple[str, ...] = ()
    advice: str = ""


def _needs(*headings: str) -> frozenset[str]:
    return frozenset(headings)


_onet = partial(Shape, version="29.3", licence="CC BY 4.0", attribution=ONET)
_esco = partial(Shape, version="1.2", licence=EUROPEAN, attribution=ESCO)
_ssc = partial(Shape, version="0.9.1", licence=OPEN, attribution=OGL)
_england = partial(Shape, licence=OPEN, attribution=OGL)

ONET_SHAPES = (
    _onet(
        name="tasks of occupations (O*NET)",
        needs=_needs("o*net-soc code", "task id", "task"),
        lacks=_needs("dwa id"),
        columns={
            "reference": "task id",
            "text": "task",
            "code": "o*net-soc code",
            "occupation": "title",
        },
        source=TASKS,
    ),
    _onet(
        name="tasks placed under detailed work activities (O*NET)",
        needs=_needs("o*net-soc code", "task id", "dwa id", "dwa title"),
        columns={"reference": "task id", "code": "o*net-soc code", "occupation": "title"},
        source=ACTIVITIES,
        is_part=True,
        narrow=(TASKS,),
        wider=Wider("dwa id", (ACTIVITIES,), "dwa title"),
        advice="Import Task Statements first, then this file again.",
    ),
    _onet(
        name="detailed work activities (O*NET)",
        needs=_needs("dwa id", "dwa title"),
        lacks=_needs("task id"),
        columns={"reference": "dwa id", "text": "dwa title"},
        source=ACTIVITIES,
        wider=Wider("iwa id", (GROUPS_OF_ACTIVITIES,), "iwa title"),
    ),
    _onet(
        name="intermediate work activities (O*NET)",
        needs=_needs("iwa id", "iwa title"),
        lacks=_needs("dwa id"),
        columns={"reference": "iwa id", "text": "iwa title"},
        source=GROUPS_OF_ACTIVITIES,
    ),
    _onet(
        name="occupations (O*NET)",
        needs=_needs("o*net-soc code", "title", "description"),
        lacks=_needs("task id"),
        columns={"reference": "o*net-soc code", "text": "title"},
        source="O*NET occupations",
        is_of_titles=True,
    ),
    _onet(
        name="alternate titles of occupations (O*NET)",
        needs=_needs("o*net-soc code", "alternate title"),
        columns={"code": "o*net-soc code", "text": "alternate title"},
        source="O*NET alternate titles",
        is_of_titles=True,
    ),
)
SSC_SHAPES = (
    _ssc(
        name="tasks of occupations (UK Standard Skills Classification)",
        needs=_needs("sug code", "task id", "task statement"),
        columns={
            "reference": "task id",
            "text": "task statement",
            "code": "sug code",
            "occupation": "sug title",
        },
        source="UK Standard Skills Classification tasks",
    ),
    _ssc(
        name="occupations (UK Standard Skills Classification)",
        needs=_needs("sugcode", "sugtitle"),
        columns={"reference": "sugcode", "text": "sugtitle"},
        source="UK Standard Skills Classification occupations",
        is_of_titles=True,
    ),
)
ESCO_SHAPES = (
    _esco(
        name="the collection of digital skills (ESCO)",
        needs=_needs("concepturi", "preferredlabel", "skilltype", "broaderconcepturi"),
        columns={"reference": "concepturi", "text": "preferredlabel", "kind": "skilltype"},
        source=SKILLS,
        is_part=True,
        wider=Wider("broaderconcepturi", (SKILLS, SKILL_GROUPS)),
    ),
    _esco(
        name="skills (ESCO)",
        needs=_needs("concepturi", "preferredlabel", "skilltype"),
        columns={"reference": "concepturi", "text": "preferredlabel", "kind": "skilltype"},
        source=SKILLS,
        wider=Wider("broaderuris", (SKILLS, SKILL_GROUPS)),
    ),
    _esco(
        name="occupations (ESCO)",
        needs=_needs("concepturi", "preferredlabel", "iscogroup"),
        columns={"reference": "concepturi", "text": "preferredlabel"},
        source="ESCO occupations",
        is_of_titles=True,
    ),
    _esco(
        name="skill groups (ESCO)",
        needs=_needs("concepttype", "concepturi", "preferredlabel", "code"),
        lacks=_needs("iscogroup", "skilltype"),
        columns={"reference": "concepturi", "text": "preferredlabel", "kind": "concepttype"},
        source=SKILL_GROUPS,
        keeps_twins=True,
    ),
    _esco(
        name="the hierarchy of skill groups (ESCO)",
        needs=_needs("level 0 uri", "level 0 preferred term", "level 1 uri"),
        columns={"reference": "uri", "text": "preferred term", "kind": "concepttype"},
        source=SKILL_GROUPS,
        is_part=True,
        keeps_twins=True,
        wider=Wider("broader uri", (SKILL_GROUPS,)),
    ),
    _esco(
        name="links from skills to broader ones (ESCO)",
        needs=_needs("concepturi", "broaderuri"),
        lacks=_needs("preferredlabel"),
        columns={"reference": "concepturi"},
        source=SKILLS,
        narrow=(SKILLS, SKILL_GROUPS),
        wider=Wider("broaderuri", (SKILLS, SKILL_GROUPS)),
        advice="Import skills and skill groups first, then this file again.",
    ),
)
ENGLISH_SHAPES = (
    _england(
        name="duties of occupational standards (England)",
        needs=_needs("lars_code", "title", "duty_id", "duty"),
        columns={
            "reference": "duty_id",
            "text": "duty",
            "code": "lars_code",
            "occupation": "title",
        },
        source="Duties of occupational standards",
    ),
    _england(
        name="knowledge, skills and behaviours of occupational standards (England, 2021)",
        needs=_needs("lars_code", "title", "type", "ksb_id", "text"),
        columns={
            "reference": "ksb_id",
            "text": "text",
            "kind": "type",
            "code": "lars_code",
            "occupation": "title",
        },
        source="Knowledge, skills and behaviours of occupational standards, 2021",
    ),
    _england(
        name="knowledge, skills and behaviours of occupational standards (England)",
        needs=_needs("reference", "title", "type", "code", "text"),
        columns={
            "reference": "reference/code",
            "text": "text",
            "kind": "type",
            "code": "reference",
            "occupation": "title",
        },
        source="Knowledge, skills and behaviours of occupational standards",
    ),
)
OUR_SHAPES = (
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
SHAPES = (*ONET_SHAPES, *SSC_SHAPES, *ESCO_SHAPES, *ENGLISH_SHAPES, *OUR_SHAPES)
TEMPLATE = ("statement", "kind", "function", "domain", "area", "reference", "occupation", "source")


def shape_of(headings: Collection[str]) -> Shape:
    """Return the shape of a file with these headings; raise ``Invalid`` when it has none."""
    held = frozenset(headings)
    for shape in SHAPES:
        if shape.needs <= held and not shape.lacks & held:
            return shape
    refuse_known(headings, LIBRARY)
    raise Invalid(
        "These columns are not of a library that can be imported. The first row must name the "
        "columns; the template shows them, and O*NET, ESCO and SSC files are taken as they are."
    )
