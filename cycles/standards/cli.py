"""Frameworks of occupational standards."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from cycles.importing.terminal import File, Told, import_from_terminal, import_options
from cycles.standards.asking import IMPORTER
from cycles.standards.queries import framework_rows

commands = AppGroup("standards", help="Frameworks of occupational standards.")
Day = click.DateTime(["%Y-%m-%d"])


@commands.command("import")
@click.argument("paths", nargs=-1, required=True, type=File, metavar="FILE...")
@click.option("--framework", "name", required=True, help="The framework to fill, by its name.")
@click.option("--snapshot", type=Day, help="The day the source was as it is here; today if unsaid.")
@click.option("--illustrative", is_flag=True, default=None)
@click.option("--with-unapproved", is_flag=True, help="Import standards in development as well.")
@import_options
def import_files(
    *,
    paths: tuple[Path, ...],
    name: str,
    snapshot: datetime | None,
    illustrative: bool | None,
    with_unapproved: bool,
    **options: Any,
) -> None:
    """Import standards from JSON, CSV or XLSX; several files are taken as one."""
    told = Told(**options)
    framework = {
        "name": name,
        "version": told.version,
        "licence": told.licence,
        "attribution": told.attribution,
        "is_illustrative": illustrative,
        "snapshot_on": snapshot.date().isoformat() if snapshot else None,
    }
    asked = {"framework": framework, "with_unapproved": with_unapproved, "is_part": told.part}
    import_from_terminal(IMPORTER, paths, asked, told)


@commands.command("list")
def list_frameworks() -> None:
    """List the frameworks with their counts."""
    for row in framework_rows():
        click.echo(
            f"{row.framework.name}: {row.standards:,} standards, {row.with_duties:,} with duties, "
            f"{row.duties:,} duties, {row.ksbs:,} KSBs, {row.retired:,} retired"
        )
