"""Keep the pairs of a run and not every score, and the adapter it was turned by

Revision: 0011, after: 0010
"""

import hashlib
import json
import uuid
import zlib
from collections.abc import Iterable
from typing import Any

import numpy as np
import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FLOOR_PERCENT, MOST_OF_ROW = 40, 10
MARK = b"PGS1"
FRAMEWORK = [
    "framework_id",
    "name",
    "version",
    "snapshot_on",
    "licence",
    "attribution",
    "is_illustrative",
    "uses_skills",
]
CAPABILITY = ["statement_id", "code", "text"]
STANDARD = [
    "standard_id",
    "framework",
    "reference",
    "version",
    "title",
    "level",
    "place",
    "by_skills",
]
DUTY = ["duty_id", "standard", "position", "text", "is_core", "is_skill"]
# What the older shape had of each.
OLD_STANDARD = ["standard_id", "reference", "version", "title", "level"]
OLD_DUTY = ["duty_id", "standard", "position", "text", "is_core"]

RUN = sa.table(
    "mapping_run",
    sa.column("id", sa.Uuid()),
    sa.column("framework_id", sa.Uuid()),
    sa.column("inputs", sa.LargeBinary()),
    sa.column("scores", sa.LargeBinary()),
    sa.column("counts", sa.JSON()),
)
HELD = sa.table(
    "framework",
    sa.column("id", sa.Uuid()),
    sa.column("name", sa.String()),
    sa.column("version", sa.String()),
    sa.column("snapshot_on", sa.Date()),
    sa.column("licence", sa.String()),
    sa.column("attribution", sa.Text()),
    sa.column("is_illustrative", sa.Boolean()),
)


