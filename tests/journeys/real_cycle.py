"""A cycle on real standards and real tasks: its import, its play, and what it leaves behind.

What people press goes over HTTP, what six employers answer through the commands of their ballot.
What must be true of it afterwards is in ``test_real_input``.
"""

import io
import re
import uuid
import zlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pypdf
from flask import Flask
from sqlalchemy import select

from cycles.accounts.models import Account
from cycles.core import clock
from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.core.jobs.commands import run_one
from cycles.core.jobs.models import Job, JobState
from cycles.library.models import LibraryStatement
from cycles.people.commands import add_participant
from cycles.people.models import Group, Participant
from cycles.people.queries import participants_of
from cycles.profiles.queries import profiles_of
from cycles.setup import commands as setup
from cycles.setup.models import Cycle
from cycles.stages.commands import advance
from cycles.stages.words import Stage
from cycles.standards.queries import FrameworkRow, framework_rows
from reports.document.queries import reports_of
from reports.mapping.findings import Findings
from reports.mapping.queries import findings
from tests.client import ParsingClient
from tests.factories import make_account
from workshop.ballot.commands import panellist_for, rate
from workshop.ballot.models import Answer
from workshop.ratification import commands as panel
from workshop.rooms.commands import close_workshop, open_workshop, plan_workshop
from workshop.rooms.decisions import MEDIAN_OUTCOMES, accept_medians
from workshop.rooms.models import Item, Round, RoundItem, Workshop, WorkshopKind
from workshop.rooms.queries import cells_of_workshop
from workshop.rooms.rounds import close_round, open_round

DATA = Path(__file__).parents[2].parent / "shared" / "data"
STANDARDS = DATA / "ifate" / "ifate_standards_2021_full.json"
TASKS = DATA / "onet" / "Task Statements.txt"
TITLE = "Measured production of new materials"
FRAMEWORK = "IfATE 2021"
OCCUPATIONS = ("17-2", "19-2", "Quality")  # engineers, physical scientists, quality people
PARTNERS = ("Equipment makers", "Manufacturers", "Test laboratories")
ROLE_LEVELS = (("Technicians", 4), ("Engineers and scientists", 6))
CAPABILITIES = 60
ROUNDS = 2
QUORUM = 3
EMPLOYERS = 6


@dataclass(frozen=True)
class Played:
    """What one play of the journey leaves: the cycle, its framework's counts, what was found."""

    cycle: Cycle
    framework: FrameworkRow
    found: Findings
    pdf: str


def play(app: Flask, client: ParsingClient) -> Played:
    """Take a cycle from the import to the drawn-up report."""
    framework = import_reference(app)
    convener = make_account("Ada Bright", may_convene=True)
    cycle = prepare(convener, framework.framework.id)
    client.sign_in(convener)
    seed(client, cycle)
    rate_in_rounds(cycle, Actor(convener.id, convener.name))
    settings = {"smallest": 6, "largest": 30, "meaning": 80, "classification": 10, "partners": 10}
    press(client, cycle, "ratification/generation", "ratification/generation", **settings)
    use_preview(client, cycle)
    ratify(cycle, Actor(convener.id, convener.name))
    press(client, cycle, "map-and-gap/runs", "map-and-gap/")
    press(client, cycle, "report", "report")
    found = findings(cycle.id)
    assert found is not None
    return Played(cycle, framework, found, printed(client, cycle))


def import_reference(app: Flask) -> FrameworkRow:
    """Import the standards twice and the tasks once, as whoever runs the server would."""
    standards = ("standards", "import", str(STANDARDS), "--framework", FRAMEWORK)
    assert "515 added, 0 changed, 0 unchanged" in run_command(app, *standards)
    assert "0 added, 0 changed, 515 unchanged, 0 retired" in run_command(app, *standards)
    like = [part for name in OCCUPATIONS for part in ("--occupations-like", name)]
    run_command(app, "library", "import", str(TASKS), "--version", "29.3", *like)
    return next(row for row in framework_rows() if row.framework.name == FRAMEWORK)


