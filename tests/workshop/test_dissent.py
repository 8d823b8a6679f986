"""Stable dissent goes with the cell: into the vote, the profile's pages, and the report."""

import pytest

from cycles.core.extensions import db
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.profiles.votes import Vote, freeze, vote_of
from reports.document.assembling import assemble
from reports.document.facts import Document
from reports.document.packing import plain, restore
from tests.client import ParsingClient
from tests.factories import NOW, Cast
from tests.reports.mapping_cases import make_profile
from tests.workshop.rating import Room, make_room
from workshop.ballot.commands import give_reason, panellist_for
from workshop.ratification.dissent import minorities_of
from workshop.ratification.votes import votes_of
from workshop.rooms.commands import close_workshop, decide_cell
from workshop.rooms.models import Item, Side
from workshop.rooms.queries import cells_of_workshop

WORDS = "Suppliers do this for us"


def dissenting(cast: Cast, letters: str = "NNNPPPPP", *, level: int | None = 2) -> Room:
    """Return a closed room whose one cell stood still in disagreement over two rounds."""
    room = make_room(cast, employers=8, statements=1)
    for _ in range(2):
        round_ = room.open_round()
        item = room.asked(round_)[0]
        room.answer(round_, item, letters)
        say(room, round_.id, item, WORDS)
        room.close(round_)
    close_workshop(workshop=room.workshop, actor=room.actor, moment=NOW)
    if level is not None:
        decide_cell(item=item, level=level, reason="It is.", actor=room.actor, moment=NOW)
    db.session.commit()
    return room


def say(room: Room, round_id: object, item: Item, text: str) -> None:
    give_reason(
        panellist=panellist_for(participant=room.employers[0], moment=NOW),
        round_id=round_id,  # type: ignore[arg-type]
        item_id=item.id,
        text=text,
        is_of_cell=True,
        side=Side.LOWER,
    )


def vote(room: Room) -> Vote:
    return votes_of(room.cycle.id)[room.statements[0].id, room.levels[0].id]


@pytest.mark.parametrize(
    ("letters", "level", "words"),
    [
        ("NNNPPPPP", 2, "3 of 8 said Not needed"),
        ("NNNPPPPP", 0, "5 of 8 said Practitioner"),
        ("PPPPEEEE", None, "4 of 8 said Expert"),
        ("NAAAPPEE", 1, "1 of 8 said Not needed, 2 said Practitioner and 2 said Expert"),
    ],
)
def test_the_minority_is_everybody_who_did_not_say_what_holds(
    cast: Cast, letters: str, level: int | None, words: str
) -> None:
    assert vote(dissenting(cast, letters, level=level)).minority == words


@pytest.mark.parametrize(
    ("letters", "words"),
    [("NNNPPPPP", "3 of 8 said Not needed"), ("NNNNNAPE", "3 of 8 said that it is needed")],
)
def test_of_an_undecided_split_the_smaller_side_is_named(
    cast: Cast, letters: str, words: str
) -> None:
    room = dissenting(cast, letters, level=None)
    cells = cells_of_workshop(room.workshop.id)
    assert [one.words for one in minorities_of(cells, 5).values()] == [words]


def test_its_reasons_have_a_side_and_stand_once(cast: Cast) -> None:
    found = vote(dissenting(cast)).reasons
    assert [(one.side, one.text) for one in found] == [("a lower level", WORDS)]


def test_reasons_of_rounds_that_too_few_rated_are_withheld(cast: Cast) -> None:
    room = make_room(cast, employers=8, statements=1)
    for letters, text in (("EEEE", "Four knew me"), ("NNNPPPPP", WORDS), ("NNNPPPPP", WORDS)):
        round_ = room.open_round()
        item = room.asked(round_)[0]
        room.answer(round_, item, letters)
        say(room, round_.id, item, text)
        room.close(round_)
    decide_cell(item=item, level=2, reason="It is.", actor=room.actor, moment=NOW)
    assert [one.text for one in vote(room).reasons] == [WORDS]


def test_an_agreed_cell_has_no_minority(cast: Cast) -> None:
    room = make_room(cast, employers=8, statements=1)
    round_ = room.open_round()
    room.answer(round_, room.asked(round_)[0], "PPPPPPPN")
    room.close(round_)
    found = vote(room)
    assert (found.minority, found.reasons) == ("", ())


def profile_of(room: Room, status: ProfileStatus = ProfileStatus.PROPOSED) -> Profile:
    profile = make_profile(
        room.cycle,
        room.levels[0],
        "P-0001",
        tuple(room.statements),
        status=ProfileStatus.PROPOSED,
    )
    member = db.session.query(ProfileCapability).filter_by(profile_id=profile.id).one()
    freeze(member, vote(room))
    db.session.flush()
    profile.status = status
    db.session.commit()
    return profile


def test_a_profile_keeps_the_dissent_that_it_was_made_with(cast: Cast) -> None:
    room = dissenting(cast)
    profile = profile_of(room)
    db.session.expire_all()
    found = vote_of(profile.members[0])
    assert found == vote(room)


def test_a_profile_made_before_this_is_read_as_it_was(cast: Cast) -> None:
    profile = profile_of(dissenting(cast))
    member = profile.members[0]
    kept = {name: each for name, each in member.why["vote"].items() if name in ("closing",)}
    member.why = {**member.why, "vote": kept}
    found = vote_of(member)
    assert found is not None
    assert (found.minority, found.reasons) == ("", ())


def test_whoever_reads_or_ratifies_the_profile_sees_who_stood_apart_and_why(
    cast: Cast, client: ParsingClient
) -> None:
    profile = profile_of(dissenting(cast))
    pages = (
        (cast.sol, f"/cycles/{cast.cycle.id}/profiles/{profile.id}"),
        (cast.pia, f"/cycles/{cast.cycle.id}/ratification/{profile.id}"),
    )
    for person, address in pages:
        said = client.sign_in(person).get(address).text
        assert "Dissent: 3 of 8 said Not needed" in said, address
        assert "For a lower level:" in said
        assert WORDS in said
        assert "Ema Lindqvist" not in said


def document(cast: Cast) -> Document:
    return assemble(cycle_id=cast.cycle.id, number=1, moment=NOW)


def test_the_report_has_the_dissent_of_the_cell_and_of_the_profile(cast: Cast) -> None:
    profile_of(dissenting(cast), ProfileStatus.RATIFIED)
    found = restore(Document, plain(document(cast)))
    line = found.agreement.dissent[0]
    assert line.minority == "3 of 8 said Not needed"
    assert [(one.side, one.text) for one in line.reasons] == [("a lower level", WORDS)]
    assert line.comments == ()
    member = found.occupations.profiles[0].members[0]
    assert member.minority == line.minority
    assert member.minority_reasons == line.reasons


def test_a_snapshot_without_these_fields_stays_readable(cast: Cast) -> None:
    profile_of(dissenting(cast), ProfileStatus.RATIFIED)
    raw = plain(document(cast))
    for line in raw["agreement"]["dissent"]:
        del line["minority"], line["reasons"]
    for member in raw["occupations"]["profiles"][0]["members"]:
        del member["minority"], member["minority_reasons"]
    found = restore(Document, raw)
    assert found.agreement.dissent[0].minority == ""
    assert found.occupations.profiles[0].members[0].minority_reasons == ()
