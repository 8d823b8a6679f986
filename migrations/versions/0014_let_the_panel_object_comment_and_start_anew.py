"""Let the panel object and comment, keep what it ratified, and hold a generation for preview

Revision: 0014, after: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def _link(table: str, column: str, target: str, ondelete: str | None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=f"fk_{table}_{column}", ondelete=ondelete
    )


def _id(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _moment(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _make(table: str, indexed: tuple[str, ...], *parts: sa.schema.SchemaItem) -> None:
    key = sa.PrimaryKeyConstraint("id", name=f"pk_{table}")
    op.create_table(
        table, _id("id"), _id("cycle_id"), *parts, _link(table, "cycle_id", "cycle", "CASCADE"), key
    )
    with op.batch_alter_table(table) as altered:
        for column in ("cycle_id", *indexed):
            altered.create_index(f"ix_{table}_{column}", [column])


def upgrade() -> None:
    with op.batch_alter_table("rule_card") as table:
        table.add_column(
            sa.Column("panel_rule", sa.String(40), nullable=False, server_default="two thirds")
        )
    with op.batch_alter_table("rule_card") as table:
        table.alter_column("panel_rule", server_default=None, existing_type=sa.String(40))
    with op.batch_alter_table("profile") as table:
        table.add_column(
            sa.Column("seeded_from", sa.String(300), nullable=False, server_default="")
        )
    with op.batch_alter_table("profile") as table:
        table.alter_column("seeded_from", server_default=None, existing_type=sa.String(300))
    with op.batch_alter_table("profile_capability") as table:
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("profile_capability") as table:
        table.alter_column("version", server_default=None, existing_type=sa.Integer())
    with op.batch_alter_table("profile_change") as table:
        table.add_column(_id("other_profile_id", nullable=True))
        table.create_foreign_key(
            "fk_profile_change_other_profile_id",
            "profile",
            ["other_profile_id"],
            ["id"],
            ondelete="SET NULL",
        )
    _make_tables()


def _make_tables() -> None:
    _make(
        "profile_version",
        ("profile_id",),
        _id("profile_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        _moment("ratified_at"),
        _link("profile_version", "profile_id", "profile", None),
        sa.UniqueConstraint("profile_id", "number", name="uq_profile_version_profile_id_number"),
    )
    _make(
        "objection",
        ("profile_id",),
        _id("profile_id"),
        _id("participant_id"),
        sa.Column("reason", sa.Text(), nullable=False),
        _moment("objected_at"),
        _link("objection", "profile_id", "profile", "CASCADE"),
        _link("objection", "participant_id", "participant", "CASCADE"),
        sa.UniqueConstraint(
            "profile_id", "participant_id", name="uq_objection_profile_id_participant_id"
        ),
    )
    _make(
        "panel_comment",
        ("profile_id",),
        _id("profile_id"),
        _id("statement_id", nullable=True),
        _id("participant_id", nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        _moment("said_at"),
        _link("panel_comment", "profile_id", "profile", "CASCADE"),
        _link("panel_comment", "statement_id", "capability_statement", None),
        _link("panel_comment", "participant_id", "participant", "SET NULL"),
    )
    op.create_table(
        "generation_draft",
        _id("cycle_id"),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("criterion", sa.JSON(), nullable=False),
        sa.Column("proposals", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        _moment("made_at"),
        _link("generation_draft", "cycle_id", "cycle", "CASCADE"),
        sa.PrimaryKeyConstraint("cycle_id", name="pk_generation_draft"),
    )


def downgrade() -> None:
    for name in ("generation_draft", "panel_comment", "objection", "profile_version"):
        op.drop_table(name)
    with op.batch_alter_table("profile_change") as table:
        table.drop_constraint("fk_profile_change_other_profile_id", type_="foreignkey")
        table.drop_column("other_profile_id")
    for name, column in (
        ("profile_capability", "version"),
        ("profile", "seeded_from"),
        ("rule_card", "panel_rule"),
    ):
        with op.batch_alter_table(name) as table:
            table.drop_column(column)
