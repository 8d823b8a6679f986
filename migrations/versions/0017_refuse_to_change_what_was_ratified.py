"""Refuse to change what was ratified, keep a version of what was, say which change an undo undid

Revision: 0017, after: 0016

A later migration that rebuilds one of these three tables on SQLite has to make its triggers again.
"""

import hashlib
import json
import uuid
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KEPT = "a ratified version is kept as it is"
FIXED = "a ratified profile does not change"
RATIFIED_PROFILE = (
    "EXISTS (SELECT 1 FROM profile JOIN cycle ON cycle.id = profile.cycle_id "
    "WHERE profile.id = {row}.profile_id AND profile.status = 'ratified')"
)
CYCLE_IS_THERE = "EXISTS (SELECT 1 FROM cycle WHERE id = OLD.cycle_id)"
SQLITE = (
    ("profile_version", "update", "", KEPT),
    ("profile_version", "delete", f"WHEN {CYCLE_IS_THERE}", KEPT),
    (
        "profile",
        "update",
        "WHEN OLD.status = 'ratified' AND (NEW.code IS NOT OLD.code "
        "OR NEW.name IS NOT OLD.name OR NEW.role_level_id IS NOT OLD.role_level_id "
        "OR NEW.partner_id IS NOT OLD.partner_id OR NEW.cycle_id IS NOT OLD.cycle_id)",
        FIXED,
    ),
    ("profile", "delete", f"WHEN OLD.status = 'ratified' AND {CYCLE_IS_THERE}", FIXED),
    (
        "profile_capability",
        "insert",
        "WHEN EXISTS (SELECT 1 FROM profile WHERE id = NEW.profile_id AND status = 'ratified')",
        FIXED,
    ),
    (
        "profile_capability",
        "update",
        "WHEN EXISTS (SELECT 1 FROM profile "
        "WHERE id IN (OLD.profile_id, NEW.profile_id) AND status = 'ratified')",
        FIXED,
    ),
    ("profile_capability", "delete", f"WHEN {RATIFIED_PROFILE.format(row='OLD')}", FIXED),
)
POSTGRESQL = (
    (
        "profile_version",
        "UPDATE OR DELETE",
        f"IF TG_OP = 'UPDATE' OR {CYCLE_IS_THERE} THEN "
        f"RAISE EXCEPTION '{KEPT}'; END IF; RETURN OLD;",
    ),
    (
        "profile",
        "UPDATE OR DELETE",
        "IF OLD.status = 'ratified' THEN IF TG_OP = 'DELETE' THEN "
        f"IF {CYCLE_IS_THERE} THEN RAISE EXCEPTION '{FIXED}'; END IF; "
        "ELSIF (NEW.code, NEW.name, NEW.role_level_id, NEW.partner_id, NEW.cycle_id) "
        "IS DISTINCT FROM (OLD.code, OLD.name, OLD.role_level_id, OLD.partner_id, OLD.cycle_id) "
        f"THEN RAISE EXCEPTION '{FIXED}'; END IF; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
    ),
    (
        "profile_capability",
        "INSERT OR UPDATE OR DELETE",
        f"IF TG_OP <> 'INSERT' THEN IF {RATIFIED_PROFILE.format(row='OLD')} THEN "
        f"RAISE EXCEPTION '{FIXED}'; END IF; END IF; "
        f"IF TG_OP <> 'DELETE' THEN IF {RATIFIED_PROFILE.format(row='NEW')} THEN "
        f"RAISE EXCEPTION '{FIXED}'; END IF; RETURN NEW; END IF; RETURN OLD;",
    ),
)


def _table(name: str, *columns: str, **typed: Any) -> sa.TableClause:
    plain = [sa.column(each, sa.Uuid() if each.endswith("id") else None) for each in columns]
    return sa.table(name, *plain, *(sa.column(each, kind) for each, kind in typed.items()))


PROFILE = _table(
    "profile", "id", "cycle_id", "role_level_id", "partner_id", "code", "name", "status",
    ratified_at=sa.DateTime(timezone=True),
)  # fmt: skip
ROLE_LEVEL = _table("role_level", "id", "name", "academic_level")
PARTNER = _table("partner", "id", "name")
RULES = _table("rule_card", "cycle_id", "panel_quorum", "panel_rule")
APPROVAL = _table("approval", "id", "profile_id")
AREA = _table("area", "id", "function", "domain", "name")
STATEMENT = _table("capability_statement", "id", "area_id", "code", "text")
MEMBER = _table(
    "profile_capability", "profile_id", "statement_id", "level", "voted_level", "voted_outcome",
    "reason",
    voted_counts=sa.JSON(), why=sa.JSON(), is_provisional=sa.Boolean(),
    is_added_by_panel=sa.Boolean(), is_removed=sa.Boolean(),
)  # fmt: skip
VERSION = _table(
    "profile_version", "id", "cycle_id", "profile_id", "number", "digest",
    content=sa.JSON(), ratified_at=sa.DateTime(timezone=True),
)  # fmt: skip


