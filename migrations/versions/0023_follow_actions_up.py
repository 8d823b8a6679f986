"""Know who owns an action, keep its history and its reminders, and subjects for further cycles

Revision: 0023, after: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

OWNED, CHANGE, REMINDER, SUBJECT = (
    "recommendation",
    "action_change",
    "action_reminder",
    "further_subject",
)


def _link(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=f"fk_{table}_{column}", ondelete=ondelete
    )


def _id(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, length: int | None = None) -> sa.Column:
    kind = sa.String(length) if length else sa.Text()
    return sa.Column(name, kind, nullable=False)


def _make(table: str, indexed: tuple[str, ...], *parts: sa.schema.SchemaItem) -> None:
    key = sa.PrimaryKeyConstraint("id", name=f"pk_{table}")
    op.create_table(
        table, _id("id"), _id("cycle_id"), *parts, _link(table, "cycle_id", "cycle", "CASCADE"), key
    )
    for column in ("cycle_id", *indexed):
        op.create_index(f"ix_{table}_{column}", table, [column])


def upgrade() -> None:
    with op.batch_alter_table(OWNED) as table:
        table.add_column(_id("owner_id", nullable=True))
        table.add_column(
            sa.Column("owner_email", sa.String(254), nullable=False, server_default="")
        )
        table.add_column(_moment("reminders_stopped_at", nullable=True))
        table.create_foreign_key(
            f"fk_{OWNED}_owner_id", "participant", ["owner_id"], ["id"], ondelete="SET NULL"
        )
        table.create_index(f"ix_{OWNED}_owner_id", ["owner_id"])
    with op.batch_alter_table(OWNED) as table:
        table.alter_column("owner_email", server_default=None, existing_type=sa.String(254))
    _make(
        CHANGE,
        ("recommendation_id",),
        _id("recommendation_id"),
        sa.Column("status_before", sa.String(40), nullable=True),
        _text("status", 40),
        sa.Column("changed", sa.JSON(), nullable=False),
        _text("note"),
        _id("changed_by_id", nullable=True),
        _moment("changed_at"),
        _link(CHANGE, "recommendation_id", OWNED, "CASCADE"),
        _link(CHANGE, "changed_by_id", "account", "SET NULL"),
    )
    _make_reminders()
    _make(
        SUBJECT,
        ("started_cycle_id",),
        sa.Column("position", sa.Integer(), nullable=False),
        _text("title", 200),
        _text("why"),
        _text("source", 60),
        _id("started_cycle_id", nullable=True),
        _moment("added_at"),
        _link(SUBJECT, "started_cycle_id", "cycle", "SET NULL"),
    )


def _make_reminders() -> None:
    _make(
        REMINDER,
        ("recommendation_id", "state"),
        _id("recommendation_id"),
        _id("participant_id", nullable=True),
        _text("name", 200),
        _text("email", 254),
        _text("state", 40),
        _text("problem"),
        _moment("asked_at"),
        _moment("not_before", nullable=True),
        _moment("sent_at", nullable=True),
        _link(REMINDER, "recommendation_id", OWNED, "CASCADE"),
        _link(REMINDER, "participant_id", "participant", "SET NULL"),
    )


def downgrade() -> None:
    for name in (SUBJECT, REMINDER, CHANGE):
        op.drop_table(name)
    with op.batch_alter_table(OWNED) as table:
        table.drop_index(f"ix_{OWNED}_owner_id")
        table.drop_constraint(f"fk_{OWNED}_owner_id", type_="foreignkey")
        for column in ("owner_id", "owner_email", "reminders_stopped_at"):
            table.drop_column(column)
