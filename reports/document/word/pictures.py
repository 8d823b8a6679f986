"""A figure as Word takes it: pixels, twice as many as are shown. In the worker only."""

from reports.charts.vega.pictures import SHARPNESS
from reports.document.figures import Figure
from reports.document.figures.pictures import svg_file


def picture_of(figure: Figure) -> bytes:
    """Return the figure as PNG, made of the very drawing that stands in the PDF.

    That drawing is kept from there, which makes this a tenth of drawing the chart anew.
    """
    import vl_convert

    return vl_convert.svg_to_png(svg_file(figure).decode(), SHARPNESS)
