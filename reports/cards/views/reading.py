"""Reading cards, having them drawn as PDF, and taking that away: one profile's, or every one."""

import uuid
from collections.abc import Sequence

from flask import Response, make_response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, load, opens_to
from cycles.core.downloads import file_answer
from cycles.core.extensions import db
from cycles.core.jobs.models import Job
from cycles.core.jobs.outcomes import leads_to
from cycles.core.pages import page, see_other
from cycles.profiles.models import Profile
from cycles.profiles.queries import live_profiles
from reports.cards.assembling import card_of, cards_of, day_words
from reports.cards.commands import ask_for_all, ask_for_card
from reports.cards.facts import CardFacts
from reports.cards.fitting import BROWSER_MM, first_sheet
from reports.cards.pages import CardPage, CardsPage, Drawing, drawing_of, levels_of
from reports.cards.queries import JOB_KIND, is_ready, job_for, key_of, pdf_of
from reports.cards.views import cards

OVER = 286  # pulse.js shows the region once more, then asks no further


@leads_to(JOB_KIND, "Drawing profile cards", "Go to the cards")
def _drawn(job: Job) -> str | None:
    profile_id = job.facts.get("profile_id")
    if not profile_id:
        return url_for("cards.index", cycle_id=job.cycle_id)
    return url_for("cards.show", cycle_id=job.cycle_id, profile_id=profile_id)


@cards.get("/cards")
@opens_to(Door.MEMBER)
def index(cycle_id: uuid.UUID) -> Response:
    """List the cards, with all of them as one PDF."""
    profiles, moment = live_profiles(cycle_id), clock.now()
    drawing = drawing_of(cycle_id, None, cards_of(cycle_id), moment)
    context = CardsPage(cycle_id, levels_of(profiles), len(profiles), drawing)
    return page("cards/index.html", page=context)


@cards.get("/<uuid:profile_id>/card")
@opens_to(Door.MEMBER)
def show(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> Response:
    """Show one card, to read and to print from the browser."""
    profile, moment = load(Profile, cycle_id, profile_id), clock.now()
    card = card_of(profile)
    drawing = drawing_of(cycle_id, profile, [card], moment)
    sheet = first_sheet(card, BROWSER_MM)
    context = CardPage(cycle_id, profile_id, sheet, day_words(moment), drawing)
    return page("cards/show.html", page=context)


@cards.post("/<uuid:profile_id>/card")
@opens_to(Door.MEMBER)
def draw(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Ask the worker for the PDF of one card."""
    profile = load(Profile, cycle_id, profile_id)
    ask_for_card(profile=profile, actor=current_actor(), moment=clock.now())
    db.session.commit()
    return see_other(url_for("cards.show", cycle_id=cycle_id, profile_id=profile_id))


@cards.post("/cards")
@opens_to(Door.MEMBER)
def draw_all(cycle_id: uuid.UUID) -> BaseResponse:
    """Ask the worker for every card as one PDF."""
    ask_for_all(cycle_id=cycle_id, actor=current_actor(), moment=clock.now())
    db.session.commit()
    return see_other(url_for("cards.index", cycle_id=cycle_id))


@cards.get("/<uuid:profile_id>/card/state")
@opens_to(Door.MEMBER)
def state(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> Response:
    """Answer the card's question whether its PDF has come further."""
    profile = load(Profile, cycle_id, profile_id)
    return _moved(drawing_of(cycle_id, profile, [card_of(profile)], clock.now()))


@cards.get("/cards/state")
@opens_to(Door.MEMBER)
def state_of_all(cycle_id: uuid.UUID) -> Response:
    """Answer the list's question whether the PDF of all has come further."""
    return _moved(drawing_of(cycle_id, None, cards_of(cycle_id), clock.now()))


def _moved(drawing: Drawing) -> Response:
    if drawing.is_moving and request.args.get("seen") == drawing.seen:
        return make_response("", 204)
    return page("cards/_drawing.html", 200 if drawing.is_moving else OVER, drawing=drawing)


@cards.get("/<uuid:profile_id>/card.pdf")
@opens_to(Door.MEMBER)
def pdf(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Send the PDF of one card where it says what holds now, else go to where it is asked for."""
    profile = load(Profile, cycle_id, profile_id)
    found = _pdf(cycle_id, [card_of(profile)], f"{profile.code}.pdf")
    return found or see_other(url_for("cards.show", cycle_id=cycle_id, profile_id=profile_id))


@cards.get("/cards.pdf")
@opens_to(Door.MEMBER)
def pdf_of_all(cycle_id: uuid.UUID) -> BaseResponse:
    """Send the PDF of every card where it says what holds now, else go to where it is asked for."""
    found = _pdf(cycle_id, cards_of(cycle_id), "profile-cards.pdf")
    return found or see_other(url_for("cards.index", cycle_id=cycle_id))


def _pdf(cycle_id: uuid.UUID, facts: Sequence[CardFacts], name: str) -> Response | None:
    job = job_for(cycle_id, key_of(facts))
    ready = job is not None and is_ready(job)
    return file_answer(name, pdf_of(job), "application/pdf") if job and ready else None
