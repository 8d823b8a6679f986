"""Two whole cycles, side by side: at least one row of everything that a URL can name in each.

``World.address`` fills in the URL of any route from those rows. A route that names something new
has to be told here where its row comes from.
"""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from consensus.ratifying import PanelRule
from cycles.accounts.commands import make_sign_in_link, open_session
from cycles.accounts.models import Account
from cycles.accounts.tokens import hash_of
from cycles.core import clock
from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.core.jobs.commands import ask_for, run_due
from cycles.core.jobs.files import OWN
from cycles.core.jobs.models import Job, JobFile, JobState
from cycles.current_state.models import PresentCapability, Strength
from cycles.importing.outcomes import refused_finding
from cycles.importing.reports import Problem, RefusedFile
from cycles.ksbs.models import CapabilityKsb, KsbAnswer, KsbReview
from cycles.library import asking as library
from cycles.library.models import LibrarySource, LibraryStatement
from cycles.people.models import Group, Invitation
from cycles.profiles.drafts import keep_draft
from cycles.profiles.models import Profile, ProfileCapability
from cycles.profiles.versions import freeze_version
from cycles.setup.models import Cycle, Milestone
from cycles.stages.words import Stage
from cycles.standards import asking as standards
from cycles.standards.models import KsbKind
from cycles.statements.models import StatementStatus
from reports.actions.models import ActionReminder, FurtherSubject, Horizon, Recommendation
from reports.actions.reminding.stopping import outsiders_stop_address
from reports.document.commands import take_snapshot
from reports.document.files.models import FileKind, ReportFile
from reports.document.models import Report, ReportState
from reports.mapping.commands import run_mapping
from reports.mapping.queries import latest_run
from reports.narrative.commands import change_narrative
from reports.publishing.commands import publish_snapshot
from reports.publishing.links import token_of
from reports.publishing.models import Audience
from tests.factories import (
    NOW,
    Cast,
    add,
    compare_with,
    make_account,
    make_area,
    make_cast,
    make_cycle,
    make_framework,
    make_participant,
    make_partner,
    make_role_level,
    make_solution,
    make_standard,
    make_statement,
)
from tests.workshop.rating import Room
from workshop.ballot.commands import give_reason, panellist_for
from workshop.board.commands import plan_steps
from workshop.joining.models import Arrival
from workshop.letters.models import LetterState
from workshop.letters.stopping import stop_address
from workshop.ratification.models import PanelComment
from workshop.rooms.commands import open_workshop, plan_workshop
from workshop.rooms.models import WorkshopKind

NESTED = (
    "arrival_id",
    "comment_id",
    "duty_id",
    "invitation_id",
    "item_id",
    "ksb_id",
    "member_id",
    "milestone_id",
    "participant_id",
    "partner_id",
    "profile_id",
    "publication_id",
    "recommendation_id",
    "report_id",
    "role_level_id",
    "round_id",
    "run_id",
    "snapshot_id",
    "solution_id",
    "source_id",
    "standard_id",
    "statement_id",
    "step_id",
    "subject_id",
    "workshop_id",
)
"""The ids that are only ever loaded through their cycle."""


@dataclass
class World:
    """One cycle with its people's sessions by name, and the value of each argument of URLs.

    ``own`` holds values that differ by blueprint or by endpoint.
    """

    people: dict[str, str]
    values: dict[str, Any]
    own: dict[tuple[str, str], Any] = field(default_factory=dict)

    def value(self, endpoint: str, argument: str) -> Any:
        blueprint = endpoint.split(".", maxsplit=1)[0]
        usual = self.own.get((blueprint, argument), self.values[argument])
        return self.own.get((endpoint, argument), usual)

    def address(self, app: Flask, rule: Rule, **swapped: Any) -> str:
        """Return the URL of ``rule`` in this cycle, with some of its values ``swapped``."""
        values = {name: self.value(rule.endpoint, name) for name in rule.arguments}
        adapter = app.url_map.bind("localhost")
        return adapter.build(rule.endpoint, {**values, **swapped}, rule_method(rule))


