"""The context of the panel's page of one profile, made from what stands in the tables now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from consensus.scale import PROFICIENCY_LETTERS, PROFICIENCY_WORDS
from cycles.core.access import Place
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.profiles.pages import head_of, member_line, trail_lines
from cycles.profiles.queries import members_of, removed_from
from cycles.profiles.trail import Told, last_number
from cycles.setup.queries import get_cycle
from workshop.ratification import queries
from workshop.ratification.adding import found_for
from workshop.ratification.news import by_others, news_of, told_words, when
from workshop.ratification.pages import Ids, LevelButton, May, PanelPage, Row, Slip, Standing
from workshop.ratification.queries import CommentRow
from workshop.ratification.remarks import comments_at
from workshop.ratification.standings import standing_of
from workshop.ratification.ways import targets_of, ways_of

LEVELS = (1, 2, 3)


@dataclass(frozen=True)
class Sight:
    """What the page of a profile is made from: read once, whatever part of it is shown."""

    profile: Profile
    place: Place
    ids: Ids
    may: May
    newest: int
    members: tuple[ProfileCapability, ...]
    comments: Sequence[CommentRow]
    targets: tuple[tuple[str, str], ...]
    told: Sequence[Told]


def look(profile: Profile, place: Place, ids: Ids) -> Sight:
    """Read what the page of the profile is made from, for the person who looks."""
    # The number first: what happens while the rest is read is then told as news, never missed.
    may, newest = _may(profile, place), last_number(profile.id)
    both = (*members_of(profile.id), *removed_from(profile.id))
    return Sight(
        profile=profile,
        place=place,
        ids=ids,
        may=may,
        newest=newest,
        members=tuple(sorted(both, key=lambda one: (len(one.statement.code), one.statement.code))),
        comments=queries.comments_of(profile.id),
        targets=targets_of(profile) if may.change else (),
        told=by_others(profile.id, int(ids.since), place.account_id),
    )


def _may(profile: Profile, place: Place) -> May:
    cycle = get_cycle(profile.cycle_id)
    closed, at_stage = queries.why_closed(cycle), queries.why_not_at_stage(cycle) is None
    is_proposed = profile.status == ProfileStatus.PROPOSED
    stands = at_stage if place.is_convener else closed is None
    return May(
        change=is_proposed and place.is_on_panel and closed is None,
        withdraw=profile.status != ProfileStatus.WITHDRAWN and stands,
        put_back=profile.status == ProfileStatus.WITHDRAWN and stands,
        reopen=profile.status == ProfileStatus.RATIFIED and place.is_convener and at_stage,
        comment=stands,
        closed_because=closed if is_proposed else None,
    )


def panel_page(
    sight: Sight, *, said: str = "", focus: str = "", slip: Slip | None = None
) -> PanelPage:
    """Return the page of the profile as it stands: whoever is shown it has seen it all.

    What others changed since the reader opened it is marked in its rows.
    """
    ids = replace(sight.ids, since=str(sight.newest))
    whole = replace(sight, ids=ids)
    held = [one for one in sight.members if not one.is_removed]
    return PanelPage(
        ids=ids,
        head=head_of(sight.profile, held),
        standing=_standing(whole, told=(), slip=slip),
        news=news_of(sight.profile, ids, ()),
        may=sight.may,
        rows=tuple(row_of(whole, one, slip=slip) for one in sight.members),
        comments=comments_at(
            ids,
            sight.place,
            sight.comments,
            statement_id=None,
            may_comment=sight.may.comment,
            slip=slip,
        ),
        found=found_for(sight.profile, ids if sight.may.change else replace(ids, query=""), slip),
        ways=ways_of(sight.profile, sight.place),
        trail=trail_lines(sight.profile, is_named=True),
        said=said,
        focus=focus,
        slip=slip,
    )


def standing_beside(sight: Sight) -> Standing:
    """Return where the profile stands, to put beside a row that answered for itself."""
    return _standing(sight, told=sight.told, slip=None, is_out_of_band=True)


def _standing(
    sight: Sight, *, told: Sequence[Told], slip: Slip | None, is_out_of_band: bool = False
) -> Standing:
    return standing_of(
        sight.profile,
        sight.place,
        sight.ids,
        members=sight.members,
        may=sight.may,
        told=told,
        slip=slip,
        is_out_of_band=is_out_of_band,
    )


def row_of(
    sight: Sight, member: ProfileCapability, *, said: str = "", slip: Slip | None = None
) -> Row:
    """Return a capability of the profile with its forms, and with its slip if that is here."""
    place = f"member-{member.id}"
    own = slip if slip and slip.place == place else None
    return Row(
        ids=sight.ids,
        id=member.id,
        seen=member.version,
        line=member_line(sight.profile, member),
        buttons=_buttons(member),
        targets=sight.targets,
        comments=comments_at(
            sight.ids,
            sight.place,
            sight.comments,
            statement_id=member.statement_id,
            may_comment=sight.may.comment,
        ),
        is_removed=member.is_removed,
        may_change=sight.may.change,
        changed_by="" if own or said else _changed_by(sight.told, member),
        said=said,
        slip=own,
    )


def _buttons(member: ProfileCapability) -> tuple[LevelButton, ...]:
    return tuple(
        LevelButton(
            value=level,
            letter=PROFICIENCY_LETTERS[level],
            word=PROFICIENCY_WORDS[level],
            is_held=member.level == level,
            is_voted=member.voted_level == level,
        )
        for level in LEVELS
    )


def _changed_by(told: Sequence[Told], member: ProfileCapability) -> str:
    """Return who changed the capability last since the reader opened the page, or nothing."""
    for one in told:
        if one.statement_id == member.statement_id:
            return f"{one.who}, {when(one)}: {told_words(one)}"
    return ""
