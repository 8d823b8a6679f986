"""Keep suggested areas with what people made of them, and likenesses to the library

Revision: 0010, after: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STATEMENT = "capability_statement.id"


def _link(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [target], name=f"fk_{table}_{column}", ondelete=ondelete
    )


def upgrade() -> None:
    suggestion, review, likeness = (
        "classification_suggestion",
        "classification_review",
        "library_likeness",
    )
    op.create_table(
        suggestion,
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.Column("support", sa.Integer(), nullable=False),
        sa.Column("neighbours", sa.Integer(), nullable=False),
        sa.Column("mean_score", sa.Double(), nullable=False),
        sa.Column("method", sa.String(10), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        _link(suggestion, "statement_id", STATEMENT, "CASCADE"),
        _link(suggestion, "area_id", "area.id", "CASCADE"),
        sa.PrimaryKeyConstraint("statement_id", "position", name=f"pk_{suggestion}"),
    )
    with op.batch_alter_table(suggestion) as table:
        table.create_index(f"ix_{suggestion}_area_id", ["area_id"])
    op.create_table(
        review,
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("decision", sa.String(40), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=True),
        sa.Column("suggested_id", sa.Uuid(), nullable=True),
        sa.Column("support", sa.Integer(), nullable=False),
        sa.Column("neighbours", sa.Integer(), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        _link(review, "statement_id", STATEMENT, "CASCADE"),
        _link(review, "area_id", "area.id", "CASCADE"),
        _link(review, "suggested_id", "area.id", "CASCADE"),
        _link(review, "decided_by_id", "account.id", "SET NULL"),
        sa.PrimaryKeyConstraint("statement_id", name=f"pk_{review}"),
    )
    op.create_table(
        likeness,
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("method", sa.String(10), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("compared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ignored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ignored_by_id", sa.Uuid(), nullable=True),
        _link(likeness, "statement_id", STATEMENT, "CASCADE"),
        _link(likeness, "record_id", "library_statement.id", "CASCADE"),
        _link(likeness, "ignored_by_id", "account.id", "SET NULL"),
        sa.PrimaryKeyConstraint("statement_id", "record_id", name=f"pk_{likeness}"),
    )
    with op.batch_alter_table(likeness) as table:
        table.create_index(f"ix_{likeness}_record_id", ["record_id"])


def downgrade() -> None:
    op.drop_table("library_likeness")
    op.drop_table("classification_review")
    op.drop_table("classification_suggestion")
