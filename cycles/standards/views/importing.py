"""Importing standards: what its pages of imports show that others do not."""

from flask import url_for

from cycles.core.jobs.models import Job
from cycles.importing.views import ImportPages, Template
from cycles.standards.asking import IMPORTER
from cycles.standards.forms import ImportForm
from cycles.standards.importing.columns import COURSES, TEMPLATE
from cycles.standards.queries import frameworks
from cycles.standards.views import standards

EXAMPLES = (
    ("X0001", "Baker", 3, "Catering", "Mix dough to a recipe", "yes", "K1; S1", "K1", "Flours"),
    ("X0001", "Baker", 3, "Catering", "Bake bread", "yes", "S1", "S1", "Shape loaves"),
    ("X0002", "Miller", 2, "Catering", "", "", "", "", ""),
)
COURSE_EXAMPLES = (
    ("C101", "Craft baking", 3, "Food", "Plan a day's baking for a small bakery"),
    ("C101", "Craft baking", 3, "Food", "Keep the records that food safety asks for"),
    ("C205", "Evening class in sourdough", "unknown", "Food", "Feed and keep a starter"),
)


def _framework_href(job: Job) -> str:
    framework_id = job.finding.get("subject_id")
    return url_for("standards.framework", framework_id=framework_id) if framework_id else ""


ImportPages(
    importer=IMPORTER,
    label="Standards",
    title="Import standards",
    form=ImportForm,
    templates={
        "template": Template(TEMPLATE, EXAMPLES),
        "courses": Template(COURSES, COURSE_EXAMPLES),
    },
    names=lambda: tuple(each.name for each in frameworks()),
    result_href=_framework_href,
).add_to(standards)
