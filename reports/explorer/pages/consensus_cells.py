"""The table of judged cells: columns and filters. Rows come from ``consensus_rows``."""

from reports.document.wording import counted
from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Facet, Listing
from reports.explorer.look import Look
from reports.explorer.naming import capability_code
from reports.explorer.pages.consensus_rows import (
    AGREED_WORDS,
    MARK_TAGS,
    MARK_WORDS,
    NAME,
    NO,
    STABLE_WORDS,
    UNKNOWN,
    YES,
    CellRow,
    cell_rows,
)
from reports.explorer.pages.consensus_words import (
    WITHHELD,
    count_columns,
    figure_words,
    luck_words,
    said_words,
)


def cells_listing(_look: Look) -> Listing[CellRow]:
    """Return the table of judged cells."""
    return Listing(
        name=NAME,
        title="Judged cells",
        about="Each capability at each role level: what the panel said, and how sure it is.",
        columns=(*WHAT, *SAID, *SURE, *MARKS, *DISSENT),
        rows=cell_rows,
        text=lambda row: f"{row.cell.code} {row.text} {row.function} {row.domain}",
        facets=FACETS,
        nothing="No cell is judged yet. Employers rate what each role level needs at a "
        "proficiency workshop; a cell is judged when a round closes.",
    )


def _verdict(look: Look, row: CellRow) -> Shown:
    tags = tuple(MARK_TAGS[each] for each in row.marks if each in MARK_TAGS)
    holds = f"Holds: {row.cell.holds}" if row.cell.holds else ""
    return Shown(row.cell.outcome, look.href(NAME, row.cell.code), note=holds, tags=tags)


def _agreement(_look: Look, row: CellRow) -> Shown:
    luck = luck_words(row.cell.luck)
    note = f"luck {luck}" if luck else ""
    return Shown(figure_words(row.cell.agreement), note=note)


def _stable(_look: Look, row: CellRow) -> Shown:
    words = {YES: "Stable", NO: "Moving", UNKNOWN: ""}
    return Shown(words[row.stable], note=counted(len(row.cell.history), "round"))


FACETS: tuple[Facet[CellRow], ...] = (
    Facet("level", "Role level", lambda row: row.cell.role_level),
    Facet("agreed", "Agreement", lambda row: row.agreed, AGREED_WORDS),
    Facet("verdict", "Verdict", lambda row: row.cell.outcome),
    Facet("closing", "How asking ended", lambda row: row.cell.closing),
    Facet("stable", "Stability", lambda row: row.stable, STABLE_WORDS),
    Facet("mark", "Marked", lambda row: row.marks, MARK_WORDS),
    Facet("function", "Function", lambda row: row.function),
    Facet("domain", "Domain", lambda row: row.domain, is_offered=False),
    Facet("settled", "Settled", lambda row: row.settled, is_offered=False),
)

WHAT: tuple[Column[CellRow], ...] = (
    capability_code(NAME, lambda row: row.cell.code),
    Column(
        "text",
        "Capability",
        "What is asked of the role level.",
        lambda row: row.text,
        Kind.STATEMENT,
        show=lambda _look, row: Shown(row.text, note=row.cell.role_level),
    ),
    Column(
        "role_level",
        "Role level",
        "Whose proficiency is asked for.",
        lambda row: row.cell.role_level,
        is_shown=False,
    ),
    Column("function", "Function", "The capability's.", lambda row: row.function, is_shown=False),
    Column("domain", "Domain", "The capability's.", lambda row: row.domain, is_shown=False),
)

SAID: tuple[Column[CellRow], ...] = (
    Column(
        "n",
        "Rated",
        "How many rated it in its last round; empty where too few did to show.",
        lambda row: row.cell.n,
        Kind.NUMBER,
    ),
    Column(
        "said",
        "Said",
        "How many said not needed, awareness, practitioner and expert in the last round.",
        lambda row: said_words(row.cell.counts),
        Kind.LIST,
        show=lambda _look, row: Shown("" if row.cell.counts else WITHHELD, levels=row.cell.counts),
    ),
    *count_columns(lambda row: row.cell.counts),
    Column(
        "abstained",
        "Abstained",
        "How many could not judge it or had it outside their field.",
        lambda row: row.cell.abstained,
        Kind.NUMBER,
        is_shown=False,
    ),
    Column(
        "outcome",
        "Verdict",
        "What the ratings came to under the rule card, what holds, and what is to be known.",
        lambda row: row.cell.outcome,
        show=_verdict,
    ),
    Column(
        "voted",
        "Voted",
        "The level that the verdict came to.",
        lambda row: row.cell.voted,
        is_shown=False,
    ),
    Column(
        "holds",
        "Holds",
        "The level that goes into profiles.",
        lambda row: row.cell.holds,
        is_shown=False,
    ),
    Column(
        "closing",
        "How asking ended",
        "Agreed, stable dissent, at the last round, or still open.",
        lambda row: row.cell.closing,
        is_shown=False,
    ),
)

SURE: tuple[Column[CellRow], ...] = (
    Column(
        "agreement",
        "Agreement",
        "Van der Eijk's A: 1 where all say the same, 0 where answers are spread evenly, below 0 "
        "where they form two camps.",
        lambda row: row.cell.agreement,
        Kind.NUMBER,
        show=_agreement,
    ),
    Column(
        "consensus",
        "Consensus",
        "Tastle and Wierman's consensus, from 0 to 1.",
        lambda row: row.cell.consensus,
        Kind.NUMBER,
        is_shown=False,
    ),
    Column(
        "luck",
        "By luck, %",
        "How likely a panel of that size that answers at random would settle it, per cent.",
        lambda row: None if row.cell.luck is None else round(100 * row.cell.luck, 4),
        Kind.PERCENT,
        is_shown=False,
    ),
    Column(
        "lower_median",
        "Lower median",
        "The lower median of the ratings.",
        lambda row: row.cell.lower_median,
        is_shown=False,
    ),
    Column(
        "upper_median",
        "Upper median",
        "The upper median of the ratings.",
        lambda row: row.cell.upper_median,
        is_shown=False,
    ),
    Column(
        "rounds",
        "Rounds",
        "How many rounds asked it.",
        lambda row: len(row.cell.history),
        Kind.NUMBER,
        is_shown=False,
    ),
    Column(
        "is_stable",
        "Stable",
        "Whether answers held still since the round before; empty where it was asked once.",
        lambda row: row.cell.is_stable,
        Kind.FLAG,
        show=_stable,
    ),
)

MARKS: tuple[Column[CellRow], ...] = (
    Column(
        "is_agreed",
        "Agreed",
        "Whether the panel agreed on a level, or that it is not needed.",
        lambda row: row.cell.is_agreed,
        Kind.FLAG,
        is_shown=False,
    ),
    Column(
        "marks",
        "Marked",
        "Fragile (one rater decides), two camps, dissent, provisional, decided, not settled.",
        lambda row: tuple(MARK_WORDS[each] for each in row.marks),
        Kind.LIST,
        is_shown=False,
    ),
)

DISSENT: tuple[Column[CellRow], ...] = (
    Column(
        "minority",
        "Dissent",
        "Who stood apart where asking stopped in stable dissent.",
        lambda row: row.cell.minority,
        is_shown=False,
    ),
    Column(
        "decision",
        "Decision",
        "The convener's reason where the convener decided.",
        lambda row: row.cell.decision,
        is_shown=False,
    ),
)
