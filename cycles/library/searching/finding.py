"""Finding what a reader looks for on the library's page, and saying how it was found."""

from dataclasses import dataclass, replace

from cycles.library.queries import (
    PER_PAGE,
    By,
    LibraryFilter,
    LibraryLine,
    find_statements,
    lines_of,
    those_that_fit,
)
from cycles.library.searching.near import percent_of, whole
from cycles.semantics.service.asking import WHEN_ASKED, ask
from cycles.semantics.service.questions import (
    AREA,
    DOMAIN,
    FUNCTION,
    KIND,
    SOURCE,
    Question,
    Reply,
    Unanswered,
)

# Whoever reads further than this looks for something else by now.
MOST_BY_MEANING = 200
# A few words are shorter than any statement and never lie as near to one as another statement.
FLOOR = 0.25

BY_MEANING = "Found by meaning, nearest first: statements in other words are found too."
BY_WORDS = "Found by words{why}: each holds every word you typed, or one that begins like it."
BY_SOME_WORDS = "Found by words{why}: none holds every word you typed, each holds some of them."
NOTHING_NEAR = "nothing that fits is near in meaning"


@dataclass(frozen=True)
class Results:
    """One page of what was found, how many there are, and a sentence on how they were found.

    ``percents`` hold each line's nearness where it was found by meaning, else nothing.
    """

    lines: tuple[LibraryLine, ...]
    total: int
    how: str
    is_by_meaning: bool
    percents: tuple[int, ...] = ()


def search(wanted: LibraryFilter, *, most: int = PER_PAGE) -> Results:
    """Return what a reader looks for: by meaning if that is wanted and possible, else by words."""
    if not wanted.words:
        return _listed(wanted, most)
    if wanted.by == By.WORDS:
        return _by_words(wanted, most, "")
    question = Question(
        text=wanted.words, most=MOST_BY_MEANING, floor=FLOOR, facets=_facets(wanted)
    )
    reply = whole(ask(question, within=WHEN_ASKED))
    if isinstance(reply, Reply) and not reply.hits:
        reply = Unanswered(NOTHING_NEAR)
    if isinstance(reply, Unanswered):
        return _by_words(wanted, most, f", because {reply.because}")
    return _by_meaning(wanted, most, reply)


def _listed(wanted: LibraryFilter, most: int) -> Results:
    lines, total = find_statements(wanted, most=most)
    return Results(tuple(lines), total, "", False)


def _by_words(wanted: LibraryFilter, most: int, why: str) -> Results:
    lines, total = find_statements(wanted, most=most)
    if total:
        return Results(tuple(lines), total, BY_WORDS.format(why=why), False)
    lines, total = find_statements(wanted, every=False, most=most)
    told = BY_SOME_WORDS if total else "Looked for by words{why}."
    return Results(tuple(lines), total, told.format(why=why), False)


def _by_meaning(wanted: LibraryFilter, most: int, reply: Reply) -> Results:
    percents = {hit.record_id: percent_of(hit.score) for hit in reply.hits}
    fit = those_that_fit(list(percents), wanted)
    start = (wanted.page - 1) * PER_PAGE
    lines = lines_of(fit[start : start + most])
    only = f" Only the {MOST_BY_MEANING} nearest are listed." if len(fit) == MOST_BY_MEANING else ""
    waiting = f" {reply.absent:,} more are not prepared for it yet." if reply.absent else ""
    return Results(
        lines=tuple(lines),
        total=len(fit),
        how=BY_MEANING + only + waiting,
        is_by_meaning=True,
        percents=tuple(percents[line.statement.id] for line in lines),
    )


def _facets(wanted: LibraryFilter) -> dict[str, str]:
    asked = {
        KIND: wanted.kind.value if wanted.kind else "",
        SOURCE: str(wanted.source_id or ""),
        FUNCTION: wanted.function,
        DOMAIN: wanted.domain,
        AREA: str(wanted.area_id or ""),
    }
    return {name: value for name, value in asked.items() if value}


def everything_found(wanted: LibraryFilter, most: int) -> Results:
    """Return all that was found, from its beginning, ``most`` of it: what a download holds."""
    return search(replace(wanted, page=1), most=most)
