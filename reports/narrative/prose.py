"""Markdown from people, as HTML that can do no harm. The one way prose reaches a page or a PDF.

Nothing that fetches survives: no images, no styles, no frames; links go to the web or to mail.
"""

import re
from functools import cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {
    "a", "blockquote", "br", "code", "em", "h4", "h5", "hr", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
# What means something in Markdown anywhere (braces: in our names of numbers), and what does at the
# beginning of a line.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>|{}]|&(?=[#\w])")
# A space that may not break belongs to a number and its sign, and stays.
_BREAKABLE = re.compile(r"[^\S\u00a0]+")
_AT_THE_START = re.compile(r"^(\d*)([#+\-=~.)])")


def prose_html(markdown: str) -> Markup:
    """Return the prose as sanitised HTML. Headings start below those of the report."""
    tokens = _reader().parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h4" if token.tag in ("h1", "h2") else "h5"
    html = _reader().renderer.render(tokens, _reader().options, {})
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    return Markup(clean)  # noqa: S704 - nh3 has just sanitised it


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def literal(text: str) -> str:
    """Return plain text as Markdown that says exactly that text, on one line."""
    line = _ANYWHERE.sub(r"\\\g<0>", _BREAKABLE.sub(" ", text).strip())
    return _AT_THE_START.sub(r"\1\\\2", line)


def paragraphs(text: str) -> str:
    """Return plain text as Markdown, its paragraphs kept."""
    parts = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(literal(part) for part in parts if part.strip())
