"""The names that prose may use: of numbers, of figures, of tables; and which lead nowhere.

What a name stands for is decided elsewhere: in ``numbers``, and by the body of the report.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from cycles.core.errors import Invalid
from reports.document.body import body_of
from reports.document.body.blocks import Table
from reports.document.body.numbering import all_blocks, numbers_of
from reports.document.facts import Document
from reports.document.figures import figures_of
from reports.document.figures.catalogue import FIGURE_NAMES, is_figure_name
from reports.narrative.numbers import BY_NAME, NAMED, NUMBERS
from reports.results.keeping import Kept
from reports.results.results import Results

# Tables that only some reports have, so that a name can be written before there is one.
TABLES = (
    *("agreement-sensitivity", "captured-by-partner", "checklist", "competency-sets", "dissent"),
    *("dissent-reasons", "domains", "first-priorities", "fit-surplus", "frameworks", "functions"),
    *("further", "objections", "only-generic", "organisations", "partners", "people"),
    *("priorities", "proficiency", "profiles", "profiles-by-level", "responses", "role-levels"),
    *("rounds", "rule-card", "solutions", "sources", "supply-chain", "threshold", "timeline"),
    *("unsupported", "verdicts-by-level", "worked-example", "worked-surplus", "workshops"),
)
TABLE_PATTERN = re.compile(
    r"(profile|standards|matrix|ksbs)-P-\d{4,}|(actions|capabilities|unsupported)-[a-z][a-z-]*"
)
MOST_KEPT = 8
LONGEST_NAME = 60


@dataclass(frozen=True)
class NamedPlace:
    """A figure or table that prose may refer to: its name, what a reader sees, what it shows."""

    name: str
    label: str
    meaning: str


_kept: Kept[str, tuple[NamedPlace, ...]] = Kept(MOST_KEPT)


def places_of(results: Results) -> tuple[NamedPlace, ...]:
    """Return the figures and tables of a report of these results, in the order of reading."""
    return _kept.get(results.key, lambda: places_in(results.document))


def places_in(document: Document) -> tuple[NamedPlace, ...]:
    """Return the figures and tables of a report of this document, in the order of reading."""
    body, figures = body_of(document), figures_of(document)
    numbers = numbers_of(body, figures)
    tables = {each.key: each.caption for each in all_blocks(body) if isinstance(each, Table)}
    return (
        *(
            NamedPlace(f"figure:{key}", f"Figure {number}", figures[key].title)
            for key, number in numbers.figures.items()
        ),
        *(
            NamedPlace(f"table:{key}", f"Table {number}", tables[key])
            for key, number in numbers.tables.items()
        ),
    )


def names_in(markdown: str) -> tuple[str, ...]:
    """Return the names that prose uses, each once, as they come."""
    return tuple(dict.fromkeys(each.strip() for each in NAMED.findall(markdown)))


def check_names(markdown: str, present: Collection[str] = ()) -> None:
    """Raise ``Invalid`` where the prose names what no report has, with the nearest name.

    ``present`` are the figures and tables that the report would have now: they are known too.
    """
    unknown = [name for name in names_in(markdown) if name not in present and not _is_known(name)]
    if unknown:
        raise Invalid(
            "The section names numbers, figures or tables that do not exist.",
            markdown=" ".join(_advice(each, present) for each in unknown),
        )


def leading_nowhere(markdown: str, document: Document, present: Collection[str]) -> tuple[str, ...]:
    """Return a sentence for each name in the prose that this report has nothing for."""
    return tuple(_nowhere(markdown, document, present))


def _nowhere(markdown: str, document: Document, present: Collection[str]) -> Iterator[str]:
    for name in names_in(markdown):
        number = BY_NAME.get(name)
        if number is not None and number.read(document) is None:
            yield f"{{{{ {name} }}}}: this report has no such number yet."
        elif number is None and name not in present:
            kind = name.partition(":")[0]
            yield (
                f"{{{{ {name} }}}}: this report has no such {kind}."
                if _is_known(name)
                else _advice(name, present)
            )


def _is_known(name: str) -> bool:
    kind, _, key = name.partition(":")
    if kind == "figure":
        return is_figure_name(key)
    if kind == "table":
        return key in TABLES or TABLE_PATTERN.fullmatch(key) is not None
    return name in BY_NAME


def _advice(name: str, present: Collection[str]) -> str:
    near = get_close_matches(name, _nameable(present), n=1, cutoff=0.4)
    meant = f" Did you mean {{{{ {near[0]} }}}}?" if near else ""
    return f"There is nothing called “{name[:LONGEST_NAME]}”.{meant}"


def _nameable(present: Collection[str]) -> list[str]:
    return [
        *(each.name for each in NUMBERS),
        *(f"figure:{each.example or each.name}" for each in FIGURE_NAMES),
        *(f"table:{each}" for each in TABLES),
        *present,
    ]
