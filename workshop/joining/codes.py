"""Room codes: how they are typed, said and drawn. They are made in ``rooms.plans``."""

import re
from itertools import groupby

import segno
from flask import current_app

from workshop.rooms.plans import CODE_LENGTH

QUIET = 4  # the white frame that readers need, in squares


def tidy_code(typed: str) -> str:
    """Return the code as it is kept, however its letters and gaps were typed."""
    return re.sub(r"[\s._\-\u2010-\u2015]+", "", typed).upper()


def said_code(code: str) -> str:
    """Return the code in two halves, as it is shown."""
    half = CODE_LENGTH // 2
    return f"{code[:half]} {code[half:]}".strip()


def address_of(code: str) -> str:
    """Return the full address behind the QR code."""
    return f"{typing_address()}/{code}"


def typing_address() -> str:
    """Return the full address where a code is typed."""
    return f"{current_app.extensions['pythia_settings'].base_url}/join"


def without_scheme(address: str) -> str:
    """Return an address as people type it."""
    return address.partition("://")[2]


def picture_of(code: str) -> str:
    """Return the QR code of the address as SVG: black squares with their white frame.

    The squares are one filled path: readers take seams between drawn lines for white.
    """
    squares = segno.make(address_of(code), error="m", micro=False)
    size = squares.symbol_size(border=QUIET)[0]
    runs = "".join(
        run for y, row in enumerate(squares.matrix, QUIET) for run in _runs(y, bytes(row))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img">'
        f"<title>QR code that opens {address_of(code)}</title>"
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/>'
        f'<path fill="#000" shape-rendering="crispEdges" d="{runs}"/></svg>'
    )


def _runs(y: int, row: bytes) -> list[str]:
    """Return the dark stretches of a row as pieces of a path."""
    found, x = [], QUIET
    for is_dark, squares in groupby(row):
        width = len(list(squares))
        if is_dark:
            found.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return found
