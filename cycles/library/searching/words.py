"""Full text: which records of the library hold the words that somebody looks for.

The same on both databases: words are compared without case and accents, by their beginnings.
What is typed never reaches the query language of either: only letters and digits are taken from
it, each word is quoted, and the whole is a bound parameter.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVarTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    TableClause,
    Uuid,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
)

from cycles.core.extensions import db
from cycles.library.models import LibraryStatement
from cycles.library.searching.tables import WORDS_COLUMN, WORDS_TABLE
from cycles.semantics.nearest import is_telling, stem
from cycles.semantics.spelling import american

Term = tuple[str, ...]
"""One word in its spellings: finding any of them finds the word."""
Columns = TypeVarTuple("Columns")

MOST_WORDS = 12
# The beginning of a word shorter than this is the beginning of too many.
SHORTEST_BEGINNING = 3
_WORD = re.compile(r"[^\W_]+")
_WORDS: TableClause = table(WORDS_TABLE, column("statement_id", Uuid()))
# The text counts four times as much as the occupation; the id is no word of anybody's.
_BM25 = (0.0, 4.0, 1.0)


@dataclass(frozen=True)
class WordMatch:
    """A search by words: ``narrow`` keeps of a select the records found, ``order`` ranks them."""

    condition: ColumnElement[bool]
    order: ColumnElement[float]
    joins: TableClause | None

    def narrow(self, wanted: Select[*Columns]) -> Select[*Columns]:
        """Return the select of ``LibraryStatement`` with only the records that hold the words."""
        if self.joins is not None:
            wanted = wanted.join(self.joins, self.joins.c.statement_id == LibraryStatement.id)
        return wanted.where(self.condition)

    def best(self, most: int) -> Subquery:
        """Return the ids of the ``most`` first in rank, live or not, with ``place``: their rank.

        Nothing but the rank is read of the others, of which words of everyday have thousands.
        """
        place = self.order.label("place")
        if self.joins is None:
            ids = LibraryStatement.id.label("statement_id")
            return select(ids, place).where(self.condition).order_by(place).limit(most).subquery()
        numbered: Select[Any, Any] = select(
            literal_column(f"{WORDS_TABLE}.rowid").label("number"), place
        )
        first = numbered.select_from(self.joins).where(self.condition).order_by(place).limit(most)
        hits, again = first.subquery(), self.joins.alias("again")
        is_hit = literal_column("again.rowid") == hits.c.number
        return select(again.c.statement_id, hits.c.place).join_from(hits, again, is_hit).subquery()


def terms_of(text: str) -> tuple[Term, ...]:
    """Return the beginnings of words to look for, without case and accents, each once.

    Words that nearly every statement holds are left out, unless there are no others.
    """
    words = _WORD.findall(_plain(text))
    telling = [word for word in words if is_telling(word)] or words
    return tuple(dict.fromkeys(map(_spellings, telling)))[:MOST_WORDS]


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(each for each in parts if not unicodedata.combining(each))


def _spellings(word: str) -> Term:
    return tuple(dict.fromkeys(stem(each) for each in (word, american(word))))


def holding(text: str, *, every: bool) -> WordMatch | None:
    """Return the search for ``every`` word of a text or for any of them; None without a word."""
    terms = terms_of(text)
    if not terms:
        return None
    if db.session.connection().dialect.name == "sqlite":
        return _in_sqlite(terms, every)
    return _in_postgresql(terms, every)


def _in_sqlite(terms: Sequence[Term], every: bool) -> WordMatch:
    query = _query(terms, '"{}"', '"{}"*', (" OR ", " AND " if every else " OR "))
    whole: ColumnElement[Any] = literal_column(WORDS_TABLE)
    asked = literal(f"{{text occupation}} : ({query})", String())
    return WordMatch(
        condition=whole.op("MATCH", is_comparison=True)(asked),
        order=func.bm25(whole, *_BM25),
        joins=_WORDS,
    )


def _in_postgresql(terms: Sequence[Term], every: bool) -> WordMatch:
    query = _query(terms, "'{}'", "'{}':*", (" | ", " & " if every else " | "))
    asked = func.to_tsquery(literal_column("'simple'"), literal(query, String()))
    held: ColumnElement[Any] = literal_column(f"{LibraryStatement.__tablename__}.{WORDS_COLUMN}")
    return WordMatch(
        condition=held.op("@@", is_comparison=True)(asked),
        # 1: divided by one plus the logarithm of the length, as long statements hold any word.
        order=-func.ts_rank(held, asked, 1),
        joins=None,
    )


def _query(terms: Sequence[Term], whole: str, beginning: str, between: tuple[str, str]) -> str:
    """Return the terms in a database's own language; they hold letters and digits only."""
    spelled, joined = between
    groups = [
        spelled.join(
            (beginning if len(each) >= SHORTEST_BEGINNING else whole).format(each) for each in term
        )
        for term in terms
    ]
    return joined.join(f"({group})" for group in groups)
