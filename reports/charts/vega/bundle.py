"""Writes the script that draws charts in browsers: ``python -m reports.charts.vega.bundle FILE``.

Part of making the assets. It needs no application and fetches nothing.
"""

import sys
from pathlib import Path

from reports.charts.vega.pictures import VEGA_LITE

OFFER = "window.vegaEmbed = vegaEmbed;"


def write(file: Path) -> None:
    """Write the bundle of Vega, Vega-Lite and Vega-Embed, the versions that draw the pictures."""
    import vl_convert

    file.write_text(vl_convert.javascript_bundle(OFFER, VEGA_LITE), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
