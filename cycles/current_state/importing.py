"""Reading an uploaded table of the current state: each row an answer, or what is wrong with it.

Nothing is written here; ``commands`` records the answers.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from cycles.core.errors import Invalid
from cycles.core.tables import Row, Table
from cycles.current_state.commands import Answer
from cycles.current_state.models import Strength
from cycles.current_state.queries import Cell
from cycles.current_state.rules import check_note
from cycles.setup.models import Partner
from cycles.statements.wording import key

HEADINGS = ("Code", "Capability", "Partner", "Today", "Note")
REQUIRED = ("Partner", "Today")
WORDS = {each.value: each for each in Strength}


@dataclass(frozen=True)
class RowProblem:
    """What is wrong with one row; ``number`` is the row's own in the file."""

    number: int
    sentence: str


@dataclass(frozen=True)
class Reading:
    """The answers that can be recorded, the problems, and how many rows say nothing."""

    answers: tuple[Answer, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    empty: int = 0


def read_answers(table: Table, cells: Sequence[Cell], partners: Sequence[Partner]) -> Reading:
    """Read every row against the cells that may be captured; a row without a word is left out."""
    known = _Known(cells, partners)
    answers: list[Answer] = []
    problems: list[RowProblem] = []
    seen: dict[tuple[uuid.UUID, uuid.UUID], int] = {}
    filled = [row for row in table.rows if row.values["Today"] or row.values["Note"]]
    for row in filled:
        try:
            answer = known.answer(row)
            first = seen.setdefault((answer.statement.id, answer.partner.id), row.number)
            if first != row.number:
                raise Invalid(f"Row {first} is about the same capability and partner.")
        except Invalid as refusal:
            problems.append(RowProblem(row.number, str(refusal)))
        else:
            answers.append(answer)
    return Reading(tuple(answers), tuple(problems), len(table.rows) - len(filled))


class _Known:
    """What the rows are held against."""

    def __init__(self, cells: Sequence[Cell], partners: Sequence[Partner]) -> None:
        self.by_code = {each.statement.code.casefold(): each.statement for each in cells}
        self.by_text = {key(each.statement.text): each.statement for each in cells}
        self.partners = {each.name.casefold(): each for each in partners}
        self.asked = {(each.statement.id, each.partner.id) for each in cells}

    def answer(self, row: Row) -> Answer:
        """Return the row's answer, or raise ``Invalid`` with what is wrong."""
        code, text = row.values["Code"], row.values["Capability"]
        by_code, by_text = self.by_code.get(code.casefold()), self.by_text.get(key(text))
        statement = by_code if code else by_text
        if statement is None:
            raise Invalid(f"“{code or text}” is not a capability of this cycle.")
        if code and text and by_text is not statement:
            raise Invalid(f"{statement.code} says “{statement.text}”, not “{text}”.")
        partner = self.partners.get(row.values["Partner"].casefold())
        if partner is None:
            raise Invalid(f"“{row.values['Partner']}” is not a partner of this cycle.")
        if (statement.id, partner.id) not in self.asked:
            raise Invalid(f"{statement.code} is not a capability of {partner.name}.")
        strength = _strength(row.values["Today"])
        check_note(statement.code, strength, row.values["Note"])
        return Answer(statement, partner, strength, row.values["Note"])


def _strength(given: str) -> Strength:
    found = WORDS.get(given.casefold())
    if found is None:
        raise Invalid(f"Today is “none”, “some” or “strong”, not “{given}”.")
    return found
