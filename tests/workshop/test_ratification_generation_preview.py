"""A preview of prototypes: asked for, shown with what it would change, used or discarded."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from cycles.core.audit import AuditEvent
from cycles.core.errors import Conflict
from cycles.core.extensions import db
from cycles.core.jobs.commands import cancel
from cycles.core.jobs.models import Job, JobState
from cycles.profiles.drafts import draft_of
from cycles.profiles.models import Profile, ProfileStatus
from cycles.profiles.queries import profiles_of
from cycles.setup.models import Cycle
from cycles.stages.words import Stage
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast, add
from tests.workshop.test_ratification_generation import ADA, make_level
from workshop.ratification.models import Objection, PanelComment
from workshop.ratification.previewing import discard, find_preview, put_in_place
from workshop.ratification.previewing_showing import plan_of
from workshop.ratification.wishes import Wishes, last_settings, settings_from
from workshop.rooms.models import CellDecision, Item, ItemVerdict

FORM = {"smallest": 6, "largest": 30, "meaning": 60, "classification": 25, "partners": 15}
FORM |= {"has_second": "y", "margin": "2"}
WISHES = Wishes(6, 30, 60, 25, 15, True, "2")


def previewed(cast: Cast, **wishes: Any) -> str:
    """Find a preview; return the digest of what it would do."""
    settings = settings_from(Wishes(**{**WISHES.__dict__, **wishes}))
    draft = find_preview(cycle_id=cast.cycle.id, settings=settings, moment=NOW)
    db.session.commit()
    return plan_of(draft).digest


def use(cast: Cast, seen: str) -> Any:
    done = put_in_place(cycle=cast.cycle, seen=seen, actor=ADA, moment=NOW)
    db.session.commit()
    return done


def rows(cycle: Cycle) -> list[tuple[object, ...]]:
    db.session.expire_all()
    return [(one.id, one.code, one.name, one.version, held(one)) for one in profiles_of(cycle.id)]


def held(profile: Profile) -> list[tuple[object, ...]]:
    return sorted((one.statement_id, one.level, one.is_removed) for one in profile.members)


def actions(cycle: Cycle) -> list[str]:
    return list(
        db.session.scalars(
            select(AuditEvent.action)
            .where(AuditEvent.cycle_id == cycle.id, AuditEvent.action.startswith("profiles."))
            .order_by(AuditEvent.id)
        )
    )


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))


def test_the_convener_previews_then_uses_and_each_form_leaves_one_event(
    cast: Cast,
    client: ParsingClient,
    word_encoder: WordEncoder,
    run_jobs: Callable[[], int],
) -> None:
    make_level(cast)
    client.sign_in(cast.ada)
    page = f"/cycles/{cast.cycle.id}/ratification/generation"
    shown = words_of(client.get(page))
    assert "17 1 1 1 1 to 2" in shown
    assert client.submit(page, **{**FORM, "largest": 20}).status_code == 303
    assert "Profiles are being generated now" in words_of(client.get(page))
    assert run_jobs() == 1
    assert rows(cast.cycle) == []
    preview = client.get(f"{page}/preview")
    words = words_of(preview)
    assert "P-0001 Oven repair technician New" in words
    assert "2 groups score highest" in words or "one number of groups only" in words
    assert "C-001 Repair automated oven sensors" in words
    (seen,) = re.findall(r'name="seen" value="(\w+)"', preview.get_data(as_text=True))
    used = client.submit(f"{page}/preview/use", f"{page}/preview", seen=seen)
    assert used.status_code == 303
    assert len(rows(cast.cycle)) == 2
    assert actions(cast.cycle) == ["profiles.asked_for", "profiles.generated"]
    assert last_settings(cast.cycle.id).largest == 20
    # A second press, or going back to it, finds nothing to do and changes nothing.
    stands = rows(cast.cycle)
    again = client.submit(f"{page}/preview/use", page, seen=seen)
    assert (again.status_code, rows(cast.cycle)) == (303, stands)


def test_a_preview_can_be_discarded_and_downloaded(
    cast: Cast, client: ParsingClient, word_encoder: WordEncoder
) -> None:
    make_level(cast)
    previewed(cast)
    client.sign_in(cast.ada)
    root = f"/cycles/{cast.cycle.id}/ratification/generation"
    lines = client.get(f"{root}/preview.csv").get_data(as_text=True).splitlines()
    assert len(lines) == 1 + sum(len(one["members"]) for one in draft_of(cast.cycle.id).proposals)
    assert "new,C-001,Repair automated oven sensors,Practitioner" in "".join(lines)
    assert client.get(f"{root}/preview.xlsx").status_code == 200
    assert client.submit(f"{root}/preview/discard", f"{root}/preview").status_code == 303
    assert draft_of(cast.cycle.id) is None
    assert client.get(f"{root}/preview").status_code == 303
    assert client.get(f"{root}/preview.csv").status_code == 404
    discard(cycle=cast.cycle, actor=ADA, moment=NOW)
    assert actions(cast.cycle) == ["profiles.preview_discarded"]


def test_wrong_settings_are_refused_in_sentences_and_nothing_is_asked(
    cast: Cast, client: ParsingClient, word_encoder: WordEncoder
) -> None:
    make_level(cast)
    client.sign_in(cast.ada)
    page = f"/cycles/{cast.cycle.id}/ratification/generation"
    for sent, sentence in (
        ({"largest": 10}, "the largest must be 11 or more"),
        ({"smallest": 0}, "at least 1 and at most 100"),
        ({"largest": 201}, "at most 200 capabilities"),
        ({"partners": 20}, "add up to 105 %"),
        ({"meaning": -60, "classification": 145}, "from 0 to 100"),
        ({"margin": "21"}, "margin from 0 to 20"),
        ({"margin": "wide"}, "margin from 0 to 20"),
        ({"smallest": "six"}, "Enter a whole number"),
    ):
        answer = client.submit(page, **{**FORM, **sent})
        assert answer.status_code == 422
        assert sentence in words_of(answer), sentence
    assert db.session.scalars(select(Job)).all() == []


def test_settings_are_what_the_form_asks_for() -> None:
    found = settings_from(Wishes(4, 9, 50, 50, 0, True, "1,5"))
    assert (found.smallest, found.weights, found.second_margin) == (4, (0.5, 0.5, 0.0), 0.015)
    assert settings_from(Wishes(4, 9, 50, 50, 0, False, "nonsense")).second_margin is None


def test_nothing_settled_and_a_closed_stage_are_said(
    cast: Cast, client: ParsingClient, word_encoder: WordEncoder
) -> None:
    client.sign_in(cast.ada)
    page = f"/cycles/{cast.cycle.id}/ratification/generation"
    assert "carrying-out stage" in words_of(client.get(page))
    assert client.submit(page, **FORM).status_code == 409
    cast.cycle.stage = Stage.CARRYING_OUT
    db.session.commit()
    assert "No capability is settled yet" in words_of(client.get(page))
    assert client.submit(page, **FORM).status_code == 422


def test_the_same_input_gives_the_same_draft(cast: Cast, word_encoder: WordEncoder) -> None:
    make_level(cast)
    previewed(cast)
    first = draft_of(cast.cycle.id)
    kept = first.proposals, first.criterion, first.digest
    previewed(cast)
    again = draft_of(cast.cycle.id)
    assert (again.proposals, again.criterion, again.digest) == kept


def test_using_the_same_again_leaves_every_row_as_it_is(
    cast: Cast, word_encoder: WordEncoder
) -> None:
    make_level(cast)
    use(cast, previewed(cast))
    stands = rows(cast.cycle)
    done = use(cast, previewed(cast))
    assert (done.unchanged, done.new, done.changed, done.replaced) == (2, 0, 0, 0)
    assert rows(cast.cycle) == stands


def test_a_new_verdict_changes_the_prototype_and_keeps_its_code(
    cast: Cast, word_encoder: WordEncoder
) -> None:
    make_level(cast)
    use(cast, previewed(cast))
    before = {code: version for _, code, _, version, _ in rows(cast.cycle)}
    decide(cast, "C-001", 1)
    done = use(cast, previewed(cast))
    assert (done.unchanged, done.changed) == (1, 1)
    assert [code for _, code, *_ in rows(cast.cycle)] == ["P-0001", "P-0002"]
    changed = db.session.scalars(select(Profile).where(Profile.code == "P-0001")).one()
    member = next(one for one in changed.members if one.statement.code == "C-001")
    assert (member.level, member.voted_level, changed.version > before["P-0001"]) == (1, 1, True)


def decide(cast: Cast, code: str, level: int) -> None:
    """Have the convener decide the cell of a capability."""
    item = next(one for one in db.session.scalars(select(Item)) if one.statement.code == code)
    add(
        CellDecision(
            cycle_id=cast.cycle.id,
            item_id=item.id,
            level=level,
            reason="Said in the room",
            decided_by_id=cast.ada.id,
            decided_at=NOW,
        )
    )
    db.session.commit()


def test_a_stale_preview_is_refused_with_what_has_changed(
    cast: Cast, client: ParsingClient, word_encoder: WordEncoder
) -> None:
    _, statements = make_level(cast)
    seen = previewed(cast)
    decide(cast, "C-001", 1)
    with pytest.raises(Conflict, match="1 capability is at another level now"):
        use(cast, seen)
    db.session.rollback()
    seen = previewed(cast)
    statements[0].text = "Repair automated oven sensors at night"
    statements[1].partners = []
    db.session.commit()
    client.sign_in(cast.ada)
    page = f"/cycles/{cast.cycle.id}/ratification/generation/preview"
    shown = words_of(client.get(page))
    assert "This preview is out of date" in shown
    assert "reworded or moved to another area" in shown
    assert "partners of capabilities have changed" in shown
    assert "Use these prototypes" not in shown
    refused = client.submit(f"{page}/use", page, seen=seen)
    assert refused.status_code == 409
    assert "Nothing was replaced. Make a new preview." in words_of(refused)
    db.session.query(ItemVerdict).filter_by(item_id=first_item(statements[2].id)).delete()
    db.session.commit()
    assert "1 capability is no longer needed" in words_of(client.get(page))


def first_item(statement_id: object) -> object:
    return db.session.scalars(select(Item.id).where(Item.statement_id == statement_id)).one()


@pytest.mark.parametrize("spoken", [PanelComment, Objection])
def test_what_the_panel_has_spoken_of_stays_and_who_saw_another_plan_is_told(
    cast: Cast, word_encoder: WordEncoder, spoken: type
) -> None:
    make_level(cast)
    use(cast, previewed(cast))
    first = profiles_of(cast.cycle.id)[0]
    seen = previewed(cast, largest=11)
    facts = {"cycle_id": cast.cycle.id, "profile_id": first.id}
    facts["participant_id"] = cast.panel_member.id
    said = {"text": "Two jobs?", "said_at": NOW}
    objected = {"reason": "Two jobs", "objected_at": NOW}
    add(spoken(**facts, **(said if spoken is PanelComment else objected)))
    db.session.commit()
    with pytest.raises(Conflict, match="worked on the profiles meanwhile"):
        use(cast, seen)
    db.session.rollback()
    done = use(cast, previewed(cast))
    assert (done.kept, done.repeated) == (1, 1)
    assert first.id in {one.id for one in profiles_of(cast.cycle.id)}


@pytest.mark.parametrize("stays", ["ratified", "withdrawn", "seeded"])
def test_what_was_decided_stays_word_for_word(
    cast: Cast, word_encoder: WordEncoder, stays: str
) -> None:
    make_level(cast)
    use(cast, previewed(cast))
    first, second = profiles_of(cast.cycle.id)
    if stays == "seeded":
        first.seeded_from = "Another cycle, P-0007"
    else:
        first.status = ProfileStatus(stays)
    db.session.commit()
    stands = rows(cast.cycle)
    decide(cast, "C-001", 1)
    decide(cast, "C-009", 3)
    done = use(cast, previewed(cast))
    after = rows(cast.cycle)
    assert after[0][:3] == stands[0][:3]
    assert after[0][4] == stands[0][4]
    assert (done.kept, done.repeated, done.changed) == (1, 1, 1)
    assert [code for _, code, *_ in after] == [first.code, second.code]


def test_codes_of_prototypes_that_went_are_not_given_again(
    cast: Cast, word_encoder: WordEncoder
) -> None:
    make_level(cast)
    use(cast, previewed(cast))
    for profile in profiles_of(cast.cycle.id):
        db.session.delete(profile)
    db.session.commit()
    use(cast, previewed(cast))
    assert [code for _, code, *_ in rows(cast.cycle)] == ["P-0003", "P-0004"]


def test_a_cancelled_job_leaves_no_preview(
    cast: Cast, client: ParsingClient, word_encoder: WordEncoder, run_jobs: Callable[[], int]
) -> None:
    make_level(cast)
    client.sign_in(cast.ada)
    page = f"/cycles/{cast.cycle.id}/ratification/generation"
    client.submit(page, **FORM)
    job = db.session.scalars(select(Job)).one()
    cancel(job=job, actor=ADA, moment=NOW)
    db.session.commit()
    run_jobs()
    assert db.session.get(Job, job.id).state == JobState.CANCELLED
    assert draft_of(cast.cycle.id) is None