def upgrade() -> None:
    with op.batch_alter_table("profile_change") as table:
        table.add_column(sa.Column("undoes", sa.Integer(), nullable=True))
    _keep_versions()
    if op.get_bind().dialect.name == "sqlite":
        for name, verb, when, refusal in SQLITE:
            op.execute(
                f"CREATE TRIGGER {name}_no_{verb} BEFORE {verb.upper()} ON {name} {when} "
                f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            )
        return
    for name, verbs, body in POSTGRESQL:
        op.execute(
            f"CREATE OR REPLACE FUNCTION refuse_{name}_change() RETURNS trigger AS "
            f"$body$BEGIN {body} END$body$ LANGUAGE plpgsql"
        )
        op.execute(
            f"CREATE TRIGGER {name}_no_change BEFORE {verbs} ON {name} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse_{name}_change()"
        )


def _keep_versions() -> None:
    """Keep what was ratified before versions were, as version 1: nothing in it has changed since.

    Approvals were the only answers then, so as many as stand are those it was ratified with.
    """
    bind = op.get_bind()
    rows = bind.execute(
        sa.select(
            PROFILE,
            ROLE_LEVEL.c.name.label("role_level"),
            ROLE_LEVEL.c.academic_level,
            PARTNER.c.name.label("partner"),
            RULES.c.panel_quorum,
            RULES.c.panel_rule,
        )
        .join(ROLE_LEVEL, ROLE_LEVEL.c.id == PROFILE.c.role_level_id)
        .join(RULES, RULES.c.cycle_id == PROFILE.c.cycle_id)
        .outerjoin(PARTNER, PARTNER.c.id == PROFILE.c.partner_id)
        .where(PROFILE.c.status == "ratified")
    ).all()
    for row in rows:
        content = _content(row, _members(bind, row.id), _approvals(bind, row.id))
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        bind.execute(
            VERSION.insert().values(
                id=uuid.uuid4(),
                cycle_id=row.cycle_id,
                profile_id=row.id,
                number=1,
                content=content,
                digest=hashlib.sha256(text.encode()).hexdigest(),
                ratified_at=row.ratified_at or datetime.now(UTC),
            )
        )


def _approvals(bind: sa.Connection, profile_id: uuid.UUID) -> int:
    counted = sa.select(sa.func.count()).where(APPROVAL.c.profile_id == profile_id)
    return bind.execute(counted).scalar_one()


def _content(row: Any, members: list[tuple[bool, dict[str, Any]]], approvals: int) -> Any:
    return {
        "code": row.code,
        "name": row.name,
        "role_level": row.role_level,
        "academic_level": row.academic_level,
        "partner": row.partner or "",
        "members": [one for is_removed, one in members if not is_removed],
        "removed": [one for is_removed, one in members if is_removed],
        "approvals": approvals,
        "objections": [],
        "quorum": row.panel_quorum,
        "rule": row.panel_rule,
    }


def _members(bind: sa.Connection, profile_id: uuid.UUID) -> list[tuple[bool, dict[str, Any]]]:
    rows = bind.execute(
        sa.select(
            MEMBER,
            STATEMENT.c.code,
            STATEMENT.c.text,
            AREA.c.function,
            AREA.c.domain,
            AREA.c.name.label("area"),
        )
        .join(STATEMENT, STATEMENT.c.id == MEMBER.c.statement_id)
        .outerjoin(AREA, AREA.c.id == STATEMENT.c.area_id)
        .where(MEMBER.c.profile_id == profile_id)
        .order_by(sa.func.length(STATEMENT.c.code), STATEMENT.c.code)
    ).all()
    return [(one.is_removed, _member(one)) for one in rows]


def _member(row: Any) -> dict[str, Any]:
    vote = (row.why or {}).get("vote") or {}
    return {
        "statement_id": str(row.statement_id),
        "code": row.code,
        "text": row.text,
        "function": row.function or "",
        "domain": row.domain or "",
        "area": row.area or "",
        "level": row.level,
        "voted_level": row.voted_level,
        "voted_outcome": row.voted_outcome,
        "voted_counts": row.voted_counts or [],
        "is_decided": bool(vote.get("is_decided")),
        "is_provisional": row.is_provisional,
        "is_added_by_panel": row.is_added_by_panel,
        "reason": row.reason,
    }


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name, verb, _, _ in SQLITE:
            op.execute(f"DROP TRIGGER {name}_no_{verb}")
    else:
        for name, _, _ in POSTGRESQL:
            op.execute(f"DROP TRIGGER {name}_no_change ON {name}")
            op.execute(f"DROP FUNCTION refuse_{name}_change()")
    with op.batch_alter_table("profile_change") as table:
        table.drop_column("undoes")
