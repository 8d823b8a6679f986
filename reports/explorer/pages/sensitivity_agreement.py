"""What other thresholds of agreement would say, as tables, and the cells that would change."""

from consensus.outcome import OUTCOMES
from reports.explorer.agreement_readings import (
    LEAST,
    MOST,
    AgreementReading,
    ChangedCell,
    agreement_readings,
    changed_cells,
)
from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Facet, Listing
from reports.explorer.look import Look
from reports.explorer.naming import capability_code
from reports.mapping.counting import share
from reports.mapping.selection import read_number
from reports.mapping.words import percent
from workshop.rooms.words import OUTCOME_WORDS

AGREEMENT = "agreement"
STEP = 5
USUAL_STEP_DOWN = 5


def explored(look: Look) -> int:
    """Return the threshold of agreement that is explored: as asked, else five below the rule's."""
    own = look.results.document.agreement.rule.threshold_percent
    asked = read_number(look.args.get(AGREEMENT, ""))
    if asked is not None and LEAST <= asked <= MOST:
        return asked
    return max(LEAST, own - USUAL_STEP_DOWN)


def agreement_listing(_look: Look) -> Listing[AgreementReading]:
    """Return what other thresholds of agreement would say."""
    return Listing(
        name="agreement",
        title="Other thresholds of agreement",
        about="What other thresholds of agreement would make of the judged cells.",
        columns=(*AGREED, *OUTCOME_COLUMNS),
        rows=agreements,
        prefix="agreement-",
        per_page=15,
        nothing="No cell is judged yet.",
    )


def agreements(look: Look) -> tuple[AgreementReading, ...]:
    """Return the readings that the table shows: every fifth, the rule's and the explored one."""
    own = look.results.document.agreement.rule.threshold_percent
    shown = {own, explored(look)}
    return tuple(
        each
        for each in agreement_readings(look.results)
        if each.threshold_percent % STEP == 0 or each.threshold_percent in shown
    )


def _agreement_shown(look: Look, row: AgreementReading) -> Shown:
    at, own = row.threshold_percent, look.results.document.agreement.rule.threshold_percent
    if at == own:
        return Shown(f"{at} %", tags=(("The rule card's", "done"),))
    tags = (("Explored below", "current"),) if at == explored(look) else ()
    href = look.href("sensitivity", **{AGREEMENT: at}, _anchor="cells")
    return Shown(f"{at} %", href, tags=tags)


def cells_listing(look: Look) -> Listing[ChangedCell]:
    """Return the cells that the explored threshold of agreement decides otherwise."""
    at = explored(look)
    return Listing(
        name="cells",
        title=f"Cells that come out otherwise at {at} % agreement",
        about=f"Cells that a threshold of agreement of {at} % would decide otherwise.",
        columns=(
            *CELL_COLUMNS,
            Column("rule", "By the rule card", "Its outcome by the rule.", lambda row: row.outcome),
            Column("explored", f"At {at} %", "Its outcome then.", lambda row: row.explored),
        ),
        rows=lambda look: changed_cells(look.results, at),
        text=lambda row: f"{row.cell.code} {row.cell.role_level}",
        facets=(
            Facet("role", "Role level", lambda row: row.cell.role_level),
            Facet("then", "Would be", lambda row: row.explored),
        ),
        prefix="cells-",
        per_page=20,
        nothing=f"No cell comes out otherwise at {at} %.",
    )


AGREED: tuple[Column[AgreementReading], ...] = (
    Column(
        "threshold",
        "Agreement, %",
        "The share that would make agreement; it leads to the cells that change.",
        lambda row: row.threshold_percent,
        Kind.NUMBER,
        show=_agreement_shown,
    ),
    Column(
        "agreed",
        "Agreed",
        "Cells with a level, or not needed.",
        lambda row: row.agreed,
        Kind.NUMBER,
    ),
    Column(
        "share",
        "Agreed, %",
        "Their share of the cells that were read.",
        lambda row: share(row.agreed, row.total),
        Kind.PERCENT,
        show=lambda _look, row: Shown(
            percent(share(row.agreed, row.total)), bar=share(row.agreed, row.total)
        ),
    ),
    Column(
        "changed",
        "Come out otherwise",
        "Cells whose outcome is not the rule card's.",
        lambda row: row.changed,
        Kind.NUMBER,
    ),
)
OUTCOME_COLUMNS = tuple(
    Column[AgreementReading](
        outcome.value.replace(" ", "_"),
        OUTCOME_WORDS[outcome],
        f"How many cells would come out so: {OUTCOME_WORDS[outcome].lower()}.",
        lambda row, at=at: row.counts[at],  # type: ignore[misc]  # binds its own place
        Kind.NUMBER,
    )
    for at, outcome in enumerate(OUTCOMES)
)
CELL_COLUMNS: tuple[Column[ChangedCell], ...] = (
    capability_code("consensus", lambda row: row.cell.code),
    Column("role_level", "Role level", "Whose cell.", lambda row: row.cell.role_level),
    Column(
        "counts",
        "Answers N, A, P, E",
        "How many said not needed, awareness, practitioner and expert.",
        lambda row: tuple(map(str, row.cell.counts)),
        Kind.LIST,
        show=lambda _look, row: Shown("", levels=row.cell.counts),
    ),
)
