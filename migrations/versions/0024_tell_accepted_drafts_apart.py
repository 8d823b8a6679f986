"""Tell prose that was accepted as drafted apart from prose that somebody wrote

Revision: 0024, after: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLES = ("narrative", "narrative_version")


def upgrade() -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.add_column(
                sa.Column("is_accepted", sa.Boolean(), nullable=False, server_default=sa.false())
            )
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.alter_column("is_accepted", server_default=None)


def downgrade() -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.drop_column("is_accepted")
