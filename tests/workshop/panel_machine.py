"""A panel of three at work in any order: what they may do, and what must hold after each of it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from consensus.ratifying import PanelRule, is_ratified
from consensus.scale import PROFICIENCY_WORDS
from cycles.core.audit import Actor, AuditEvent, broken_links
from cycles.core.errors import DomainError
from cycles.core.extensions import db
from cycles.profiles.models import (
    Profile,
    ProfileCapability,
    ProfileChange,
    ProfileStatus,
    ProfileVersion,
)
from cycles.profiles.queries import live_members, profiles_of
from cycles.profiles.trail import SHAPING, ChangeKind, changes_of, standing_edits
from cycles.profiles.versions import content_of, is_intact, latest_version, read
from cycles.statements.models import CapabilityStatement
from tests.architecture.world import undone
from tests.cycles.profile_cases import Case
from tests.factories import NOW
from workshop.ratification import commands
from workshop.ratification.queries import answers_of, panel_members, quorum_of

MEMBERS = st.integers(0, 2)
WHICH = st.integers(0, 30)
PLACES = st.tuples(WHICH, WHICH)
LEVELS = st.integers(1, 3)
OFTEN_SEEN = st.sampled_from((0, 0, 0, 1))
SAID = ("AAA", "AAO", "AOA", "OAA", "AA", "AO", "OT", "ATA", "OOA")
REASON = st.sampled_from(("Because", "Because", ""))
COMING_IN = (ChangeKind.ADDED, ChangeKind.RESTORED, ChangeKind.MOVED_HERE, ChangeKind.JOINED)
GOING_OUT = (ChangeKind.REMOVED, ChangeKind.MOVED_AWAY)
ANSWERS = {
    ChangeKind.APPROVED: "approvals",
    ChangeKind.OBJECTED: "objections",
}
TAKEN_BACK = (ChangeKind.TAKEN_BACK, ChangeKind.OBJECTION_TAKEN_BACK)
REPLAYED = dict[Any, str]


class PanelAtWork(RuleBasedStateMachine):
    """``case`` is a cycle with a panel of three and two profiles; each run starts from it."""

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.cycle_id = case.cast.cycle.id
        self.stack = ExitStack()
        self.stack.enter_context(undone())
        self.versions: dict[Any, tuple[str, str]] = {}
        self.generated = {one.id: (one.name, levels_of(one)) for one in self.profiles()}

    def teardown(self) -> None:
        try:
            assert list(broken_links()) == []
        finally:
            self.stack.close()

    # What they do

    def profiles(self) -> list[Profile]:
        return profiles_of(self.cycle_id)

    def profile(self, which: int) -> Profile:
        found = self.profiles()
        return found[which % len(found)]

    def row(self, profile: Profile, which: int) -> ProfileCapability:
        rows = sorted(profile.members, key=lambda one: str(one.statement_id))
        # An empty profile is asked for a capability of another one, and refuses.
        rows = rows or [one for each in self.profiles() for one in each.members]
        return rows[which % len(rows)]

    def by(self, who: int) -> dict[str, Any]:
        participant = panel_members(self.cycle_id)[who]
        return {"actor": Actor(participant.account_id, participant.account.name), "moment": NOW}

    def attempt(self, command: Callable[..., Any], who: int, **facts: Any) -> None:
        """Do it or be refused: one event for what is done, and nothing at all of a refusal."""
        before, lines = count(AuditEvent), count(ProfileChange)
        with refused_whole() as outcome:
            outcome.append(command(**facts, **self.by(who)))
        is_changed = bool(outcome) and getattr(outcome[0], "is_changed", True)
        assert count(AuditEvent) == before + is_changed
        assert is_changed or count(ProfileChange) == lines

    @rule(who=MEMBERS, where=PLACES, level=LEVELS, reason=REASON, old=OFTEN_SEEN)
    def change_level(
        self, who: int, where: tuple[int, int], level: int, reason: str, old: int
    ) -> None:
        profile = self.profile(where[0])
        member = self.row(profile, where[1])
        seen = {"member": member, "seen": member.version - old}
        self.attempt(
            commands.change_level, who, profile=profile, level=level, reason=reason, **seen
        )

    @rule(who=MEMBERS, p=WHICH, m=WHICH, what=st.sampled_from(("remove", "restore", "back")))
    def take_out_or_put_back(self, who: int, p: int, m: int, what: str) -> None:
        profile = self.profile(p)
        member = self.row(profile, m)
        facts: dict[str, Any] = {"profile": profile, "member": member, "seen": member.version}
        if what == "remove":
            self.attempt(commands.remove_capability, who, reason="Not ours", **facts)
        elif what == "restore":
            self.attempt(commands.restore_capability, who, **facts)
        elif member.voted_level is not None:
            level = member.voted_level
            self.attempt(commands.change_level, who, level=level, reason="", **facts)

    @rule(who=MEMBERS, p=WHICH, s=WHICH, level=LEVELS)
    def add(self, who: int, p: int, s: int, level: int) -> None:
        rows = db.session.scalars(
            select(CapabilityStatement)
            .where(CapabilityStatement.cycle_id == self.cycle_id)
            .order_by(CapabilityStatement.code)
        ).all()
        facts = {"statement": rows[s % len(rows)], "level": level, "reason": "Needed"}
        self.attempt(commands.add_capability, who, profile=self.profile(p), **facts)

    @rule(who=MEMBERS, p=WHICH, to=WHICH, m=WHICH)
    def move(self, who: int, p: int, to: int, m: int) -> None:
        profile = self.profile(p)
        member = self.row(profile, m)
        facts = {"member": member, "seen": member.version, "to": self.profile(to), "reason": ""}
        self.attempt(commands.move_capability, who, profile=profile, **facts)

    @rule(who=MEMBERS, p=WHICH, old=OFTEN_SEEN, name=st.sampled_from(("Baker", "Miller", "Cook")))
    def rename(self, who: int, p: int, old: int, name: str) -> None:
        profile = self.profile(p)
        seen = "Another name" if old else profile.name
        self.attempt(commands.rename, who, profile=profile, name=name, reason="", seen=seen)

    @rule(who=MEMBERS, p=WHICH, n=OFTEN_SEEN)
    def undo(self, who: int, p: int, n: int) -> None:
        profile = self.profile(p)
        numbers = [one.number for one in standing_edits(profile.id)]
        seen = numbers[-1 - n] if n < len(numbers) else 0
        self.attempt(commands.undo_last, who, profile=profile, seen=seen)

    @rule(who=MEMBERS, p=WHICH, m=WHICH)
    def split(self, who: int, p: int, m: int) -> None:
        profile = self.profile(p)
        facts = {"members": [self.row(profile, m)], "name": f"Part {m}", "reason": ""}
        self.attempt(commands.split_profile, who, profile=profile, version=profile.version, **facts)

    @rule(who=MEMBERS, p=WHICH, to=WHICH)
    def merge(self, who: int, p: int, to: int) -> None:
        profile = self.profile(p)
        facts = {"into": self.profile(to), "reason": "", "version": profile.version}
        self.attempt(commands.merge_profiles, who, profile=profile, **facts)

    @rule(p=WHICH, old=OFTEN_SEEN, said=st.sampled_from(SAID))
    def answer(self, p: int, old: int, said: str) -> None:
        for who, answer in enumerate(said):
            profile = self.profile(p)
            facts: dict[str, Any] = {"version": profile.version - old, "profile": profile}
            facts["participant"] = panel_members(self.cycle_id)[who]
            if answer == "O":
                self.attempt(commands.object_to, who, reason="Too thin", **facts)
            else:
                command = commands.approve if answer == "A" else commands.take_back
                self.attempt(command, who, **facts)

    @rule(who=MEMBERS, p=WHICH, what=st.sampled_from(("reopen", "withdraw", "put back")))
    def decide(self, who: int, p: int, what: str) -> None:
        profile = self.profile(p)
        if what == "put back":
            self.attempt(commands.put_back, who, profile=profile, is_convener=True)
            return
        facts: dict[str, Any] = {"reason": "Think again", "version": profile.version}
        if what == "withdraw":
            self.attempt(commands.withdraw, who, profile=profile, is_convener=True, **facts)
        else:
            self.attempt(commands.reopen, who, profile=profile, **facts)

    @rule(who=MEMBERS, p=WHICH)
    def comment(self, who: int, p: int) -> None:
        participant = panel_members(self.cycle_id)[who]
        facts = {"participant": participant, "text": "Well put"}
        self.attempt(commands.comment, who, profile=self.profile(p), **facts)

    @rule(p=WHICH)
    def tamper(self, p: int) -> None:
        """Past every command, the database itself refuses to change what was ratified."""
        profile = self.profile(p)
        if profile.status != ProfileStatus.RATIFIED:
            return
        for statement in TAMPERINGS:
            try:
                with db.session.begin_nested():
                    found = db.session.execute(text(statement), {"id": id_of(profile)})
            except DBAPIError:
                continue
            assert found.rowcount == 0, statement

    # What must hold

    @invariant()
    def nothing_ratified_ever_changes(self) -> None:
        for one in db.session.scalars(select(ProfileVersion).order_by(ProfileVersion.number)):
            kept = self.versions.setdefault(one.id, (one.digest, str(one.content)))
            assert kept == (one.digest, str(one.content))
            assert is_intact(one)
        for profile in self.profiles():
            if profile.status == ProfileStatus.RATIFIED:
                version = latest_version(profile.id)
                held = read(version)
                now = content_of(
                    profile,
                    approvals=held.approvals,
                    objections=held.objections,
                    quorum=held.quorum,
                    rule=PanelRule(held.rule),
                )
                assert now == held

    @invariant()
    def the_levels_shown_are_the_ratified_ones(self) -> None:
        shown: dict[Any, dict[str, int]] = {}
        for one in live_members(self.cycle_id):
            shown.setdefault(one.profile_id, {})[str(one.statement_id)] = one.level
        for profile in self.profiles():
            if profile.status == ProfileStatus.RATIFIED:
                ratified = read(latest_version(profile.id)).members
                assert shown[profile.id] == {one.statement_id: one.level for one in ratified}

    @invariant()
    def the_trail_tells_everything(self) -> None:
        for profile in self.profiles():
            name, levels = self.generated.get(profile.id, ("", {}))
            assert replay(name, dict(levels), changes_of(profile.id)) == (
                profile.name,
                levels_of(profile),
            )

    @invariant()
    def answers_never_survive_a_change(self) -> None:
        for profile in self.profiles():
            answers = answers_of(profile.id)
            held = {"approvals": len(answers.approvals), "objections": len(answers.objections)}
            assert answered_since_the_last_change(changes_of(profile.id)) == held

    @invariant()
    def nothing_is_ratified_without_quorum_and_rule(self) -> None:
        versions = db.session.scalars(select(ProfileVersion).order_by(ProfileVersion.number))
        for content in map(read, versions):
            facts = {"quorum": content.quorum, "rule": PanelRule(content.rule)}
            assert content.quorum == quorum_of(self.cycle_id) == 3
            assert is_ratified(content.approvals, len(content.objections), **facts)


TAMPERINGS = (
    "UPDATE profile_capability SET level = 4 - level WHERE profile_id = :id",
    "UPDATE profile_capability SET reason = 'x' WHERE profile_id = :id",
    "DELETE FROM profile_capability WHERE profile_id = :id",
    "UPDATE profile SET name = 'x' WHERE id = :id",
    "DELETE FROM profile WHERE id = :id",
    "UPDATE profile_version SET digest = 'x' WHERE profile_id = :id",
    "DELETE FROM profile_version WHERE profile_id = :id",
)


def id_of(profile: Profile) -> Any:
    return profile.id.hex if db.session.connection().dialect.name == "sqlite" else profile.id


@contextmanager
def refused_whole() -> Iterator[list[Any]]:
    """Let a refusal take back all that the command did until then, as a request does."""
    savepoint = db.session.begin_nested()
    try:
        yield []
    except DomainError:
        savepoint.rollback()
    else:
        savepoint.commit()


def count(model: type[AuditEvent] | type[ProfileChange]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def levels_of(profile: Profile) -> REPLAYED:
    return {
        one.statement_id: PROFICIENCY_WORDS[one.level]
        for one in profile.members
        if not one.is_removed
    }


def replay(name: str, levels: REPLAYED, changes: list[ProfileChange]) -> tuple[str, REPLAYED]:
    """Return the name and the levels that a trail leads to."""
    done = {one.number: one for one in changes}
    for one in changes:
        change = done[one.undoes] if one.undoes else one
        kind, after = ChangeKind(change.kind), one.after
        if kind in (ChangeKind.RENAMED, ChangeKind.SPLIT_OFF):
            name = after
        elif kind == ChangeKind.LEVEL or kind in (COMING_IN if one is change else GOING_OUT):
            levels[one.statement_id] = after
        elif kind in (GOING_OUT if one is change else COMING_IN):
            del levels[one.statement_id]
    return name, levels


def answered_since_the_last_change(changes: list[ProfileChange]) -> dict[str, int]:
    """Return how many approve and object, as the trail tells it."""
    said: dict[Any, str] = {}
    for one in changes:
        kind = ChangeKind(one.kind)
        if kind in ANSWERS:
            said[one.account_id] = ANSWERS[kind]
        elif kind in TAKEN_BACK:
            said.pop(one.account_id)
        elif kind in SHAPING - {ChangeKind.RATIFIED}:
            said.clear()
    answers = list(said.values())
    return {each: answers.count(each) for each in ("approvals", "objections")}
