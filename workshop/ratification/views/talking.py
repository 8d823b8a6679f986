"""What the panel and the conveners remark on a profile, and taking a remark away."""

import uuid

from flask import abort
from werkzeug.wrappers import Response as BaseResponse

from cycles.core.access import Door, current_place, load, opens_to
from cycles.profiles.models import Profile, ProfileCapability
from cycles.profiles.queries import members_of, removed_from
from workshop.ratification import commands
from workshop.ratification.forms import CommentForm, PanelForm
from workshop.ratification.models import PanelComment
from workshop.ratification.views import ratification
from workshop.ratification.views.answering import answer, answer_row
from workshop.ratification.views.changing import by_whom
from workshop.ratification.views.deciding import me


@ratification.post("/<uuid:profile_id>/comments")
@opens_to(Door.PANEL_OR_CONVENER)
def comment(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Remark on the profile, or on one capability of it."""
    profile, form = load(Profile, cycle_id, profile_id), CommentForm()
    member = load(ProfileCapability, cycle_id, form.member_id) if form.member_id else None

    def work() -> str:
        facts = {"participant": me(cycle_id), "text": form.text.data or "", **by_whom()}
        statement = member.statement if member else None
        commands.comment(profile=profile, statement=statement, **facts)
        return "Your comment is there for the panel and the conveners."

    if member is None:
        return answer(profile, form, "comments", work)
    return answer_row(profile, member, form, "comment", work)


@ratification.post("/<uuid:profile_id>/comments/<uuid:comment_id>/take-away")
@opens_to(Door.PANEL_OR_CONVENER)
def take_comment_away(
    cycle_id: uuid.UUID, profile_id: uuid.UUID, comment_id: uuid.UUID
) -> BaseResponse:
    """Take a remark away: one's own, or anybody's for a convener."""
    profile, form = load(Profile, cycle_id, profile_id), PanelForm()
    said = load(PanelComment, cycle_id, comment_id)
    if said.profile_id != profile.id:
        abort(404)
    member = _member(profile, said.statement_id)

    def work() -> str:
        place = current_place()
        facts = {"is_convener": place.is_convener, "participant": me(cycle_id), **by_whom()}
        commands.take_comment_away(comment=said, **facts)
        return "The comment is taken away."

    if member is None:
        return answer(profile, form, "comments", work)
    return answer_row(profile, member, form, "take away", work)


def _member(profile: Profile, statement_id: uuid.UUID | None) -> ProfileCapability | None:
    both = (*members_of(profile.id), *removed_from(profile.id))
    return next((one for one in both if one.statement_id == statement_id), None)
