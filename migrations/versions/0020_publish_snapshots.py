"""Publish snapshots to sponsors, to all participants, or to anybody with a link

Revision: 0020, after: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

NAME = "publication"
LINKS = (
    ("cycle_id", "cycle", "CASCADE"),
    ("snapshot_id", "snapshot", None),
    ("published_by_id", "account", "SET NULL"),
)


def upgrade() -> None:
    op.create_table(
        NAME,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("snapshot_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.String(40), nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Uuid(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{target}.id"], name=f"fk_{NAME}_{column}", ondelete=ondelete
            )
            for column, target, ondelete in LINKS
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{NAME}"),
    )
    for column in ("cycle_id", "snapshot_id"):
        op.create_index(f"ix_{NAME}_{column}", NAME, [column])


def downgrade() -> None:
    op.drop_table(NAME)
