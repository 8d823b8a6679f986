"""The report as one file for browsers: its style, fonts and pictures inside, and nothing fetched.

The file says so itself: its policy lets a browser load what it holds and nothing else.
"""

import re
from functools import cache

from markupsafe import Markup

from reports.document.edition import Edition
from reports.document.rendering import sources_of
from reports.printing import BUILD, data_uri, filled, mark

SHEET = "standalone.css"
FONT = re.compile(r'url\("?(fonts/[\w-]+\.woff2)"?\)')
REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)


def page_file(edition: Edition) -> bytes:
    """Return the report as HTML in one file."""
    html = filled(
        "page.html", edition=edition, sources=sources_of(edition), mark=mark(), style=_style()
    )
    return html.encode()


@cache
def _style() -> Markup:
    """Return our sheet with its fonts inside. It is built from our own sources alone."""
    css = REMARK.sub("", (BUILD / SHEET).read_text())
    return Markup(FONT.sub(_font, css))  # noqa: S704 - our own style sheet


def _font(found: re.Match[str]) -> str:
    return f'url("{data_uri("font/woff2", (BUILD / found[1]).read_bytes())}")'