def run_command(app: Flask, *words: str) -> str:
    done = app.test_cli_runner().invoke(args=list(words))
    assert done.exit_code == 0, done.output
    return done.output


def prepare(convener: Account, framework_id: uuid.UUID) -> Cycle:
    """Make a cycle with everything that its first three gates ask for."""
    who = {"actor": Actor(convener.id, convener.name), "moment": clock.now()}
    cycle = setup.start_cycle(title=TITLE, **who)
    for say in (consider, shape, partial(agree_rules, framework_id=framework_id)):
        say(cycle, who)
    seat(cycle, convener, who)
    while cycle.stage != Stage.CARRYING_OUT:
        advance(cycle=cycle, **who)
    db.session.commit()
    return cycle


def consider(cycle: Cycle, who: dict[str, Any]) -> None:
    """Say why the cycle is held."""
    setup.change_challenge(
        cycle=cycle,
        challenge="Make new materials to measured quality.",
        challenge_when="By 2030",
        impact_domain="Manufacturing",
        **who,
    )
    solution = setup.add_solution(cycle=cycle, name="Automated test", description="", **who)
    setup.prioritise_solution(solution=solution, reason="It is ready to use.", **who)
    setup.change_case(cycle=cycle, case_for_foresighting="", sponsor="Materials Board", **who)


def shape(cycle: Cycle, who: dict[str, Any]) -> None:
    """Say who is looked at: supply-chain partners and role levels."""
    for name in PARTNERS:
        setup.add_partner(cycle=cycle, name=name, description="", **who)
    for name, level in ROLE_LEVELS:
        setup.add_role_level(cycle=cycle, name=name, academic_level=level, description="", **who)


def agree_rules(cycle: Cycle, who: dict[str, Any], framework_id: uuid.UUID) -> None:
    setup.choose_frameworks(
        cycle=cycle, chosen=[(framework_id, False)], threshold_percent=55, **who
    )
    setup.set_rule_card(
        cycle=cycle,
        threshold_percent=75,
        minimum_n=5,
        stability_percent=15,
        round_cap=ROUNDS,
        panel_quorum=QUORUM,
        rationale="The threshold that published studies use most.",
        **who,
    )


def seat(cycle: Cycle, convener: Account, who: dict[str, Any]) -> None:
    """Give everybody a place; the first employers are the panel."""
    groups = (Group.TECHNOLOGIST, Group.EDUCATOR, *[Group.EMPLOYER] * EMPLOYERS)
    add_participant(cycle=cycle, account=convener, group=Group.CONVENER, **who)
    for place, group in enumerate(groups):
        add_participant(
            cycle=cycle,
            account=make_account(f"Person{place} Field"),
            group=group,
            is_on_panel=group == Group.EMPLOYER and place < 2 + QUORUM,
            **who,
        )


def seed(client: ParsingClient, cycle: Cycle) -> None:
    """Add the first statements of the library to the cycle and keep them all."""
    first = db.session.scalars(
        select(LibraryStatement.id).order_by(LibraryStatement.position).limit(CAPABILITIES)
    ).all()
    path = f"/cycles/{cycle.id}/capabilities/"
    chosen = [str(each) for each in first]
    seeded = client.submit(f"{path}library", f"{path}library?q=test", record=chosen)
    assert seeded.status_code == 303
    assert client.submit(f"{path}keep", path, action="all").status_code == 303


