"""The re-computation bundle: one ZIP of plain files from which every verdict follows again.

The same round gives the same file, byte for byte, so that two copies can be compared.
"""

import hashlib
import io
import json
import zipfile
from typing import Any

from cycles.core.clock import LONDON
from cycles.core.downloads import csv_bytes
from workshop.exports.queries import ClosedRound, ExportedItem
from workshop.exports.readme import readme_text
from workshop.exports.tables import TABLES

FORMAT = 1
MANIFEST, RULE_CARD, EXPECTED, README = (
    "manifest.json",
    "rule-card.json",
    "expected.json",
    "README.txt",
)
RATINGS, ITEMS, GROUPS = "ratings.csv", "items.csv", "groups.csv"
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the oldest that a ZIP can say: a time would change the bytes


def bundle_of(closed: ClosedRound) -> bytes:
    """Return the bundle of a closed round as a ZIP."""
    files = _files(closed)
    manifest = {
        "format": FORMAT,
        "made_by": "Pythia",
        "round_id": str(closed.round.id),
        "rule_digest": closed.rule.digest(),
        "engine": closed.rule.engine,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    return _zipped({**files, MANIFEST: _json(manifest)})


def _files(closed: ClosedRound) -> dict[str, bytes]:
    files = {README: readme_text(closed).encode()}
    for name, make in TABLES.items():
        table = make(closed)
        files[f"{name}.csv"] = csv_bytes(table.headings, table.rows)
    files[RULE_CARD] = _json(_rule_card(closed))
    files[EXPECTED] = _json(_expected(closed))
    return files


def _rule_card(closed: ClosedRound) -> dict[str, Any]:
    rule = closed.rule
    return {"rule": json.loads(rule.canonical()), "digest": rule.digest()}


def _expected(closed: ClosedRound) -> dict[str, Any]:
    round_ = closed.round
    return {
        "cycle_id": str(round_.cycle_id),
        "workshop": round_.workshop.title,
        "round": round_.number,
        "is_only_round": closed.is_only,
        "closed_on": f"{round_.closed_at.astimezone(LONDON):%Y-%m-%d}"
        if round_.closed_at
        else None,
        "scale": {"name": closed.scale.name.value, "letters": closed.scale.letters},
        "items": [_frozen(one) for one in closed.items],
        "figures": _figures_of_round(closed),
    }


def _figures_of_round(closed: ClosedRound) -> dict[str, Any]:
    """Return the round's own figures; none where an item is withheld that they were made of."""
    is_whole = len(closed.shown) == len(closed.items)
    return (closed.round.figures or {}) if is_whole else {}


def _frozen(one: ExportedItem) -> dict[str, Any]:
    if one.released is None:
        return {"item": one.number, "is_withheld": True}
    verdict = one.verdict
    return {
        "item": one.number,
        "is_withheld": False,
        "is_first_asked": one.is_first,
        "answers": one.released.pairing.value,
        "rule_digest": verdict.rule_digest,
        "verdict": {
            "outcome": verdict.outcome,
            "level": verdict.level,
            "counts": verdict.counts,
            "abstained": verdict.abstained,
            "closing": verdict.closing,
            "is_fragile": verdict.is_fragile,
            "is_two_camps": verdict.is_two_camps,
            "figures": one.figures,
        },
    }


def _json(content: dict[str, Any]) -> bytes:
    return f"{json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()


def _zipped(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16  # whoever unpacks it may read it
            archive.writestr(entry, files[name])
    return held.getvalue()
