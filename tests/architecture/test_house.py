"""The house holds: every route has its door, templates keep the rules, files stay small."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.architecture.permissions import DOORS

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("consensus", "cycles", "workshop", "reports")
LONGEST_MODULE = 300
LONGEST_FUNCTION = 25
FORBIDDEN_IN_TEMPLATES = (
    (re.compile(r"\bstyle="), "inline style: the policy refuses it"),
    (re.compile(r"\bhx-on\b|\bhx-on:"), "hx-on needs eval"),
    (re.compile(r"\bon(click|change|submit|load|input)="), "inline handlers are refused"),
    (re.compile(r"js:"), "js: needs eval"),
    (re.compile(r"\|\s*safe\b"), "|safe lets markup through"),
    (re.compile(r"hx-trigger=\"[^\"]*\["), "event filters need eval"),
)


def modules() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def test_every_route_stands_in_the_permission_table(app: Flask) -> None:
    doors = {
        endpoint: getattr(view, "door", None)
        for endpoint, view in app.view_functions.items()
        if endpoint != "static"
    }
    assert {endpoint for endpoint, door in doors.items() if door is None} == set()
    assert doors == DOORS


def test_doors_that_need_a_place_stand_in_urls_that_name_the_cycle(app: Flask) -> None:
    without = {"anyone", "anyone signed in", "accounts that may start a cycle", "administrators"}
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        door = app.view_functions[rule.endpoint].door  # type: ignore[attr-defined]
        assert ("cycle_id" in rule.arguments) == (door.value not in without), rule


def test_every_address_asked_for_by_name_exists(app: Flask) -> None:
    wanted = re.compile(r"url_for\(\s*['\"](\w+\.\w+)['\"]")
    for path in (*templates(), *modules()):
        assert set(wanted.findall(path.read_text())) <= set(app.view_functions), path


def test_the_arrows_point_one_way() -> None:
    answer = subprocess.run(
        [str(ROOT / ".venv/bin/lint-imports")],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize("path", list(modules()), ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= LONGEST_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
            assert lines <= LONGEST_FUNCTION, f"{path.name}:{node.name} has {lines} lines"


@pytest.mark.parametrize("path", list(modules()), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_lives_in_it(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text()))


def test_templates_compile(app: Flask) -> None:
    for path in templates():
        app.jinja_env.get_template(str(path.relative_to(ROOT / "templates")))


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_keep_the_policy(path: Path) -> None:
    text = path.read_text()
    for pattern, why in FORBIDDEN_IN_TEMPLATES:
        if path.parts[-2] == "print" and "style" in why:
            continue
        assert not pattern.search(text), why


@pytest.mark.parametrize(
    "path",
    [path for path in templates() if path.name.startswith("_")],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_a_fragment_has_one_root_whose_id_is_its_name(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", path.read_text(), flags=re.S).strip()
    name = path.stem.removeprefix("_").replace("_", "-")
    root = re.match(r"<(\w+)[^>]*?\bid=\"([^\"]+)\"", text)
    assert root, "a fragment starts with one element that has an id"
    assert root[2] == name or root[2].startswith(name + "-"), root[2]
    assert text.endswith(f"</{root[1]}>")


def test_no_brand_that_is_not_ours_is_built() -> None:
    built = "".join(path.read_text() for path in (ROOT / "static/build").glob("*.css"))
    built += "".join(path.read_text() for path in templates())
    for word in ("GDS Transport", "govuk-crest", "crown", "GOV.UK -"):
        assert word not in built
