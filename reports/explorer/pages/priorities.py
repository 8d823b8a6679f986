"""Priorities: the profiles by need, under the report's rule or one that the reader chooses."""

from dataclasses import dataclass

from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Facet, Listing
from reports.explorer.look import Look
from reports.explorer.naming import NO
from reports.explorer.pages.priority_rules import (
    MEASURES,
    MOST_WEIGHT,
    RULES,
    Ranked,
    Rule,
    ranked,
    rule_of,
)
from reports.explorer.pages.profile_rows import STATUS_WORDS, comparison_href
from reports.explorer.registry import PageKind, Question
from reports.explorer.table_view import ADDRESS, Choice, TableView, table_view
from reports.mapping.counting import share
from reports.mapping.words import RESPONSES, of, percent

NAME = "priorities"
METHOD = (
    f"{RULES[''][0]}: {RULES[''][1]}",
    "Any other order is this reader's own: it stands in the address alone, and no report uses it.",
    *(f"{each.label}: {each.meaning}" for each in MEASURES),
)


@dataclass(frozen=True)
class Weight:
    """One weight as a field of the form."""

    name: str
    label: str
    hint: str
    value: int


@dataclass(frozen=True)
class PrioritiesPage:
    """The ranking. ``kept`` is what the form that changes the rule has to carry along."""

    title: str
    rules: tuple[Choice, ...]
    weights: tuple[Weight, ...]
    most_weight: int
    kept: tuple[tuple[str, str], ...]
    rule: str
    rule_sentence: str
    is_report_rule: bool
    is_own: bool
    report_href: str
    table: TableView


def _name(look: Look, row: Ranked) -> Shown:
    profile = row.row.profile
    return Shown(
        f"{profile.code} {profile.name}",
        look.href("profiles", profile.code),
        ", ".join(filter(None, (profile.role_level, profile.partner))),
    )


def _unsupported(look: Look, row: Ranked) -> Shown:
    found = row.finding
    return Shown(
        of(found.unsupported_count, found.member_count),
        look.href("profiles", found.code, supported=NO) if found.unsupported_count else "",
        bar=share(found.unsupported_count, found.member_count),
        bar_kind="attention",
    )


def _fit(_look: Look, row: Ranked) -> Shown:
    best = row.finding.best
    if best is None:
        return Shown("none comparable")
    return Shown(
        percent(best.fit_percent), note=of(best.fit_count, best.member_count), bar=best.fit_percent
    )


def _surplus(_look: Look, row: Ranked) -> Shown:
    best = row.finding.best
    if best is None:
        return Shown("")
    return Shown(
        percent(best.surplus_percent),
        note=of(best.surplus_count, best.duty_count),
        bar=best.surplus_percent,
        bar_kind="quiet",
    )


def _standard(look: Look, row: Ranked) -> Shown:
    best = row.finding.best
    if best is None:
        return Shown("")
    return Shown(
        best.title, comparison_href(look, row.finding.code, best), RESPONSES[best.response]
    )


RANKS: tuple[Column[Ranked], ...] = (
    Column("rank", "Rank", "1 asks for attention first.", lambda row: row.rank, Kind.NUMBER),
    Column(
        "name",
        "Profile",
        "Its code and name, with its role level and primary partner.",
        lambda row: row.row.profile.name,
        Kind.STATEMENT,
        show=_name,
    ),
)
FOUND: tuple[Column[Ranked], ...] = (
    Column(
        "unsupported",
        "Unsupported",
        "How many of the capabilities compared match no duty of any standard.",
        lambda row: row.finding.unsupported_count,
        Kind.NUMBER,
        show=_unsupported,
    ),
    Column(
        "best_fit",
        "Best fit, %",
        "The part of its capabilities that its best standard covers.",
        lambda row: row.finding.best_fit_percent,
        Kind.PERCENT,
        show=_fit,
    ),
    Column(
        "surplus",
        "Its surplus, %",
        "The part of the best standard's duties that match nothing of the profile.",
        lambda row: row.finding.best.surplus_percent if row.finding.best else None,
        Kind.PERCENT,
        show=_surplus,
    ),
    Column(
        "best_standard",
        "Best standard and suggested response",
        "The standard that fits it best, and what that suggests doing.",
        lambda row: row.finding.best.title if row.finding.best else "",
        show=_standard,
    ),
)
FILES_ONLY: tuple[Column[Ranked], ...] = (
    Column(
        "code",
        "Code",
        "The profile's code.",
        lambda row: row.finding.code,
        Kind.CODE,
        is_shown=False,
    ),
    Column(
        "role_level",
        "Role level",
        "Its role level.",
        lambda row: row.finding.role_level,
        is_shown=False,
    ),
    Column(
        "partner",
        "Primary partner",
        "The supply-chain partner that most of it belongs to.",
        lambda row: row.finding.partner,
        is_shown=False,
    ),
    Column(
        "compared",
        "Capabilities compared",
        "How many of its capabilities the run compared.",
        lambda row: row.finding.member_count,
        Kind.NUMBER,
        is_shown=False,
    ),
    Column(
        "unsupported_percent",
        "Unsupported, %",
        "The part of them that nothing supports.",
        lambda row: share(row.finding.unsupported_count, row.finding.member_count),
        Kind.PERCENT,
        is_shown=False,
    ),
    Column(
        "response",
        "Suggested response",
        "What the best standard suggests doing; always a suggestion.",
        lambda row: RESPONSES[row.finding.best.response] if row.finding.best else "",
        is_shown=False,
    ),
)


