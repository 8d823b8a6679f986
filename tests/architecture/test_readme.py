"""The README tells the truth: its commands, its variables, its picture and its four sentences."""

import re
from pathlib import Path

import pytest
from flask import Flask

import consensus
import cycles
import reports
import workshop

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "README.md").read_text()


def section(title: str) -> str:
    return TEXT.split(f"## {title}\n")[1].split("\n## ")[0]


def test_every_variable_of_the_environment_stands_in_the_table_and_no_other() -> None:
    source = (ROOT / "cycles/core/settings.py").read_text()
    read = set(re.findall(r'env(?:\.get\(|, )"([A-Z_]+)"', source))
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", section("Configuration"), flags=re.M))
    assert told == read


def test_every_command_it_names_exists(app: Flask) -> None:
    named = re.findall(r"flask --app wsgi ([a-z]+)(?: ([a-z-]+))?", TEXT)
    for group, name in named:
        command = app.cli.get_command(None, group)  # type: ignore[arg-type]  # no context is needed
        if group in ("db", "worker"):
            continue
        assert command is not None, group
        assert name in command.commands, f"{group} {name}"  # type: ignore[attr-defined]


def test_the_make_targets_it_names_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"^make (\w+)", TEXT, flags=re.M):
        assert re.search(rf"^{target}:", makefile, flags=re.M), target


def test_its_picture_is_there() -> None:
    for path in re.findall(r"!\[[^]]+\]\(([^)]+)\)", TEXT):
        assert (ROOT / path).exists()


@pytest.mark.parametrize("package", [cycles, workshop, reports, consensus])
def test_the_packages_say_what_the_architecture_says(package: object) -> None:
    sentence = {
        cycles: "Things people discuss, and the people, live in `cycles`.",
        workshop: "What people said about them lives in `workshop`.",
        reports: "What we conclude lives in `reports`.",
        consensus: "The arithmetic lives in `consensus`.",
    }[package]
    assert sentence in section("Architecture in four sentences")
    assert (package.__doc__ or "").strip()
