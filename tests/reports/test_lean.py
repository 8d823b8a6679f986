"""A drawing without what nobody sees, whoever else in the process writes XML."""

from xml.etree import ElementTree

from reports.charts.vega.lean import lean

DRAWN = '<svg xmlns="http://www.w3.org/2000/svg"><g class="a"><text role="b">7</text></g><g/></svg>'


def test_a_drawing_stays_svg_after_another_library_has_claimed_the_empty_prefix() -> None:
    ElementTree.register_namespace("", "")
    assert lean(DRAWN) == '<svg xmlns="http://www.w3.org/2000/svg"><g><text>7</text></g></svg>'