def rule_method(rule: Rule) -> str:
    return "GET" if "GET" in (rule.methods or ()) else "POST"


def make_worlds() -> tuple[World, World]:
    """Return Ada's cycle and Eve's, filled alike."""
    cast = make_cast()
    ours = fill(cast, "Ours")
    theirs = fill(_across(cast), "Theirs")
    ours.people |= {"alan": _session_of(cast.alan), "eve": theirs.people["ada"]}
    db.session.commit()
    return ours, theirs


def _session_of(account: Account) -> str:
    return open_session(account=account, moment=clock.now())


def _across(cast: Cast) -> Cast:
    """Return the cast of the other cycle: Eve convenes it, and everybody else is somebody new."""
    cycle = cast.other_cycle
    people = {name: make_account(f"{name.title()} Across") for name in ("tom", "ema", "pia")}
    people |= {name: make_account(f"{name.title()} Across") for name in ("eddy", "sol")}
    make_participant(cycle, people["sol"], Group.SPONSOR)
    return Cast(
        cycle=cycle,
        other_cycle=cast.cycle,
        ada=cast.eve,
        eve=cast.ada,
        alan=cast.alan,
        technologist=make_participant(cycle, people["tom"], Group.TECHNOLOGIST),
        employer=make_participant(cycle, people["ema"], Group.EMPLOYER),
        panel_member=make_participant(cycle, people["pia"], Group.EMPLOYER, is_on_panel=True),
        educator=make_participant(cycle, people["eddy"], Group.EDUCATOR),
        **people,
    )


def fill(cast: Cast, name: str) -> World:
    """Make one row of everything in the cast's cycle; its second round is open."""
    gone = make_account("Wim Gone")
    make_participant(cast.cycle, gone, Group.CONVENER, withdrawn_at=NOW)
    people = {one: getattr(cast, one) for one in ("ada", "tom", "ema", "pia", "eddy", "sol")}
    sessions = {one: _session_of(person) for one, person in {**people, "gone": gone}.items()}
    world = World(sessions, {"cycle_id": cast.cycle.id})
    world.values |= {"kind": "csv", "number": 1, "table": "unsupported", "key": "unsupported"}
    world.values |= {"letter": "opening", "ending": "csv"}
    world.values |= {"page_name": "capabilities", "item_code": "C-001", "file_kind": "csv"}
    world.values |= {"chart_name": "none", "chart_kind": "json"}
    world.values |= {"figure_key": "threshold", "figure_kind": "svg"}
    world.values |= {"table_name": "capabilities", "listing_name": "capabilities"}
    world.values |= {"item_table": "role-levels"}
    actor = Actor(cast.ada.id, cast.ada.name)
    _fill_set_up(world, cast, name)
    _fill_workshops(world, cast, _open_room(cast, name))
    _fill_profiles(world, cast.cycle)
    _fill_ksbs(world, cast)
    _fill_current_state(world, cast)
    _fill_standards(world, cast.cycle, name)
    _fill_conclusions(world, cast.cycle, actor)
    _fill_site(world, cast, actor, name)
    db.session.commit()
    return world


def _fill_set_up(world: World, cast: Cast, name: str) -> None:
    cycle = cast.cycle
    invitation = add(
        Invitation(
            cycle_id=cycle.id,
            email=f"{name.lower()}@pythia.example",
            name="Inge Vited",
            group=Group.SPONSOR,
            token_hash=hash_of(name),
            created_at=NOW,
            expires_at=clock.now() + timedelta(days=9),
        )
    )
    make_role_level(cycle, "Unused", 9)
    earlier = make_cycle(f"Before {name}")
    make_participant(earlier, cast.ada, Group.CONVENER)
    make_statement(earlier, f"Mend the ovens of {name}")
    milestone = add(Milestone(cycle_id=cycle.id, on=NOW.date(), title="Launch"))
    mine = make_statement(
        cycle,
        "Read the oven's own log",
        90,
        status=StatementStatus.SUBMITTED,
        submitted_by_id=cast.technologist.id,
    )
    world.own["capture", "statement_id"] = mine.id
    world.own["people", "token"] = name
    world.own["letters", "token"] = stop_address(cast.technologist.id).rsplit("/", 1)[1]
    world.values |= {
        "invitation_id": invitation.id,
        "milestone_id": milestone.id,
        "participant_id": cast.technologist.id,
        "partner_id": make_partner(cycle).id,
        "solution_id": make_solution(cycle).id,
        "source_id": earlier.id,
    }


