"""What a snapshot holds: counted once, frozen, the same for ever, and sane when empty."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from sqlalchemy import select

from consensus.ratifying import PanelRule
from consensus.scale import EXPERT, PRACTITIONER, PROFICIENCY_WORDS
from cycles.core.audit import Actor
from cycles.core.errors import Closed
from cycles.core.extensions import db
from cycles.people.models import Group
from cycles.profiles.models import ProfileStatus, ProfileVersion
from cycles.profiles.versions import freeze_version, read
from cycles.profiles.votes import Vote, freeze
from cycles.standards.models import UNKNOWN_LEVEL
from cycles.statements.models import CapabilityStatement, StatementStatus
from reports.document import rendering
from reports.document.assembling import assemble
from reports.document.commands import take_snapshot
from reports.document.edition import Edition, make_edition
from reports.document.facts import Document
from reports.document.packing import canonical, digest_of, plain, restore
from reports.document.queries import document_of, raw_document
from reports.mapping.commands import run_mapping
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast, make_cycle, make_participant, make_statement
from tests.reports.report_cases import Baked, bake


@pytest.fixture
def baked(cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]) -> Baked:
    return bake(cast, run_jobs)


def document(cycle: object) -> Document:
    return assemble(cycle_id=cycle.id, number=1, moment=NOW)  # type: ignore[attr-defined]


def test_a_document_survives_being_json(baked: Baked) -> None:
    made = document(baked.cycle)
    assert restore(Document, plain(made)) == made


def test_the_same_cycle_gives_the_same_bytes(baked: Baked) -> None:
    first = plain(document(baked.cycle))
    db.session.expire_all()
    assert canonical(first) == canonical(plain(document(baked.cycle)))


def test_an_older_snapshot_is_read_by_a_newer_shape(baked: Baked) -> None:
    kept = plain(document(baked.cycle))
    del kept["checklist"]
    kept["a later field"] = 1
    assert restore(Document, kept).checklist == ()


def test_a_level_that_no_source_states_is_printed_as_unknown(
    baked: Baked, run_jobs: Callable[[], int]
) -> None:
    baked.bakery.baker.level = UNKNOWN_LEVEL
    run_mapping(cycle=baked.cycle, actor=baked.actor, moment=NOW)
    db.session.commit()
    run_jobs()
    snapshot = take_snapshot(cycle=baked.cycle, actor=baked.actor, moment=NOW)
    made = document_of(snapshot.id)
    assert made.provision is not None
    best = made.provision.profiles[0].best
    assert best is not None
    assert (best.reference, best.level, best.level_words) == ("T0001", None, "level unknown")
    assert made.provision.standards_without_level == 1
    assert "Baker (T0001, level unknown)" in made.capabilities.current.standards
    # A snapshot from before has the number that stands for no level, and no count of them.
    older = plain(made)
    del older["provision"]["standards_without_level"]
    older["provision"]["profiles"][0]["standings"][0]["level"] = UNKNOWN_LEVEL
    for kept in (plain(made), older):
        edition = make_edition(restore(Document, kept), digest="0" * 64, is_draft=True)
        assert "Baker (T0001, level unknown)" in _printed(edition)


def ratify(baked: Baked) -> ProfileVersion:
    """Ratify the operator: mixing voted Practitioner and set to Expert, baking taken out."""
    profile = baked.bakery.operator
    profile.status = ProfileStatus.PROPOSED
    db.session.flush()
    mixing, baking, *_rest = sorted(profile.members, key=lambda one: one.statement.code)
    freeze(mixing, Vote(level=PRACTITIONER, outcome="level", counts=(0, 1, 5, 0)))
    mixing.level, mixing.reason = EXPERT, "Machines mix now"
    baking.is_removed, baking.reason = True, "Bought in by <2030>"
    db.session.flush()
    version = freeze_version(
        profile=profile,
        approvals=2,
        objections=("Too narrow for a bakery",),
        quorum=3,
        rule=PanelRule.TWO_THIRDS,
        moment=NOW,
    )
    profile.status, profile.ratified_at = ProfileStatus.RATIFIED, NOW
    db.session.commit()
    return version


def snapshot_of(baked: Baked) -> Document:
    """Return what a snapshot taken now freezes, its prose with it."""
    return document_of(take_snapshot(cycle=baked.cycle, actor=baked.actor, moment=NOW).id)


def test_a_ratified_profile_is_printed_as_its_version_has_it(baked: Baked) -> None:
    baked.bakery.operator.is_name_suggested = True
    version = ratify(baked)
    baked.bakery.mix.text = "Knead"
    db.session.commit()
    made = snapshot_of(baked)
    found = next(one for one in made.occupations.profiles if one.code == "P-0001")
    assert not found.is_name_suggested, "the panel has ratified the name"
    ratified = read(version)
    assert [(one.code, one.text, one.level) for one in found.members] == [
        (one.code, one.text, PROFICIENCY_WORDS[one.level]) for one in ratified.members
    ]
    assert (found.member_count, found.expert, found.changed_by_panel) == (2, 1, 1)
    assert found.ratification is not None
    assert (found.ratification.approvals, found.ratification.answers) == (2, 3)
    said = " ".join(unescape(_printed(make_edition(made, digest="0" * 64, is_draft=True))).split())
    table = said.split("P-0001: capabilities and levels</caption>")[1].split("</table>")[0]
    levels = re.findall(r"</th><td>(Awareness|Practitioner|Expert)</td>", table)
    assert levels == [PROFICIENCY_WORDS[one.level] for one in ratified.members]
    for sentence in (
        "Voted Practitioner, ratified Expert. Machines mix now",
        "Bought in by <2030>",
        "“Too narrow for a bakery”",
        "Version 1, ratified on 2 March 2026: 2 of the 3 who answered approve and 1 objects.",
        version.digest,
    ):
        assert sentence in said, sentence


def test_a_reopened_profile_says_so(baked: Baked) -> None:
    ratify(baked)
    baked.bakery.operator.status = ProfileStatus.PROPOSED
    db.session.commit()
    made = snapshot_of(baked)
    found = next(one for one in made.occupations.profiles if one.code == "P-0001")
    assert (found.ratification, found.reopened_version) == (None, 1)
    said = _printed(make_edition(made, digest="0" * 64, is_draft=True))
    assert "the panel has reopened version 1" in said


def test_a_snapshot_from_before_versions_is_printed_as_it_was(baked: Baked) -> None:
    ratify(baked)
    older = plain(snapshot_of(baked))
    del older["agreement"]["rule"]["panel_rule"]
    for name in ("reviewers", "differing", "decided", "wordings", "sets"):
        del older["ksbs"][name]
    for profile in older["occupations"]["profiles"]:
        del profile["ratification"], profile["reopened_version"]
        for each in profile["members"]:
            del each["difference"]
        for each in profile["removed"]:
            del each["voted"]
    restored = restore(Document, older)
    said = _printed(make_edition(restored, digest="0" * 64, is_draft=True))
    assert "Approvals that ratify a profile" in said
    assert "Future Competency Set of each role level" not in said
    assert "Ratified on" in said


def test_only_accepted_ksbs_make_the_competency_sets(baked: Baked) -> None:
    made = snapshot_of(baked)
    (counts,) = [one for one in made.ksbs.sets if one.total]
    assert (counts.knowledge, counts.total, made.ksbs.wordings) == (1, 1, made.ksbs.accepted)
    assert counts.profiles == made.occupations.profile_count
    said = _printed(make_edition(made, digest="0" * 64, is_draft=True))
    assert "Future Competency Set of each role level" in said


def _printed(edition: Edition) -> str:
    blank = dict.fromkeys(edition.figures, "")
    return rendering._filled("report.html", edition=edition, sources=blank, mark="")


def test_every_count_has_one_source(baked: Baked) -> None:
    made = document(baked.cycle)
    found, people, agreement = made.capabilities, made.people, made.agreement
    assert found.kept == len(found.lines) == made.provision.capabilities == 4  # type: ignore[union-attr]
    assert made.provision.unsupported == len(made.provision.unsupported_lines)  # type: ignore[union-attr]
    assert sum(line.future_count for line in found.functions) == found.classified == 3
    assert sum(line.current_count or 0 for line in found.functions) == found.current.duty_count == 2
    assert sum(line.people for line in people.groups) == people.people
    assert sum(each.count for each in agreement.outcomes) == agreement.judged
    assert agreement.settled + agreement.unsettled == agreement.total == 4
    assert made.occupations.profile_count == len(made.occupations.profiles)
    assert {each.code for each in made.occupations.profiles} == {
        each.code
        for each in made.provision.profiles  # type: ignore[union-attr]
    }


def test_what_was_kept_after_the_run_is_counted_whatever_was_dropped_since(baked: Baked) -> None:
    dropped = db.session.scalars(select(CapabilityStatement)).first()
    assert dropped is not None
    dropped.status = StatementStatus.REJECTED
    make_statement(baked.cycle, "Repair drones between flights", 9)
    db.session.commit()
    made = document(baked.cycle)
    assert made.provision is not None
    assert (made.capabilities.kept, made.provision.capabilities) == (4, 4)
    assert made.provision.uncompared == 1


def test_an_organisation_with_people_in_two_groups_is_one(baked: Baked) -> None:
    people = document(baked.cycle).people
    assert people.organisation_count == 1
    assert people.organisations[0].total == 2
    by_group = {line.group: line.organisations for line in people.groups}
    assert by_group["technologist"] == by_group["employer"] == 1


def test_no_person_is_named(baked: Baked) -> None:
    text = canonical(plain(document(baked.cycle))).decode()
    for name in ("Ada Bright", "Tom Okafor", "Ema Lindqvist", "Sol Hart", "Rater0"):
        assert name not in text


def test_counts_that_too_few_gave_never_enter(baked: Baked) -> None:
    lines = {each.code: each for each in document(baked.cycle).agreement.dissent}
    assert lines["C-002"].counts == (0, 3, 0, 3)
    assert lines["C-003"].counts == ()


def test_today_is_a_proxy_or_said_to_be_missing(baked: Baked) -> None:
    current = document(baked.cycle).capabilities.current
    assert current.basis == "proxy"
    assert current.standards == ("Baker (T0001, level 3)",)
    empty = document(make_cycle("Nothing yet")).capabilities
    assert not empty.current.is_known
    assert all(line.current_count is None for line in empty.functions)


def test_luck_counts_only_items_that_could_be_agreed(baked: Baked) -> None:
    # Two items were rated by six; the two that two people rated could not be agreed at all.
    found = document(baked.cycle).agreement
    assert found.expected_by_luck is not None
    assert 0 < found.expected_by_luck < 2
    assert found.judged == 4


def test_a_round_says_who_was_asked_and_who_answered(baked: Baked) -> None:
    (line,) = document(baked.cycle).agreement.rounds
    assert (line.asked, line.invited, line.answered) == (4, 6, 6)
    assert line.response_percent == 100.0


def test_licences_of_what_was_used_are_listed(baked: Baked) -> None:
    sources = {each.name: each for each in document(baked.cycle).sources}
    assert {"Test", "Test framework", "words"} <= set(sources)
    assert sources["Test framework"].snapshot_on == NOW.date()


def test_the_frameworks_stand_with_their_snapshot_and_what_lacks_duties(baked: Baked) -> None:
    found = document(baked.cycle).provision
    assert found is not None
    (line,) = found.frameworks
    assert (line.name, line.snapshot_on) == ("Test framework", NOW.date())
    assert (line.standards, line.compared, line.lacking_duties, line.duties) == (4, 3, 1, 4)
    assert (found.framework, found.matches, found.expected_false) == ("Test framework", 3, None)


def test_the_worked_example_adds_up(baked: Baked) -> None:
    found = document(baked.cycle).provision
    assert found is not None
    assert found.worked is not None
    standing = found.worked.standing
    assert sum(each.is_match for each in found.worked.pairs) == standing.fit_count
    assert len(found.worked.surplus_duties) == standing.surplus_count


def test_a_snapshot_stays_as_it_was(baked: Baked) -> None:
    snapshot = take_snapshot(cycle=baked.cycle, actor=baked.actor, moment=NOW)
    db.session.commit()
    baked.bakery.mix.text = "Knead"
    db.session.commit()
    assert document_of(snapshot.id).capabilities.lines[0].text != "Knead"
    assert digest_of(raw_document(snapshot.id)) == snapshot.digest
    assert document(baked.cycle).capabilities.lines[0].text == "Knead"


def test_a_snapshot_cannot_be_changed(cast: Cast) -> None:
    actor = Actor(cast.ada.id, cast.ada.name)
    snapshot = take_snapshot(cycle=cast.cycle, actor=actor, moment=NOW)
    db.session.commit()
    snapshot.digest = "0" * 64
    with pytest.raises(Closed, match="frozen"):
        db.session.flush()
    db.session.rollback()


def test_snapshots_are_numbered_within_their_cycle(cast: Cast) -> None:
    actor = Actor(cast.ada.id, cast.ada.name)
    numbers = [
        take_snapshot(cycle=cycle, actor=actor, moment=NOW).number
        for cycle in (cast.cycle, cast.cycle, cast.other_cycle)
    ]
    assert numbers == [1, 2, 1]


def test_an_archived_cycle_takes_no_snapshot(cast: Cast) -> None:
    cast.cycle.archived_at = NOW
    with pytest.raises(Closed):
        take_snapshot(cycle=cast.cycle, actor=Actor(None, ""), moment=NOW)


def test_an_empty_cycle_has_a_document(session: object) -> None:
    made = document(make_cycle("Nothing yet"))
    assert made.provision is None
    assert made.agreement.expected_by_luck is None
    assert made.people.people == made.capabilities.kept == made.ksbs.accepted == 0


def test_withdrawn_people_do_not_take_part(cast: Cast) -> None:
    before = document(cast.cycle).people.people
    make_participant(cast.cycle, cast.alan, Group.EDUCATOR, withdrawn_at=NOW)
    assert document(cast.cycle).people.people == before
