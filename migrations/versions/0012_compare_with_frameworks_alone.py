"""Take the one framework off a cycle, which has several of its own; bound the mapping threshold

A cycle whose threshold was below 40 is raised to 40: a run keeps no scores below that, so no lower
threshold could be answered any more. A downgrade gives a cycle the first of its frameworks.

Revision: 0012, after: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE cycle SET threshold_percent = 40 WHERE threshold_percent < 40")
    op.execute("UPDATE cycle SET threshold_percent = 99 WHERE threshold_percent > 99")
    with op.batch_alter_table("cycle") as table:
        table.drop_constraint("fk_cycle_framework_id", type_="foreignkey")
        table.drop_column("framework_id")
        table.create_check_constraint("threshold_kept", "threshold_percent BETWEEN 40 AND 99")


def downgrade() -> None:
    with op.batch_alter_table("cycle") as table:
        table.drop_constraint("threshold_kept", type_="check")
        table.add_column(sa.Column("framework_id", sa.Uuid(), nullable=True))
        table.create_foreign_key("fk_cycle_framework_id", "framework", ["framework_id"], ["id"])
    op.execute(
        "UPDATE cycle SET framework_id = (SELECT chosen.framework_id "
        "FROM cycle_framework AS chosen WHERE chosen.cycle_id = cycle.id "
        "ORDER BY chosen.position, chosen.id LIMIT 1)"
    )
