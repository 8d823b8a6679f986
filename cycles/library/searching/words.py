"""Full text: which records of the library hold the words that somebody looks for.

The same on both databases: words are compared without case and accents, by their beginnings.
What is typed never reaches the query language of either: only letters and digits are taken from
it, each word is quoted, and the whole is a bound parameter.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    TableClause,
    Uuid,
    column,
    func,
    literal,
    literal_column,
    table,
)

from cycles.core.extensions import db
from cycles.library.models import LibraryStatement
from cycles.library.searching.tables import WORDS_COLUMN, WORDS_TABLE
from cycles.semantics.nearest import words_of

MOST_WORDS = 12
# The beginning of a word shorter than this is the beginning of too many.
SHORTEST_BEGINNING = 3
_WORD = re.compile(r"[^\W_]+")
_WORDS: TableClause = table(WORDS_TABLE, column("statement_id", Uuid()))
# The text counts four times as much as the occupation; the id is no word of anybody's.
_BM25 = (0.0, 4.0, 1.0)


@dataclass(frozen=True)
class WordMatch:
    """A search by words: ``narrow`` takes a select of records to those found, ``order`` ranks."""

    condition: ColumnElement[bool]
    order: ColumnElement[float]
    joins: TableClause | None

    def narrow(self, wanted: Select[Any]) -> Select[Any]:
        """Return the select of ``LibraryStatement`` with only the records that hold the words."""
        if self.joins is not None:
            wanted = wanted.join(self.joins, self.joins.c.statement_id == LibraryStatement.id)
        return wanted.where(self.condition)


def terms_of(text: str) -> tuple[str, ...]:
    """Return the beginnings of words to look for, each once, without case and accents.

    Words that nearly every statement holds are left out, unless there are no others.
    """
    plain = _plain(text)
    found = _WORD.findall(" ".join(words_of(plain))) or _WORD.findall(plain)
    return tuple(dict.fromkeys(found))[:MOST_WORDS]


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(each for each in parts if not unicodedata.combining(each))


def holding(text: str, *, every: bool) -> WordMatch | None:
    """Return the search for ``every`` word of a text or for any of them; None without a word."""
    terms = terms_of(text)
    if not terms:
        return None
    if db.session.connection().dialect.name == "sqlite":
        return _in_sqlite(terms, every)
    return _in_postgresql(terms, every)


def _in_sqlite(terms: tuple[str, ...], every: bool) -> WordMatch:
    quoted = [f'"{term}"{"*" if _is_beginning(term) else ""}' for term in terms]
    query = f"{{text occupation}} : ({(' AND ' if every else ' OR ').join(quoted)})"
    whole: ColumnElement[Any] = literal_column(WORDS_TABLE)
    return WordMatch(
        condition=whole.op("MATCH", is_comparison=True)(literal(query, String())),
        order=func.bm25(whole, *_BM25),
        joins=_WORDS,
    )


def _in_postgresql(terms: tuple[str, ...], every: bool) -> WordMatch:
    quoted = [f"'{term}'{':*' if _is_beginning(term) else ''}" for term in terms]
    query = func.to_tsquery(literal_column("'simple'"), (" & " if every else " | ").join(quoted))
    held: ColumnElement[Any] = literal_column(f"{LibraryStatement.__tablename__}.{WORDS_COLUMN}")
    return WordMatch(
        condition=held.op("@@", is_comparison=True)(query),
        # 1: divided by one plus the logarithm of the length, as long statements hold any word.
        order=-func.ts_rank(held, query, 1),
        joins=None,
    )


def _is_beginning(term: str) -> bool:
    return len(term) >= SHORTEST_BEGINNING
