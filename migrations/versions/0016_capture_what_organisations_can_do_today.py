"""Capture what organisations can do today, by capability and partner

Revision: 0016, after: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NAME = "present_capability"
LINKS = (
    ("cycle_id", "cycle", "CASCADE"),
    ("statement_id", "capability_statement", "CASCADE"),
    ("partner_id", "partner", "CASCADE"),
    ("captured_by_id", "participant", "SET NULL"),
)


def upgrade() -> None:
    op.create_table(
        NAME,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("strength", sa.String(40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("captured_by_id", sa.Uuid(), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{target}.id"], name=f"fk_{NAME}_{column}", ondelete=ondelete
            )
            for column, target, ondelete in LINKS
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{NAME}"),
        sa.UniqueConstraint(
            "statement_id", "partner_id", name=f"uq_{NAME}_statement_id_partner_id"
        ),
    )
    with op.batch_alter_table(NAME) as table:
        for column in ("cycle_id", "statement_id", "partner_id"):
            table.create_index(f"ix_{NAME}_{column}", [column])


def downgrade() -> None:
    op.drop_table(NAME)
