"""Loads the demonstration and prints its sign-in links.

Here because it is the highest room below ``wsgi``: it plays every part, through the commands
that people use, from the challenge to the report.
"""

import uuid
from typing import TypeVar

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import delete, select

from cycles.accounts.commands import find_or_create_account, make_sign_in_link
from cycles.accounts.queries import account_by_email
from cycles.core import clock
from cycles.core.audit import SYSTEM, Actor
from cycles.core.extensions import db
from cycles.core.jobs.models import Job
from cycles.core.settings import Settings
from cycles.demonstration.capturing import capture_present
from cycles.demonstration.preparing import Stagehand, begin, prepare
from cycles.demonstration.reference import load_reference
from cycles.demonstration.texts import cycle_facts
from cycles.people.models import Group
from cycles.people.queries import participants_of
from cycles.setup.models import Cycle
from cycles.stages.commands import advance
from cycles.stages.words import Stage
from reports.actions.demonstration import follow_up, recommend
from reports.document.commands import ask_for_report, publish, take_snapshot
from reports.document.models import Report
from reports.mapping.commands import review_run, run_mapping
from reports.mapping.findings import Match
from reports.mapping.models import MatchVerdict
from reports.mapping.queries import findings, latest_run
from reports.narrative.commands import change_narrative
from reports.publishing.commands import publish_snapshot
from reports.publishing.links import address_of
from reports.publishing.models import Audience
from reports.publishing.queries import publications_of
from reports.reviewing.commands import review_match
from workshop.demonstration.rating import play_capture, play_proficiency
from workshop.demonstration.refining import play_ksbs, play_ratification
from workshop.demonstration.voting import play_prioritisation, play_validation
from workshop.demonstration.working import perform

Row = TypeVar("Row")
commands = AppGroup("demonstration", help="The demonstration cycle.")
ADMINISTRATOR = ("alan.admin@pythia.example", "Alan Admin")
CAST = (
    ("convener", "Ada Bright"),
    ("technologist", "Tom Okafor"),
    ("employer", "Ema Lindqvist"),
    ("educator", "Eddy Marsh"),
    ("panel member", None),
    ("sponsor", "Sol Hart"),
)
REVIEWED = 12  # the best matches that the simulated educators judge
LINK_IS_FOR = "Anybody who looks at the demonstration"
SURE = 60.0  # per cent; from this score on they accept


@commands.command("load")
def load() -> None:
    """Load the demonstration cycle up to its published report. Does nothing twice."""
    held = db.session.scalar(select(Cycle).where(Cycle.is_demonstration))
    if held is not None and held.stage == Stage.COMMUNICATING:
        click.echo("The demonstration cycle is there.")
        return
    if held is not None:
        # An earlier load was cut short; what it left is half a cycle that nobody works on.
        db.session.execute(delete(Cycle).where(Cycle.id == held.id))
        db.session.commit()
    _say("Importing the classification, the illustrative standards and the library")
    framework = load_reference()
    administrator = _there(account_by_email(_administrator()))
    _say("Starting the cycle")
    hand = begin(Actor(administrator.id, administrator.name))
    _say("All groups vote on the solutions (simulated)")
    play_prioritisation(hand)
    _say("Preparing the cycle")
    prepare(hand, framework)
    _play(hand)
    click.echo("The demonstration cycle is there.")


def _play(hand: Stagehand) -> None:
    for sentence, play in (
        ("Technologists submit 137 capability statements", play_capture),
        ("They check them within two weeks (simulated)", play_validation),
        ("They say what organisations can do today (simulated)", capture_present),
        ("Employers rate them in rounds (simulated)", play_proficiency),
        ("The panel ratifies the profiles", play_ratification),
        ("Educators settle knowledge, skills and behaviours", play_ksbs),
        ("Map and gap, and the review of matches", play_mapping),
        ("Writing and publishing the report", play_report),
    ):
        _say(sentence)
        play(hand)
        db.session.commit()


def _say(sentence: str) -> None:
    click.echo(f"{sentence} …")