def _open_room(cast: Cast, name: str) -> Room:
    """Return an open proficiency workshop with five employers, two statements, two levels."""
    cycle, actor = cast.cycle, Actor(cast.ada.id, cast.ada.name)
    cycle.stage = Stage.CARRYING_OUT
    area = make_area(f"Area of {name}")
    employers = [cast.employer, cast.panel_member]
    for number in range(3):
        person = make_account(f"Rater{number} {name}")
        employers.append(make_participant(cycle, person, Group.EMPLOYER))
    statements = [
        make_statement(cycle, f"Calibrate oven sensor {number}", number, area_id=area.id)
        for number in (1, 2)
    ]
    levels = [make_role_level(cycle, f"Level {number}", number) for number in (1, 2)]
    facts = {"actor": actor, "moment": NOW}
    plan = {"title": "What each role needs", "starts_on": NOW.date()}
    workshop = plan_workshop(cycle=cycle, kind=WorkshopKind.PROFICIENCY, **plan, **facts)
    open_workshop(workshop=workshop, **facts)
    return Room(cycle, actor, workshop, employers, statements, levels)


def _fill_workshops(world: World, cast: Cast, room: Room) -> None:
    """Close a first round that disagreed about all but its last cell, and open a second."""
    first = room.open_round()
    *_, agreed = room.asked(first)
    for item in room.asked(first):
        room.answer(first, item, "PPPPP" if item is agreed else "NNAPE")
        seat = panellist_for(participant=room.employers[1], moment=NOW)
        words = {"round_id": first.id, "item_id": item.id, "text": "Suppliers do this."}
        give_reason(panellist=seat, **words)
    room.close(first)
    second = room.open_round()
    world.own["ballot", "item_id"] = agreed.id
    for kind in (WorkshopKind.CAPTURE, WorkshopKind.RATIFICATION, WorkshopKind.KSB):
        facts = {"actor": room.actor, "moment": NOW}
        made = plan_workshop(cycle=cast.cycle, kind=kind, title=kind.value, **facts)
        open_workshop(workshop=made, **facts)
    arrival = add(
        Arrival(
            cycle_id=cast.cycle.id,
            workshop_id=room.workshop.id,
            token_hash=hash_of(f"arrival at {room.workshop.id}"),
            name="Ari Val",
            email="ari@pythia.example",
            group=Group.EMPLOYER,
            asked_at=NOW,
        )
    )
    steps = plan_steps(workshop=room.workshop, actor=room.actor, moment=NOW)
    # On the board the id of a person is one who sits in its breakouts.
    world.own["board", "participant_id"] = room.employers[0].id
    world.values |= {
        "step_id": steps[0].id,
        "verb": "open",
        "arrival_id": arrival.id,
        "code": room.workshop.join_code,
        "why": "link-sent",
        "item_id": room.asked(second)[0].id,
        "role_level_id": room.levels[0].id,
        "round_id": second.id,
        "statement_id": room.statements[0].id,
        "other_statement_id": room.statements[1].id,
        "workshop_id": room.workshop.id,
    }
    # What is taken away, and receipts, are of a round that has closed.
    for blueprint in ("exports", "receipts"):
        world.own[blueprint, "round_id"] = first.id
    world.own["mapping", "table"] = "threshold-curve"
    world.own["exports", "table"] = "ratings"
    world.own["attrition", "table"] = "turnout"


