"""Search the words of the library

Revision: 0009, after: 0008
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ACCENTED = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿāăąćčďēėęěğīįńňōőřśšťūůűųźżž"
PLAIN = "aaaaaaceeeeiiiinooooouuuuyyaaaccdeeeegiinnoorsstuuuuzzz"
DROP_WORDS = (
    "DELETE FROM library_words WHERE rowid IN (SELECT rowid FROM library_words "
    "WHERE library_words MATCH 'statement_id : \"' || old.id || '\"')"
)
ADD_WORDS = (
    "INSERT INTO library_words (statement_id, text, occupation) "
    "VALUES (new.id, new.text, new.occupation)"
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _make_in_sqlite()
    else:
        _make_in_postgresql()


def _make_in_sqlite() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE library_words USING fts5 (statement_id, text, occupation, "
        "tokenize = 'unicode61 remove_diacritics 2')"
    )
    op.execute(
        "INSERT INTO library_words (statement_id, text, occupation) "
        "SELECT id, text, occupation FROM library_statement"
    )
    op.execute(
        "CREATE TRIGGER library_words_added AFTER INSERT ON library_statement "
        f"BEGIN {ADD_WORDS}; END"
    )
    op.execute(
        "CREATE TRIGGER library_words_changed AFTER UPDATE OF text, occupation "
        "ON library_statement WHEN old.text <> new.text OR old.occupation <> new.occupation "
        f"BEGIN {DROP_WORDS}; {ADD_WORDS}; END"
    )
    op.execute(
        "CREATE TRIGGER library_words_gone AFTER DELETE ON library_statement "
        f"BEGIN {DROP_WORDS}; END"
    )


def _make_in_postgresql() -> None:
    text, occupation = (
        "to_tsvector('simple', translate(regexp_replace(lower(" + column + "), "
        f"'[^[:alnum:]]+', ' ', 'g'), '{ACCENTED}', '{PLAIN}'))"
        for column in ("text", "occupation")
    )
    # Alembic would read the colons of the character class as parameters.
    op.get_bind().exec_driver_sql(
        "ALTER TABLE library_statement ADD COLUMN words tsvector GENERATED ALWAYS AS "
        f"(setweight({text}, 'A') || setweight({occupation}, 'C')) STORED"
    )
    op.execute("CREATE INDEX ix_library_statement_words ON library_statement USING gin (words)")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for when in ("added", "changed", "gone"):
            op.execute(f"DROP TRIGGER library_words_{when}")
        op.execute("DROP TABLE library_words")
    else:
        op.drop_index("ix_library_statement_words", "library_statement")
        op.drop_column("library_statement", "words")
