"""Fills a throw-away database with a cycle of real tasks whose cells are all settled.

The tasks and titles are read from the folder of real data, of which nothing is part of the
product. Levels, areas and partners are drawn from the texts, the same every time.
"""

import csv
import uuid
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import click
import numpy as np
from sqlalchemy import select

from consensus.rule import ENGINE_VERSION, Rule
from consensus.stopping import Closing
from consensus.verdict import verdict
from cycles.classification.models import Area, Classification
from cycles.core import clock
from cycles.core.audit import SYSTEM
from cycles.core.extensions import db
from cycles.library.models import LibrarySource, OccupationTitle
from cycles.semantics.models import TextVector
from cycles.semantics.vectors import text_hash
from cycles.setup.commands import start_cycle
from cycles.setup.models import Cycle, Partner, RoleLevel
from cycles.stages.words import Stage
from cycles.statements.models import CapabilityStatement, StatementStatus
from workshop.rooms.models import (
    Item,
    ItemVerdict,
    RoomState,
    Round,
    RoundItem,
    Workshop,
    WorkshopKind,
)

TASKS = "onet/Task Statements.txt"
TITLES = ("onet/Occupation Data.txt", "onet/Alternate Titles.txt", "esco/occupations_en.csv")
FAMILIES = ("17-2", "19-2", "15-1", "49-9", "51-4")
ROLE_LEVELS = (("Technicians", 4), ("Specialists", 5), ("Engineers", 6), ("Managers", 7))
PARTNERS = ("Equipment makers", "Integrators", "Manufacturers", "Test laboratories", "Regulators")
FUNCTIONS = ("Design", "Implement", "Logistics", "Support", "Enterprise")
VOTES = ((1, 15, 3, 1), (1, 2, 16, 1), (0, 1, 3, 16), (0, 9, 10, 1))