def rate_in_rounds(cycle: Cycle, actor: Actor) -> None:
    """Have six employers rate every cell in rounds; the medians settle what they leave open."""
    moment = clock.now()
    workshop = open_room(cycle, WorkshopKind.PROFICIENCY, actor)
    for _ in range(ROUNDS):
        round_ = open_round(workshop=workshop, actor=actor, moment=moment)
        rate_everything(round_, participants_of(cycle.id, Group.EMPLOYER))
        close_round(round_=round_, actor=actor, moment=moment)
    close_workshop(workshop=workshop, actor=actor, moment=moment)
    undecided = {
        cell.outcome for cell in cells_of_workshop(workshop.id) if not cell.is_settled
    } & set(MEDIAN_OUTCOMES)
    accept_medians(
        workshop=workshop,
        outcomes=sorted(undecided),
        reason="The lower median stands.",
        actor=actor,
        moment=moment,
    )
    db.session.commit()


def open_room(cycle: Cycle, kind: WorkshopKind, actor: Actor) -> Workshop:
    facts = {"actor": actor, "moment": clock.now()}
    workshop = plan_workshop(cycle=cycle, kind=kind, title=f"Workshop on {kind}", **facts)
    open_workshop(workshop=workshop, **facts)
    return workshop


def rate_everything(round_: Round, employers: list[Participant]) -> None:
    items = db.session.scalars(
        select(Item)
        .join(RoundItem, RoundItem.item_id == Item.id)
        .where(RoundItem.round_id == round_.id)
        .order_by(Item.position)
    ).all()
    for seat, employer in enumerate(employers):
        panellist = panellist_for(participant=employer, moment=clock.now())
        for item in items:
            rate(
                round_id=round_.id,
                item_id=item.id,
                panellist=panellist,
                answer=Answer.RATED,
                code=level_given(item, seat),
                seq=1,
            )


def level_given(item: Item, seat: int) -> int:
    """Return what the employer in ``seat`` answers: mostly the others' level, by the wording."""
    drawn = zlib.crc32(f"{item.wording} {item.role_level.position}".encode())
    level = drawn % 4
    strays = (drawn >> 8) % 6 < 3 and seat <= (drawn >> 16) % 3
    return abs(level - 1) if strays else level


def use_preview(client: ParsingClient, cycle: Cycle) -> None:
    """Put the prototypes of the preview in place, as the page that shows it offers them."""
    root = f"/cycles/{cycle.id}/ratification/generation/preview"
    (seen,) = re.findall(r'name="seen" value="(\w+)"', client.get(root).get_data(as_text=True))
    assert client.submit(f"{root}/use", root, seen=seen).status_code == 303


def press(client: ParsingClient, cycle: Cycle, button: str, page: str, **sent: Any) -> None:
    """Press what asks for a job, and run that job as the worker would."""
    before = set(db.session.scalars(select(Job.id)))
    root = f"/cycles/{cycle.id}"
    assert client.submit(f"{root}/{button}", f"{root}/{page}", **sent).status_code == 303
    (asked,) = set(db.session.scalars(select(Job.id))) - before
    db.session.commit()
    assert run_one(asked) == JobState.DONE, db.session.get_one(Job, asked).problem


def ratify(cycle: Cycle, actor: Actor) -> None:
    """Have the panel approve every prototype as it stands."""
    workshop = open_room(cycle, WorkshopKind.RATIFICATION, actor)
    members = [each for each in participants_of(cycle.id, Group.EMPLOYER) if each.is_on_panel]
    for profile in profiles_of(cycle.id):
        for member in members:
            db.session.refresh(profile)
            panel.approve(
                profile=profile,
                participant=member,
                version=profile.version,
                actor=Actor(member.account_id, member.account.name),
                moment=clock.now(),
            )
    close_workshop(workshop=workshop, actor=actor, moment=clock.now())
    db.session.commit()


def printed(client: ParsingClient, cycle: Cycle) -> str:
    """Return the text of the newest report's PDF as it is downloaded, on one line."""
    report = reports_of(cycle.id)[0]
    answer = client.get(f"/cycles/{cycle.id}/report/{report.id}/report.pdf")
    assert answer.mimetype == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.get_data())).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
