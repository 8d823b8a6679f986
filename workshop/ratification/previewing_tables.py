"""A preview as a table to download: one row a capability of a prototype, and one for what goes."""

from collections.abc import Iterator

from cycles.profiles.models import GenerationDraft
from cycles.profiles.planning import Fate, Line, Standing
from workshop.ratification.previewing_lines import Words, prototype_line
from workshop.ratification.previewing_showing import STAYS, plan_of, words_of

COLUMNS = (
    "Profile",
    "Name",
    "Name's score",
    "Name's source",
    "Role level",
    "Primary partner",
    "What happens",
    "Capability",
    "Statement",
    "Level",
    "Vote",
    "Provisional",
    "Second membership",
    "What changes",
    "Why a member",
)
Row = tuple[str | int | bool | None, ...]


def preview_rows(draft: GenerationDraft) -> Iterator[Row]:
    """Yield the rows: prototypes in their order, then profiles that disappear and that stay."""
    agreed, words = plan_of(draft), words_of(draft.cycle_id)
    for line in agreed.lines:
        yield from _of_line(line, words)
    for one in agreed.gone:
        yield from _of_profile(one, "disappears", words)
    for one in agreed.staying:
        yield from _of_profile(one, f"stays: {STAYS[one.stays]}" if one.stays else "", words)


def _of_line(line: Line, words: Words) -> Iterator[Row]:
    shown = prototype_line(line, words)
    head = (
        line.code if line.fate != Fate.REPEAT else f"repeats {line.code}",
        shown.name,
        shown.score,
        shown.source,
        line.proposal.role_level_name,
        shown.partner,
        line.fate.value,
    )
    for row, member in zip(shown.rows, line.proposal.members, strict=True):
        yield (
            *head,
            row.capability.code,
            row.capability.text,
            row.level,
            row.vote,
            row.is_provisional,
            member.is_second,
            row.mark,
            "; ".join(row.why),
        )
    for gone in shown.goes:
        yield (*head, gone.code, gone.text, None, None, None, None, "goes", None)


def _of_profile(one: Standing, fate: str, words: Words) -> Iterator[Row]:
    level = words.role_levels.get(one.role_level_id, "")
    for key in sorted(one.levels, key=lambda each: words.capability(each).code):
        told = words.capability(key)
        head = (one.code, one.name, None, None, level, None, fate)
        yield (*head, told.code, told.text, *(None,) * (len(COLUMNS) - len(head) - 2))
