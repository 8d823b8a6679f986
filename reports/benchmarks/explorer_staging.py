"""A large cycle for the bench of the explorer, in a throw-away database: people to snapshot.

Texts are real ones of the folder of data, of which nothing is part of the product. What people
would have said is drawn, the same every time.
"""

import csv
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from sqlalchemy import insert

from cycles.accounts.commands import find_or_create_account
from cycles.core.audit import SYSTEM
from cycles.core.extensions import db
from cycles.core.jobs.commands import run_one
from cycles.core.jobs.models import Job, JobState
from cycles.current_state.models import PresentCapability, Strength
from cycles.ksbs.models import CapabilityKsb, KsbAnswer, KsbReview, KsbStatus
from cycles.people.models import Group, Organisation, Participant
from cycles.semantics.encoder import active_model
from cycles.semantics.models import TextVector
from cycles.semantics.vectors import missing, text_hash
from cycles.setup.models import Cycle, CycleFramework
from cycles.stages.words import Stage
from cycles.standards.commands import FrameworkFacts, import_standards
from cycles.standards.models import KsbKind
from reports.actions.commands import Content, add_recommendation
from reports.actions.models import Horizon
from reports.benchmarks.explorer_profiles import stage_profiles
from reports.benchmarks.explorer_rounds import play_rounds
from reports.benchmarks.kept_vectors import vectors_of
from reports.demonstration import CAST, email_of
from reports.document.commands import take_snapshot
from reports.mapping.commands import run_mapping
from reports.mapping.inputs import gather
from reports.mapping.models import MatchVerdict
from reports.mapping.queries import ground_of, latest_run
from reports.reviewing.commands import review_match
from workshop.benchmarks.generation_staging import Begun, begin_cycle, read_tasks
from workshop.benchmarks.staging import by

FRAMEWORKS = (
    ("Standards of 2021", ("ifate/ifate_standards_2021_full.json",)),
    ("Standards of 2026", ("ifate/ifate_ksb_2026.csv",)),
    ("UK Standard Skills Classification", ("ssc/ssc_sugs_task_description_v0.9.1.xlsx",)),
)
KSBS = "ifate/ifate_ksb_2026.csv"
KINDS = {"K": KsbKind.KNOWLEDGE, "S": KsbKind.SKILL, "B": KsbKind.BEHAVIOUR}
GROUPS = {
    "convener": Group.CONVENER,
    "technologist": Group.TECHNOLOGIST,
    "employer": Group.EMPLOYER,
    "educator": Group.EDUCATOR,
    "panel member": Group.EMPLOYER,
    "sponsor": Group.SPONSOR,
}
AT_ONCE = 5_000


@dataclass(frozen=True)
class Size:
    """How much of everything the cycle has. ``threshold_percent`` is what matches from."""

    capabilities: int = 500
    profiles: int = 60
    ksbs: int = 5_000
    employers: int = 20
    reviews: int = 300
    actions: int = 40
    threshold_percent: int = 60


def require_data(folder: Path) -> None:
    """Raise ``ClickException`` where a file is missing that the cycle is made of."""
    for name in (KSBS, *(path for _, paths in FRAMEWORKS for path in paths)):
        if not (folder / name).is_file():
            raise click.ClickException(f"The folder {folder.name!r} has no file {name!r}.")


def stage_large(data: Path, size: Size, vectors: Path) -> Cycle:
    """Make the cycle in the current application's database, and commit it part by part.

    ``vectors`` is where the vectors of its texts are kept from one bench to the next.
    """
    begun = begin_cycle("A large cycle for a bench", read_tasks(data, size.capabilities))
    cycle = begun.cycle
    cycle.threshold_percent = size.threshold_percent
    people = _people(cycle, size.employers)
    educators = [one for one in people if one.group == Group.EDUCATOR]
    _present(begun)
    play_rounds(cycle, [one for one in people if one.group == Group.EMPLOYER])
    stage_profiles(begun, size.profiles)
    _ksbs(begun, data, size.ksbs, educators)
    db.session.commit()
    _frameworks(cycle, data)
    db.session.commit()
    _map(cycle, vectors)
    _review(cycle, size.reviews, educators)
    _actions(cycle, size.actions)
    cycle.stage = Stage.COMMUNICATING
    db.session.commit()
    take_snapshot(cycle=cycle, **by())
    db.session.commit()
    return cycle


def _people(cycle: Cycle, employers: int) -> list[Participant]:
    """Let the cast of the demonstration take part, so that its sign-in links open this cycle."""
    named = [(name or "Pia Panel", email_of(name), GROUPS[role]) for role, name in CAST]
    named += [_nobody("employer", number) for number in range(3, employers + 1)]
    named += [_nobody("educator", number) for number in range(2, 6)]
    # The demonstration's panel member is one of its employers: one place for one person.
    by_email = {email: (name, email, group) for name, email, group in reversed(named)}
    made = [_place(cycle, place, *each) for place, each in enumerate(by_email.values())]
    db.session.flush()
    return made


def _nobody(role: str, number: int) -> tuple[str, str, Group]:
    return f"{role.capitalize()} {number}", f"{role}{number}@room.example", GROUPS[role]


