"""Keep what each educator says of a KSB, and what near duplicates it stands for

What somebody decided before becomes that person's review.

Revision: 0015, after: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

KSB, REVIEW = "capability_ksb", "ksb_review"
COLUMNS = (
    ("folded", sa.JSON(), "[]"),
    ("decision_reason", sa.Text(), ""),
    ("version", sa.Integer(), "1"),
)


def upgrade() -> None:
    with op.batch_alter_table(KSB) as table:
        for name, kind, default in COLUMNS:
            table.add_column(sa.Column(name, kind, nullable=False, server_default=default))
    with op.batch_alter_table(KSB) as table:
        for name, kind, _ in COLUMNS:
            table.alter_column(name, server_default=None, existing_type=kind)
    op.create_table(
        REVIEW,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("ksb_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(40), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [f"{column}_id"],
                [f"{target}.id"],
                name=f"fk_{REVIEW}_{column}_id",
                ondelete="CASCADE",
            )
            for column, target in (
                ("cycle", "cycle"),
                ("ksb", KSB),
                ("participant", "participant"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{REVIEW}"),
        sa.UniqueConstraint("ksb_id", "participant_id", name=f"uq_{REVIEW}_ksb_id_participant_id"),
    )
    with op.batch_alter_table(REVIEW) as table:
        for column in ("cycle_id", "ksb_id", "participant_id"):
            table.create_index(f"ix_{REVIEW}_{column}", [column])
    op.execute(
        f"INSERT INTO {REVIEW} (id, cycle_id, ksb_id, participant_id, answer, reviewed_at) "
        "SELECT id, cycle_id, id, decided_by_id, "
        "CASE status WHEN 'accepted' THEN 'accept' ELSE 'reject' END, decided_at "
        f"FROM {KSB} WHERE status IN ('accepted', 'rejected') "
        "AND decided_by_id IS NOT NULL AND decided_at IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_table(REVIEW)
    with op.batch_alter_table(KSB) as table:
        for name, _, _ in reversed(COLUMNS):
            table.drop_column(name)
