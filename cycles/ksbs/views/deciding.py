"""What educators and conveners say of KSBs: of one, of several at once, and what settles them."""

import uuid
from collections.abc import Mapping, Sequence

from flask import request
from werkzeug.wrappers import Response as BaseResponse

from cycles.core.access import Door, load, opens_to
from cycles.core.errors import Invalid
from cycles.ksbs import commands, settling
from cycles.ksbs.forms import chosen
from cycles.ksbs.models import CapabilityKsb, KsbAnswer, KsbStatus
from cycles.ksbs.queries import ksbs_of
from cycles.ksbs.review_pages import SAID
from cycles.ksbs.views import ksbs
from cycles.ksbs.views.answering import Asked, answer, by_reviewer, by_whom
from cycles.ksbs.views.rewording import ksb_in
from cycles.statements.models import CapabilityStatement

TAKE_BACK, SET_BACK = "undo", "back"
"""What forms send in the place of an answer: take mine back; set the convener's decision back."""


@ksbs.post("/<uuid:statement_id>/decide")
@opens_to(Door.EDUCATOR)
def decide(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> BaseResponse:
    """Review the KSBs that were named, as they were shown, or take one's reviews of them back."""
    statement = load(CapabilityStatement, cycle_id, statement_id)
    seen = chosen(request.form.getlist("ksb"))
    rows = [one for one in ksbs_of(cycle_id, statement_id) if one.id in seen]
    is_undone = request.form.get("action") == TAKE_BACK
    asked = Asked(rows[0].id if len(rows) == 1 else None, goes_on=not is_undone)
    return answer(statement, asked, lambda: _reviewed(rows, seen))


@ksbs.post("/<uuid:statement_id>/rest")
@opens_to(Door.EDUCATOR)
def decide_rest(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> BaseResponse:
    """Accept or reject all that still waits and was shown to who asks."""
    statement = load(CapabilityStatement, cycle_id, statement_id)
    seen = chosen(request.form.getlist("shown"))
    waiting = [
        one for one in ksbs_of(cycle_id, statement_id, KsbStatus.SUGGESTED) if one.id in seen
    ]
    return answer(statement, Asked(), lambda: _reviewed(waiting, seen))


@ksbs.post("/<uuid:statement_id>/<uuid:ksb_id>/settle")
@opens_to(Door.CONVENER)
def settle(cycle_id: uuid.UUID, statement_id: uuid.UUID, ksb_id: uuid.UUID) -> BaseResponse:
    """Decide a KSB on which educators differ, with a reason, or set such a decision back."""
    statement, ksb = ksb_in(cycle_id, statement_id, ksb_id)

    def work() -> str:
        if request.form.get("action") == SET_BACK:
            settling.set_back(ksb=ksb, **by_whom())
            return "Set back: what the educators said decides again."
        settling.settle(
            ksb=ksb,
            answer=_answer(),
            reason=request.form.get("reason", ""),
            seen=request.form.get("seen", ""),
            **by_reviewer(),
        )
        return "Settled."

    goes_on = request.form.get("action") != SET_BACK
    return answer(statement, Asked(ksb.id, "settle", goes_on=goes_on), work)


def _reviewed(rows: Sequence[CapabilityKsb], seen: Mapping[uuid.UUID, str]) -> str:
    if not rows:
        raise Invalid("Nothing was chosen that still stands there.")
    if request.form.get("action") == TAKE_BACK:
        count = commands.take_back(ksbs=rows, **by_reviewer())
        return f"{_ksbs(count)} taken back."
    given = _answer()
    commands.review(ksbs=rows, answer=given, seen=seen, **by_reviewer())
    return f"{_ksbs(len(rows))} {SAID[given]}."


def _answer() -> KsbAnswer:
    given = request.form.get("action", "")
    if given not in tuple(KsbAnswer):
        raise Invalid("Choose what to do with it.")
    return KsbAnswer(given)


def _ksbs(count: int) -> str:
    return f"{count} KSB{'' if count == 1 else 's'}"
