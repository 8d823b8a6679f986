"""Keep the plan that a calendar entry tells of, and find the letters that wait

Revision: 0005, after: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("workshop_letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sequence", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_workshop_letter_state"), ["state"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("workshop_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_letter_state"))
        batch_op.drop_column("sequence")
