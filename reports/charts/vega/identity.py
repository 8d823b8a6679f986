"""The identity's colours and type as Vega takes them. The values are those of the style sheet."""

from typing import Any

# Quoted: a name that ends in a figure is no name to CSS, and the drawer would then leave words out.
FAMILY = "'Source Sans 3', 'Source Sans Pro', 'Helvetica Neue', Arial, sans-serif"
INK = "#1b1f2a"
MUTED = "#5b6475"
LINE = "#d7dbe2"
LINE_STRONG = "#7a8393"
WASH = "#f5f6f8"
PAPER = "#ffffff"
ACCENT = "#0f5c63"
ACCENT_WASH = "#eaf2f2"
AMBER = "#b45309"

LEVELS = {
    "N": ("#e6e8ec", INK),
    "A": ("#b9d7d9", INK),
    "P": ("#4f9ea4", INK),
    "E": ("#0f4a50", PAPER),
}
"""Fill and text of each proficiency level, lightest first."""

HEAT = (PAPER, "#fff4d6", "#fbe0a3", "#f2bf69", "#dd9237", AMBER)
"""Disagreement, from none to most."""

EDGES = {
    PAPER: LINE_STRONG,
    "#e6e8ec": LINE_STRONG,
    "#b9d7d9": "#3f8087",
    "#4f9ea4": "#2f7379",
    HEAT[1]: AMBER,
    HEAT[3]: AMBER,
}
"""Outlines of fills that are too light to stand against the paper by themselves."""

AMOUNT = (PAPER, ACCENT_WASH, "#b9d7d9", "#4f9ea4", ACCENT, "#0f4a50")
"""How much of something, from none to most."""

FUNCTIONS = {
    "Design": "#6b4e9b",
    "Implement": ACCENT,
    "Logistics": "#b35c1e",
    "Support": "#2f6db5",
    "Enterprise": "#6b7280",
}

SERIES = (ACCENT, "#b35c1e", "#6b4e9b", "#2f6db5", "#6b7280")
"""What has no colour of its own takes these in turn; each has 3:1 against the paper."""

DASHES = ([1, 0], [7, 4], [2, 3], [9, 3, 2, 3], [4, 2])
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross")

LETTER = 13
"""Size of all words in a chart, in pixels."""


WORDS = {"labelFontSize": LETTER, "titleFontSize": LETTER, "titleFontWeight": 400}
AXES = {
    **WORDS,
    "labelColor": MUTED,
    "titleColor": INK,
    "domainColor": LINE_STRONG,
    "gridColor": LINE,
    "tickColor": LINE_STRONG,
    "labelPadding": 6,
    "titlePadding": 10,
}
KEY = {
    **WORDS,
    "orient": "top",
    "direction": "horizontal",
    "columns": 3,
    "columnPadding": 8,
    "labelColor": INK,
    "titleColor": MUTED,
    "symbolStrokeWidth": 1.5,
    "labelLimit": 320,
}
TITLE = {
    "anchor": "start",
    "color": INK,
    "fontSize": 17,
    "fontWeight": 600,
    "lineHeight": 21,
    "subtitleColor": MUTED,
    "subtitleFontSize": LETTER,
    "subtitlePadding": 6,
    "offset": 14,
}


def config() -> dict[str, Any]:
    """Return the settings that every chart shares."""
    return {
        "background": PAPER,
        "font": FAMILY,
        "padding": 6,
        "view": {"stroke": None},
        "axis": dict(AXES),
        "legend": dict(KEY),
        "text": {"fontSize": LETTER, "color": INK},
        "title": dict(TITLE),
    }