def _fill_profiles(world: World, cycle: Cycle) -> None:
    cycle_id = cycle.id
    profile = add(
        Profile(
            cycle_id=cycle_id,
            role_level_id=world.values["role_level_id"],
            code="P-0001",
            name="Oven operator",
        )
    )
    of_statement = {"cycle_id": cycle_id, "statement_id": world.values["statement_id"]}
    member = add(ProfileCapability(profile_id=profile.id, level=2, **of_statement))
    # Another of the same role level, to move to and to merge into.
    add(
        Profile(
            cycle_id=cycle_id,
            role_level_id=world.values["role_level_id"],
            code="P-0002",
            name="Oven tester",
        )
    )
    keep_draft(cycle_id=cycle_id, proposals=(), settings={}, criterion={}, sources={}, moment=NOW)
    comment = add(
        PanelComment(cycle_id=cycle_id, profile_id=profile.id, text="Is it one job?", said_at=NOW)
    )
    world.values["comment_id"] = comment.id
    freeze_version(
        profile=profile,
        approvals=1,
        objections=("Too much for one role",),
        quorum=1,
        rule=PanelRule.MAJORITY,
        moment=NOW,
    )
    # The panel names a capability of a profile by its statement or by its row; both are here.
    world.values |= {"profile_id": profile.id, "member_id": member.id}


def _fill_ksbs(world: World, cast: Cast) -> None:
    """Make a KSB that waits, with a near duplicate folded in, and one on which two differ."""
    of_statement = {
        "cycle_id": cast.cycle.id,
        "statement_id": world.values["statement_id"],
        "source": "Test",
        "created_at": NOW,
    }
    alike = {"kind": "skill", "text": "Reads any log", "source": "Test", "score": 0.9}
    waits = add(
        CapabilityKsb(kind=KsbKind.SKILL, text="Reads a log", folded=[alike], **of_statement)
    )
    differs = add(CapabilityKsb(kind=KsbKind.KNOWLEDGE, text="What a log is", **of_statement))
    people = (cast.educator.id, cast.technologist.id)
    for person, answer in zip(people, (KsbAnswer.ACCEPT, KsbAnswer.REJECT), strict=True):
        add(
            KsbReview(
                cycle_id=cast.cycle.id,
                ksb_id=differs.id,
                participant_id=person,
                answer=answer,
                reviewed_at=NOW,
            )
        )
    world.values["ksb_id"] = waits.id


def _fill_current_state(world: World, cast: Cast) -> None:
    add(
        PresentCapability(
            cycle_id=cast.cycle.id,
            statement_id=world.values["statement_id"],
            partner_id=world.values["partner_id"],
            strength=Strength.SOME,
            note="One crew can",
            captured_by_id=cast.technologist.id,
            captured_at=NOW,
        )
    )


def _fill_standards(world: World, cycle: Cycle, name: str) -> None:
    framework = make_framework(f"Framework {name}")
    standard = make_standard(framework)
    compare_with(cycle, framework)
    world.values |= {
        "framework_id": framework.id,
        "standard_id": standard.id,
        "duty_id": standard.duties[0].id,
    }


def _fill_conclusions(world: World, cycle: Cycle, actor: Actor) -> None:
    recommendation = _fill_actions(world, cycle)
    run_mapping(cycle=cycle, actor=actor, moment=NOW)
    db.session.commit()
    run_due()
    run = latest_run(cycle.id)
    assert run is not None
    words = {"section": "summary", "markdown": "{{ profiles.count }} profiles."}
    change_narrative(cycle=cycle, actor=actor, moment=NOW, **words)
    snapshot = take_snapshot(cycle=cycle, actor=actor, moment=NOW)
    report = add(
        Report(
            cycle_id=cycle.id,
            snapshot_id=snapshot.id,
            state=ReportState.DRAFT,
            pdf=b"%PDF-1.7",
            pdf_sha256="0" * 64,
            pages=1,
            created_at=NOW,
        )
    )
    add(
        ReportFile(
            cycle_id=cycle.id,
            report_id=report.id,
            kind=FileKind.BRIEF,
            content=b"%PDF-1.7",
            sha256="0" * 64,
        )
    )
    published = publish_snapshot(
        snapshot=snapshot, audience=Audience.LINK, label="The press", actor=actor, moment=NOW
    )
    world.own["narrative", "number"] = 1
    world.own["report", "file_kind"] = "brief"
    for door in ("explorer", "published"):
        world.own[f"{door}.chart", "page_name"] = "provision"
        world.own[f"{door}.chart", "chart_name"] = "unsupported"
    world.own["published", "token"] = world.own["api", "token"] = token_of(published)
    world.values |= {
        "publication_id": published.id,
        "recommendation_id": recommendation.id,
        "run_id": run.id,
        "snapshot_id": snapshot.id,
        "report_id": report.id,
        "section": "summary",
    }


