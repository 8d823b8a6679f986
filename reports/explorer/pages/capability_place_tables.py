"""The tables of functions and domains. What they count is worked out in ``capability_places``."""

from reports.document.wording import percent_words
from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Listing
from reports.explorer.look import Look
from reports.explorer.pages.capability_places import PlaceRow, domain_rows, function_rows
from reports.explorer.pages.capability_rows import (
    SUPPORTED,
    UNSUPPORTED,
    function_kinds,
    list_href,
)

MOST_DOMAINS = 60


def functions_listing(look: Look) -> Listing[PlaceRow]:
    """Return the table of functions."""
    return Listing(
        name="functions",
        title="By function",
        about="How many capabilities each function needs, what is there today, what is supported.",
        columns=(_function(), *_columns(look)),
        rows=function_rows,
        prefix="functions-",
        nothing="No capability statement is classified yet.",
    )


def domains_listing(look: Look) -> Listing[PlaceRow]:
    """Return the table of domains."""
    return Listing(
        name="domains",
        title="By domain",
        about="How many capabilities each domain needs, what is there today, what is supported.",
        columns=(_domain(), _function(is_shown=False), *_columns(look)),
        rows=domain_rows,
        prefix="domains-",
        per_page=MOST_DOMAINS,
        nothing="No capability statement is classified yet.",
        group=lambda row: row.function,
    )


def _href(look: Look, row: PlaceRow, **args: str) -> str:
    return list_href(look, function=row.function, domain=row.domain or None, **args)


def _function(*, is_shown: bool = True) -> Column[PlaceRow]:
    return Column(
        "function",
        "Function",
        "One of the functions of the classification.",
        lambda row: row.function,
        show=lambda look, row: Shown(row.function, _href(look, row)),
        is_shown=is_shown,
    )


def _domain() -> Column[PlaceRow]:
    return Column(
        "domain",
        "Domain",
        "Its part of the function.",
        lambda row: row.domain,
        show=lambda look, row: Shown(row.domain, _href(look, row)),
    )


def _columns(look: Look) -> tuple[Column[PlaceRow], ...]:
    return (_future(), _share(look), *_today(look), *(_support() if look.findings else ()))


def _future() -> Column[PlaceRow]:
    return Column(
        "future",
        "Needed in future",
        "Kept capabilities that are classified here.",
        lambda row: row.future,
        Kind.NUMBER,
        show=lambda look, row: Shown(f"{row.future:,}", _href(look, row)),
    )


def _share(look: Look) -> Column[PlaceRow]:
    kinds = function_kinds(look)
    return Column(
        "future_percent",
        "Share of all, %",
        "Of all classified capabilities, per cent.",
        lambda row: row.future_percent,
        Kind.PERCENT,
        show=lambda _look, row: Shown(
            percent_words(row.future_percent),
            bar=row.future_percent,
            bar_kind=kinds.get(row.function, ""),
        ),
    )


def _today(look: Look) -> tuple[Column[PlaceRow], ...]:
    current = look.results.document.capabilities.current
    if not current.is_known:
        return ()
    return _captured() if current.is_captured else _by_proxy()


def _today_share(_look: Look, row: PlaceRow) -> Shown:
    return Shown("" if row.today_percent is None else percent_words(row.today_percent))


def _captured() -> tuple[Column[PlaceRow], ...]:
    return (
        Column(
            "today",
            "There today",
            "Of the future capabilities, those that are there today to some or strong extent.",
            lambda row: row.today,
            Kind.NUMBER,
        ),
        Column(
            "captured",
            "Captured",
            "Capabilities of which somebody recorded whether they are there today.",
            lambda row: row.captured,
            Kind.NUMBER,
        ),
        Column(
            "today_percent",
            "There today, % of captured",
            "Those there today, of those captured, per cent.",
            lambda row: row.today_percent,
            Kind.PERCENT,
            show=_today_share,
        ),
    )


def _by_proxy() -> tuple[Column[PlaceRow], ...]:
    return (
        Column(
            "today",
            "Duties today, by proxy",
            "Duties of the standards in use whose nearest classified statement is of this "
            "function. The proxy tells functions apart, not domains.",
            lambda row: row.today,
            Kind.NUMBER,
        ),
        Column(
            "today_percent",
            "Share of duties, %",
            "Of all duties of the standards in use, per cent.",
            lambda row: row.today_percent,
            Kind.PERCENT,
            show=_today_share,
        ),
    )


def _support() -> tuple[Column[PlaceRow], ...]:
    return (
        Column(
            "supported",
            "Supported",
            "Capabilities that some duty of today's provision matches.",
            lambda row: row.supported,
            Kind.NUMBER,
            show=lambda look, row: Shown(f"{row.supported:,}", _href(look, row, support=SUPPORTED)),
        ),
        Column(
            "unsupported",
            "Unsupported",
            "Capabilities that no duty of today's provision matches.",
            lambda row: row.unsupported,
            Kind.NUMBER,
            show=lambda look, row: Shown(
                f"{row.unsupported:,}", _href(look, row, support=UNSUPPORTED)
            ),
        ),
    )
