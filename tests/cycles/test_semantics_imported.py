"""Training from the links that the library holds."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from cycles.core import clock
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.library.models import LibraryLink, LibraryOccurrence, LibrarySource, LibraryStatement
from cycles.semantics.adapters import active_adapter
from cycles.semantics.imported import imported_links, linked_source
from cycles.semantics.links import read_links
from tests.encoders import WordEncoder

THINGS = ("pumps", "ledgers", "gardens", "turbines", "lessons", "samples")


def make_source(name: str = "O*NET", workers: int = 30) -> LibrarySource:
    """Tasks of some workers, each under the activity for its thing, two activities to a group."""
    source = LibrarySource(
        name=name, version="29.3", licence="CC BY 4.0", attribution="Ours", imported_at=clock.now()
    )
    db.session.add(source)
    db.session.flush()
    groups = [add(source, f"G{i}", f"Group {i}.", 900 + i) for i in range(3)]
    activities = [add(source, f"D{i}", f"Look after {t}.", 800 + i) for i, t in enumerate(THINGS)]
    for i, activity in enumerate(activities):
        link(activity, groups[i // 2])
    for worker in range(workers):
        for i, thing in enumerate(THINGS):
            place = worker * len(THINGS) + i
            task = add(source, f"T{place}", f"Inspect the {thing} of site {worker}.", place)
            link(task, activities[i])
            db.session.add(
                LibraryOccurrence(
                    statement_id=task.id,
                    reference=f"{worker}/{i}",
                    occupation_code=f"{worker}-1.00",
                    occupation=f"Worker {worker}",
                )
            )
    db.session.flush()
    return source


def add(source: LibrarySource, reference: str, text: str, position: int) -> LibraryStatement:
    made = LibraryStatement(source_id=source.id, reference=reference, text=text, position=position)
    db.session.add(made)
    db.session.flush()
    return made


def link(statement: LibraryStatement, wider: LibraryStatement) -> None:
    db.session.add(LibraryLink(statement_id=statement.id, wider_id=wider.id))


def test_the_librarys_links_are_those_of_the_file(session: object, tmp_path: Path) -> None:
    head = "O*NET-SOC Code\tTitle\tTask ID\tTask\tDWA ID\tDWA Title"
    rows = [
        f"{worker}-1.00\tWorker {worker}\t{worker}\tInspect the {thing} of site {worker}.\t"
        f"G{i // 2}.D{i}\tLook after {thing}."
        for worker in range(3)
        for i, thing in enumerate(THINGS)
    ]
    (tmp_path / "links.txt").write_text("\n".join([head, *rows]))
    of_file = read_links(tmp_path / "links.txt")

    found = imported_links(make_source(workers=3))

    assert found.digest == of_file.digest
    assert found.groups.tolist() == of_file.groups.tolist() == [0, 0, 1, 1, 2, 2]
    assert found.occupations == of_file.occupations
    assert found.titles == of_file.titles


def test_activities_stand_in_a_source_of_their_own(session: object) -> None:
    tasks = make_source(workers=3)
    apart = imported_links(tasks)
    for name, first in (("Activities", "D"), ("Groups", "G")):
        source = LibrarySource(name=name, imported_at=clock.now())
        db.session.add(source)
        db.session.flush()
        for each in db.session.scalars(
            select(LibraryStatement).where(LibraryStatement.reference.startswith(first))
        ):
            each.source_id = source.id
    db.session.flush()

    found = imported_links(linked_source())

    assert found.digest == apart.digest
    assert found.groups.tolist() == [0, 0, 1, 1, 2, 2]


def test_an_adapter_is_learnt_from_the_library(
    app: Flask, session: object, word_encoder: WordEncoder
) -> None:
    make_source()
    db.session.commit()
    printed = app.test_cli_runner().invoke(args=["semantics", "train", "--leave-out", "Worker 7"])
    assert printed.exit_code == 0, printed.output
    assert "Links of the library, from O*NET 29.3." in printed.output
    kept = active_adapter()
    assert kept is not None
    assert (kept.facts["source"], kept.facts["attribution"]) == ("O*NET", "Ours")
    assert kept.facts["groups"] == 3
    assert 0 < kept.chance(0.2) <= kept.chance(0.95) < 1


def test_a_library_without_links_or_with_two_sources_of_them_says_what_to_do(
    session: object,
) -> None:
    with pytest.raises(Invalid, match="Import them first"):
        linked_source()
    make_source(workers=1)
    make_source("Another", workers=1)
    with pytest.raises(Invalid, match="Choose one with --source"):
        linked_source()
    assert linked_source("Another").name == "Another"
