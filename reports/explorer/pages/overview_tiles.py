"""The figures of the overview, question by question, each with the address of its rows.

Nothing is counted here that another page counts: a tile says what the list behind it holds.
"""

from dataclasses import dataclass

from reports.document.wording import counted, percent_words
from reports.explorer.look import Look
from reports.explorer.pages.capability_rows import (
    PAGE_NAME,
    UNSUPPORTED,
    capability_rows,
    list_href,
)
from reports.mapping.findings import ProfileFinding, Totals


@dataclass(frozen=True)
class Tile:
    """A figure, and where its rows are."""

    label: str
    value: str
    href: str
    note: str = ""


@dataclass(frozen=True)
class Answer:
    """One question with its finding in a sentence, and the figures behind it.

    ``missing`` says instead what has to be done before there is anything to say.
    """

    question: str
    finding: str
    missing: str
    tiles: tuple[Tile, ...]


def what_organisations_do(look: Look) -> Answer:
    """Return what is said of capabilities and partners."""
    found = look.results.document.capabilities
    most = max(found.functions, key=lambda line: line.future_count, default=None)
    finding = f"Organisations will need {counted(found.kept, 'capability', 'capabilities')}"
    if most and most.future_count:
        finding += f"; the most, {most.future_count:,}, in {most.name}"
    return Answer(
        question="What will organisations do?",
        finding=f"{finding}." if found.kept else "",
        missing="" if found.kept else "No capability is kept yet: capture comes first.",
        tiles=(
            Tile("Capabilities", f"{found.kept:,}", list_href(look), _submitted(look)),
            _functions(look),
            Tile(
                "Supply-chain partners",
                f"{len(found.partners):,}",
                look.href("supply-chain"),
                _empty(look),
            ),
            *_today(look),
        ),
    )


def _submitted(look: Look) -> str:
    found = look.results.document.capabilities
    parts = [f"{found.submitted:,} submitted"]
    parts += [f"{found.merged:,} merged"] if found.merged else []
    parts += [f"{found.rejected:,} rejected"] if found.rejected else []
    parts += [f"{found.waiting:,} waiting"] if found.waiting else []
    return ", ".join(parts)


def _functions(look: Look) -> Tile:
    found = look.results.document.capabilities
    used = sum(line.future_count > 0 for line in found.functions)
    note = f"{found.domain_count:,} domains, {found.area_count:,} functional areas"
    return Tile("Functions", f"{used:,}", look.href(PAGE_NAME, _anchor="bars-title"), note)


def _empty(look: Look) -> str:
    found = look.results.document.capabilities
    if not found.partners:
        return "None is set up yet"
    empty = sum(not count for line in found.partners for count in line.counts)
    return f"{counted(empty, 'cell')} without a capability" if empty else "Every cell covered"


def _today(look: Look) -> tuple[Tile, ...]:
    held = look.results.document.capabilities.current.capabilities
    if not look.results.document.capabilities.current.is_captured or held is None:
        return ()
    note = f"{held.held:,} of {held.captured:,} captured, to some or strong extent"
    words = percent_words(held.held_percent or 0.0)
    return (Tile("There today", words, look.href(PAGE_NAME, _anchor="bars-title"), note),)


def _ratified(ratified: int, profiles: int) -> str:
    if ratified == profiles > 1:
        return "all are"
    return f"{ratified:,} {'is' if ratified == 1 else 'are'}"


def who_does_it(look: Look) -> Answer:
    """Return what is said of role levels, profiles and KSBs."""
    found, ksbs = look.results.document.occupations, look.results.document.ksbs
    levels = look.results.document.subject.role_levels
    finding = (
        f"{counted(found.profile_count, 'profile')} describe who will do it; "
        f"{_ratified(found.ratified_count, found.profile_count)} ratified by the employer panel."
    )
    kinds = f"{ksbs.knowledge:,} knowledge, {ksbs.skills:,} skills, {ksbs.behaviours:,} behaviours"
    prototypes = f"{found.ratified_count:,} ratified, {found.prototype_count:,} prototypes"
    return Answer(
        question="Who will do it?",
        finding=finding if found.profile_count else "",
        missing="" if found.profile_count else "No profile is generated yet.",
        tiles=(
            Tile("Profiles", f"{found.profile_count:,}", look.href("profiles"), prototypes),
            Tile("Role levels", f"{len(levels):,}", look.href("consensus", _anchor="role-levels")),
            Tile("Accepted KSBs", f"{ksbs.accepted:,}", look.href("take-away", "ksbs"), kinds),
        ),
    )


