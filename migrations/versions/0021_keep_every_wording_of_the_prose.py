"""Keep every wording of a section's prose, so that an earlier one can be taken back

Revision: 0021, after: 0020
"""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NAME = "narrative_version"
LINKS = (("cycle_id", "cycle", "CASCADE"), ("edited_by_id", "account", "SET NULL"))
KEPT = ("cycle_id", "section", "markdown", "edited_by_id", "edited_at")


def upgrade() -> None:
    op.create_table(
        NAME,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("markdown", sa.Text(), nullable=False),
        sa.Column("edited_by_id", sa.Uuid(), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{target}.id"], name=f"fk_{NAME}_{column}", ondelete=ondelete
            )
            for column, target, ondelete in LINKS
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{NAME}"),
        sa.UniqueConstraint(
            "cycle_id", "section", "number", name=f"uq_{NAME}_cycle_id_section_number"
        ),
    )
    op.create_index(f"ix_{NAME}_cycle_id", NAME, ["cycle_id"])
    _keep_what_stands()


def _columns() -> list[sa.ColumnClause]:
    return [
        sa.column("cycle_id", sa.Uuid()),
        sa.column("section", sa.String()),
        sa.column("markdown", sa.Text()),
        sa.column("edited_by_id", sa.Uuid()),
        sa.column("edited_at", sa.DateTime(timezone=True)),
    ]


def _keep_what_stands() -> None:
    written = sa.table("narrative", *_columns())
    number = (sa.column("id", sa.Uuid()), sa.column("number", sa.Integer()))
    versions = sa.table(NAME, *number, *_columns())
    connection = op.get_bind()
    for row in connection.execute(sa.select(*(written.c[name] for name in KEPT))).all():
        values = dict(zip(KEPT, row, strict=True))
        connection.execute(sa.insert(versions).values(id=uuid.uuid4(), number=1, **values))


def downgrade() -> None:
    op.drop_table(NAME)
