"""The threshold as a slider: what each of its values says is known before it is moved. Pure."""

from dataclasses import dataclass

from reports.explorer.carrying import carried
from reports.explorer.look import Look
from reports.mapping.selection import LEAST_THRESHOLD, MOST_THRESHOLD
from reports.mapping.words import of


@dataclass(frozen=True)
class Slider:
    """The form of the threshold. ``unsupported`` has how many are at each value from ``least`` up.

    ``hidden`` is what the form has to carry along. ``words`` say what holds at ``value``.
    """

    action: str
    hidden: tuple[tuple[str, str], ...]
    least: int
    most: int
    value: int
    own: int
    own_href: str
    words: str
    unsupported: str
    capabilities: int


def slider_of(look: Look, page: str, code: str = "") -> Slider | None:
    """Return the slider of a page, or None before the first run."""
    found = look.findings
    if found is None:
        return None
    totals, others = found.totals, carried(look.args)
    counts = {each.threshold_percent: each.unsupported_count for each in found.curve}
    values = range(max(LEAST_THRESHOLD, min(counts)), MOST_THRESHOLD + 1)
    return Slider(
        action=_bare(look, page, code),
        hidden=tuple((name, str(value)) for name, value in {**look.kept, **others}.items()),
        least=values[0],
        most=values[-1],
        value=found.threshold_percent,
        own=look.own_threshold,
        own_href=look.href(page, code, **{**others, "threshold": None}),
        words=f"{of(totals.unsupported, totals.capabilities)} capabilities are unsupported",
        unsupported=" ".join(str(counts[each]) for each in values),
        capabilities=totals.capabilities,
    )


def _bare(look: Look, page: str, code: str) -> str:
    """Return the page's address without a query, which a GET form replaces."""
    if code:
        return look.way.href("item", page_name=page, item_code=code)
    return look.way.href("show", page_name=page)