def play_mapping(hand: Stagehand) -> None:
    """Run map and gap; an educator judges the best matches; the convener reviews the run."""
    hand = hand.at("2024-11-05")
    perform(run_mapping(cycle=hand.cycle, **hand.who), hand)
    educator = participants_of(hand.cycle.id, Group.EDUCATOR)[0]
    for statement_id, match in _best_matches(hand.cycle.id)[:REVIEWED]:
        is_sure = match.score_percent >= SURE
        review_match(
            cycle_id=hand.cycle.id,
            statement_id=statement_id,
            duty_id=match.duty_id,
            verdict=MatchVerdict.ACCEPTED if is_sure else MatchVerdict.REJECTED,
            participant_id=educator.id,
            actor=Actor(educator.account_id, educator.account.name),
            moment=hand.later(4).moment,
            reason="Simulated: the duty covers the work." if is_sure else "Simulated: too general.",
        )
    run = _there(latest_run(hand.cycle.id))
    review_run(cycle=hand.cycle, run=run, **hand.later(5).who)
    advance(cycle=hand.cycle, **hand.later(6).who)


def _best_matches(cycle_id: uuid.UUID) -> list[tuple[uuid.UUID, Match]]:
    """Return each capability's best match, the surest and then the least sure first in turn."""
    matches = [
        (each.statement_id, each.best)
        for each in _there(findings(cycle_id)).capabilities
        if each.best is not None and each.is_supported
    ]
    matches.sort(key=lambda pair: -pair[1].score_percent)
    return [pair for both in zip(matches, reversed(matches), strict=True) for pair in both]


def _there(row: Row | None) -> Row:
    """Return the row that the step before has made; raise ``RuntimeError`` if it did not."""
    if row is None:
        raise RuntimeError("a step of the demonstration left nothing behind")
    return row


def play_report(hand: Stagehand) -> None:
    """Write the recommendations and the prose, take the snapshot, publish the report."""
    hand = hand.at("2025-02-10")
    facts = cycle_facts()
    recommend(hand)
    for section, markdown in facts["narrative"].items():
        change_narrative(cycle=hand.cycle, section=section, markdown=markdown, **hand.who)
    hand = hand.at("2025-02-25")
    snapshot = take_snapshot(cycle=hand.cycle, **hand.who)
    report = ask_for_report(snapshot=snapshot, **hand.who)
    _render(report, hand)
    publish(report=report, **hand.later().who)
    _render(report, hand.later())
    for audience, label in ((Audience.PARTICIPANTS, ""), (Audience.LINK, LINK_IS_FOR)):
        publish_snapshot(snapshot=snapshot, audience=audience, label=label, **hand.later().who)
    follow_up(hand)


def _render(report: Report, hand: Stagehand) -> None:
    perform(_there(db.session.get(Job, report.job_id)), hand)
    db.session.refresh(report)


@commands.command("reference")
def reference() -> None:
    """Import the classification, the illustrative standards and library. Does nothing twice."""
    load_reference()
    click.echo("Reference data is there.")


@commands.command("links")
def links() -> None:
    """Print a one-click sign-in link for each role, and the link to the published findings."""
    settings: Settings = current_app.extensions["pythia_settings"]
    click.echo("\nOpen one of these links, press the button, and you are in:\n")
    people = [*((role, email_of(name)) for role, name in CAST), ("administrator", _administrator())]
    for role, email in people:
        account = account_by_email(email)
        if account is None:
            raise click.ClickException("Load the demonstration first: demonstration load.")
        token = make_sign_in_link(account=account, moment=clock.now())
        click.echo(f"  {role:<14} {settings.base_url}/sign-in/{token}")
    db.session.commit()
    _show_published()
    click.echo("\nStop with Ctrl-C.\n")


def _show_published() -> None:
    cycle_id = db.session.scalar(select(Cycle.id).where(Cycle.is_demonstration))
    for each in publications_of(cycle_id) if cycle_id else ():
        if each.audience == Audience.LINK and each.revoked_at is None:
            click.echo("\nThe published findings, for anybody, without signing in:\n")
            click.echo(f"  {address_of(each)}")
            return


def email_of(name: str | None) -> str:
    """Return the address of the cast member of that name, or of the first panel member."""
    people = cycle_facts()["participants"]
    email: str = next(
        each["email"] for each in people if each["name"] == name or (name is None and each["panel"])
    )
    return email


def _administrator() -> str:
    email, name = ADMINISTRATOR
    find_or_create_account(
        email=email,
        name=name,
        actor=SYSTEM,
        moment=clock.now(),
        is_administrator=True,
        may_convene=True,
    )
    return email
