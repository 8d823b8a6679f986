"""Imports from the command line: shared options, progress, and what is told at the end."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from cycles.core import clock
from cycles.core.audit import SYSTEM
from cycles.core.downloads import csv_bytes
from cycles.core.errors import DomainError
from cycles.core.extensions import db
from cycles.core.jobs.files import Attached
from cycles.importing.changes import HEADINGS
from cycles.importing.importers import Asked, Importer, Outcome, check_digest
from cycles.importing.reports import PROBLEM_HEADINGS, Problem, RefusedFile
from cycles.semantics.commands import ask_to_encode

MOST_SHOWN = 40
MOST_CHANGES = 20
Command = TypeVar("Command", bound=Callable[..., Any])
File = click.Path(exists=True, dir_okay=False, path_type=Path)
Target = click.Path(dir_okay=False, writable=True, path_type=Path)
OPTIONS = (
    click.option("--version", help="The version of the source."),
    click.option("--licence", help="Its licence."),
    click.option("--attribution", help="The words its licence asks a report to print."),
    click.option("--good-rows", is_flag=True, help="Import the good rows and list the others."),
    click.option("--part", is_flag=True, help="Leave alone the records that are not in the file."),
    click.option("--dry-run", is_flag=True, help="Only tell what would change; write nothing."),
    click.option("--digest", help="Import only the file that a dry run gave this digest for."),
    click.option("--changes", type=Target, help="Write every change to this CSV file."),
    click.option("--problems", type=Target, help="Write every problem to this CSV file."),
)


@dataclass(frozen=True)
class Told:
    """The options that every import from the command line takes."""

    version: str | None
    licence: str | None
    attribution: str | None
    good_rows: bool
    part: bool
    dry_run: bool
    digest: str | None
    changes: Path | None
    problems: Path | None


def import_options(command: Command) -> Command:
    """Give a command the options that ``Told`` is made of."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def import_from_terminal(
    importer: Importer, paths: Sequence[Path], options: Mapping[str, Any], told: Told
) -> None:
    """Check or import files, tell what came of it, and commit what was imported."""
    try:
        with _opened(paths) as files:
            digest = check_digest(files, told.digest)
            outcome = importer.carry_out(_asked(files, options, told))
    except RefusedFile as refusal:
        _list(refusal.rows, told.problems)
        raise click.ClickException(f"{refusal} (--good-rows)") from refusal
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    if told.dry_run:
        db.session.rollback()
    else:
        ask_to_encode(scope=importer.scope(outcome), actor=SYSTEM, moment=clock.now())
        db.session.commit()
    _tell(importer, outcome, told, digest)


def _asked(files: tuple[Attached, ...], options: Mapping[str, Any], told: Told) -> Asked:
    return Asked(
        files=files,
        options=options,
        actor=SYSTEM,
        moment=clock.now(),
        report=_say,
        good_rows_only=told.good_rows,
        is_check=told.dry_run,
    )


@contextmanager
def _opened(paths: Sequence[Path]) -> Iterator[tuple[Attached, ...]]:
    """Open every file once: what is read is what its digest was taken of."""
    with ExitStack() as streams:
        found = []
        for path in paths:
            stream = streams.enter_context(path.open("rb"))
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            stream.seek(0)
            found.append(Attached(path.name, stream, digest))
        yield tuple(found)


def _say(_done: int, _total: int, message: str) -> None:
    click.echo(message, err=True)


def _list(problems: Sequence[Problem], target: Path | None) -> None:
    for problem in problems[:MOST_SHOWN]:
        click.echo(f"{problem.where}: {problem.sentence} {problem.advice}".rstrip(), err=True)
    if len(problems) > MOST_SHOWN:
        click.echo(f"… and {len(problems) - MOST_SHOWN:,} more (--problems lists all).", err=True)
    if target is not None:
        _write(target, PROBLEM_HEADINGS, (problem.cells for problem in problems))


def _write(target: Path, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    target.write_bytes(csv_bytes(headings, rows))
    click.echo(f"Written to {target}.")


def _tell(importer: Importer, outcome: Outcome, told: Told, digest: str) -> None:
    of_shape = f"; the file is of {outcome.shape}" if outcome.shape else ""
    click.echo(f"{outcome.name}{of_shape}.")
    for line in importer.lines(asdict(outcome.counts)):
        click.echo(
            f"{line.label}: {line.in_file:,} in the file; {line.added:,} added, "
            f"{line.changed:,} changed, {line.unchanged:,} unchanged, {line.retired:,} retired."
        )
    for note in outcome.notes:
        click.echo(note)
    _list(outcome.problems, told.problems)
    if told.changes is not None:
        _write(told.changes, HEADINGS, (change.cells for change in outcome.changes))
    if told.dry_run:
        _show_changes(outcome)
        click.echo(f"Nothing was written. Import this very file with --digest {digest}")
    else:
        click.echo("The worker encodes what is new; “flask semantics encode” does it now.")


def _show_changes(outcome: Outcome) -> None:
    shown = outcome.changes.first[:MOST_CHANGES]
    for change in shown:
        where = " ".join(filter(None, (change.kind, change.reference, change.column)))
        click.echo(f"  {change.action} {where}: {change.before} → {change.after}")
    if outcome.changes.count > len(shown):
        click.echo(f"  … of {outcome.changes.count:,} changes (--changes writes all).")
