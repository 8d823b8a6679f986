"""Calculating a round again from its bundle: the same numbers from the files alone."""

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from cycles.core.extensions import db
from cycles.people.models import Group
from cycles.setup.models import RuleCard
from cycles.stages.words import Stage
from cycles.statements.models import StatementStatus
from tests.factories import NOW, Cast, make_account, make_participant, make_partner, make_solution
from tests.workshop.rating import Room, make_room
from workshop.ballot.commands import panellist_for, rate
from workshop.ballot.models import Answer
from workshop.exports.bundle import bundle_of
from workshop.exports.opening import Unreadable
from workshop.exports.queries import read_round
from workshop.exports.recompute import recompute
from workshop.rooms.commands import close_round, open_round, open_workshop, plan_workshop
from workshop.rooms.models import Item, Mode, Round, RoundItem, WorkshopKind
from workshop.rooms.scales import RATERS, SCALES

ROOT = Path(__file__).resolve().parents[2]
Change = Callable[[dict[str, bytes]], None]
FIRST = ("PPPPPPPP", "AAAEEEEE", "NNNNPPPP", "PPPPAAEE", "PPPP", "PPEEE-??", "NNNNNNNN")


def rated(cast: Cast) -> tuple[Room, Round]:
    """Return a room of eight in two partners whose first round was answered in every way."""
    room = make_room(cast, employers=8, statements=len(FIRST))
    partners = [make_partner(cast.cycle, name, at) for at, name in enumerate(("Ovens", "Flour"))]
    for at, person in enumerate(room.employers):
        person.partner_id = partners[at % 2].id
    round_ = room.open_round()
    for item, said in zip(room.asked(round_), FIRST, strict=True):
        room.answer(round_, item, said)
    room.close(round_)
    db.session.commit()
    return room, round_


def again(room: Room, *letters: str) -> Round:
    round_ = room.open_round()
    for item, said in zip(room.asked(round_), letters, strict=True):
        room.answer(round_, item, said)
    room.close(round_)
    db.session.commit()
    return round_


