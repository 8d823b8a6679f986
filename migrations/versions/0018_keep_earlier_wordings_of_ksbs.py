"""Keep how a KSB read before and what was said of that, and which KSBs earlier cycles needed

Revision: 0018, after: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

WORDING, ASIDE, NEED = "ksb_wording", "ksb_set_aside", "library_need"


def _link(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=f"fk_{table}_{column}", ondelete=ondelete
    )


def _id(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _moment(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def upgrade() -> None:
    with op.batch_alter_table("ksb_review") as table:
        table.add_column(sa.Column("replaced", sa.JSON(), nullable=True))
    _make_wordings()
    _make_set_aside()
    op.create_table(
        NEED,
        _id("capability_id"),
        _id("ksb_id"),
        _link(NEED, "capability_id", "library_statement", "CASCADE"),
        _link(NEED, "ksb_id", "library_statement", "CASCADE"),
        sa.PrimaryKeyConstraint("capability_id", "ksb_id", name=f"pk_{NEED}"),
    )
    _index(NEED, "ksb_id")


def _make_wordings() -> None:
    op.create_table(
        WORDING,
        _id("id"),
        _id("cycle_id"),
        _id("ksb_id"),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("suggested_text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(300), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("folded", sa.JSON(), nullable=False),
        _moment("replaced_at"),
        _id("replaced_by_id", nullable=True),
        _link(WORDING, "cycle_id", "cycle", "CASCADE"),
        _link(WORDING, "ksb_id", "capability_ksb", "CASCADE"),
        _link(WORDING, "replaced_by_id", "participant", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{WORDING}"),
    )
    _index(WORDING, "cycle_id", "ksb_id")


def _make_set_aside() -> None:
    op.create_table(
        ASIDE,
        _id("id"),
        _id("cycle_id"),
        _id("wording_id"),
        _id("participant_id"),
        sa.Column("answer", sa.String(40), nullable=False),
        _moment("reviewed_at"),
        _link(ASIDE, "cycle_id", "cycle", "CASCADE"),
        _link(ASIDE, "wording_id", WORDING, "CASCADE"),
        _link(ASIDE, "participant_id", "participant", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{ASIDE}"),
    )
    _index(ASIDE, "cycle_id", "wording_id", "participant_id")


def _index(name: str, *columns: str) -> None:
    with op.batch_alter_table(name) as table:
        for column in columns:
            table.create_index(f"ix_{name}_{column}", [column])


def downgrade() -> None:
    for name in (NEED, ASIDE, WORDING):
        op.drop_table(name)
    with op.batch_alter_table("ksb_review") as table:
        table.drop_column("replaced")