def _fill_actions(world: World, cycle: Cycle) -> Recommendation:
    """Make an action that is due, of somebody outside, who was reminded of it; and a subject."""
    recommendation = add(
        Recommendation(
            cycle_id=cycle.id,
            position=1,
            horizon=Horizon.SHORT,
            topic="Train the operators",
            owner="Otto Outside",
            owner_email="otto@pythia.example",
            due_on=NOW.date(),
        )
    )
    asked = {"name": "Otto Outside", "email": "otto@pythia.example", "asked_at": NOW}
    reminder = add(
        ActionReminder(
            cycle_id=cycle.id,
            recommendation_id=recommendation.id,
            state=LetterState.SENT,
            sent_at=NOW,
            **asked,
        )
    )
    # Where one is prioritised, the other has been set aside and is drafted as a further subject.
    make_solution(cycle, "Automatic mills", is_prioritised=True, reason="Most asked for")
    subject = add(FurtherSubject(cycle_id=cycle.id, position=1, title="Mills", added_at=NOW))
    address = outsiders_stop_address(reminder.id)
    world.own["action_reminders", "token"] = address.rsplit("/", 1)[1]
    world.own["actions.add_subject_draft", "key"] = f"solution-{world.values['solution_id']}"
    world.values["subject_id"] = subject.id
    return recommendation


def _fill_site(world: World, cast: Cast, actor: Actor, name: str) -> None:
    """Make what lies outside cycles: accounts, links, jobs and imports."""
    job = ask_for(kind="mapping.run", actor=actor, moment=NOW, cycle_id=cast.cycle.id)
    world.values |= {
        "account_id": cast.tom.id,
        "token": make_sign_in_link(account=cast.tom, moment=clock.now()),
        "job_id": job.id,
        "name": "template",
        "record_id": _library_record(name).id,
    }
    for importer in (standards.IMPORTER, library.IMPORTER):
        refused = _refused_import(importer.kind, cast.alan)
        world.own[importer.section, "job_id"] = refused.id


def _library_record(name: str) -> LibraryStatement:
    source = add(LibrarySource(name=f"Library of {name}", imported_at=NOW))
    return add(
        LibraryStatement(source_id=source.id, reference="R1", text=f"Bake the bread of {name}")
    )


def _refused_import(kind: str, administrator: Account) -> Job:
    refusal = RefusedFile((Problem("Row 2", "The level is missing."),))
    job = add(
        Job(
            kind=kind,
            asked_by_id=administrator.id,
            asked_at=NOW,
            facts={"name": "Baking", "options": {}, "good_rows_only": False, "digest": ""},
            state=JobState.DONE,
            finding=refused_finding("Baking", refusal),
        )
    )
    for number, content in ((1, b"a,b\n"), (OWN, gzip.compress(b""))):
        add(JobFile(job_id=job.id, number=number, filename="s", content=content, added_at=NOW))
    return job


@contextmanager
def apart() -> Iterator[None]:
    """Undo, at the end of the block, whatever is committed inside it."""
    engine = db.engine
    connection = engine.connect()
    outer = connection.begin()
    db.engines[None] = connection  # type: ignore[assignment]  # as the fixture ``session`` does
    db.session.configure(join_transaction_mode="create_savepoint")
    db.session.remove()
    try:
        yield
    finally:
        db.session.remove()
        db.engines[None] = engine
        outer.rollback()
        connection.close()


@contextmanager
def undone() -> Iterator[None]:
    """Within ``apart``: undo what the block commits and keep what was there before."""
    db.session.remove()
    connection: Any = db.engines[None]
    savepoint = connection.begin_nested()
    try:
        yield
    finally:
        db.session.remove()
        savepoint.rollback()