def what_is_missing(look: Look) -> Answer:
    """Return what is said of today's provision."""
    question, found = "What training is missing?", look.findings
    if found is None:
        missing = "Map and gap has not run yet: capabilities are not compared with any standard."
        return Answer(question, "", missing, ())
    rows = capability_rows(look)
    without = sum(row.support == UNSUPPORTED for row in rows)
    compared = sum(row.finding is not None for row in rows)
    share = percent_words(round(100 * without / compared, 1) if compared else 0.0)
    return Answer(
        question=question,
        finding=f"{without:,} of {compared:,} capabilities ({share}) match no duty of today's "
        f"provision at {look.threshold} %.",
        missing="",
        tiles=(
            Tile("Unsupported capabilities", f"{without:,}", list_href(look, support=UNSUPPORTED)),
            *_provision(look),
        ),
    )


def _provision(look: Look) -> tuple[Tile, ...]:
    found = look.findings
    if found is None:
        return ()
    totals = found.totals
    duties = f"{totals.duties:,} duties{_left_out(totals)}"
    judged = f"{totals.accepted_matches:,} accepted, {totals.rejected_matches:,} rejected"
    standards = look.href("take-away", "standards", is_compared="yes")
    urgent = (_urgent(look, each) for each in found.priorities[:1])
    return (
        Tile("Standards compared", f"{totals.standards_compared:,}", standards, duties),
        Tile("Matches", f"{totals.matches:,}", look.href("provision"), f"Reviewers: {judged}"),
        *urgent,
    )


def _left_out(totals: Totals) -> str:
    without = totals.standards_without_duties
    return f"; {without:,} more have none" if without else ""


def _urgent(look: Look, first: ProfileFinding) -> Tile:
    note = f"{first.name}: {first.unsupported_count:,} of {first.member_count:,} unsupported"
    return Tile("Most urgent profile", first.code, look.href("priorities"), note)


def how_sure(look: Look) -> Answer:
    """Return what is said of agreement, and of what is being done."""
    found, question = look.results.document.agreement, "How sure is it, and what comes of it?"
    actions = Tile(
        "Actions", f"{len(look.results.document.actions):,}", look.href("actions"), _owned(look)
    )
    if not found.judged:
        return Answer(question, "", "Employers have not rated any capability yet.", (actions,))
    without = found.judged - found.agreed

    def href(**args: str) -> str:
        return look.href("consensus", _anchor="consensus", **args)

    return Answer(
        question=question,
        finding=f"The panel agreed on {found.agreed:,} of {found.judged:,} judged cells of a "
        "capability and a role level.",
        missing="",
        tiles=(
            Tile("Cells agreed", f"{found.agreed:,}", href(agreed="yes"), _luck(look)),
            Tile("Without agreement", f"{without:,}", href(agreed="no"), _decided(look)),
            Tile("Two camps", f"{found.two_camps:,}", href(mark="two-camps")),
            Tile("Fragile", f"{found.fragile:,}", href(mark="fragile"), "One rater decides"),
            actions,
        ),
    )


def _luck(look: Look) -> str:
    luck = look.results.document.agreement.expected_by_luck
    return "" if luck is None else f"By luck alone: {luck:,.1f}"


def _decided(look: Look) -> str:
    found = look.results.document.agreement
    return f"{found.decided:,} decided by the convener"


def _owned(look: Look) -> str:
    actions = look.results.document.actions
    owned = sum(bool(each.who) for each in actions)
    if not actions:
        return "None is recorded yet"
    # Who does it is not told to readers of a link.
    return "" if look.is_open else f"{owned:,} with an owner"
