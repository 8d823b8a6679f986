"""Section 4.15: the data sets and models that were used, with the words their licences ask for."""

from collections.abc import Iterator

from reports.document.body.blocks import Block, Cell, Missing, Paragraph, Table
from reports.document.body.cells import NOT_RECORDED, columns, lines, table, text
from reports.document.facts import Document, FrameworkLine, Provision, Source
from reports.document.wording import counted, day_words
from reports.narrative.prose import literal

ILLUSTRATIVE = "illustrative: written for demonstration, not published standards"


def sources(document: Document) -> Iterator[Block]:
    """Yield section 4.15."""
    if document.provision:
        yield Paragraph(_comparison(document.provision))
    if document.sources:
        yield _sources(document.sources)
    else:
        yield Missing("No set of data has been used yet.")


def _comparison(found: Provision) -> str:
    model = f"Model: {literal(found.model)}"
    if found.adapter:
        model += f", with an adapter learnt from {literal(found.adapter)}"
    reviewed = (
        f"reviewed on {day_words(found.reviewed_on)}" if found.reviewed_on else "not reviewed"
    )
    return (
        f"Compared with {_frameworks(found)}: {_standards(found)}. {model}. Run "
        f"{found.run_number} of {day_words(found.run_on)}, {reviewed}. SHA-256 of the run: "
        f"`{found.digest}`"
    )


def _frameworks(found: Provision) -> str:
    if found.frameworks:
        return "; ".join(map(_framework, found.frameworks))
    version = f", version {literal(found.framework_version)}" if found.framework_version else ""
    return f"{literal(found.framework)}{version}{_mark(found.is_illustrative)}"


def _framework(found: FrameworkLine) -> str:
    version = f", version {literal(found.version)}" if found.version else ""
    return (
        f"{literal(found.name)}{version}, snapshot of {day_words(found.snapshot_on)}"
        f"{_mark(found.is_illustrative)}"
    )


def _mark(is_illustrative: bool) -> str:
    return f" ({ILLUSTRATIVE})" if is_illustrative else ""


def _standards(found: Provision) -> str:
    with_duties = found.standards_with_duties if found.frameworks else found.standards_compared
    parts = [
        f"{counted(found.standards, 'standard')}, of which "
        f"{'a number not recorded' if with_duties is None else f'{with_duties:,}'} have duties"
    ]
    if found.standards_by_skills:
        parts.append(f"{found.standards_by_skills:,} were compared by their skills")
    if found.standards_without_level:
        parts.append(f"{found.standards_without_level:,} of those compared state no level")
    kind = "duties and skills" if found.standards_by_skills else "duties"
    return f"{', '.join(parts)} ({found.duties:,} {kind})"


def _sources(found: tuple[Source, ...]) -> Table:
    return table(
        "sources",
        "Data sets and models, and the words that their licences ask for",
        columns(("Name", 22), ("Used for", 18), ("Licence", 14), ("Words of the licence", 46)),
        map(_source, found),
    )


def _source(each: Source) -> tuple[Cell, ...]:
    return (
        lines(
            each.name,
            f"version {each.version}" if each.version else "",
            f"snapshot of {day_words(each.snapshot_on)}" if each.snapshot_on else "",
            "illustrative" if each.is_illustrative else "",
        ),
        text(each.used_for),
        text(each.licence, NOT_RECORDED),
        text(each.attribution, NOT_RECORDED),
    )
