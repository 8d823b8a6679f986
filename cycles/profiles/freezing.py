"""The database's own refusals: a ratified version never changes, nor does a ratified profile.

Statements only, for ``create_all``; migration 0017 has made them where migrations run. A whole
cycle may still be deleted with all that is in it: then there is nothing left to be true to.

The trap: on SQLite a migration that rebuilds ``profile``, ``profile_capability`` or
``profile_version`` loses the triggers of that table, and has to make them again.
"""

from sqlalchemy import DDL, event

from cycles.profiles.models import Profile, ProfileCapability, ProfileVersion

KEPT = "a ratified version is kept as it is"
FIXED = "a ratified profile does not change"

_SQLITE: dict[str, tuple[tuple[str, str, str], ...]] = {
    "profile_version": (
        ("update", "", KEPT),
        ("delete", "WHEN EXISTS (SELECT 1 FROM cycle WHERE id = OLD.cycle_id)", KEPT),
    ),
    "profile": (
        (
            "update",
            "WHEN OLD.status = 'ratified' AND (NEW.code IS NOT OLD.code "
            "OR NEW.name IS NOT OLD.name OR NEW.role_level_id IS NOT OLD.role_level_id "
            "OR NEW.partner_id IS NOT OLD.partner_id OR NEW.cycle_id IS NOT OLD.cycle_id)",
            FIXED,
        ),
        (
            "delete",
            "WHEN OLD.status = 'ratified' AND EXISTS (SELECT 1 FROM cycle WHERE id = OLD.cycle_id)",
            FIXED,
        ),
    ),
    "profile_capability": (
        (
            "insert",
            "WHEN EXISTS (SELECT 1 FROM profile WHERE id = NEW.profile_id AND status = 'ratified')",
            FIXED,
        ),
        (
            "update",
            "WHEN EXISTS (SELECT 1 FROM profile "
            "WHERE id IN (OLD.profile_id, NEW.profile_id) AND status = 'ratified')",
            FIXED,
        ),
        (
            "delete",
            "WHEN EXISTS (SELECT 1 FROM profile JOIN cycle ON cycle.id = profile.cycle_id "
            "WHERE profile.id = OLD.profile_id AND profile.status = 'ratified')",
            FIXED,
        ),
    ),
}

_POSTGRESQL: dict[str, tuple[str, str, str]] = {
    "profile_version": (
        "UPDATE OR DELETE",
        "IF TG_OP = ''UPDATE'' OR EXISTS (SELECT 1 FROM cycle WHERE id = OLD.cycle_id) THEN "
        "RAISE EXCEPTION ''REFUSAL''; END IF; RETURN OLD;",
        KEPT,
    ),
    "profile": (
        "UPDATE OR DELETE",
        "IF OLD.status = ''ratified'' THEN IF TG_OP = ''DELETE'' THEN "
        "IF EXISTS (SELECT 1 FROM cycle WHERE id = OLD.cycle_id) THEN "
        "RAISE EXCEPTION ''REFUSAL''; END IF; "
        "ELSIF (NEW.code, NEW.name, NEW.role_level_id, NEW.partner_id, NEW.cycle_id) "
        "IS DISTINCT FROM (OLD.code, OLD.name, OLD.role_level_id, OLD.partner_id, OLD.cycle_id) "
        "THEN RAISE EXCEPTION ''REFUSAL''; END IF; END IF; "
        "IF TG_OP = ''DELETE'' THEN RETURN OLD; END IF; RETURN NEW;",
        FIXED,
    ),
    "profile_capability": (
        "INSERT OR UPDATE OR DELETE",
        "IF TG_OP <> ''INSERT'' THEN IF EXISTS (SELECT 1 FROM profile "
        "JOIN cycle ON cycle.id = profile.cycle_id "
        "WHERE profile.id = OLD.profile_id AND profile.status = ''ratified'') THEN "
        "RAISE EXCEPTION ''REFUSAL''; END IF; END IF; "
        "IF TG_OP <> ''DELETE'' THEN IF EXISTS (SELECT 1 FROM profile "
        "WHERE id = NEW.profile_id AND status = ''ratified'') THEN "
        "RAISE EXCEPTION ''REFUSAL''; END IF; RETURN NEW; END IF; RETURN OLD;",
        FIXED,
    ),
}


def refusal_statements(dialect: str, table: str) -> list[str]:
    """Return the statements that make ``dialect`` refuse changes of what was ratified."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} {when} "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            for verb, when, refusal in _SQLITE[table]
        ]
    verbs, body, refusal = _POSTGRESQL[table]
    return [
        f"CREATE OR REPLACE FUNCTION refuse_{table}_change() RETURNS trigger AS "
        f"'BEGIN {body.replace('REFUSAL', refusal)} END' LANGUAGE plpgsql",
        f"CREATE TRIGGER {table}_no_change BEFORE {verbs} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION refuse_{table}_change()",
    ]


for _model in (Profile, ProfileCapability, ProfileVersion):
    for _dialect in ("sqlite", "postgresql"):
        for _statement in refusal_statements(_dialect, _model.__tablename__):
            event.listen(
                _model.__table__,
                "after_create",
                DDL(_statement).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]  # no types there
            )