def saved(round_: Round, folder: Path, change: Change | None = None, *, sign: bool = False) -> Path:
    """Save the round's bundle, its files changed, with a manifest that fits them if ``sign``."""
    path = folder / "bundle.zip"
    path.write_bytes(bundle_of(read_round(round_)))
    if change is None:
        return path
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    if sign:
        manifest = json.loads(files["manifest.json"])
        manifest["files"] = {
            name: hashlib.sha256(content).hexdigest()
            for name, content in files.items()
            if name != "manifest.json"
        }
        files["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def run(app: Flask, path: Path) -> Result:
    return app.test_cli_runner().invoke(args=["consensus", "recompute", str(path)])


def test_every_verdict_of_a_first_round_comes_out_again(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    _, round_ = rated(cast)
    answer = run(app, saved(round_, tmp_path))
    assert answer.output == (
        "6 of 6 verdicts agree; 1 are withheld, because too few people rated, and not checked.\n"
    )
    assert answer.exit_code == 0


def test_stability_and_movement_of_a_second_round_come_out_again(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    room, _ = rated(cast)
    # As before, with fewer, with somebody new and gone, and with an item too few rated before.
    round_ = again(room, "AAAEEEEE", "NNNPPPP ", "PPPPPPPE", "PPPPPPPP", "PPEEEEE?")
    answer = run(app, saved(round_, tmp_path))
    assert answer.output == "5 of 5 verdicts agree.\n"


def test_a_capped_round_comes_out_again(app: Flask, cast: Cast, tmp_path: Path) -> None:
    db.session.get_one(RuleCard, cast.cycle.id).round_cap = 2
    room, _ = rated(cast)
    round_ = again(room, "AAAEEENN", "NNNPPPPP", "PPPPPPPE", "PPPPPPPP", "AAEEEEE?")
    assert run(app, saved(round_, tmp_path)).exit_code == 0


def test_an_item_in_a_new_wording_closes_as_one_asked_first(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    room, _ = rated(cast)
    room.statements[1].text = "Calibrate every oven sensor"
    db.session.flush()
    round_ = again(room, "EEEEEEEE", "NNNPPPPP", "PPPPPPPE", "PPPPPPPP", "AAEEEEE?")
    assert run(app, saved(round_, tmp_path)).output == "5 of 5 verdicts agree.\n"


SAID = {
    WorkshopKind.PRIORITISATION: ("99999998", "19191919", "12345678", "555 5   "),
    WorkshopKind.VALIDATION: ("KKKKKKKK", "DDDDKKKK", "RRRRRRDK", "K?-D    "),
}


@pytest.mark.parametrize("kind", list(SAID))
@pytest.mark.parametrize("mode", list(Mode))
def test_the_other_scales_come_out_again(
    app: Flask, cast: Cast, tmp_path: Path, kind: WorkshopKind, mode: Mode
) -> None:
    round_ = other_round(cast, kind, SAID[kind], mode)
    answer = run(app, saved(round_, tmp_path))
    assert answer.output.startswith("3 of 3 verdicts agree; 1 are withheld")
    assert answer.exit_code == 0


def other_round(cast: Cast, kind: WorkshopKind, said: tuple[str, ...], mode: Mode) -> Round:
    room = make_room(cast, employers=2, statements=len(said))
    for number in range(len(said)):
        make_solution(cast.cycle, f"Solution {number}")
    room.statements[0].status = StatementStatus.KEPT
    stages = {WorkshopKind.PRIORITISATION: Stage.IDENTIFYING}
    cast.cycle.stage = stages.get(kind, Stage.CARRYING_OUT)
    facts = {"actor": room.actor, "moment": NOW}
    workshop = plan_workshop(cycle=cast.cycle, kind=kind, title="Other", **facts)
    workshop.mode = mode
    open_workshop(workshop=workshop, **facts)
    people = [
        make_participant(
            cast.cycle, make_account(f"Voter{n} X"), RATERS[kind][n % len(RATERS[kind])]
        )
        for n in range(8)
    ]
    round_ = open_round(workshop=workshop, **facts)
    items = (
        db.session.query(Item)
        .join(RoundItem, RoundItem.item_id == Item.id)
        .filter(RoundItem.round_id == round_.id)
        .order_by(Item.position)
    )
    for item, letters in zip(items, said, strict=True):
        for person, letter in zip(people, letters, strict=True):
            vote(round_, item, person, letter)
    close_round(round_=round_, **facts)
    db.session.commit()
    return round_


def vote(round_: Round, item: Item, person: object, letter: str) -> None:
    asides = {"?": Answer.CANNOT_JUDGE, "-": Answer.NOT_MY_FIELD}
    if letter != " ":
        letters = SCALES[round_.scale].letters
        rate(
            round_id=round_.id,
            item_id=item.id,
            panellist=panellist_for(participant=person, moment=NOW),  # type: ignore[arg-type]
            answer=asides.get(letter, Answer.RATED),
            code=-1 if letter in asides else letters.index(letter),
            seq=1,
        )


def test_it_runs_where_there_is_no_data(cast: Cast, tmp_path: Path) -> None:
    _, round_ = rated(cast)
    path = saved(round_, tmp_path)
    answer = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "consensus", "recompute", str(path)],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "PYTHIA_INSTANCE": str(tmp_path / "nothing"),
            "DATABASE_URL": f"sqlite:///{tmp_path}/there-is-no-such-folder/none.db",
        },
        check=False,
        capture_output=True,
        text=True,
    )
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith("6 of 6 verdicts agree")


def ratings_with(change: Callable[[str], str]) -> Change:
    def apply(files: dict[str, bytes]) -> None:
        files["ratings.csv"] = change(files["ratings.csv"].decode("utf-8-sig")).encode()

    return apply


def test_a_changed_answer_is_found_twice(app: Flask, cast: Cast, tmp_path: Path) -> None:
    _, round_ = rated(cast)
    change = ratings_with(lambda text: text.replace("1,,P", "1,,E", 1))
    answer = run(app, saved(round_, tmp_path, change))
    assert answer.exit_code == 1
    assert "ratings.csv is not the file that was made: its SHA-256 differs." in answer.output
    assert "Item 1: counts was [0, 0, 8, 0] and comes out as [0, 0, 7, 1]." in answer.output
    assert "5 of 6 verdicts agree" in answer.output


def test_a_new_manifest_does_not_hide_a_changed_answer(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    _, round_ = rated(cast)
    change = ratings_with(lambda text: text.replace("2,,A", "2,,E", 1))
    answer = run(app, saved(round_, tmp_path, change, sign=True))
    assert answer.exit_code == 1
    assert "SHA-256" not in answer.output
    assert "Item 2: " in answer.output


def test_every_figure_is_checked(app: Flask, cast: Cast, tmp_path: Path) -> None:
    _, round_ = rated(cast)
    closed = read_round(round_)
    for name in closed.shown[0].figures:

        def bend(files: dict[str, bytes], name: str = name) -> None:
            expected = json.loads(files["expected.json"])
            expected["items"][0]["verdict"]["figures"][name] = 0.123
            files["expected.json"] = json.dumps(expected).encode()

        answer = run(app, saved(round_, tmp_path, bend, sign=True))
        assert answer.exit_code == 1, name
        assert f"Item 1: figures {name.replace('_', ' ')} was 0.123" in answer.output


def test_a_loosened_rule_is_found(app: Flask, cast: Cast, tmp_path: Path) -> None:
    _, round_ = rated(cast)

    def loosen(files: dict[str, bytes]) -> None:
        card = json.loads(files["rule-card.json"])
        card["rule"]["threshold_percent"] = 60
        files["rule-card.json"] = json.dumps(card).encode()

    answer = run(app, saved(round_, tmp_path, loosen, sign=True))
    assert answer.exit_code == 1
    assert "which is not the one that is stated" in answer.output


def test_a_group_whose_verdict_does_not_follow_is_found(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    _, round_ = rated(cast)

    def bend(files: dict[str, bytes]) -> None:
        text = files["groups.csv"].decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        at = rows[0].index("Outcome")
        rows[1][at] = "split"
        held = io.StringIO()
        csv.writer(held).writerows(rows)
        files["groups.csv"] = held.getvalue().encode()

    answer = run(app, saved(round_, tmp_path, bend, sign=True))
    assert answer.exit_code == 1
    assert "the verdict was split and comes out as level" in answer.output


def test_what_is_no_bundle_is_refused_in_a_sentence(app: Flask, cast: Cast, tmp_path: Path) -> None:
    junk = tmp_path / "junk.zip"
    junk.write_bytes(b"not a zip")
    answer = run(app, junk)
    assert (answer.exit_code, "could not be read as a ZIP" in answer.output) == (1, True)
    with zipfile.ZipFile(junk, "w") as archive:
        archive.writestr("letter.txt", "Dear all")
    with pytest.raises(Unreadable, match=r"no manifest\.json"):
        recompute(junk)


@pytest.mark.parametrize("name", ["expected.json", "rule-card.json", "manifest.json", "items.csv"])
@pytest.mark.parametrize("content", [b"{}", b"[]", b"\xff\xfe", b'{"items": [{"item": 1}]}'])
def test_files_that_do_not_fit_are_refused_and_never_crash(
    cast: Cast, tmp_path: Path, name: str, content: bytes
) -> None:
    _, round_ = rated(cast)
    path = saved(round_, tmp_path, lambda files: files.update({name: content}))
    with pytest.raises(Unreadable):
        recompute(path)


def test_the_readme_speaks_of_this_rule_card(cast: Cast, tmp_path: Path) -> None:
    _, round_ = rated(cast)
    with zipfile.ZipFile(saved(round_, tmp_path)) as archive:
        said = archive.read("README.txt").decode()
    assert "at least 75 x n" in said
    assert "consensus recompute" in said
    assert read_round(round_).rule.digest() in said
    assert "{" not in said
    assert Group.EMPLOYER not in said
