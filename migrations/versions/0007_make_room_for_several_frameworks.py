"""Make room for several frameworks, several reviewers, links in the library, and adapters

Revision: 0007, after: 0006
"""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ONE_REVIEW = "uq_match_review_cycle_id_statement_id_duty_id"
REVIEW_EACH = "uq_match_review_cycle_id_statement_id_duty_id_participant_id"


def upgrade() -> None:
    op.create_table(
        "cycle_framework",
        sa.Column("framework_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("uses_skills", sa.Boolean(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name="fk_cycle_framework_cycle_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name="fk_cycle_framework_framework_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_cycle_framework"),
        sa.UniqueConstraint(
            "cycle_id", "framework_id", name="uq_cycle_framework_cycle_id_framework_id"
        ),
    )
    with op.batch_alter_table("cycle_framework") as table:
        table.create_index("ix_cycle_framework_cycle_id", ["cycle_id"])
        table.create_index("ix_cycle_framework_framework_id", ["framework_id"])
    op.create_table(
        "library_link",
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("wider_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["library_statement.id"],
            name="fk_library_link_statement_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["wider_id"],
            ["library_statement.id"],
            name="fk_library_link_wider_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("statement_id", "wider_id", name="pk_library_link"),
    )
    with op.batch_alter_table("library_link") as table:
        table.create_index("ix_library_link_wider_id", ["wider_id"])
    with op.batch_alter_table("framework") as table:
        table.add_column(sa.Column("snapshot_on", sa.Date(), nullable=True))
    with op.batch_alter_table("mapping_run") as table:
        table.add_column(
            sa.Column("adapter_digest", sa.String(64), nullable=False, server_default="")
        )
    with op.batch_alter_table("match_review") as table:
        table.add_column(sa.Column("is_suggested", sa.Boolean(), nullable=True))
        table.drop_constraint("fk_match_review_duty_id", type_="foreignkey")
        table.drop_constraint(ONE_REVIEW, type_="unique")
        table.create_unique_constraint(
            REVIEW_EACH, ["cycle_id", "statement_id", "duty_id", "participant_id"]
        )
    _fill()
    with op.batch_alter_table("framework") as table:
        table.alter_column("snapshot_on", existing_type=sa.Date(), nullable=False)
    with op.batch_alter_table("mapping_run") as table:
        table.alter_column("adapter_digest", existing_type=sa.String(64), server_default=None)
    with op.batch_alter_table("match_review") as table:
        table.alter_column("is_suggested", existing_type=sa.Boolean(), nullable=False)


def _fill() -> None:
    """Say of what is there what was true of it."""
    connection = op.get_bind()
    cycle = sa.table("cycle", sa.column("id", sa.Uuid()), sa.column("framework_id", sa.Uuid()))
    chosen = sa.table(
        "cycle_framework",
        sa.column("id", sa.Uuid()),
        sa.column("cycle_id", sa.Uuid()),
        sa.column("framework_id", sa.Uuid()),
        sa.column("position", sa.Integer()),
        sa.column("uses_skills", sa.Boolean()),
    )
    for row in connection.execute(sa.select(cycle).where(cycle.c.framework_id.is_not(None))):
        connection.execute(
            chosen.insert().values(
                id=uuid.uuid4(),
                cycle_id=row.id,
                framework_id=row.framework_id,
                position=1,
                uses_skills=False,
            )
        )
    # date() on SQLite and a cast on PostgreSQL both give the day of the import.
    connection.execute(sa.text("UPDATE framework SET snapshot_on = date(imported_at)"))
    # A verdict was kept beside its score; what the score said then rests on the run's threshold.
    connection.execute(
        sa.text(
            "UPDATE match_review SET is_suggested = score * 100 >= coalesce((SELECT "
            "threshold_percent FROM cycle WHERE cycle.id = match_review.cycle_id), 100)"
        )
    )


def downgrade() -> None:
    # One verdict a match was all that the older table could hold: the first is kept.
    op.execute(
        "DELETE FROM match_review WHERE verdict = 'unsure' OR EXISTS (SELECT 1 FROM match_review "
        "AS other WHERE other.cycle_id = match_review.cycle_id AND other.statement_id = "
        "match_review.statement_id AND other.duty_id = match_review.duty_id "
        "AND (other.reviewed_at < match_review.reviewed_at OR (other.reviewed_at = "
        "match_review.reviewed_at AND other.id < match_review.id)))"
    )
    op.execute("DELETE FROM match_review WHERE duty_id NOT IN (SELECT id FROM duty)")
    with op.batch_alter_table("match_review") as table:
        table.drop_constraint(REVIEW_EACH, type_="unique")
        table.create_unique_constraint(ONE_REVIEW, ["cycle_id", "statement_id", "duty_id"])
        table.create_foreign_key(
            "fk_match_review_duty_id", "duty", ["duty_id"], ["id"], ondelete="CASCADE"
        )
        table.drop_column("is_suggested")
    with op.batch_alter_table("mapping_run") as table:
        table.drop_column("adapter_digest")
    with op.batch_alter_table("framework") as table:
        table.drop_column("snapshot_on")
    op.drop_table("library_link")
    op.drop_table("cycle_framework")
