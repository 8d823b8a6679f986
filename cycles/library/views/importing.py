"""Importing into the library: what its pages of imports show that others do not."""

from flask import url_for

from cycles.importing.views import ImportPages, Template
from cycles.library.asking import IMPORTER
from cycles.library.forms import ImportForm
from cycles.library.importing.shapes import TEMPLATE
from cycles.library.queries import sources
from cycles.library.views import library

OURS = "Our library"
EXAMPLES = (
    ("Calibrate the sensors of automated ovens", "capability", "", "", "", "X1", "", OURS),
    ("How the temperature of an oven is controlled", "knowledge", "", "", "", "X2", "", OURS),
)

ImportPages(
    importer=IMPORTER,
    label="Library",
    title="Import into the library",
    form=ImportForm,
    templates={"template": Template(TEMPLATE, EXAMPLES)},
    names=lambda: tuple(each.name for each in sources()),
    result_href=lambda _job: url_for("library.index"),
).add_to(library)
