"""The record of a workshop's letters, sending one kind, and one's own calendar file."""

import uuid

from flask import Response as FlaskResponse
from flask import flash, request
from flask_login import current_user
from werkzeug.wrappers import Response

from cycles.core import clock
from cycles.core.access import Door, current_actor, current_place, load, opens_to
from cycles.core.downloads import csv_answer, xlsx_answer
from cycles.core.errors import Missing
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from workshop.letters.calendars import Reader, has_date
from workshop.letters.commands import ask_letters, try_again
from workshop.letters.models import LetterKind
from workshop.letters.pages import (
    DOWNLOADED,
    Asked,
    download_rows,
    href,
    letters_page,
    said_wait,
    send_page,
)
from workshop.letters.planning import plan_mailing
from workshop.letters.views import PATH, letters
from workshop.letters.words import counted
from workshop.letters.writing import calendar_file, letter_for
from workshop.rooms.models import Workshop

KINDS = ", ".join(LetterKind)


@letters.get(f"{PATH}/letters")
@opens_to(Door.CONVENER)
def index(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Show every letter of the workshop, and what can be sent now."""
    workshop = load(Workshop, cycle_id, workshop_id)
    asked = Asked(
        words=request.args.get("q", "").strip(),
        kind=request.args.get("kind", ""),
        state=request.args.get("state", ""),
        number=max(1, request.args.get("page", 1, type=int)),
    )
    return page("letters/index.html", page=letters_page(workshop, asked, clock.now()))


@letters.get(f"{PATH}/letters.<any(csv, xlsx):kind>")
@opens_to(Door.CONVENER)
def download(cycle_id: uuid.UUID, workshop_id: uuid.UUID, kind: str) -> Response:
    """Download the record."""
    workshop = load(Workshop, cycle_id, workshop_id)
    answer = csv_answer if kind == "csv" else xlsx_answer
    return answer(f"letters.{kind}", DOWNLOADED, download_rows(workshop))


@letters.route(f"{PATH}/letters/send/<any({KINDS}):letter>", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def send(cycle_id: uuid.UUID, workshop_id: uuid.UUID, letter: str) -> Response:
    """Show one kind of letter as it would read, and to how many it would go; then send it."""
    workshop, kind, moment = load(Workshop, cycle_id, workshop_id), LetterKind(letter), clock.now()
    if request.method == "GET":
        mailing = plan_mailing(workshop, kind, moment)
        # In the convener's own name: a reader's stop link is nobody else's to see.
        sample = letter_for(kind, workshop, mailing.round, _me(), moment) if mailing.to else None
        return page("letters/send.html", page=send_page(workshop, mailing, sample))
    mailing = ask_letters(workshop=workshop, kind=kind, actor=current_actor(), moment=moment)
    db.session.commit()
    on_the_way = f"{counted(len(mailing.to), 'letter is', 'letters are')} on the way."
    flash(f"{on_the_way} {said_wait(mailing)}".strip(), "success")
    return see_other(href(workshop, "index"))


def _me() -> Reader:
    account = current_user.account
    return Reader(current_place().participant_id, account.name, account.email)


@letters.post(f"{PATH}/letters/again")
@opens_to(Door.CONVENER)
def again(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Try the failed letters once more."""
    workshop = load(Workshop, cycle_id, workshop_id)
    count = try_again(workshop=workshop, actor=current_actor(), moment=clock.now())
    db.session.commit()
    flash(f"{counted(count, 'letter is', 'letters are')} on the way again.", "success")
    return see_other(href(workshop, "index"))


@letters.get(f"{PATH}/calendar.ics")
@opens_to(Door.MEMBER)
def calendar(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Download the workshop for one's own calendar."""
    workshop = load(Workshop, cycle_id, workshop_id)
    if not has_date(workshop):
        raise Missing("This workshop has no date yet, so there is nothing for a calendar.")
    content = calendar_file(workshop, _me(), clock.now())
    answer = FlaskResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename="workshop.ics")
    return answer
