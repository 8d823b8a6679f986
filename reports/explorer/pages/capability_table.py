"""The table of capabilities: its columns and what it is filtered by. Rows come from elsewhere."""

from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Facet, Listing
from reports.explorer.look import Look
from reports.explorer.pages.capability_rows import (
    PAGE_NAME,
    SUPPORT_WORDS,
    UNSUPPORTED,
    CapabilityRow,
    capability_rows,
)


def _counted(look: Look, row: CapabilityRow, count: int, part: str) -> Shown:
    href = look.href(PAGE_NAME, row.line.code, _anchor=part) if count else ""
    return Shown(f"{count:,}", href)


def _best(look: Look, row: CapabilityRow) -> Shown:
    if row.finding is None:
        return Shown("" if look.findings is None else SUPPORT_WORDS[row.support])
    is_without = row.support == UNSUPPORTED
    return Shown(
        "No duty" if row.best_percent is None else f"{row.best_percent:.1f}\u00a0%",
        look.href(PAGE_NAME, row.line.code, _anchor="matches"),
        note=SUPPORT_WORDS[UNSUPPORTED] if is_without else "",
        bar=row.best_percent or 0.0,
        bar_kind="attention" if is_without else "",
    )


STATEMENT: tuple[Column[CapabilityRow], ...] = (
    Column(
        "code",
        "Code",
        "The capability's code, the same everywhere in this cycle.",
        lambda row: row.line.code,
        Kind.CODE,
        show=lambda look, row: Shown(row.line.code, look.href(PAGE_NAME, row.line.code)),
    ),
    Column(
        "text",
        "Capability",
        "What an organisation can do, with its functional area.",
        lambda row: row.line.text,
        Kind.STATEMENT,
        show=lambda _look, row: Shown(row.line.text, note=row.line.area or row.function),
    ),
)

PLACE: tuple[Column[CapabilityRow], ...] = (
    Column(
        "function",
        "Function",
        "One of the functions of the classification.",
        lambda row: row.function,
        is_shown=False,
    ),
    Column(
        "domain",
        "Domain",
        "Its part of the function.",
        lambda row: row.line.domain,
        is_shown=False,
    ),
    Column(
        "area",
        "Functional area",
        "Its part of the domain.",
        lambda row: row.line.area,
        is_shown=False,
    ),
)

NEEDS: tuple[Column[CapabilityRow], ...] = (
    Column(
        "partners",
        "Partners",
        "The supply-chain partners that need it.",
        lambda row: row.line.partners,
        Kind.LIST,
        is_shown=False,
    ),
    Column(
        "role_levels",
        "Needed at role levels",
        "The role levels that need it, as far as they are settled.",
        lambda row: row.needed_at,
        Kind.LIST,
        is_shown=False,
    ),
    Column(
        "profiles",
        "Profiles",
        "How many profiles need it.",
        lambda row: len(row.profile_codes),
        Kind.NUMBER,
        show=lambda look, row: _counted(look, row, len(row.profile_codes), "profiles"),
    ),
    Column(
        "ksbs",
        "KSBs",
        "How many accepted knowledge, skill and behaviour statements it has.",
        lambda row: row.ksb_count,
        Kind.NUMBER,
        show=lambda look, row: _counted(look, row, row.ksb_count, "ksbs"),
    ),
)

PROVISION: tuple[Column[CapabilityRow], ...] = (
    Column(
        "best_percent",
        "Best match, %",
        "The score of the best duty of today's provision that nobody rejected, per cent.",
        lambda row: row.best_percent,
        Kind.PERCENT,
        show=_best,
    ),
    Column(
        "support",
        "Today's provision",
        "Supported where some duty matches at the threshold, or reviewers accepted one.",
        lambda row: SUPPORT_WORDS[row.support],
        is_shown=False,
    ),
)

FACETS: tuple[Facet[CapabilityRow], ...] = (
    Facet("partner", "Partner", lambda row: row.line.partners),
    Facet("level", "Needed at role level", lambda row: row.needed_at),
    Facet("support", "Today's provision", lambda row: row.support, SUPPORT_WORDS),
    Facet("function", "Function", lambda row: row.function, is_offered=False),
    Facet("domain", "Domain", lambda row: row.line.domain, is_offered=False),
    Facet("area", "Area", lambda row: row.line.area, is_offered=False),
)


def capabilities_listing(_look: Look) -> Listing[CapabilityRow]:
    """Return the table of capabilities."""
    return Listing(
        name=PAGE_NAME,
        title="Capabilities",
        about="Every capability that was kept, with its place, who needs it and what supports it.",
        columns=(*STATEMENT, *PLACE, *NEEDS, *PROVISION),
        rows=capability_rows,
        text=lambda row: " ".join((row.line.code, row.line.text, *row.place)),
        facets=FACETS,
        nothing="No capability statement is kept yet. Technologists submit them at a capture "
        "workshop; the convener keeps, merges or rejects them.",
    )
