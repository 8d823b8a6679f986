"""Keep the files of jobs in parts, several to a job

Revision: 0013, after: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def _make(*key: str) -> None:
    numbers = [sa.Column(name, sa.Integer(), nullable=False) for name in key[1:]]
    op.create_table(
        "job_file",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        *numbers,
        sa.Column("filename", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name="fk_job_file_job_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(*key, name="pk_job_file"),
    )


def upgrade() -> None:
    # Files are kept for a day at most, and whoever sent one can send it again.
    op.drop_table("job_file")
    _make("job_id", "number", "part")


def downgrade() -> None:
    op.drop_table("job_file")
    _make("job_id")
