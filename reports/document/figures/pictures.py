"""A figure as a picture: for print as data, for the page and for taking away as a file.

The drawer is loaded with the first picture, so that a process that draws none stays light.
"""

from reports.document.figures import Figure
from reports.printing import data_uri

PATIENCE = 20
"""Seconds: a page without scripts asks for all of a report's figures at once, and gets them."""


def printed(figure: Figure) -> str:
    """Return the figure as the address of a drawing for print, whose words stand beside it."""
    from reports.charts.vega.pictures import svg_of

    return data_uri("image/svg+xml", svg_of(figure.chart, patience=PATIENCE).encode())


def svg_file(figure: Figure, source: str = "") -> bytes:
    """Return the figure as SVG; with ``source`` it says its title and what it rests on."""
    from reports.charts.vega.pictures import svg_of

    return svg_of(figure.chart, source=source, patience=PATIENCE).encode()


def png_file(figure: Figure, source: str = "") -> bytes:
    """Return the figure as PNG, twice its size; with ``source`` as ``svg_file`` does."""
    from reports.charts.vega.pictures import png_of

    return png_of(figure.chart, source=source, patience=PATIENCE)
