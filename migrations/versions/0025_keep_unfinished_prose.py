"""Keep what a person has typed into a section of prose and not saved yet

Revision: 0025, after: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

NAME = "narrative_unfinished"
LINKS = (("cycle_id", "cycle"), ("account_id", "account"))


def upgrade() -> None:
    op.create_table(
        NAME,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.String(40), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("markdown", sa.Text(), nullable=False),
        sa.Column("started_from", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{target}.id"], name=f"fk_{NAME}_{column}", ondelete="CASCADE"
            )
            for column, target in LINKS
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{NAME}"),
        sa.UniqueConstraint(
            "cycle_id", "section", "account_id", name=f"uq_{NAME}_cycle_id_section_account_id"
        ),
    )
    op.create_index(f"ix_{NAME}_cycle_id", NAME, ["cycle_id"])


def downgrade() -> None:
    op.drop_table(NAME)
