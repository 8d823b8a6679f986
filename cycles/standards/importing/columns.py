"""What the columns of tables of standards are called, ours and those of files that go about."""

from collections.abc import Mapping, Sequence

from cycles.core.errors import Invalid
from cycles.importing.known import STANDARDS, refuse_known
from cycles.standards.importing.objects import UNKNOWN

TEMPLATE = (
    "reference",
    "title",
    "level",
    "route",
    "duty",
    "is_core",
    "duty_ksbs",
    "ksb_code",
    "ksb",
)
COURSES = ("course_code", "course", "level", "subject", "learning_outcome")
ALIASES = {
    "lars_code": "reference",
    "duty_id": "duty_reference",
    "ksb_id": "ksb_reference",
    "ksb_type": "ksb_kind",
    "type": "ksb_kind",
    "code": "ksb_code",
    "text": "ksb",
    "course_code": "reference",
    "course": "title",
    "subject": "route",
    "learning_outcome": "duty",
    "sug code": "reference",
    "sug title": "title",
    "sug description": "overview",
    "task id": "duty_reference",
    "task statement": "duty",
}
REQUIRED = ("reference", "title", "level")
LINKS = {"reference", "duty_reference", "ksb_reference"}
# The first digit of a group of the UK Standard Skills Classification is its major group of
# SOC 2020, whose names are public sector information under the Open Government Licence.
MAJOR_GROUPS = {
    "1": "Managers, directors and senior officials",
    "2": "Professional occupations",
    "3": "Associate professional occupations",
    "4": "Administrative and secretarial occupations",
    "5": "Skilled trades occupations",
    "6": "Caring, leisure and other service occupations",
    "7": "Sales and customer service occupations",
    "8": "Process, plant and machine operatives",
    "9": "Elementary occupations",
}


def our_names(headings: Sequence[str]) -> dict[str, str]:
    """Return the name that each heading goes by with us."""
    names = {heading: ALIASES.get(heading, heading) for heading in headings}
    if "sug code" in headings:
        names["sug code group"] = "route"
        names["no level"] = "level"
    return names


def completed(cells: Mapping[str, str]) -> Mapping[str, str]:
    """Return a row with what its file leaves to be known: a group's level, and its major group."""
    code = cells.get("sug code")
    if code is None:
        return cells
    return {**cells, "sug code group": MAJOR_GROUPS.get(code[:1], ""), "no level": UNKNOWN}


def check_columns(sheets: Sequence[Sequence[str]]) -> None:
    """Raise ``Invalid`` unless these headings, file by file, are of standards."""
    named = [set(our_names(headings).values()) for headings in sheets]
    together = set().union(*named)
    lacking = [name for name in REQUIRED if name not in together]
    if not lacking and all("reference" in names for names in named):
        return
    if together >= LINKS and lacking:
        raise Invalid(
            "This file holds only links between duties and knowledge, skills and behaviours. Give "
            "it together with the files of duties and of KSBs, as one import."
        )
    for headings in sheets:
        refuse_known(headings, STANDARDS)
    raise Invalid(
        f"The first row must name the columns; {', '.join(lacking or ['reference'])} is not "
        "there. The template shows the columns."
    )
