"""Drawings without what nobody sees."""

from xml.etree import ElementTree

from reports.charts.vega.lean import NAMESPACE, lean

DRAWING = f'<svg xmlns="{NAMESPACE}"><g><text opacity="0">Gone</text><text>Kept</text></g></svg>'


def test_a_drawing_stays_one_after_somebody_else_has_taken_the_empty_prefix() -> None:
    before = lean(DRAWING)
    # As the renderer does when it writes the first PDF of a process.
    ElementTree.register_namespace("", "http://example.org/other")
    assert lean(DRAWING) == before == f'<svg xmlns="{NAMESPACE}"><g><text>Kept</text></g></svg>'