def _place(cycle: Cycle, number: int, name: str, email: str, group: Group) -> Participant:
    account = find_or_create_account(email=email, name=name, actor=SYSTEM, moment=_now())
    account.may_convene = account.may_convene or group == Group.CONVENER
    organisation = Organisation(cycle_id=cycle.id, name=f"Company {number}", key=f"{number}")
    db.session.add(organisation)
    db.session.flush()
    made = Participant(
        cycle_id=cycle.id,
        account_id=account.id,
        group=group,
        organisation_id=organisation.id,
        joined_at=_now(),
    )
    db.session.add(made)
    return made


def _present(begun: Begun) -> None:
    for statement in begun.statements:
        for partner in statement.partners:
            strength = list(Strength)[zlib.crc32(statement.text.encode()) % len(Strength)]
            db.session.add(
                PresentCapability(
                    cycle_id=begun.cycle.id,
                    statement_id=statement.id,
                    partner_id=partner.id,
                    strength=strength,
                    captured_at=_now(),
                )
            )
    db.session.flush()


def _ksbs(begun: Begun, data: Path, count: int, educators: Sequence[Participant]) -> None:
    rows = [
        CapabilityKsb(
            cycle_id=begun.cycle.id,
            statement_id=begun.statements[number % len(begun.statements)].id,
            kind=kind,
            text=text,
            suggested_text=text,
            status=KsbStatus.ACCEPTED,
            source="A standard of 2026",
            created_at=_now(),
        )
        for number, (kind, text) in enumerate(_spread(list(_real_ksbs(data / KSBS)), count))
    ]
    db.session.add_all(rows)
    db.session.flush()
    said = {"cycle_id": begun.cycle.id, "answer": KsbAnswer.ACCEPT, "reviewed_at": _now()}
    reviews = [
        {**said, "ksb_id": row.id, "participant_id": educator.id}
        for row in rows
        for educator in educators[:2]
    ]
    _insert(KsbReview, reviews)


def _real_ksbs(path: Path) -> Iterator[tuple[KsbKind, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        every = {row["text"]: KINDS.get(row["type"]) for row in csv.DictReader(lines)}
    for text, kind in every.items():
        if kind is not None and text:
            yield kind, text


def _spread(found: Sequence[tuple[KsbKind, str]], count: int) -> list[tuple[KsbKind, str]]:
    return [found[number * len(found) // count] for number in range(count)]


def _frameworks(cycle: Cycle, data: Path) -> None:
    for position, (name, paths) in enumerate(FRAMEWORKS, 1):
        found = import_standards(
            [data / path for path in paths],
            framework=FrameworkFacts(name=name),
            good_rows_only=True,
            with_unapproved=True,
            **by(),
        )
        db.session.add(
            CycleFramework(cycle_id=cycle.id, framework_id=found.framework_id, position=position)
        )


def _map(cycle: Cycle, vectors: Path) -> None:
    inputs = gather(cycle)
    texts = [each.text for each in inputs.capabilities] + [each.text for each in inputs.duties]
    _keep(missing(texts), vectors)
    job = run_mapping(cycle=cycle, **by())
    job_id = job.id
    db.session.commit()
    if run_one(job_id) != JobState.DONE:
        raise RuntimeError(db.session.get_one(Job, job_id).problem)


def _keep(texts: list[str], folder: Path) -> None:
    """Put the vectors of the texts into the cache, from where earlier benches kept them."""
    if not texts:
        return
    digest, found = active_model()[1], vectors_of(texts, folder)
    _insert(
        TextVector,
        [
            {
                "model_digest": digest,
                "text_hash": text_hash(text),
                "vector": vector.astype("<f4").tobytes(),
            }
            for text, vector in zip(texts, found, strict=True)
        ],
    )


def _review(cycle: Cycle, count: int, educators: Sequence[Participant]) -> None:
    """Judge matches all over the cycle; every third is rejected, some by two who differ."""
    run = latest_run(cycle.id)
    if run is None:
        raise RuntimeError("the run left nothing behind")
    ground = ground_of(run)
    pairs, inputs = ground.survey.pairs, ground.inputs
    places = [number * len(pairs.row) // count for number in range(min(count, len(pairs.row)))]
    for number, place in enumerate(places):
        said = (MatchVerdict.ACCEPTED, MatchVerdict.ACCEPTED, MatchVerdict.REJECTED)[number % 3]
        review_match(
            cycle_id=cycle.id,
            statement_id=inputs.capabilities[int(pairs.row[place])].statement_id,
            duty_id=inputs.duties[int(pairs.duty[place])].duty_id,
            verdict=said,
            participant_id=educators[number % len(educators)].id,
            reason="Simulated: the duty covers the work." if number % 2 else "",
            **by(),
        )


def _actions(cycle: Cycle, count: int) -> None:
    for number in range(count):
        content = Content(
            horizon=list(Horizon)[number % len(Horizon)],
            topic=f"Topic {number}",
            actions="Bring providers together and agree what is offered first.",
            who="The working group",
            when="Within the year",
            result="A module that employers ask for.",
            owner="Employer 3" if number % 2 else "",
            due_on=_now().date() if number % 2 else None,
        )
        add_recommendation(cycle_id=cycle.id, content=content, **by())


def _insert(model: Any, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), AT_ONCE):
        db.session.execute(insert(model), rows[start : start + AT_ONCE])


def _now() -> Any:
    return by()["moment"]
