"""Count an item's live batches, and find a panellist's answers of a round by one index

Revision: 0003, after: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("round_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("batches", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rating_panellist_id"))
        batch_op.create_index(
            "ix_rating_panellist_id_round_id", ["panellist_id", "round_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.drop_index("ix_rating_panellist_id_round_id")
        batch_op.create_index(
            batch_op.f("ix_rating_panellist_id"), ["panellist_id"], unique=False
        )
    with op.batch_alter_table("round_item", schema=None) as batch_op:
        batch_op.drop_column("batches")
