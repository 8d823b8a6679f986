"""What full text is kept in, on either database: made and kept by the database itself.

SQLite holds the words in an FTS5 table of its own, filled by triggers; PostgreSQL in a generated
column with a GIN index. Neither is part of the models: nothing but ``words`` reads them, and an
import that writes rows in bulk keeps them true without knowing of them.

The trap: a migration that makes ``library_statement`` anew on SQLite drops its triggers with the
old table, so it must make them again. A test counts them in a migrated database.
"""

from sqlalchemy import DDL, event

from cycles.library.models import LibraryStatement

WORDS_TABLE = "library_words"
WORDS_COLUMN = "words"
WORDS_INDEX = "ix_library_statement_words"

# An accent never keeps a word from being found. SQLite's tokenizer takes them away itself.
ACCENTED = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿāăąćčďēėęěğīįńňōőřśšťūůűųźżž"
PLAIN = "aaaaaaceeeeiiiinooooouuuuyyaaaccdeeeegiinnoorsstuuuuzzz"

_DROP_WORDS = (
    "DELETE FROM library_words WHERE rowid IN (SELECT rowid FROM library_words "
    "WHERE library_words MATCH 'statement_id : \"' || old.id || '\"')"
)
_ADD_WORDS = (
    "INSERT INTO library_words (statement_id, text, occupation) "
    "VALUES (new.id, new.text, new.occupation)"
)


def making_statements(dialect: str) -> list[str]:
    """Return the statements that make the full text of ``library_statement`` on ``dialect``."""
    if dialect == "sqlite":
        return [
            "CREATE VIRTUAL TABLE library_words USING fts5 (statement_id, text, occupation, "
            "tokenize = 'unicode61 remove_diacritics 2')",
            "CREATE TRIGGER library_words_added AFTER INSERT ON library_statement "
            f"BEGIN {_ADD_WORDS}; END",
            "CREATE TRIGGER library_words_changed AFTER UPDATE OF text, occupation "
            "ON library_statement WHEN old.text <> new.text OR old.occupation <> new.occupation "
            f"BEGIN {_DROP_WORDS}; {_ADD_WORDS}; END",
            "CREATE TRIGGER library_words_gone AFTER DELETE ON library_statement "
            f"BEGIN {_DROP_WORDS}; END",
        ]
    return [
        "ALTER TABLE library_statement ADD COLUMN words tsvector GENERATED ALWAYS AS "
        f"(setweight({_vector('text')}, 'A') || setweight({_vector('occupation')}, 'C')) STORED",
        f"CREATE INDEX {WORDS_INDEX} ON library_statement USING gin (words)",
    ]


def _vector(column: str) -> str:
    # Whatever is neither letter nor digit parts words, as in SQLite: the parser would otherwise
    # read "repair/replace" as the name of a file and find it under neither word.
    parted = f"regexp_replace(lower({column}), '[^[:alnum:]]+', ' ', 'g')"
    return f"to_tsvector('simple', translate({parted}, '{ACCENTED}', '{PLAIN}'))"


def dropping_statements(dialect: str) -> list[str]:
    """Return the statements that take away what no dropped table takes with it."""
    return [f"DROP TABLE IF EXISTS {WORDS_TABLE}"] if dialect == "sqlite" else []


def is_of_full_text(name: str | None, kind: str) -> bool:
    """Say whether a table, column or index of the database is kept here, outside the models."""
    if kind == "table":
        return (name or "").startswith(WORDS_TABLE)
    return (kind, name) in {("column", WORDS_COLUMN), ("index", WORDS_INDEX)}


def _ddl(statement: str, dialect: str) -> DDL:
    # The percent sign means something to DDL, and none of these holds one.
    return DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]  # no types there


for _dialect in ("sqlite", "postgresql"):
    for _statement in making_statements(_dialect):
        event.listen(LibraryStatement.__table__, "after_create", _ddl(_statement, _dialect))
    for _statement in dropping_statements(_dialect):
        event.listen(LibraryStatement.__table__, "after_drop", _ddl(_statement, _dialect))