def listing(look: Look) -> Listing[Ranked]:
    """Return the ranking by the rule that the address asks for."""
    rule, rows = rule_of(look.args), ranked(look)
    return Listing(
        name=NAME,
        title="Profiles by need" if rule.is_report else "Profiles by need, by another rule",
        about=f"{rule.label}. {rule.sentence}",
        columns=(*RANKS, *_beside(rule), *FOUND, *FILES_ONLY),
        rows=lambda _look: rows,
        text=lambda row: f"{row.finding.code} {row.finding.name}",
        facets=FACETS,
        nothing="No run of map and gap has compared a profile yet.",
    )


def _beside(rule: Rule) -> tuple[Column[Ranked], ...]:
    """Return what stands beside a rank by another rule: the report's own, and the score."""
    report_rank = Column[Ranked](
        "report_rank",
        "Report's rank",
        "The rank by the rule that the report uses.",
        lambda row: row.report_rank,
        Kind.NUMBER,
        show=lambda _look, row: Shown(f"{row.report_rank}", note=row.moved),
        is_shown=not rule.is_report,
    )
    score = Column[Ranked](
        "score",
        "Score",
        "The mean of the measures by the reader's weights, from 0 to 100.",
        lambda row: row.score,
        Kind.NUMBER,
        is_shown=rule.is_own,
    )
    return report_rank, score


FACETS: tuple[Facet[Ranked], ...] = (
    Facet("role", "Role level", lambda row: row.finding.role_level),
    Facet("partner", "Primary partner", lambda row: row.finding.partner),
    Facet("status", "Status", lambda row: row.row.profile.status, STATUS_WORDS),
)


def title(look: Look) -> str:
    """Say which profile stands first and why; empty where nothing is ranked."""
    first = next(iter(ranked(look)), None)
    if first is None:
        return ""
    found = first.finding
    counts = of(found.unsupported_count, found.member_count)
    fit = percent(found.best_fit_percent) if found.best_fit_percent is not None else "nothing"
    return (
        f"{found.code} {found.name} stands first: {counts} capabilities are unsupported, and the "
        f"best standard fits {fit}"
    )


def build(look: Look, _code: str) -> PrioritiesPage:
    """Return the ranking that the address asks for."""
    rule = rule_of(look.args)
    return PrioritiesPage(
        title=title(look),
        rules=tuple(Choice(key, label, key == rule.key) for key, (label, _) in RULES.items()),
        weights=tuple(
            Weight(each.name, each.label, each.meaning, rule.weights[each.key]) for each in MEASURES
        ),
        most_weight=MOST_WEIGHT,
        kept=_kept(look),
        rule=rule.label,
        rule_sentence=rule.sentence,
        is_report_rule=rule.is_report,
        is_own=rule.is_own,
        report_href=look.href(NAME),
        table=table_view(listing(look), look, NAME),
    )


def _kept(look: Look) -> tuple[tuple[str, str], ...]:
    """Return what another rule leaves as it is: the results looked at, the search, the filters."""
    rule = {"by", "page", "sort", *(each.name for each in MEASURES)} | ADDRESS
    others = {name: value for name, value in look.args.items() if name not in rule}
    return tuple((name, str(value)) for name, value in {**look.selection(), **others}.items())


PAGE = PageKind(
    name=NAME,
    label="Priorities",
    question=Question.MISSING,
    lead="Which profiles ask for attention first.",
    build=build,
    listings=lambda look, _code: (listing(look),),
    method=METHOD,
    arguments=(
        ("by", "The rule: share, fit or own; the report's without it."),
        *((each.name, f"The weight of it under own, 0 to 10: {each.label}.") for each in MEASURES),
    ),
)