def upgrade() -> None:
    op.create_table(
        "used_adapter",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("matrix", sa.LargeBinary(), nullable=False),
        sa.Column("knots", sa.LargeBinary(), nullable=False),
        sa.Column("pairs", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_used_adapter"),
    )
    connection = op.get_bind()
    for run_id in connection.scalars(sa.select(RUN.c.id)).all():
        run = connection.execute(sa.select(RUN).where(RUN.c.id == run_id)).one()
        held = connection.execute(sa.select(HELD).where(HELD.c.id == run.framework_id)).one()
        connection.execute(RUN.update().where(RUN.c.id == run_id).values(**_sparse(run, held)))
    with op.batch_alter_table("mapping_run") as table:
        table.drop_constraint("fk_mapping_run_framework_id", type_="foreignkey")
        table.drop_column("framework_id")


def _sparse(run: Any, held: Any) -> dict[str, Any]:
    """Return a run in the shape of now. Its digest stays: published reports print it.

    No profiles were kept with it, and no places to tell generic duties by: it has neither.
    """
    found = json.loads(zlib.decompress(run.inputs))
    dense = np.frombuffer(zlib.decompress(run.scores), dtype="<f4")
    dense = dense.reshape(len(found["capabilities"]), len(found["duties"]))
    framework = {**held._mapping, "framework_id": held.id, "uses_skills": False}
    added = {"framework": 0, "place": "", "by_skills": False, "is_skill": False}
    inputs = {
        "frameworks": _table(FRAMEWORK, [framework]),
        "capabilities": _table(CAPABILITY, found["capabilities"]),
        "standards": _table(STANDARD, [each | added for each in found["standards"]]),
        "duties": _table(DUTY, [each | added for each in found["duties"]]),
        "bare_standards": _table(STANDARD, [each | added for each in found["bare_standards"]]),
    }
    row, duty = _kept(dense)
    sizes = [FLOOR_PERCENT, *dense.shape, len(row), len(found["standards"]), 0]
    parts = (
        np.array(sizes, dtype="<u4"),
        np.bincount(row, minlength=len(dense)).astype("<u4"),
        duty.astype("<u4"),
        dense[row, duty].astype("<f4"),
        np.zeros(dense.shape[1], dtype="u1"),
    )
    standards = [*found["standards"], *found["bare_standards"]]
    counts = run.counts | {
        "pairs": len(row),
        "generic_duties": 0,
        "tagged": [False],
        "frameworks": [
            {
                "name": held.name,
                "version": held.version,
                "snapshot_on": held.snapshot_on.isoformat(),
            }
        ],
        "chosen": [[str(held.id), False]],
        "duties_digest": _digest(
            [(each["standard_id"], f"{each['level']} {each['title']}") for each in standards]
            + [(each["duty_id"], each["text"]) for each in found["duties"]]
        ),
    }
    return {
        "inputs": zlib.compress(_json(inputs)),
        "scores": zlib.compress(MARK + b"".join(each.tobytes() for each in parts), level=6),
        "counts": counts,
    }


def _kept(dense: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs from the floor up and the ten highest of each capability, in order."""
    is_kept = np.rint(dense.astype(np.float64) * 1_000_000) >= FLOOR_PERCENT * 10_000
    best = np.argsort(-dense, axis=1, kind="stable")[:, :MOST_OF_ROW]
    np.put_along_axis(is_kept, best, True, axis=1)
    return np.nonzero(is_kept)


def _table(names: list[str], rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"columns": names, "rows": [[row[name] for name in names] for row in rows]}


def _json(content: dict[str, Any]) -> bytes:
    text = json.dumps(
        content, default=str, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return text.encode()


def _digest(pairs: Iterable[tuple[str, str]]) -> str:
    made = hashlib.sha256()
    for identifier, text in pairs:
        made.update(f"{identifier}\x1f{text}\x1e".encode())
    return made.hexdigest()


def downgrade() -> None:
    with op.batch_alter_table("mapping_run") as table:
        table.add_column(sa.Column("framework_id", sa.Uuid(), nullable=True))
    connection = op.get_bind()
    for run_id in connection.scalars(sa.select(RUN.c.id)).all():
        run = connection.execute(sa.select(RUN).where(RUN.c.id == run_id)).one()
        connection.execute(RUN.update().where(RUN.c.id == run_id).values(**_dense(run)))
    with op.batch_alter_table("mapping_run") as table:
        table.alter_column("framework_id", existing_type=sa.Uuid(), nullable=False)
        table.create_foreign_key(
            "fk_mapping_run_framework_id", "framework", ["framework_id"], ["id"]
        )
    op.drop_table("used_adapter")


def _dense(run: Any) -> dict[str, Any]:
    """Return a run in the older shape. What was not kept lies below the floor and becomes 0."""
    found = json.loads(zlib.decompress(run.inputs))
    tables = {
        name: [dict(zip(held["columns"], row, strict=True)) for row in held["rows"]]
        for name, held in found.items()
    }
    inputs = {
        "capabilities": tables["capabilities"],
        "standards": _narrow(OLD_STANDARD, tables["standards"]),
        "duties": _narrow(OLD_DUTY, tables["duties"]),
        "bare_standards": _narrow(OLD_STANDARD, tables["bare_standards"]),
    }
    held = zlib.decompress(run.scores)
    sizes = np.frombuffer(held, dtype="<u4", count=6, offset=len(MARK))
    c, m, p = (int(each) for each in sizes[1:4])
    at = len(MARK) + sizes.nbytes
    counts = np.frombuffer(held, dtype="<u4", count=c, offset=at)
    duty = np.frombuffer(held, dtype="<u4", count=p, offset=at + 4 * c)
    score = np.frombuffer(held, dtype="<f4", count=p, offset=at + 4 * c + 4 * p)
    dense = np.zeros((c, m), dtype="<f4")
    dense[np.repeat(np.arange(c), counts), duty] = score
    return {
        "framework_id": uuid.UUID(tables["frameworks"][0]["framework_id"]),
        "inputs": zlib.compress(json.dumps(inputs, sort_keys=True, ensure_ascii=False).encode()),
        "scores": zlib.compress(dense.tobytes(), level=1),
    }


def _narrow(names: list[str], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: row[name] for name in names} for row in rows]
