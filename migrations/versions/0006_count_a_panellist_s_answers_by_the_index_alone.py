"""Count a panellist's answers of a round by the index alone

Revision: 0006, after: 0005
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.drop_index("ix_rating_panellist_id_round_id")
        batch_op.create_index(
            "ix_rating_panellist_id_round_id_item_id",
            ["panellist_id", "round_id", "item_id"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.drop_index("ix_rating_panellist_id_round_id_item_id")
        batch_op.create_index(
            "ix_rating_panellist_id_round_id", ["panellist_id", "round_id"], unique=False
        )