def read_tasks(folder: Path, count: int) -> list[tuple[str, str]]:
    """Return the occupation and text of ``count`` tasks, spread over the families in their order.

    Raises ``ClickException`` where the file is missing or holds fewer.
    """
    path = folder / TASKS
    if not path.is_file():
        raise click.ClickException(f"The folder {folder.name!r} has no file {TASKS!r}.")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        found = {
            row["Task"]: row["O*NET-SOC Code"]
            for row in rows
            if row["O*NET-SOC Code"].startswith(FAMILIES)
        }
    if len(found) < count:
        raise click.ClickException(f"The file has only {len(found):,} tasks of these families.")
    pairs = [(code, text) for text, code in found.items()]
    return [pairs[number * len(pairs) // count] for number in range(count)]


def read_titles(folder: Path, count: int) -> list[str]:
    """Return up to ``count`` distinct occupation titles of all sources that the folder has."""
    every = dict.fromkeys(title for name in TITLES for title in _titles_in(folder / name))
    return list(islice((title for title in every if 0 < len(title) <= 200), count))


def _titles_in(path: Path) -> Iterator[str]:
    if not path.is_file():
        return
    is_plain = path.suffix == ".txt"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = (
            csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            if is_plain
            else csv.DictReader(lines)
        )
        for row in rows:
            yield row.get("Alternate Title") or row.get("Title") or row.get("preferredLabel") or ""


@dataclass(frozen=True)
class Begun:
    """A cycle of tasks before anything was rated: its kept statements, role levels, partners."""

    cycle: Cycle
    statements: tuple[CapabilityStatement, ...]
    levels: tuple[RoleLevel, ...]
    partners: tuple[Partner, ...]


def stage_cycle(tasks: Sequence[tuple[str, str]]) -> Cycle:
    """Make a cycle of the tasks, every cell of it settled and needed; the caller commits."""
    begun = begin_cycle("A cycle for a bench", tasks)
    _settle(begun.cycle, begun.statements, begun.levels)
    return begun.cycle


def begin_cycle(title: str, tasks: Sequence[tuple[str, str]]) -> Begun:
    """Make a cycle with a kept statement of each task, in an area and of a partner."""
    cycle = start_cycle(title=title, actor=SYSTEM, moment=clock.now())
    cycle.stage = Stage.CARRYING_OUT
    levels = [
        RoleLevel(cycle_id=cycle.id, name=name, academic_level=level, position=place)
        for place, (name, level) in enumerate(ROLE_LEVELS, 1)
    ]
    partners = [
        Partner(cycle_id=cycle.id, name=name, position=place)
        for place, name in enumerate(PARTNERS, 1)
    ]
    db.session.add_all([*levels, *partners])
    statements = _statements(cycle, tasks, partners)
    db.session.flush()
    return Begun(cycle, tuple(statements), tuple(levels), tuple(partners))


def _statements(
    cycle: Cycle, tasks: Sequence[tuple[str, str]], partners: Sequence[Partner]
) -> list[CapabilityStatement]:
    areas = _areas([code for code, _ in tasks])
    made = []
    for number, (code, text) in enumerate(tasks, 1):
        drawn = zlib.crc32(text.encode())
        made.append(
            CapabilityStatement(
                cycle_id=cycle.id,
                code=f"C-{number:03d}",
                text=text,
                area=areas[code],
                partners=[partners[drawn % len(partners)]],
                status=StatementStatus.KEPT,
                created_at=clock.now(),
            )
        )
    db.session.add_all(made)
    return made


def _areas(codes: Sequence[str]) -> dict[str, Area]:
    """Return an area for each occupation, its domain and function by the first of its code."""
    classification = Classification(
        name="Of a bench", version="bench", is_current=False, imported_at=clock.now()
    )
    db.session.add(classification)
    db.session.flush()
    return {
        code: Area(
            classification_id=classification.id,
            position=place,
            function=FUNCTIONS[zlib.crc32(code[:2].encode()) % len(FUNCTIONS)],
            domain=f"Domain {code[:4]}",
            name=f"Area {code}",
        )
        for place, code in enumerate(dict.fromkeys(codes), 1)
    }


def _settle(
    cycle: Cycle, statements: Sequence[CapabilityStatement], levels: Sequence[RoleLevel]
) -> None:
    round_ = _closed_round(cycle)
    cells = [(statement, level) for statement in statements for level in levels]
    items = [
        Item(
            id=uuid.uuid4(),
            cycle_id=cycle.id,
            workshop_id=round_.workshop_id,
            statement_id=statement.id,
            role_level_id=level.id,
            position=position,
            wording=statement.text,
        )
        for position, (statement, level) in enumerate(cells, 1)
    ]
    db.session.add_all(items)
    db.session.flush()
    db.session.add_all(RoundItem(round_id=round_.id, item_id=item.id) for item in items)
    db.session.add_all(
        _verdict(round_, item, level.position)
        for item, (_, level) in zip(items, cells, strict=True)
    )
    db.session.flush()


def _closed_round(cycle: Cycle) -> Round:
    moment = clock.now()
    closed = {"state": RoomState.CLOSED, "opened_at": moment, "closed_at": moment}
    facts = {"kind": WorkshopKind.PROFICIENCY, "title": "Proficiency", **closed}
    room = Workshop(cycle_id=cycle.id, **facts)
    db.session.add(room)
    db.session.flush()
    round_ = Round(cycle_id=cycle.id, workshop_id=room.id, number=1, **closed)
    db.session.add(round_)
    db.session.flush()
    return round_


def _verdict(round_: Round, item: Item, position: int) -> ItemVerdict:
    rule = Rule()
    drawn = zlib.crc32(f"{item.wording} {position}".encode())
    counts = VOTES[drawn % len(VOTES)]
    found = verdict(counts, rule)
    return ItemVerdict(
        cycle_id=round_.cycle_id,
        round_id=round_.id,
        item_id=item.id,
        outcome=found.outcome.value,
        level=found.level,
        counts=list(counts),
        closing=Closing.AGREED.value,
        is_fragile=found.is_fragile,
        is_two_camps=found.is_two_camps,
        figures={"lower_median": found.lower_median},
        rule_digest=rule.digest(),
        engine=ENGINE_VERSION,
    )


def stage_titles(titles: Sequence[str], model_digest: str, width: int) -> None:
    """Keep the titles in the library with vectors drawn at random: only their number matters."""
    source = LibrarySource(name="Titles of a bench", imported_at=clock.now())
    db.session.add(source)
    db.session.flush()
    db.session.add_all(
        OccupationTitle(source_id=source.id, reference=f"{number}", title=title)
        for number, title in enumerate(titles)
    )
    keys = list(dict.fromkeys(text_hash(title) for title in titles))
    drawn = np.random.default_rng(5).normal(size=(len(keys), width))
    units = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype("<f4")
    held = set(db.session.scalars(select(TextVector.text_hash)))
    db.session.add_all(
        TextVector(model_digest=model_digest, text_hash=key, vector=row.tobytes())
        for key, row in zip(keys, units, strict=True)
        if key not in held
    )
