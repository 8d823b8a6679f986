"""Keep what a review of a match replaced

Revision: 0008, after: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("match_review") as table:
        table.add_column(sa.Column("replaced", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("match_review") as table:
        table.drop_column("replaced")
